#ifndef GIMON_CORE_POINT_H
#define GIMON_CORE_POINT_H

#include "core/definition.h"

/** Why a point has no value. X(constant, id in answers). */
#define POINT_REASONS(X)                                                                           \
    X(REASON_NONE, "")                                                                             \
    X(REASON_NOT_DELIVERED, "niet-aangeleverd")                                                    \
    X(REASON_NOT_APPLICABLE, "niet-van-toepassing")                                                \
    X(REASON_ZERO_DENOMINATOR, "noemer-nul")                                                       \
    X(REASON_SUPPRESSED, "onderdrukt")                                                             \
    X(REASON_NO_NORM, "geen-norm")                                                                 \
    X(REASON_NO_DISTRIBUTION, "geen-verdeling")                                                    \
    X(REASON_OTHER_DEFINITION, "andere-definitie")                                                 \
    X(REASON_SET_ASIDE, "terzijde-gelegd")

enum reason {
#define POINT_CONSTANT(constant, id) constant,
    POINT_REASONS(POINT_CONSTANT)
#undef POINT_CONSTANT
        REASON_COUNT
};

/** How firm a figure is, weakest first. X(constant, id in answers). */
#define POINT_STATUSES(X)                                                                          \
    X(STATUS_PROVISIONAL, "voorlopig")                                                             \
    X(STATUS_REVISED, "nader-voorlopig")                                                           \
    X(STATUS_FINAL, "definitief")

enum status {
#define POINT_CONSTANT(constant, id) constant,
    POINT_STATUSES(POINT_CONSTANT)
#undef POINT_CONSTANT
        STATUS_COUNT
};

/** A number that may be absent. */
struct maybe {
    bool present;
    struct decimal value;
};

/** One published figure and everything needed to defend it. Exact; `value` is rounded once. */
struct point {
    const struct indicator *indicator;
    struct slice id; /**< of the subject */
    enum level level;
    struct slice organisation;
    struct slice region;
    struct date peildatum;
    struct maybe value; /**< has exactly the subject's decimals */
    struct maybe numerator;
    struct maybe denominator;
    struct maybe norm;
    unsigned definition; /**< version number; 0 if none is in force */
    bool series_break;   /**< the definition differs from that of the preceding peildatum */
    unsigned received;   /**< organisations the figure is taken over */
    unsigned expected;
    enum reason reason; /**< REASON_NONE exactly if there is a value */
    enum status status; /**< of the newest edition that holds this figure as it is */
};

/** The id of a reason or status as answers write it. */
const char *reason_id(enum reason reason);
const char *status_id(enum status status);

/** Reads the id of a status; false for anything else. */
bool status_parse(struct slice id, enum status *ret_status) __attribute__((warn_unused_result));

/** Whether two numbers are the same: both absent, or both there with the same value. */
bool maybe_equal(const struct maybe *a, const struct maybe *b);

#endif
