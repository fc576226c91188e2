#ifndef GIMON_BASE_DECIMAL_H
#define GIMON_BASE_DECIMAL_H

#include "base/slice.h"
#include "base/text.h"

/** An exact decimal number: units x 10^-decimals. */
struct decimal {
    int64_t units;
    uint8_t decimals;
};

/** More decimals than this are refused. */
enum { DECIMAL_MOST = 9 };

/** What reading a number came to. */
enum decimal_answer {
    DECIMAL_OK,
    DECIMAL_NO_NUMBER, /**< not a number in JSON's grammar */
    DECIMAL_TOO_LARGE, /**< does not fit 18 digits */
    DECIMAL_TOO_FINE,  /**< needs more than DECIMAL_MOST decimals */
};

/** 10 to that power, at most the 18th. */
int64_t decimal_power(uint8_t exponent);

/** The integer as a decimal. */
struct decimal decimal_of(int64_t value);

/**
 * Reads a number in JSON's grammar exactly. The value decides, not the spelling: `402.0` and
 * `4.02e2` both give 402 with no decimals. Writes ret_value only on DECIMAL_OK.
 */
enum decimal_answer decimal_parse(struct slice text, struct decimal *ret_value)
    __attribute__((warn_unused_result));

/** The value in units of 10^-decimals; false where that would lose digits or not fit. */
bool decimal_to_units(struct decimal value, uint8_t decimals, int64_t *ret_units)
    __attribute__((warn_unused_result));

/** The same value with as few decimals as it needs. */
struct decimal decimal_shortest(struct decimal value);

/** Sum and difference, exact, with as many decimals as the finer of the two; false if too large. */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *ret_sum)
    __attribute__((warn_unused_result));
bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *ret_difference)
    __attribute__((warn_unused_result));

/** Below, equal, above zero, by value. */
int decimal_compare(struct decimal a, struct decimal b);

/** Appends in shortest form with a point: `7`, `12.6`, `-0.25`. */
void decimal_put(struct text *text, struct decimal value);

/** Appends with all its decimals and a point: `7.0`. */
void decimal_put_fixed(struct text *text, struct decimal value);

/** Appends with all its decimals the Dutch way, thousands points included: `31.416`, `12,6`. */
void decimal_put_dutch(struct text *text, struct decimal value);

#endif
