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

/** Which table is asked for, and as of when. */
struct grid_question {
    const struct table *table;     /**< of the rulebook in force at `known` */
    struct record_id known;        /**< as in struct question */
    const struct edition *edition; /**< as in struct question */
};

/**
 * Everything a table shows, national level, every point rounded once to the decimals of its row; of
 * an edition its own peildata only. Lives in the arena and points into the rulebook.
 */
struct grid grid_answer(const struct state *state, const struct grid_question *asked,
                        struct arena *arena);

#endif
