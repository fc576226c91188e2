#ifndef GIMON_CORE_GRID_H
#define GIMON_CORE_GRID_H

#include "core/disclosure.h"
#include "core/series.h"

/** One row: an indicator over the country or over one member of the table's level. */
struct grid_row {
    const struct table_row *shown;
    enum level level;    /**< LEVEL_NATIONAL for the country, also below its members */
    struct slice member; /**< id of the organisation or region, REMAINDER_ID too; or empty */
    struct slice name;   /**< of the member, for people; of the country `Landelijk` */
};

/** A published table with its figures, peildata across. */
struct grid {
    const struct rulebook *rulebook;
    const struct table *table;
    const struct peildatum *const *columns;
    size_t column_count;
    const struct grid_row *rows; /**< an indicator at a time: its members, then the country */
    size_t row_count;
    const struct point *points;         /**< row by row: points[row * column_count + column] */
    const struct change *changes;       /**< likewise, since the column before; NULL: not shown */
    const struct disclosure_rule *rule; /**< what the public sees follows it; NULL: all, exact */
    const struct region *const *silent; /**< regions without a row: nobody gave a figure of them */
    size_t silent_count;
};

/** Which table is asked for, and as of when. */
struct grid_question {
    const struct table *table;         /**< of the rulebook in force at `known` */
    struct record_id known;            /**< as in struct question */
    const struct edition *edition;     /**< as in struct question */
    const struct showings *shown;      /**< as in struct question */
    const struct slice *organisations; /**< as in struct question: whose rows may be seen */
    size_t organisation_count;
};

/**
 * Everything a table shows, every point rounded once to the decimals of its row; of an edition its
 * own peildata only. Lives in the arena and points into the rulebook.
 *
 * A table by organisation has a row of everyone expected on one of its peildata. A table by region
 * has a row of each region of which any figure was given on one of them; the others are `silent`.
 */
struct grid grid_answer(const struct state *state, const struct grid_question *asked,
                        struct arena *arena);

/** Whether there can be no figure in a cell: its member is not expected on that peildatum. */
bool grid_is_blank(const struct grid *grid, size_t row, size_t column);

#endif
