#ifndef GIMON_CODEC_CSV_NUMBER_H
#define GIMON_CODEC_CSV_NUMBER_H

#include "base/arena.h"
#include "base/decimal.h"

/** What reading a number in a cell came to. */
enum csv_number_answer {
    CSV_NUMBER_OK,
    CSV_NUMBER_NONE,      /**< no number */
    CSV_NUMBER_TOO_LARGE, /**< does not fit 18 digits */
    CSV_NUMBER_TOO_FINE,  /**< needs more than DECIMAL_MOST decimals */
    CSV_NUMBER_AMBIGUOUS, /**< its point may stand for thousands or for decimals */
};

/** A number as it was read. */
struct csv_number {
    struct decimal value;
    struct slice plain; /**< in JSON's grammar: `1834`, `160.25` */
    bool has_comma;
};

/**
 * Reads a number as Dutch spreadsheets write it, for a measure with so many decimals: a comma
 * stands before decimals, and so does a point. A point before exactly three digits is a thousands
 * point where a decimal comma follows or where the measure has no decimals; otherwise the number is
 * ambiguous, and never guessed at. Writes ret_number only on CSV_NUMBER_OK.
 */
enum csv_number_answer csv_number_parse(struct slice text, unsigned decimals, struct arena *arena,
                                        struct csv_number *ret_number)
    __attribute__((warn_unused_result));

/** What an ambiguous number may have meant, the Dutch way: `1834 of 1,834`. */
struct slice csv_number_choice(struct slice text, struct arena *arena);

#endif
