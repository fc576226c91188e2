/*
 * A point is one published figure; here stand the words that questions and answers use for it.
 */
#include "core/point.h"

static const char *const REASON_IDS[] = {
#define POINT_CONSTANT(constant, id) [constant] = (id),
    POINT_REASONS(POINT_CONSTANT)
#undef POINT_CONSTANT
};

static const char *const STATUS_IDS[] = {
#define POINT_CONSTANT(constant, id) [constant] = (id),
    POINT_STATUSES(POINT_CONSTANT)
#undef POINT_CONSTANT
};

const char *reason_id(enum reason reason)
{
    return REASON_IDS[reason];
}

const char *status_id(enum status status)
{
    return STATUS_IDS[status];
}

bool status_parse(struct slice id, enum status *ret_status)
{
    for (unsigned i = 0; i < STATUS_COUNT; i++) {
        if (!slice_is(id, STATUS_IDS[i])) continue;
        *ret_status = (enum status)i;
        return true;
    }
    return false;
}

bool maybe_equal(const struct maybe *a, const struct maybe *b)
{
    if (a->present != b->present) return false;
    return !a->present || decimal_compare(a->value, b->value) == 0;
}
