/*
 * A point is one published figure; here stand the words that questions and answers use for it.
 */
#include "core/point.h"

static const char *const LEVEL_IDS[] = {
#define POINT_CONSTANT(constant, id) [constant] = (id),
    POINT_LEVELS(POINT_CONSTANT)
#undef POINT_CONSTANT
};

static const char *const REASON_IDS[] = {
#define POINT_CONSTANT(constant, id) [constant] = (id),
    POINT_REASONS(POINT_CONSTANT)
#undef POINT_CONSTANT
};

const char *level_id(enum level level)
{
    return LEVEL_IDS[level];
}

const char *reason_id(enum reason reason)
{
    return REASON_IDS[reason];
}
