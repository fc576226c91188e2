#ifndef GIMON_CORE_REMAINDER_H
#define GIMON_CORE_REMAINDER_H

#include "core/row.h"

/*
 * What of a total is attributed to no region. Over any sum whose measures add up over regions, the
 * regions and the remainder are together the national figure, exactly.
 */

/** The id of the remainder where answers name a region, and what people call it. */
#define REMAINDER_ID   "niet-toegedeeld"
#define REMAINDER_NAME "Niet toegedeeld"

/** The rows of one delivery by region, each bound to the total; none where it gave no regions. */
struct regional_rows {
    const struct row **rows;
    size_t count;
};

/** Whether a figure of this version has a remainder: the regions of all its measures add up. */
bool remainder_exists(const struct monitor *monitor, const struct version *version);

/** The same of columns: whether the regions of each of them add up. */
bool remainder_exists_of(const struct monitor *monitor, const struct term *term);

/**
 * Binds a region's row to the total of its delivery: a column that the total has no value in has
 * none in the region, of a measure whose regions add up.
 */
void remainder_bind(const struct monitor *monitor, const struct row *total, struct row *region);

/**
 * The row that is left of a total for the columns of a version: less all regions that count in a
 * figure of it. It holds those columns only. May be the total itself; else it lives in the arena.
 */
const struct row *remainder_of(const struct monitor *monitor, const struct version *version,
                               const struct row *total, const struct regional_rows *regional,
                               struct arena *arena);

#endif
