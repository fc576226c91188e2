#ifndef GIMON_CORE_SHOWN_H
#define GIMON_CORE_SHOWN_H

#include "core/change.h"
#include "core/showing.h"

/** Exact points of an edition that are to become what the public may see. */
struct shown_question {
    const struct showings *showings;
    const struct edition *edition;
    const struct rulebook *rulebook; /**< in force for the edition; the points point into it */
};

/**
 * Turns exact points into shown ones, in place: sums rounded, everything else computed from rounded
 * sums, and no value, numerator or denominator where a sum may not be shown (REASON_SUPPRESSED).
 * Why else there is no value stays: it tells who delivered what, and never how many. What has not
 * been decided is not shown.
 */
void shown_points(const struct shown_question *question, struct point *points, size_t count);

/**
 * Turns the exact changes of a series, one a point, into those of its points as they are shown: a
 * change is between two figures that are both shown and over the same organisations.
 */
void shown_changes(const struct point *points, struct change *changes, size_t count);

#endif
