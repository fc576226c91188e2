/*
 * References to columns, as formulas and checks write them: `clienten`,
 * `clienten.jeugdbescherming`, `wachtlijst.start.dagen`. A reference that means nothing is a fault
 * that names the nearest one that does; so is a column that two references of one list both mean,
 * since it would count twice.
 */
#include "codec/rulebook_parts.h"

/** Everything a reference may say: measures, columns, and the days of a whole waiting list. */
static struct words reference_words(const struct monitor *monitor, struct arena *arena)
{
    struct slice *words =
        arena_array(arena, 2 * monitor->measure_count + monitor->column_count, sizeof *words);
    size_t count = 0;
    for (size_t i = 0; i < monitor->measure_count; i++) {
        const struct measure *measure = &monitor->measures[i];
        words[count++] = measure->id;
        if (measure->divided && measure->kind == MEASURE_WAITING)
            words[count++] =
                arena_print(arena, "%.*s.dagen", (int)measure->id.len, measure->id.ptr);
    }
    for (size_t i = 0; i < monitor->column_count; i++) {
        const struct column *column = &monitor->columns[i];
        if (column->measure->divided || column->aspect == ASPECT_DAYS) words[count++] = column->id;
    }
    return (struct words){.items = words, .count = count};
}

/** The column among the first `known` of `columns` that stands there once more; false if none. */
static bool find_twice(const unsigned *columns, size_t known, size_t count, unsigned *ret_column)
{
    for (size_t i = known; i < count; i++) {
        for (size_t j = 0; j < known; j++) {
            if (columns[i] == columns[j]) {
                *ret_column = columns[i];
                return true;
            }
        }
    }
    return false;
}

/** Appends what one reference means; returns the new number of columns. */
static size_t add_reference(const struct making *making, const struct node *item, unsigned *columns,
                            size_t count)
{
    const struct monitor *monitor = &making->rulebook->monitor;
    unsigned twice;
    size_t found = monitor_resolve(monitor, item->text, columns + count, monitor->column_count);
    if (found == 0)
        fault_unknown(making->faults, item->place, "figure", item->text,
                      reference_words(monitor, making->faults->arena));
    if (find_twice(columns, count, count + found, &twice)) {
        faults_add(making->faults, item->place, "%s would count twice here",
                   fault_quote(making->faults, monitor->columns[twice].id));
        return count;
    }
    return count + found;
}

struct term term_reference(const struct making *making, const struct schema_value *list)
{
    size_t room = making->rulebook->monitor.column_count;
    /* Kept columns are all different, so they fit once; one more time is for what is being read. */
    unsigned *columns = arena_array(&making->rulebook->arena, 2 * room, sizeof *columns);
    size_t count = 0;
    for (size_t i = 0; i < schema_count(list); i++)
        count = add_reference(making, &list->node->children[i], columns, count);
    return (struct term){.columns = columns, .count = count};
}

bool term_has_kind(const struct monitor *monitor, const struct term *term, enum measure_kind kind)
{
    for (size_t i = 0; i < term->count; i++) {
        if (monitor->columns[term->columns[i]].measure->kind == kind) return true;
    }
    return false;
}
