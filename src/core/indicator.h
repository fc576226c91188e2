#ifndef GIMON_CORE_INDICATOR_H
#define GIMON_CORE_INDICATOR_H

#include "core/point.h"
#include "core/row.h"

/** The rows a figure is taken over: one an expected organisation, NULL where it delivered none. */
struct sample {
    const struct row *const *rows;
    size_t count;
};

/** What an indicator comes to. All exact but `value`, which is rounded once. */
struct result {
    enum reason reason; /**< REASON_NONE exactly if there is a value */
    struct maybe value;
    struct maybe numerator;
    struct maybe denominator;
    unsigned received; /**< organisations that count: every column delivered or not applicable */
};

/** How an indicator is to be computed. */
struct computation {
    const struct monitor *monitor;
    const struct version *version;
    const struct norm *norm; /**< of version->norm on the peildatum, or NULL */
    uint8_t decimals;        /**< of the value */
};

/**
 * Whether an organisation counts in a figure of this version: it delivered (NULL: it did not) every
 * column that is needed, if only as `null`.
 */
bool indicator_counts(const struct version *version, const struct row *row);

/** Computes an indicator over a sample. */
struct result indicator_compute(const struct computation *computation, struct sample sample);

/** Sums that were made elsewhere: of everybody, or of one organisation. */
struct indicator_sums {
    struct decimal numerator;
    struct decimal denominator; /**< where the formula has one */
};

/**
 * Computes an indicator from sums instead of rows: one pair, or for FORMULA_MEAN one an
 * organisation. `received` is left 0. Percentiles and quartiles are of rows only:
 * REASON_NO_DISTRIBUTION.
 */
struct result indicator_of_sums(const struct computation *computation,
                                const struct indicator_sums *sums, size_t count);

#endif
