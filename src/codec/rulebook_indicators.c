/*
 * `indicatoren`: what is computed. An indicator has versions that follow each other; each says how
 * it is computed from columns, and from the second on why it changed, because a series that breaks
 * must say so.
 *
 * Indicators are read twice: first their names, so that norms and other indicators can point at
 * them, then their versions. Faults: a formula with a key too many or too few, references to
 * nothing, versions that do not ascend.
 */
#include "codec/rulebook_parts.h"
#include "core/quarter.h"

enum {
    INDICATOR_NAME,
    INDICATOR_UNIT,
    INDICATOR_DECIMALS,
    INDICATOR_DESCRIPTION,
    INDICATOR_VERSIONS,
    INDICATOR_KEYS
};

static const struct schema_key INDICATOR_TABLE[] = {
    [INDICATOR_NAME] = {.name = SLICE_LITERAL("naam"), .type = SCHEMA_TEXT, .required = true},
    [INDICATOR_UNIT] = {.name = SLICE_LITERAL("eenheid"), .type = SCHEMA_TEXT, .required = true},
    [INDICATOR_DECIMALS] = {.name = SLICE_LITERAL("decimalen"), .type = SCHEMA_WHOLE, .most = 6},
    [INDICATOR_DESCRIPTION] = {.name = SLICE_LITERAL("omschrijving"), .type = SCHEMA_TEXT},
    [INDICATOR_VERSIONS] = {.name = SLICE_LITERAL("versies"),
                            .type = SCHEMA_LIST,
                            .required = true},
};
static const struct schema INDICATOR_SCHEMA = {.keys = INDICATOR_TABLE, .count = INDICATOR_KEYS};

static const struct slice FORMULAS[] = {
#define DEFINITION_ID(constant, id) [constant] = SLICE_LITERAL(id),
    DEFINITION_FORMULAS(DEFINITION_ID)
#undef DEFINITION_ID
};

enum {
    VERSION_FROM,
    VERSION_KIND,
    VERSION_FACTOR,
    VERSION_PERCENTILE,
    VERSION_QUARTILE,
    VERSION_NUMERATOR,
    VERSION_DENOMINATOR,
    VERSION_NORM,
    VERSION_SOURCE,
    VERSION_REASON,
    VERSION_DESCRIPTION,
    VERSION_KEYS
};

static const struct schema_key VERSION_TABLE[] = {
    [VERSION_FROM] = {.name = SLICE_LITERAL("vanaf"), .type = SCHEMA_DATE},
    [VERSION_KIND] = {.name = SLICE_LITERAL("soort"),
                      .type = SCHEMA_CHOICE,
                      .required = true,
                      .choices = {FORMULAS, FORMULA_COUNT}},
    [VERSION_FACTOR] = {.name = SLICE_LITERAL("factor"),
                        .type = SCHEMA_WHOLE,
                        .least = 1,
                        .most = 1000000,
                        .initial = 1},
    [VERSION_PERCENTILE] = {.name = SLICE_LITERAL("percentiel"),
                            .type = SCHEMA_WHOLE,
                            .least = 1,
                            .most = 99},
    [VERSION_QUARTILE] = {.name = SLICE_LITERAL("kwartiel"),
                          .type = SCHEMA_WHOLE,
                          .least = 1,
                          .most = QUARTERS - 1},
    [VERSION_NUMERATOR] = {.name = SLICE_LITERAL("teller"), .type = SCHEMA_TEXTS, .required = true},
    [VERSION_DENOMINATOR] = {.name = SLICE_LITERAL("noemer"), .type = SCHEMA_TEXTS},
    [VERSION_NORM] = {.name = SLICE_LITERAL("norm"), .type = SCHEMA_TEXT},
    [VERSION_SOURCE] = {.name = SLICE_LITERAL("bron"), .type = SCHEMA_TEXT},
    [VERSION_REASON] = {.name = SLICE_LITERAL("reden"), .type = SCHEMA_TEXT},
    [VERSION_DESCRIPTION] = {.name = SLICE_LITERAL("omschrijving"), .type = SCHEMA_TEXT},
};
static const struct schema VERSION_SCHEMA = {.keys = VERSION_TABLE, .count = VERSION_KEYS};

/** A key of a version that belongs to some formulas only. */
struct formula_key {
    size_t key;
    unsigned formulas; /**< bit (1u << enum formula) where it has a meaning */
    unsigned needed;   /**< and where it must stand */
};

/** Formulas that divide numerator by denominator. */
enum { RATIOS = 1U << FORMULA_RATIO | 1U << FORMULA_MEAN | 1U << FORMULA_QUARTILE };

static const struct formula_key FORMULA_KEYS[] = {
    {VERSION_FACTOR, RATIOS, 0},
    {VERSION_PERCENTILE, 1U << FORMULA_PERCENTILE, 1U << FORMULA_PERCENTILE},
    {VERSION_QUARTILE, 1U << FORMULA_QUARTILE, 1U << FORMULA_QUARTILE},
    {VERSION_DENOMINATOR, RATIOS | 1U << FORMULA_SHORTAGE, RATIOS | 1U << FORMULA_SHORTAGE},
    {VERSION_NORM, 1U << FORMULA_NEEDED | 1U << FORMULA_SHORTAGE,
     1U << FORMULA_NEEDED | 1U << FORMULA_SHORTAGE},
};

/** What /metrics already says by these names of every monitor: no indicator can be called that. */
static const char *const TAKEN[] = {"bevindingen", "norm", "reeks", "respons_ontvangen",
                                    "respons_verwacht"};

static void check_indicator_id(const struct making *making, struct slice id, struct place place)
{
    if (!schema_check_id(id, ID_SNAKE, place, making->faults)) return;
    for (size_t i = 0; i < sizeof TAKEN / sizeof *TAKEN; i++) {
        if (slice_is(id, TAKEN[i]))
            faults_add(making->faults, place,
                       "an indicator cannot be called %s: /metrics uses that name",
                       fault_quote(making->faults, id));
    }
}

/**
 * The heads of the indicators. A member that is no map is a fault here and is passed over when the
 * versions are read, so that nothing is said twice.
 */
struct indicator *indicators_read(const struct making *making, const struct schema_value *map)
{
    struct schema_value values[INDICATOR_KEYS];
    size_t count = schema_count(map);
    struct indicator *indicators = arena_array(&making->rulebook->arena, count, sizeof *indicators);
    for (size_t i = 0; i < count; i++) {
        check_indicator_id(making, map->node->keys[i], map->node->key_places[i]);
        schema_read(&INDICATOR_SCHEMA, &map->node->children[i], "an indicator", making->faults,
                    values);
        indicators[i] = (struct indicator){.id = map->node->keys[i],
                                           .name = values[INDICATOR_NAME].text,
                                           .unit = values[INDICATOR_UNIT].text,
                                           .description = values[INDICATOR_DESCRIPTION].text,
                                           .decimals = (uint8_t)values[INDICATOR_DECIMALS].number};
    }
    making->rulebook->monitor.indicators = indicators;
    making->rulebook->monitor.indicator_count = count;
    return indicators;
}

const struct indicator *indicator_reference(const struct making *making,
                                            const struct schema_value *value)
{
    const struct monitor *monitor = &making->rulebook->monitor;
    const struct indicator *indicator =
        value->present ? monitor_find_indicator(monitor, value->text) : NULL;
    if (!value->present || indicator != NULL) return indicator;
    struct slice *ids = arena_array(making->faults->arena, monitor->indicator_count, sizeof *ids);
    for (size_t i = 0; i < monitor->indicator_count; i++)
        ids[i] = monitor->indicators[i].id;
    fault_unknown(making->faults, value->place, "indicator", value->text,
                  (struct words){.items = ids, .count = monitor->indicator_count});
    return NULL;
}

/** The formula's keys: those without a meaning are refused, those it needs are asked for. */
static void check_formula_keys(const struct making *making, const struct schema_value *values)
{
    unsigned bit = 1U << (unsigned)values[VERSION_KIND].number;
    struct slice kind = FORMULAS[values[VERSION_KIND].number];
    for (size_t i = 0; i < sizeof FORMULA_KEYS / sizeof *FORMULA_KEYS; i++) {
        const struct formula_key *key = &FORMULA_KEYS[i];
        struct slice why = arena_print(making->faults->arena, "soort %s %s it", kind.ptr,
                                       key->needed & bit ? "needs" : "has no use for");
        if (!(key->formulas & bit))
            schema_refuse(&VERSION_SCHEMA, values, key->key, why.ptr, making->faults);
        if (key->needed & bit)
            schema_need(&VERSION_SCHEMA, values, key->key, why.ptr, making->faults);
    }
}

/** The columns of a formula: no stated figure but one on its own, for a percentile only who wait.
 */
static void check_columns(const struct making *making, const struct schema_value *list,
                          const struct term *term, enum formula formula)
{
    const struct monitor *monitor = &making->rulebook->monitor;
    if (list->present && list->node->count == 0)
        faults_add(making->faults, list->place, "this list is empty");
    if (term_has_kind(monitor, term, MEASURE_STATED) && (formula != FORMULA_SUM || term->count > 1))
        faults_add(making->faults, list->place,
                   "a measure of soort opgave is shown as delivered and never added up: it stands "
                   "in a som on its own");
    for (size_t i = 0; formula == FORMULA_PERCENTILE && i < term->count; i++) {
        const struct column *column = &monitor->columns[term->columns[i]];
        if (column->measure->kind != MEASURE_WAITING || column->aspect != ASPECT_VALUE)
            faults_add(making->faults, list->place,
                       "a percentile needs waiting lists, and %s is none",
                       fault_quote(making->faults, column->id));
    }
}

static bool any_norm_of(const struct monitor *monitor, const struct indicator *indicator)
{
    for (size_t i = 0; i < monitor->norm_count; i++) {
        if (monitor->norms[i].indicator == indicator) return true;
    }
    return false;
}

static const struct indicator *norm_reference(const struct making *making,
                                              const struct schema_value *value)
{
    const struct indicator *indicator = indicator_reference(making, value);
    if (indicator != NULL && !any_norm_of(&making->rulebook->monitor, indicator))
        faults_add(making->faults, value->place, "\"normen\" holds no norm of %s",
                   fault_quote(making->faults, value->text));
    return indicator;
}

static void read_version(const struct making *making, const struct schema_value *values,
                         struct version *version)
{
    version->has_from = values[VERSION_FROM].present;
    version->from = values[VERSION_FROM].date;
    version->factor = values[VERSION_FACTOR].number;
    version->percentile = (unsigned)values[VERSION_PERCENTILE].number;
    version->quartile = (unsigned)values[VERSION_QUARTILE].number;
    version->numerator = term_reference(making, &values[VERSION_NUMERATOR]);
    version->denominator = term_reference(making, &values[VERSION_DENOMINATOR]);
    version->norm = norm_reference(making, &values[VERSION_NORM]);
    version->reason = values[VERSION_REASON].text;
    version->source = source_reference(making, &values[VERSION_SOURCE]);
    version->description = values[VERSION_DESCRIPTION].text;
    if (!values[VERSION_KIND].present) return;
    version->formula = (enum formula)values[VERSION_KIND].number;
    check_formula_keys(making, values);
    check_columns(making, &values[VERSION_NUMERATOR], &version->numerator, version->formula);
    check_columns(making, &values[VERSION_DENOMINATOR], &version->denominator, FORMULA_RATIO);
}

/** From the second version on: a day later than the one before, and a reason. */
static void check_successor(const struct making *making, const struct schema_value *values,
                            const struct version *before, const struct version *version)
{
    schema_need(&VERSION_SCHEMA, values, VERSION_FROM,
                "only the first version may hold from the beginning", making->faults);
    schema_need(&VERSION_SCHEMA, values, VERSION_REASON, "a later version says what changed",
                making->faults);
    if (before->has_from && version->has_from && date_compare(version->from, before->from) <= 0)
        faults_add(making->faults, values[VERSION_FROM].place,
                   "versions must ascend: \"vanaf\" is not later than that of the version before");
}

static void read_versions(const struct making *making, const struct node *list,
                          struct indicator *indicator)
{
    struct version *versions = arena_array(&making->rulebook->arena, list->count, sizeof *versions);
    for (size_t i = 0; i < list->count; i++) {
        struct schema_value values[VERSION_KEYS];
        versions[i].number = (unsigned)i + 1;
        if (!schema_read(&VERSION_SCHEMA, &list->children[i], "a version", making->faults, values))
            continue;
        read_version(making, values, &versions[i]);
        if (i > 0) check_successor(making, values, &versions[i - 1], &versions[i]);
    }
    if (list->count == 0)
        faults_add(making->faults, list->place, "\"versies\" is empty: an indicator needs one");
    indicator->versions = versions;
    indicator->version_count = list->count;
}

void versions_read(const struct making *making, const struct schema_value *map,
                   struct indicator *indicators)
{
    for (size_t i = 0; i < schema_count(map); i++) {
        const struct node *list = node_child(&map->node->children[i], "versies");
        if (list != NULL && list->kind == NODE_LIST) read_versions(making, list, &indicators[i]);
    }
}
