#ifndef GIMON_CORE_STATE_H
#define GIMON_CORE_STATE_H

#include "core/cell.h"
#include "core/chain.h"
#include "core/edition.h"

/*
 * What one monitor's log says, folded in log order: the one way to learn. Replayed and live records
 * go through the same function, so fold(all) = fold(a) then fold(b).
 */

struct state;

/** An empty state; the caller frees it. */
struct state *state_new(void);

/** Frees it; NULL is fine. */
void state_free(struct state *state);

/**
 * Learns one record, later than all before it. Takes over what is in `payload` whatever the
 * outcome; copies what it keeps of `record`.
 */
struct fate state_fold(struct state *state, const struct record *record, struct payload payload);

/**
 * Lays out all that stands by the newest rulebook, as far as that is not done: figures are then had
 * sooner, and are the same. For who has folded what there was and is going to read.
 */
void state_lay_out(struct state *state);

/** How many records have been folded. */
uint64_t state_count(const struct state *state);

/** The newest record folded, zero if none, and the head of the chain there. */
struct record_id state_last(const struct state *state);
struct digest state_head(const struct state *state);

/**
 * The newest record at `known` (inclusive), zero if none; `ret_head`, if not NULL, is the head of
 * the chain there.
 */
struct record_id state_last_at(const struct state *state, struct record_id known,
                               struct digest *ret_head);

/** Whether the log has a record of exactly that id. */
bool state_has(const struct state *state, struct record_id id);

/** The head of the chain before the newest record: what it takes to check that record again. */
struct digest state_head_before(const struct state *state);

/** How many records contradicted the chain. */
uint64_t state_chain_breaks(const struct state *state);

/** The redacted records of which no `geredigeerd` record says yet what was left of them. */
const struct chain_stand_in *state_stand_ins(const struct state *state, size_t *ret_count);

/** Everything up to now: the `known` that leaves nothing out. */
struct record_id state_now(void);

/**
 * The rulebook in force at `known` (inclusive); NULL before the first. `ret_since`, if not NULL,
 * is the record that brought it.
 */
const struct rulebook *state_rulebook(const struct state *state, struct record_id known,
                                      struct record_id *ret_since);

/** The rulebook of the n-th `definitie` record that changed anything, from 0; NULL past the last.
 */
const struct rulebook *state_adopted(const struct state *state, size_t index,
                                     struct record_id *ret_since);

/**
 * The cell of a peildatum and organisation (empty: of the peildatum as a whole); NULL if no record
 * was ever about it.
 */
const struct cell *state_cell(const struct state *state, struct date peildatum,
                              struct slice organisation);

/** The newest event of a cell at `known` (inclusive): how things stood then; NULL if none. */
const struct event *state_situation(const struct state *state, struct date peildatum,
                                    struct slice organisation, struct record_id known);

/** The revision that stands at `known` (inclusive), set aside or not; NULL if none. */
const struct revision *state_standing(const struct state *state, struct date peildatum,
                                      struct slice organisation, struct record_id known);

/** The revision that counts in figures at `known`: it stands and is not set aside; else NULL. */
const struct revision *state_counting(const struct state *state, struct date peildatum,
                                      struct slice organisation, struct record_id known);

/** The reopening of a peildatum that holds at `known`, the newest; NULL if there is none. */
const struct event *state_reopening(const struct state *state, struct date peildatum,
                                    struct record_id known);

/** A peildatum with the window it has at `known`: a reopening moves the last day up. */
struct peildatum state_window(const struct state *state, const struct peildatum *peildatum,
                              struct record_id known);

/** All cells, ascending by peildatum, then organisation; one without events is possible. */
const struct cell *const *state_cells(const struct state *state, size_t *ret_count);

/** How many records lost their free texts: what was known before them is then shown without. */
uint64_t state_redactions(const struct state *state);

/** All editions, in log order. */
const struct editions *state_editions(const struct state *state);

#endif
