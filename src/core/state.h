#ifndef GIMON_CORE_STATE_H
#define GIMON_CORE_STATE_H

#include "core/record.h"
#include "core/rulebook.h"
#include "core/submission.h"

/*
 * What one monitor's log says, folded in log order: the one way to learn. Replayed and live records
 * go through the same function, so fold(all) = fold(a) then fold(b).
 */

struct state;

/** What a record says once it is read (codec/payload); at most one is set. */
struct payload {
    struct submission *submission;
    struct rulebook *rulebook;
};

/** What became of a record. */
enum outcome {
    OUTCOME_NEW,       /**< the first delivery that stands */
    OUTCOME_CHANGED,   /**< a later revision */
    OUTCOME_UNCHANGED, /**< equal to what stands: no new revision */
    OUTCOME_LOST,      /**< its precondition did not hold: changes nothing */
    OUTCOME_ADOPTED,   /**< a definition that is in force from here on */
    OUTCOME_IGNORED,   /**< nothing this version understands; kept in the chain */
};

/** The answer of the fold. */
struct fate {
    enum outcome outcome;
    unsigned revision;  /**< that stands after the record; 0 if it is about no delivery */
    bool chain_broken;  /**< `vorige` contradicts the log: a record before this was altered */
    struct digest head; /**< of the chain, this record included */
};

/** One revision of a delivery. Owned by the state, alive as long as it. */
struct revision {
    unsigned number; /**< 1, 2, ... per organisation and peildatum */
    struct record_id id;
    struct digest head; /**< of the chain, its record included */
    struct slice by;
    struct slice sha256;           /**< hexadecimal, of the canonical delivery */
    struct slice content;          /**< the canonical delivery */
    struct slice findings;         /**< JSON array, as on arrival */
    struct submission *submission; /**< what the content says */
};

/** All revisions of one organisation for one peildatum, in log order. */
struct cell {
    struct date peildatum;
    struct slice organisation;
    struct revision **revisions;
    size_t revision_count;
    size_t revision_room;
};

/** An empty state; the caller frees it. */
struct state *state_new(void);

/** Frees it; NULL is fine. */
void state_free(struct state *state);

/**
 * Learns one record, later than all before it. Takes over what is in `payload` whatever the
 * outcome; copies what it keeps of `record`.
 */
struct fate state_fold(struct state *state, const struct record *record, struct payload payload);

/** How many records have been folded. */
uint64_t state_count(const struct state *state);

/** The newest record folded, zero if none, and the head of the chain there. */
struct record_id state_last(const struct state *state);
struct digest state_head(const struct state *state);

/** The head of the chain before the newest record: what it takes to check that record again. */
struct digest state_head_before(const struct state *state);

/** How many records contradicted the chain. */
uint64_t state_chain_breaks(const struct state *state);

/** Everything up to now: the `known` that leaves nothing out. */
struct record_id state_now(void);

/**
 * The rulebook in force at `known` (inclusive); NULL before the first. `ret_since`, if not NULL,
 * is the record that brought it.
 */
const struct rulebook *state_rulebook(const struct state *state, struct record_id known,
                                      struct record_id *ret_since);

/** The cell of a peildatum and organisation; NULL if nothing was ever delivered. */
const struct cell *state_cell(const struct state *state, struct date peildatum,
                              struct slice organisation);

/** The revision that stands at `known` (inclusive); NULL if none. */
const struct revision *state_standing(const struct state *state, struct date peildatum,
                                      struct slice organisation, struct record_id known);

/** All cells, ascending by peildatum, then organisation. */
const struct cell *const *state_cells(const struct state *state, size_t *ret_count);

#endif
