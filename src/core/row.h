#ifndef GIMON_CORE_ROW_H
#define GIMON_CORE_ROW_H

#include "core/rulebook.h"
#include "core/submission.h"

/** Whether a column of a row has a value. Missing is never zero. */
enum presence {
    PRESENCE_MISSING,        /**< not delivered */
    PRESENCE_NOT_APPLICABLE, /**< `null` */
    PRESENCE_VALUE,
};

/** A column's value in the measure's smallest unit. */
struct figure {
    enum presence presence;
    int64_t units;
};

/** So many have waited so many calendar days. */
struct waited {
    int32_t days;
    int64_t count;
};

/** Exact counts per number of days, ascending; NULL items where only a count is known. */
struct histogram {
    const struct waited *items;
    size_t count;
};

/**
 * A delivery as a row of the monitor's table: one value a column, waiting dates turned into
 * count and days by the definition's calendar and threshold. Lives in the caller's arena.
 */
struct row {
    struct figure *values;        /**< one a column */
    struct histogram *histograms; /**< one a column; set on the count column of waiting lists */
};

/** The row of a submission for a peildatum; region empty: the totals. */
struct row row_of(const struct rulebook *rulebook, const struct submission *submission,
                  struct slice region, struct date peildatum, struct arena *arena);

/**
 * Whether every column of the term is delivered or not applicable; sets `ret_value` if any of them
 * is a value, and leaves it alone otherwise.
 */
bool row_delivers(const struct row *row, const struct term *term, bool *ret_value)
    __attribute__((warn_unused_result));

#endif
