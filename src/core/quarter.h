#ifndef GIMON_CORE_QUARTER_H
#define GIMON_CORE_QUARTER_H

#include <stddef.h>

/* Organisations in four quarters by a figure of theirs, each counted once whatever its size. */

enum {
    QUARTERS = 4,       /**< a quarter is 1 (the lowest values) to this */
    QUARTERS_LEAST = 8, /**< with fewer organisations than this there are no quarters */
};

/**
 * The rank, from 1 up, of the value at which a quarter ends among `count` values: nearest rank
 * (docs/decisions/0008). The second quarter ends at the median.
 */
size_t quarter_end(unsigned quarter, size_t count);

#endif
