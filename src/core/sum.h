#ifndef GIMON_CORE_SUM_H
#define GIMON_CORE_SUM_H

#include <gmp.h>

#include "base/wide.h"
#include "core/point.h"
#include "core/row.h"

/** A sum of columns over rows, in units of 10^-decimals: exact, whatever the order. */
struct sum {
    wide units;
    uint8_t decimals;
};

/** Zero, in the unit of the term's finest column. */
struct sum sum_of_none(const struct monitor *monitor, const struct term *term);

/** Adds the term's columns of one row; what is not a value adds nothing. */
void sum_add(struct sum *sum, const struct monitor *monitor, const struct term *term,
             const struct row *row);

/** The sum as a number; absent where it does not fit 63 bits: no figure is bent to be shown. */
struct maybe sum_to_decimal(const struct sum *sum);

/** Sets a rational to the sum; it must fit 63 bits. */
void sum_to_exact(const struct sum *sum, mpq_ptr ret_exact);

#endif
