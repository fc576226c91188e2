#ifndef GIMON_CORE_FINDING_H
#define GIMON_CORE_FINDING_H

#include "base/arena.h"

/** How bad a finding is. X(constant, id in answers). */
#define FINDING_SEVERITIES(X)                                                                      \
    X(SEVERITY_ERROR, "fout")                  /* refused */                                       \
    X(SEVERITY_EXPLAIN, "toelichting-vereist") /* refused until a reason stands under the code */  \
    X(SEVERITY_WARNING, "waarschuwing")        /* accepted and said */

enum severity {
#define FINDING_CONSTANT(constant, id) constant,
    FINDING_SEVERITIES(FINDING_CONSTANT)
#undef FINDING_CONSTANT
        SEVERITY_COUNT
};

/**
 * What a check says about a delivery: stable code, how bad, where, and a Dutch sentence that says
 * what was found and what to do. Empty slices are absent. `found` is the value as it was written
 * (JSON text), so it can be printed as it is; `line` 0 means there is no line to name.
 */
struct finding {
    struct slice code;
    enum severity severity;
    struct slice place;   /**< JSON pointer: `/cijfers/clienten/jeugdbescherming` */
    unsigned line;        /**< in the body as it was sent, from 1 */
    unsigned column;      /**< in bytes, from 1 */
    struct slice message; /**< one or two sentences, for people */
    struct slice found;
    bool found_is_text; /**< `found` is no JSON, whatever it looks like */
    struct slice allowed;
    struct slice explanation; /**< the deliverer's reason under this code */
};

/** All findings of one delivery, in the order they were found; everything lives in the arena. */
struct findings {
    struct arena *arena;
    struct finding *items;
    size_t count;
    bool truncated; /**< there were more than FINDINGS_MOST */
};

/** A delivery that is wrong everywhere is told so this many times. */
enum { FINDINGS_MOST = 1000 };

/** An empty list that allocates from `arena`. */
void findings_init(struct findings *findings, struct arena *arena);

/** Adds a copy of `finding`; its slices must live as long as the arena. */
void findings_add(struct findings *findings, const struct finding *finding);

/** The id of a severity as answers write it. */
const char *severity_id(enum severity severity);

/** Reads the id of a severity; false for anything else. */
bool severity_parse(struct slice id, enum severity *ret_severity)
    __attribute__((warn_unused_result));

/** Whether a delivery with these findings may be stored: no error, every EXPLAIN explained. */
bool findings_acceptable(const struct findings *findings);

#endif
