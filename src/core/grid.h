#ifndef GIMON_CORE_GRID_H
#define GIMON_CORE_GRID_H

#include "core/series.h"

/** A published table with its figures: the definition's rows down, peildata across. */
struct grid {
    const struct rulebook *rulebook;
    const struct table *table;
    const struct peildatum *const *columns;
    size_t column_count;
    const struct point *points; /**< row by row: points[row * column_count + column] */
};

/**
 * Everything a table of the rulebook in force at `known` shows, national level, every point rounded
 * once to the decimals of its row. Lives in the arena and points into the rulebook.
 */
struct grid grid_answer(const struct state *state, const struct table *table,
                        struct record_id known, struct arena *arena);

#endif
