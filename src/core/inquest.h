#ifndef GIMON_CORE_INQUEST_H
#define GIMON_CORE_INQUEST_H

#include "core/chain.h"

/*
 * A log held against itself, record by record in its order: does each record say what its own
 * digest says, and does it agree with what all later writers knew of it? `vorige` makes every
 * writer a witness of all records up to the one it names.
 */

struct inquest;

/** What is wrong. X(constant, sentence for people). */
#define INQUEST_FLAWS(X)                                                                           \
    X(FLAW_FORM, "its fields are not those of format 1")                                           \
    X(FLAW_ORDER, "it does not come after the record before it")                                   \
    X(FLAW_CONTENT, "`inhoud` was altered: it is not what `sha256` is of")                         \
    X(FLAW_PREVIOUS, "forged or altered: its `vorige` fits no place of this log")                  \
    X(FLAW_ALTERED, "altered, or put in between")                                                  \
    X(FLAW_MISSING, "removed, or its id was altered")                                              \
    X(FLAW_REPEATED, "forged: a copy, its `poging` stands on an earlier record")                   \
    X(FLAW_STAND_IN, "it stands without its texts and no `geredigeerd` record vouches for it")     \
    X(FLAW_REST, "what was left of it when it was redacted was altered")                           \
    X(FLAW_VOUCH, "it vouches for a record that is not on this log")                               \
    X(FLAW_RESTORED, "it was redacted and its texts are back")

enum flaw_kind {
#define INQUEST_CONSTANT(constant, sentence) constant,
    INQUEST_FLAWS(INQUEST_CONSTANT)
#undef INQUEST_CONSTANT
        FLAW_COUNT
};

/** One place where something is wrong. */
struct flaw {
    enum flaw_kind kind;
    struct record_id record; /**< the record that is wrong; the last of those that may be */
    struct record_id after;  /**< FLAW_ALTERED, _MISSING: the last record known to be good before */
    struct record_id witness; /**< the record that says so; 0-0: itself */
    bool doubtful;            /**< FLAW_ALTERED, _MISSING: the witness itself was altered */
    size_t suspects; /**< FLAW_ALTERED: how many records lie after `after`, up to `record` */
};

/** The sentence of a flaw, English. */
const char *flaw_text(enum flaw_kind kind);

/** Hears of each flaw, in the order they are found. */
typedef void inquest_listener(void *self, const struct flaw *flaw);

/** An inquest of an empty log; the caller frees it. */
struct inquest *inquest_new(inquest_listener *on_flaw, void *self);
void inquest_free(struct inquest *inquest);

/**
 * The next record. `well_formed`: it has exactly the fields of format 1, in their order.
 * `redaction`: what it says if it is a `geredigeerd` record, else NULL.
 */
void inquest_take(struct inquest *inquest, const struct record *record, bool well_formed,
                  const struct redaction *redaction);

/** There are no more records: tells what could not be said before. */
void inquest_end(struct inquest *inquest);

/** The chain as it was read: how many records, the last id and the head. */
const struct chain *inquest_chain(const struct inquest *inquest);

#endif
