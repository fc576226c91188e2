#ifndef GIMON_EDGE_STORE_RUN_H
#define GIMON_EDGE_STORE_RUN_H

#include "core/chain.h"
#include "edge/attempt.h"
#include "edge/store_private.h"

/* One run of a redaction: what edge/store_redact and edge/store_copy share. */

/* What the target becomes, and what is said of it. */
struct cut_record {
    struct redaction redaction;
    struct text content, findings, was; /* its new fields */
    struct text peildatum, organisation;
    struct text words; /* the texts that go, as JSON writes them, a NUL behind each */
};

struct run {
    struct store *store;
    const struct store_order *order;
    struct store_redacted *redacted;
    struct text log, slot, copy;      /* keys */
    char attempt[ATTEMPT_LENGTH + 1]; /* ends in a NUL */
    struct cut_record cut;
    struct chain chain; /* of the log as it was read */
    bool in_transaction;
};

/** Finds the record and takes it apart; WRONG where there is nothing to take out. */
enum store_answer run_find_target(struct run *run) __attribute__((warn_unused_result));

/** Copies what stands on the log behind what has been copied. */
enum store_answer run_copy_rest(struct run *run) __attribute__((warn_unused_result));

#endif
