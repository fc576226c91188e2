/*
 * gepubliceerd/<monitor>/<document>.yaml: the figures that a document printed, one line an
 * indicator and place, and what those figures say of each other. Needs the whole monitor, since it
 * refers to its indicators, sources and peildata. Faults: references to nothing, a value with more
 * decimals than its line, a peildatum that the monitor does not have.
 */
#include "codec/rulebook_parts.h"

enum { PUBLISHED_SOURCE, PUBLISHED_DESCRIPTION, PUBLISHED_LINES, PUBLISHED_CHECKS, PUBLISHED_KEYS };

static const struct schema_key PUBLISHED_TABLE[] = {
    [PUBLISHED_SOURCE] = {.name = SLICE_LITERAL("bron"), .type = SCHEMA_TEXT, .required = true},
    [PUBLISHED_DESCRIPTION] = {.name = SLICE_LITERAL("omschrijving"), .type = SCHEMA_TEXT},
    [PUBLISHED_LINES] = {.name = SLICE_LITERAL("cijfers"), .type = SCHEMA_MAP, .required = true},
    [PUBLISHED_CHECKS] = {.name = SLICE_LITERAL("vergelijkingen"), .type = SCHEMA_MAP},
};
static const struct schema PUBLISHED_SCHEMA = {.keys = PUBLISHED_TABLE, .count = PUBLISHED_KEYS};

enum { LINE_INDICATOR, LINE_DECIMALS, LINE_PLACE, LINE_NOTE, LINE_FIGURES, LINE_KEYS };

static const struct schema_key LINE_TABLE[] = {
    [LINE_INDICATOR] = {.name = SLICE_LITERAL("indicator"), .type = SCHEMA_TEXT},
    [LINE_DECIMALS] = {.name = SLICE_LITERAL("decimalen"), .type = SCHEMA_WHOLE, .most = 6},
    [LINE_PLACE] = {.name = SLICE_LITERAL("plaats"), .type = SCHEMA_TEXT},
    [LINE_NOTE] = {.name = SLICE_LITERAL("toelichting"), .type = SCHEMA_TEXT},
    [LINE_FIGURES] = {.name = SLICE_LITERAL("waarden"), .type = SCHEMA_MAP, .required = true},
};
static const struct schema LINE_SCHEMA = {.keys = LINE_TABLE, .count = LINE_KEYS};

enum {
    CHECK_NAME,
    CHECK_LINE,
    CHECK_NUMERATOR,
    CHECK_DENOMINATOR,
    CHECK_FACTOR,
    CHECK_DECIMALS,
    CHECK_NOTE,
    CHECK_KEYS
};

static const struct schema_key CHECK_TABLE[] = {
    [CHECK_NAME] = {.name = SLICE_LITERAL("naam"), .type = SCHEMA_TEXT, .required = true},
    [CHECK_LINE] = {.name = SLICE_LITERAL("gepubliceerd"), .type = SCHEMA_TEXT, .required = true},
    [CHECK_NUMERATOR] = {.name = SLICE_LITERAL("teller"), .type = SCHEMA_TEXTS, .required = true},
    [CHECK_DENOMINATOR] = {.name = SLICE_LITERAL("noemer"), .type = SCHEMA_TEXTS},
    [CHECK_FACTOR] = {.name = SLICE_LITERAL("factor"),
                      .type = SCHEMA_WHOLE,
                      .least = 1,
                      .most = 1000000,
                      .initial = 1},
    [CHECK_DECIMALS] = {.name = SLICE_LITERAL("decimalen"), .type = SCHEMA_WHOLE, .most = 6},
    [CHECK_NOTE] = {.name = SLICE_LITERAL("toelichting"), .type = SCHEMA_TEXT},
};
static const struct schema CHECK_SCHEMA = {.keys = CHECK_TABLE, .count = CHECK_KEYS};

/* ---- lines ---- */

static bool read_value(const struct making *making, const struct node *node, uint8_t decimals,
                       struct decimal *ret_value)
{
    struct decimal value;
    int64_t units;
    const bool number = node->kind == NODE_SCALAR && !node_is_null(node) &&
                        decimal_parse(node->text, &value) == DECIMAL_OK;
    if (number && decimal_to_units(value, decimals, &units)) {
        *ret_value = (struct decimal){.units = units, .decimals = decimals};
        return true;
    }
    faults_add(making->faults, node->place, "a printed figure is a number with at most %u decimals",
               (unsigned)decimals);
    return false;
}

static bool read_figure(const struct making *making, const struct node *map, size_t index,
                        struct published_figure *figure)
{
    const struct place place = map->key_places[index];
    if (!date_parse(map->keys[index], &figure->peildatum)) {
        faults_add(making->faults, place, "%s is no date; write it as 2024-10-01",
                   fault_quote(making->faults, map->keys[index]));
        return false;
    }
    if (monitor_find_peildatum(&making->rulebook->monitor, figure->peildatum) != NULL) return true;
    faults_add(making->faults, place, "the monitor has no peildatum %s",
               fault_quote(making->faults, map->keys[index]));
    return false;
}

static void read_figures(const struct making *making, const struct schema_value *map,
                         struct published_line *line)
{
    const size_t count = schema_count(map);
    struct published_figure *figures =
        arena_array(&making->rulebook->arena, count, sizeof *figures);
    for (size_t i = 0; i < count; i++) {
        struct published_figure *figure = &figures[line->figure_count];
        if (read_figure(making, map->node, i, figure) &&
            read_value(making, &map->node->children[i], line->decimals, &figure->value))
            line->figure_count++;
    }
    if (map->present && count == 0) faults_add(making->faults, map->place, "\"waarden\" is empty");
    line->figures = figures;
}

/* A line is about the indicator of its own name unless it says which. */
static const struct indicator *line_indicator(const struct making *making,
                                              const struct schema_value *values, struct slice id,
                                              struct place place)
{
    struct schema_value own = {.present = true, .place = place, .text = id};
    return indicator_reference(making,
                               values[LINE_INDICATOR].given ? &values[LINE_INDICATOR] : &own);
}

static void read_line(const struct making *making, const struct node *map, size_t index,
                      struct published_line *line)
{
    struct schema_value values[LINE_KEYS];
    line->id = map->keys[index];
    schema_check_id(line->id, ID_SNAKE, map->key_places[index], making->faults);
    if (!schema_read(&LINE_SCHEMA, &map->children[index], "a line", making->faults, values)) return;
    line->place = values[LINE_PLACE].text;
    line->note = values[LINE_NOTE].text;
    line->indicator = line_indicator(making, values, line->id, map->key_places[index]);
    if (line->indicator == NULL) return;
    line->decimals = line->indicator->decimals;
    if (values[LINE_DECIMALS].present) line->decimals = (uint8_t)values[LINE_DECIMALS].number;
    if (line->decimals > line->indicator->decimals)
        faults_add(making->faults, values[LINE_DECIMALS].place,
                   "a line has no more decimals than its indicator, which has %u",
                   (unsigned)line->indicator->decimals);
    read_figures(making, &values[LINE_FIGURES], line);
}

/* ---- checks ---- */

static const struct published_line *line_reference(const struct making *making,
                                                   const struct publication *publication,
                                                   struct slice id, struct place place)
{
    const struct published_line *line = publication_find_line(publication, id);
    if (line != NULL) return line;
    const size_t count = publication->line_count;
    struct slice *ids = arena_array(making->faults->arena, count, sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = publication->lines[i].id;
    fault_unknown(making->faults, place, "line", id, (struct words){.items = ids, .count = count});
    return NULL;
}

static struct published_sum read_sum(const struct making *making,
                                     const struct publication *publication,
                                     const struct schema_value *list)
{
    const size_t count = schema_count(list);
    struct published_sum sum = {.count = count};
    const struct published_line **lines =
        arena_array(&making->rulebook->arena, count, sizeof *lines);
    for (size_t i = 0; i < count; i++) {
        const struct node *item = &list->node->children[i];
        lines[i] = line_reference(making, publication, item->text, item->place);
    }
    sum.lines = lines;
    return sum;
}

static void read_check(const struct making *making, const struct publication *publication,
                       const struct node *node, struct published_check *check)
{
    struct schema_value values[CHECK_KEYS];
    if (!schema_read(&CHECK_SCHEMA, node, "a comparison", making->faults, values)) return;
    check->name = values[CHECK_NAME].text;
    check->note = values[CHECK_NOTE].text;
    check->factor = values[CHECK_FACTOR].number;
    check->numerator = read_sum(making, publication, &values[CHECK_NUMERATOR]);
    check->denominator = read_sum(making, publication, &values[CHECK_DENOMINATOR]);
    if (values[CHECK_LINE].present)
        check->line =
            line_reference(making, publication, values[CHECK_LINE].text, values[CHECK_LINE].place);
    if (check->line == NULL) return;
    check->decimals = values[CHECK_DECIMALS].present ? (uint8_t)values[CHECK_DECIMALS].number
                                                     : check->line->decimals;
}

/* ---- the document ---- */

static void read_lines(const struct making *making, const struct schema_value *map,
                       struct publication *publication)
{
    const size_t count = schema_count(map);
    struct published_line *lines = arena_array(&making->rulebook->arena, count, sizeof *lines);
    for (size_t i = 0; i < count; i++)
        read_line(making, map->node, i, &lines[i]);
    publication->lines = lines;
    publication->line_count = count;
}

static void read_checks(const struct making *making, const struct schema_value *map,
                        struct publication *publication)
{
    const size_t count = schema_count(map);
    struct published_check *checks = arena_array(&making->rulebook->arena, count, sizeof *checks);
    for (size_t i = 0; i < count; i++) {
        checks[i].id = map->node->keys[i];
        schema_check_id(checks[i].id, ID_SNAKE, map->node->key_places[i], making->faults);
        read_check(making, publication, &map->node->children[i], &checks[i]);
    }
    publication->checks = checks;
    publication->check_count = count;
}

static void read_publication(const struct making *making, const struct node *node,
                             struct publication *publication)
{
    struct schema_value values[PUBLISHED_KEYS];
    if (!schema_read(&PUBLISHED_SCHEMA, node, "this file", making->faults, values)) return;
    publication->source = source_reference(making, &values[PUBLISHED_SOURCE]);
    publication->description = values[PUBLISHED_DESCRIPTION].text;
    read_lines(making, &values[PUBLISHED_LINES], publication);
    read_checks(making, &values[PUBLISHED_CHECKS], publication);
}

void publications_read(const struct making *making, const struct node *documents)
{
    struct publication *publications =
        arena_array(&making->rulebook->arena, documents->count, sizeof *publications);
    for (size_t i = 0; i < documents->count; i++) {
        publications[i].id = documents->keys[i];
        schema_check_id(publications[i].id, ID_KEBAB, documents->key_places[i], making->faults);
        read_publication(making, &documents->children[i], &publications[i]);
    }
    making->rulebook->publications = publications;
    making->rulebook->publication_count = documents->count;
}
