#ifndef GIMON_CORE_CHANGE_H
#define GIMON_CORE_CHANGE_H

#include "core/point.h"

/**
 * What became of a figure between two peildata. Both values are over the same organisations and
 * rounded as they are shown, so that a reader can check the rest.
 */
struct change {
    enum reason reason; /**< REASON_NONE exactly if both values are there */
    struct maybe previous;
    struct maybe now;
    struct maybe absolute;  /**< now less previous; of a percentage: in percentage points */
    struct maybe percent;   /**< that in per cent, one decimal; absent unless previous is above 0 */
    unsigned organisations; /**< those that are in the figure on both peildata */
};

/** Compares two values of the same decimals; without a change where one is absent. */
struct change change_of(const struct maybe *previous, const struct maybe *now);

/** The same of an indicator's values: what is a percentage itself has no change in per cent. */
struct change change_of_indicator(const struct indicator *indicator, const struct maybe *previous,
                                  const struct maybe *now);

#endif
