/*
 * A change, taken from the rounded values (so 14,2 and 12,6 give -1,6, whatever was behind them).
 * Something cannot be said to have grown by so many per cent from nothing, or from below it; there
 * the change has no per cent.
 */
#include "core/change.h"

#include "core/rounding.h"

enum { PERCENT = 100, PERCENT_DECIMALS = 1 };

struct change change_of(const struct maybe *previous, const struct maybe *now)
{
    struct change change = {.reason = REASON_NOT_DELIVERED, .previous = *previous, .now = *now};
    struct decimal less = {.decimals = now->value.decimals};
    if (!previous->present || !now->present) return change;
    change.reason = REASON_NONE;
    if (__builtin_sub_overflow(now->value.units, previous->value.units, &less.units)) return change;
    change.absolute = (struct maybe){.present = true, .value = less};
    if (previous->value.units <= 0) return change;
    change.percent.present =
        rounding_ratio(PERCENT, less, previous->value, PERCENT_DECIMALS, &change.percent.value);
    return change;
}

struct change change_of_indicator(const struct indicator *indicator, const struct maybe *previous,
                                  const struct maybe *now)
{
    struct change change = change_of(previous, now);
    if (slice_is(indicator->unit, "%")) change.percent.present = false;
    return change;
}
