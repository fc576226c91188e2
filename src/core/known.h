#ifndef GIMON_CORE_KNOWN_H
#define GIMON_CORE_KNOWN_H

#include "core/state.h"

/** What came of reading up to where the log is asked about. */
enum known_answer {
    KNOWN_OK,
    KNOWN_NOTHING, /**< neither a moment nor a kenmerk */
    KNOWN_FUTURE,  /**< a moment that has not been yet */
    KNOWN_ABSENT,  /**< a kenmerk that is not on the log */
};

/**
 * Reads `bekendOp`: a moment with any offset, milliseconds, inclusive; or the kenmerk of a record,
 * exactly. `ret_known` is the newest record that may be used.
 */
enum known_answer known_parse(const struct state *state, struct slice text, struct moment now,
                              struct record_id *ret_known) __attribute__((warn_unused_result));

#endif
