#ifndef GIMON_CORE_ROUNDING_H
#define GIMON_CORE_ROUNDING_H

#include <gmp.h>

#include "base/decimal.h"

/**
 * The one place where an exact figure loses digits: rounds half away from zero to `decimals`. The
 * result has exactly that many. False where it does not fit a decimal.
 */
bool rounding_apply(mpq_srcptr exact, uint8_t decimals, struct decimal *ret_value)
    __attribute__((warn_unused_result));

/** factor * numerator / denominator, rounded likewise; false where the denominator is zero too. */
bool rounding_ratio(int64_t factor, struct decimal numerator, struct decimal denominator,
                    uint8_t decimals, struct decimal *ret_value)
    __attribute__((warn_unused_result));

/** Sets a rational to a decimal, exactly. */
void rounding_set(mpq_ptr ret_exact, struct decimal value);

#endif
