/*
 * "As known at": a moment or a record of the log. A moment is everything up to the end of its
 * millisecond; before 1970 there is nothing. Every way in which it can be wrong is an answer.
 */
#include "core/known.h"

enum known_answer known_parse(const struct state *state, struct slice text, struct moment now,
                              struct record_id *ret_known)
{
    struct record_id id;
    struct moment moment;
    if (record_id_parse(text, &id)) {
        if (!state_has(state, id)) return KNOWN_ABSENT;
        *ret_known = id;
        return KNOWN_OK;
    }
    if (!moment_parse(text, &moment)) return KNOWN_NOTHING;
    if (moment.ms > now.ms) return KNOWN_FUTURE;
    *ret_known = moment.ms < 0 ? (struct record_id){0}
                               : (struct record_id){.ms = (uint64_t)moment.ms, .seq = UINT64_MAX};
    return KNOWN_OK;
}
