/*
 * Finding one's way in a definition. Reading and checking it is the codec's work, so everything
 * here may rely on it: versions and norms ascend, ids are unique, every column belongs to a part.
 * Nothing fails; what does not exist is NULL or none.
 */
#include "core/definition.h"

static const char *const FORMULA_IDS[] = {
#define DEFINITION_ID(constant, id) [constant] = (id),
    DEFINITION_FORMULAS(DEFINITION_ID)
#undef DEFINITION_ID
};

static const char *const CHECK_KIND_IDS[] = {
#define DEFINITION_ID(constant, id) [constant] = (id),
    DEFINITION_CHECKS(DEFINITION_ID)
#undef DEFINITION_ID
};

static const char *const LEVEL_IDS[] = {
#define DEFINITION_ID(constant, id) [constant] = (id),
    DEFINITION_LEVELS(DEFINITION_ID)
#undef DEFINITION_ID
};

static const struct {
    const char *word;
    int months;
} PERIODS[] = {
#define DEFINITION_PERIOD(constant, word, months) [constant] = {(word), (months)},
    DEFINITION_PERIODS(DEFINITION_PERIOD)
#undef DEFINITION_PERIOD
};

const char *formula_id(enum formula formula)
{
    return FORMULA_IDS[formula];
}

const char *check_kind_id(enum check_kind kind)
{
    return CHECK_KIND_IDS[kind];
}

const char *level_id(enum level level)
{
    return LEVEL_IDS[level];
}

const char *period_word(enum period period)
{
    return PERIODS[period].word;
}

struct date period_first_day(enum period period, struct date last)
{
    return date_months_before((struct date){.day = last.day + 1}, PERIODS[period].months);
}

const struct measure *monitor_find_measure(const struct monitor *monitor, struct slice id)
{
    for (size_t i = 0; i < monitor->measure_count; i++) {
        if (slice_equal(monitor->measures[i].id, id)) return &monitor->measures[i];
    }
    return NULL;
}

const struct indicator *monitor_find_indicator(const struct monitor *monitor, struct slice id)
{
    for (size_t i = 0; i < monitor->indicator_count; i++) {
        if (slice_equal(monitor->indicators[i].id, id)) return &monitor->indicators[i];
    }
    return NULL;
}

const struct table *monitor_find_table(const struct monitor *monitor, struct slice id)
{
    for (size_t i = 0; i < monitor->table_count; i++) {
        if (slice_equal(monitor->tables[i].id, id)) return &monitor->tables[i];
    }
    return NULL;
}

const struct peildatum *monitor_find_peildatum(const struct monitor *monitor, struct date date)
{
    for (size_t i = 0; i < monitor->peildatum_count; i++) {
        if (date_compare(monitor->peildata[i].date, date) == 0) return &monitor->peildata[i];
    }
    return NULL;
}

const struct part *measure_find_part(const struct measure *measure, struct slice id)
{
    for (size_t i = 0; i < measure->part_count; i++) {
        if (slice_equal(measure->parts[i].id, id)) return &measure->parts[i];
    }
    return NULL;
}

const struct peildatum *monitor_preceding(const struct monitor *monitor,
                                          const struct peildatum *peildatum)
{
    const struct peildatum *before = NULL;
    for (size_t i = 0; i < monitor->peildatum_count; i++) {
        if (date_compare(monitor->peildata[i].date, peildatum->date) < 0)
            before = &monitor->peildata[i];
    }
    return before;
}

const struct version *indicator_version_on(const struct indicator *indicator, struct date date)
{
    const struct version *in_force = NULL;
    for (size_t i = 0; i < indicator->version_count; i++) {
        const struct version *version = &indicator->versions[i];
        if (!version->has_from || date_compare(version->from, date) <= 0) in_force = version;
    }
    return in_force;
}

const struct version *indicator_find_version(const struct indicator *indicator, unsigned number)
{
    for (size_t i = 0; i < indicator->version_count; i++) {
        if (indicator->versions[i].number == number) return &indicator->versions[i];
    }
    return NULL;
}

const struct version *indicator_version_for(const struct indicator *indicator, unsigned asked,
                                            struct date date)
{
    return asked > 0 ? indicator_find_version(indicator, asked)
                     : indicator_version_on(indicator, date);
}

bool formula_is_spread(enum formula formula)
{
    return formula == FORMULA_MEAN || formula == FORMULA_QUARTILE;
}

bool indicator_is_spread(const struct indicator *indicator)
{
    for (size_t i = 0; i < indicator->version_count; i++) {
        if (formula_is_spread(indicator->versions[i].formula)) return true;
    }
    return false;
}

bool indicator_is_bound(const struct indicator *indicator)
{
    for (size_t i = 0; i < indicator->version_count; i++) {
        if (indicator->versions[i].formula == FORMULA_QUARTILE) return true;
    }
    return false;
}

const struct norm *monitor_norm_on(const struct monitor *monitor, const struct indicator *indicator,
                                   struct date date)
{
    const struct norm *in_force = NULL;
    for (size_t i = 0; i < monitor->norm_count; i++) {
        const struct norm *norm = &monitor->norms[i];
        if (norm->indicator == indicator && date_compare(norm->from, date) <= 0) in_force = norm;
    }
    return in_force;
}

/** What stands behind `measure.`: `dagen`, a part, or a part and `.dagen`. */
static bool resolve_tail(const struct measure *measure, struct slice tail,
                         const struct part **ret_part, enum aspect *ret_aspect)
{
    struct slice part, rest;
    bool waiting = measure->kind == MEASURE_WAITING;
    if (slice_is(tail, "dagen")) {
        *ret_aspect = ASPECT_DAYS;
        return waiting;
    }
    bool cut = slice_cut(tail, '.', &part, &rest);
    if (cut && !(waiting && slice_is(rest, "dagen"))) return false;
    *ret_aspect = cut ? ASPECT_DAYS : ASPECT_VALUE;
    *ret_part = measure_find_part(measure, part);
    return *ret_part != NULL && measure->divided;
}

size_t monitor_resolve(const struct monitor *monitor, struct slice reference, unsigned *ret_columns,
                       size_t room)
{
    struct slice name, tail;
    const struct part *only = NULL;
    enum aspect aspect = ASPECT_VALUE;
    bool cut = slice_cut(reference, '.', &name, &tail);
    const struct measure *measure = monitor_find_measure(monitor, name);
    if (measure == NULL || (cut && !resolve_tail(measure, tail, &only, &aspect))) return 0;
    size_t count = 0;
    for (size_t i = 0; i < measure->part_count; i++) {
        const struct part *part = &measure->parts[i];
        if (only != NULL && only != part) continue;
        if (count < room) ret_columns[count] = part->column + (aspect == ASPECT_DAYS ? 1U : 0U);
        count++;
    }
    return count;
}
