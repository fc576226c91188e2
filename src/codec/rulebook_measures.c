/*
 * `bronnen` and `cijfers`: what deliveries hold. Every part of a measure becomes a column, every
 * part of a waiting list two (how many, and the days they waited), numbered in the order of the
 * file. Faults: what a kind of measure cannot have, references to nothing, ids that would not be
 * told apart in a formula.
 */
#include "codec/rulebook_parts.h"

enum { SOURCE_TITLE, SOURCE_REFERENCE, SOURCE_DATE, SOURCE_KEYS };

static const struct schema_key SOURCE_TABLE[] = {
    [SOURCE_TITLE] = {.name = SLICE_LITERAL("titel"), .type = SCHEMA_TEXT, .required = true},
    [SOURCE_REFERENCE] = {.name = SLICE_LITERAL("kenmerk"), .type = SCHEMA_TEXT},
    [SOURCE_DATE] = {.name = SLICE_LITERAL("datum"), .type = SCHEMA_DATE},
};
static const struct schema SOURCE_SCHEMA = {.keys = SOURCE_TABLE, .count = SOURCE_KEYS};

static const struct slice KINDS[] = {
    [MEASURE_COUNT] = SLICE_LITERAL("aantal"),
    [MEASURE_NUMBER] = SLICE_LITERAL("getal"),
    [MEASURE_WAITING] = SLICE_LITERAL("wachttijd"),
    [MEASURE_STATED] = SLICE_LITERAL("opgave"),
};
static const struct slice REGION_RULES[] = {
    [REGION_NONE] = SLICE_LITERAL("geen"),
    [REGION_ADDS_UP] = SLICE_LITERAL("telt-op"),
    [REGION_OVERLAPS] = SLICE_LITERAL("overlapt"),
};

enum { DECIMALS_MOST = 6, YEARS_MOST = 200, YEARS_INITIAL = 100, THRESHOLD_MOST = 366 };

/* Of the greatest value, in smallest units: thousands of rows still add up in 64 bits. */
static const int64_t UNITS_MOST = 1000000000000000;
static const int64_t MOST_INITIAL = 10000000;

enum {
    MEASURE_NAME,
    MEASURE_KIND,
    MEASURE_UNIT,
    MEASURE_DECIMALS,
    MEASURE_MOST,
    MEASURE_REQUIRED,
    MEASURE_CALENDAR,
    MEASURE_THRESHOLD,
    MEASURE_YEARS,
    MEASURE_REGIONS,
    MEASURE_DEFINITION,
    MEASURE_SOURCE,
    MEASURE_PARTS,
    MEASURE_KEYS
};

static const struct schema_key MEASURE_TABLE[] = {
    [MEASURE_NAME] = {.name = SLICE_LITERAL("naam"), .type = SCHEMA_TEXT, .required = true},
    [MEASURE_KIND] = {.name = SLICE_LITERAL("soort"),
                      .type = SCHEMA_CHOICE,
                      .required = true,
                      .choices = {KINDS, sizeof KINDS / sizeof *KINDS}},
    [MEASURE_UNIT] = {.name = SLICE_LITERAL("eenheid"), .type = SCHEMA_TEXT, .required = true},
    [MEASURE_DECIMALS] = {.name = SLICE_LITERAL("decimalen"),
                          .type = SCHEMA_WHOLE,
                          .most = DECIMALS_MOST},
    [MEASURE_MOST] = {.name = SLICE_LITERAL("hoogstens"),
                      .type = SCHEMA_DECIMAL,
                      .least = 0,
                      .most = 1000000000000,
                      .help = "the greatest value that is taken"},
    [MEASURE_REQUIRED] = {.name = SLICE_LITERAL("verplicht"), .type = SCHEMA_BOOL},
    [MEASURE_CALENDAR] = {.name = SLICE_LITERAL("kalender"), .type = SCHEMA_TEXT},
    [MEASURE_THRESHOLD] = {.name = SLICE_LITERAL("drempel"),
                           .type = SCHEMA_WHOLE,
                           .most = THRESHOLD_MOST,
                           .help = "working days"},
    [MEASURE_YEARS] = {.name = SLICE_LITERAL("hoogstensJaren"),
                       .type = SCHEMA_WHOLE,
                       .least = 1,
                       .most = YEARS_MOST,
                       .initial = YEARS_INITIAL},
    [MEASURE_REGIONS] = {.name = SLICE_LITERAL("regios"),
                         .type = SCHEMA_CHOICE,
                         .choices = {REGION_RULES, sizeof REGION_RULES / sizeof *REGION_RULES}},
    [MEASURE_DEFINITION] = {.name = SLICE_LITERAL("definitie"), .type = SCHEMA_TEXT},
    [MEASURE_SOURCE] = {.name = SLICE_LITERAL("bron"), .type = SCHEMA_TEXT},
    [MEASURE_PARTS] = {.name = SLICE_LITERAL("delen"), .type = SCHEMA_MAP},
};
static const struct schema MEASURE_SCHEMA = {.keys = MEASURE_TABLE, .count = MEASURE_KEYS};

enum { PART_NAME, PART_DEFINITION, PART_KEYS };

static const struct schema_key PART_TABLE[] = {
    [PART_NAME] = {.name = SLICE_LITERAL("naam"), .type = SCHEMA_TEXT, .required = true},
    [PART_DEFINITION] = {.name = SLICE_LITERAL("definitie"), .type = SCHEMA_TEXT},
};
static const struct schema PART_SCHEMA = {.keys = PART_TABLE, .count = PART_KEYS};

void sources_read(const struct making *making, const struct schema_value *map)
{
    struct schema_value values[SOURCE_KEYS];
    size_t count = schema_count(map);
    struct source *sources = arena_array(&making->rulebook->arena, count, sizeof *sources);
    for (size_t i = 0; i < count; i++) {
        schema_check_id(map->node->keys[i], ID_NAME, map->node->key_places[i], making->faults);
        schema_read(&SOURCE_SCHEMA, &map->node->children[i], "a source", making->faults, values);
        sources[i] = (struct source){.id = map->node->keys[i],
                                     .title = values[SOURCE_TITLE].text,
                                     .reference = values[SOURCE_REFERENCE].text,
                                     .has_date = values[SOURCE_DATE].present,
                                     .date = values[SOURCE_DATE].date};
    }
    making->rulebook->monitor.sources = sources;
    making->rulebook->monitor.source_count = count;
}

struct slice source_reference(const struct making *making, const struct schema_value *value)
{
    const struct monitor *monitor = &making->rulebook->monitor;
    if (!value->present) return (struct slice){0};
    struct slice *ids = arena_array(making->faults->arena, monitor->source_count, sizeof *ids);
    for (size_t i = 0; i < monitor->source_count; i++) {
        ids[i] = monitor->sources[i].id;
        if (slice_equal(ids[i], value->text)) return ids[i];
    }
    fault_unknown(making->faults, value->place, "source", value->text,
                  (struct words){.items = ids, .count = monitor->source_count});
    return (struct slice){0};
}

static const struct calendar *calendar_reference(const struct making *making,
                                                 const struct schema_value *value)
{
    const struct rulebook *rulebook = making->rulebook;
    struct slice id = value->present ? value->text : slice_of("awt");
    struct slice *ids = arena_array(making->faults->arena, rulebook->calendar_count, sizeof *ids);
    for (size_t i = 0; i < rulebook->calendar_count; i++) {
        ids[i] = rulebook->calendars[i].id;
        if (slice_equal(ids[i], id)) return &rulebook->calendars[i];
    }
    fault_unknown(making->faults, value->place, "calendar", id,
                  (struct words){.items = ids, .count = rulebook->calendar_count});
    return NULL;
}

/** What only waiting lists have. */
static void read_waiting(const struct making *making, const struct schema_value *values,
                         struct measure *measure)
{
    static const char why[] = "only a measure of soort wachttijd has it";
    if (measure->kind != MEASURE_WAITING) {
        schema_refuse(&MEASURE_SCHEMA, values, MEASURE_CALENDAR, why, making->faults);
        schema_refuse(&MEASURE_SCHEMA, values, MEASURE_THRESHOLD, why, making->faults);
        schema_refuse(&MEASURE_SCHEMA, values, MEASURE_YEARS, why, making->faults);
        return;
    }
    schema_need(&MEASURE_SCHEMA, values, MEASURE_THRESHOLD,
                "after more working days than this somebody is on the waiting list",
                making->faults);
    measure->calendar = calendar_reference(making, &values[MEASURE_CALENDAR]);
    measure->threshold = (unsigned)values[MEASURE_THRESHOLD].number;
    measure->most_years = (unsigned)values[MEASURE_YEARS].number;
}

/** The greatest value in smallest units. */
static int64_t read_most(const struct making *making, const struct schema_value *value,
                         uint8_t decimals)
{
    struct decimal most = value->present ? value->decimal : decimal_of(MOST_INITIAL);
    int64_t units = 0;
    if (!decimal_to_units(most, decimals, &units))
        faults_add(making->faults, value->place,
                   "\"hoogstens\" has more decimals than the %u of its measure",
                   (unsigned)decimals);
    else if (units < 1)
        faults_add(making->faults, value->place, "\"hoogstens\" must be above 0");
    else if (units > UNITS_MOST)
        faults_add(
            making->faults, value->place,
            "\"hoogstens\" has more than 15 digits, %u of them decimals: sums would not be exact",
            (unsigned)decimals);
    return units;
}

static void check_decimals(const struct making *making, const struct schema_value *value,
                           enum measure_kind kind)
{
    if (value->present && value->number > 0 && (kind == MEASURE_COUNT || kind == MEASURE_WAITING))
        faults_add(making->faults, value->place,
                   "\"decimalen\" has no meaning here: aantal and wachttijd are whole numbers");
}

/** Formulas and CSV write `dagen` and `aantal` behind a part: a part cannot be called that. */
static void check_part_id(const struct making *making, struct slice id, struct place place)
{
    if (!schema_check_id(id, ID_NAME, place, making->faults)) return;
    if (slice_is(id, "aantal") || slice_is(id, "dagen"))
        faults_add(making->faults, place, "a part cannot be called %s: it has that meaning already",
                   fault_quote(making->faults, id));
}

static void read_parts(const struct making *making, const struct schema_value *map,
                       struct measure *measure)
{
    struct schema_value values[PART_KEYS];
    size_t count = schema_count(map);
    struct part *parts = arena_array(&making->rulebook->arena, count + 1, sizeof *parts);
    for (size_t i = 0; i < count; i++) {
        check_part_id(making, map->node->keys[i], map->node->key_places[i]);
        schema_read(&PART_SCHEMA, &map->node->children[i], "a part", making->faults, values);
        parts[i] = (struct part){.id = map->node->keys[i],
                                 .name = values[PART_NAME].text,
                                 .definition = values[PART_DEFINITION].text};
    }
    if (map->present && count == 0)
        faults_add(making->faults, map->place, "\"delen\" is empty: leave it out");
    if (count == 0) parts[0] = (struct part){.name = measure->name};
    measure->divided = count > 0;
    measure->parts = parts;
    measure->part_count = count > 0 ? count : 1;
}

/** A delivery in CSV has these in the column of measures, for what is no measure. */
static void check_measure_id(const struct making *making, struct slice id, struct place place)
{
    if (!schema_check_id(id, ID_NAME, place, making->faults)) return;
    if (slice_is(id, "toelichting") || slice_is(id, "opgegeven"))
        faults_add(making->faults, place,
                   "a measure cannot be called %s: it has that meaning already",
                   fault_quote(making->faults, id));
}

static void read_measure(const struct making *making, const struct node *map, size_t index,
                         struct measure *measure)
{
    struct schema_value values[MEASURE_KEYS];
    measure->id = map->keys[index];
    check_measure_id(making, measure->id, map->key_places[index]);
    schema_read(&MEASURE_SCHEMA, &map->children[index], "a measure", making->faults, values);
    measure->name = values[MEASURE_NAME].text;
    measure->unit = values[MEASURE_UNIT].text;
    measure->definition = values[MEASURE_DEFINITION].text;
    measure->source = source_reference(making, &values[MEASURE_SOURCE]);
    measure->kind = (enum measure_kind)values[MEASURE_KIND].number;
    measure->regions = (enum region_rule)values[MEASURE_REGIONS].number;
    measure->decimals = (uint8_t)values[MEASURE_DECIMALS].number;
    measure->required = values[MEASURE_REQUIRED].number != 0;
    measure->most = read_most(making, &values[MEASURE_MOST], measure->decimals);
    read_parts(making, &values[MEASURE_PARTS], measure);
    if (!values[MEASURE_KIND].present) return;
    check_decimals(making, &values[MEASURE_DECIMALS], measure->kind);
    read_waiting(making, values, measure);
}

static size_t count_columns(const struct measure *measures, size_t count)
{
    size_t columns = 0;
    for (size_t i = 0; i < count; i++)
        columns += measures[i].part_count * (measures[i].kind == MEASURE_WAITING ? 2 : 1);
    return columns;
}

static struct column column_of(struct arena *arena, const struct measure *measure,
                               const struct part *part, enum aspect aspect)
{
    struct slice id =
        arena_print(arena, "%.*s%s%.*s%s", (int)measure->id.len, measure->id.ptr,
                    part->id.len > 0 ? "." : "", (int)part->id.len,
                    part->id.len > 0 ? part->id.ptr : "", aspect == ASPECT_DAYS ? ".dagen" : "");
    return (struct column){.measure = measure,
                           .part = part,
                           .aspect = aspect,
                           .id = id,
                           .decimals = aspect == ASPECT_DAYS ? 0 : measure->decimals};
}

/** Numbers the columns: measures and parts in the order of the file, days right after how many. */
static void number_columns(const struct making *making, struct measure *measures, size_t count)
{
    struct arena *arena = &making->rulebook->arena;
    struct column *columns = arena_array(arena, count_columns(measures, count), sizeof *columns);
    unsigned next = 0;
    for (size_t i = 0; i < count; i++) {
        struct part *parts = arena_array(arena, measures[i].part_count, sizeof *parts);
        for (size_t j = 0; j < measures[i].part_count; j++) {
            parts[j] = measures[i].parts[j];
            parts[j].column = next;
            columns[next++] = column_of(arena, &measures[i], &parts[j], ASPECT_VALUE);
            if (measures[i].kind == MEASURE_WAITING)
                columns[next++] = column_of(arena, &measures[i], &parts[j], ASPECT_DAYS);
        }
        measures[i].parts = parts;
    }
    making->rulebook->monitor.columns = columns;
    making->rulebook->monitor.column_count = next;
}

void measures_read(const struct making *making, const struct schema_value *map)
{
    size_t count = schema_count(map);
    struct measure *measures = arena_array(&making->rulebook->arena, count, sizeof *measures);
    for (size_t i = 0; i < count; i++)
        read_measure(making, map->node, i, &measures[i]);
    if (map->present && count == 0)
        faults_add(making->faults, map->place, "\"cijfers\" is empty: nothing could be delivered");
    number_columns(making, measures, count);
    making->rulebook->monitor.measures = measures;
    making->rulebook->monitor.measure_count = count;
}
