/*
 * Subjects: what a name in a question means. An indicator of the definition comes first; any other
 * name is looked up among the columns and added up, so that every measure and every part of it can
 * be asked for without being listed as an indicator.
 */
#include "core/subject.h"

static unsigned *resolve_columns(const struct rulebook *rulebook, struct slice id,
                                 struct arena *arena, size_t *ret_count)
{
    unsigned *columns = arena_array(arena, rulebook->monitor.column_count, sizeof *columns);
    *ret_count = monitor_resolve(&rulebook->monitor, id, columns, rulebook->monitor.column_count);
    return columns;
}

/* Columns that are added up, seen as an indicator with a single version. */
static const struct indicator *indicator_of_columns(const struct rulebook *rulebook,
                                                    struct slice id, struct term term,
                                                    struct arena *arena)
{
    const struct column *first = &rulebook->monitor.columns[term.columns[0]];
    struct version *version = arena_new(arena, sizeof *version);
    struct indicator *indicator = arena_new(arena, sizeof *indicator);
    *version = (struct version){
        .number = 1,
        .formula = FORMULA_SUM,
        .factor = 1,
        .numerator = term,
    };
    *indicator = (struct indicator){
        .id = arena_copy(arena, id),
        .name = term.count == 1 ? first->part->name : first->measure->name,
        .unit = first->aspect == ASPECT_DAYS ? slice_of("dagen") : first->measure->unit,
        .decimals = first->decimals,
        .versions = version,
        .version_count = 1,
    };
    return indicator;
}

static struct subject subject_of(const struct indicator *indicator)
{
    return (struct subject){
        .id = indicator->id,
        .indicator = indicator,
        .decimals = indicator->decimals,
    };
}

bool subject_find(const struct rulebook *rulebook, struct slice id, struct arena *arena,
                  struct subject *ret_subject)
{
    const struct indicator *indicator = monitor_find_indicator(&rulebook->monitor, id);
    if (indicator == NULL) {
        struct term term = {0};
        term.columns = resolve_columns(rulebook, id, arena, &term.count);
        if (term.count == 0) return false;
        indicator = indicator_of_columns(rulebook, id, term, arena);
    }
    *ret_subject = subject_of(indicator);
    return true;
}

struct subject *subjects_all(const struct rulebook *rulebook, struct arena *arena)
{
    const struct monitor *monitor = &rulebook->monitor;
    struct subject *subjects = arena_array(arena, monitor->indicator_count, sizeof *subjects);
    for (size_t i = 0; i < monitor->indicator_count; i++)
        subjects[i] = subject_of(&monitor->indicators[i]);
    return subjects;
}

/* All indicators but those of which `left_out` holds. */
static struct subject *subjects_but(const struct rulebook *rulebook,
                                    bool (*left_out)(const struct indicator *indicator),
                                    struct arena *arena, size_t *ret_count)
{
    struct subject *subjects = subjects_all(rulebook, arena);
    size_t kept = 0;
    for (size_t i = 0; i < rulebook->monitor.indicator_count; i++) {
        if (!left_out(subjects[i].indicator)) subjects[kept++] = subjects[i];
    }
    *ret_count = kept;
    return subjects;
}

struct subject *subjects_unbound(const struct rulebook *rulebook, struct arena *arena,
                                 size_t *ret_count)
{
    return subjects_but(rulebook, indicator_is_bound, arena, ret_count);
}

struct subject *subjects_of_one(const struct rulebook *rulebook, struct arena *arena,
                                size_t *ret_count)
{
    return subjects_but(rulebook, indicator_is_spread, arena, ret_count);
}

struct subject *subjects_of_columns(const struct rulebook *rulebook, struct arena *arena)
{
    const size_t count = rulebook->monitor.column_count;
    struct subject *subjects = arena_array(arena, count, sizeof *subjects);
    unsigned *columns = arena_array(arena, count, sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        columns[i] = (unsigned)i;
        const struct term term = {.columns = &columns[i], .count = 1};
        const struct slice id = rulebook->monitor.columns[i].id;
        subjects[i] = subject_of(indicator_of_columns(rulebook, id, term, arena));
    }
    return subjects;
}

const struct subject *subjects_in(const struct rulebook *rulebook, const struct subject *subjects,
                                  size_t count, struct arena *arena, size_t *ret_count)
{
    struct subject *found = arena_array(arena, count, sizeof *found);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!subject_find(rulebook, subjects[i].id, arena, &found[kept])) continue;
        found[kept++].decimals = subjects[i].decimals;
    }
    *ret_count = kept;
    return found;
}
