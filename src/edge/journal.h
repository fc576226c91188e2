#ifndef GIMON_EDGE_JOURNAL_H
#define GIMON_EDGE_JOURNAL_H

#include <uv.h>

#include "desk/desk.h"
#include "edge/redis_target.h"

/*
 * The log in Redis: one stream per monitor, `gimon:{<monitor>}:log`. One connection appends (XADD),
 * one follows (XREAD BLOCK from the last record folded). A request is settled when the fold of this
 * instance has passed its record. Nothing is ever appended twice.
 */

struct journal;

struct journal_options {
    struct redis_target redis;
    const struct slice *monitors; /**< of the start; journal_add takes more */
    size_t monitor_count;
    unsigned deadline_ms; /**< an append without an answer after this is unknown: 1000 */
    unsigned in_flight;   /**< most appends at once; more are refused */
    struct meter *meter;
};

/** What the journal tells its owner, in the loop. `ledger` numbers the monitors as they came. */
struct journal_listener {
    void *self;
    /** The state to read from changed identity: first replay done, or folded anew after a loss. */
    void (*on_state)(void *self, size_t ledger, const struct state *state);
    /** Redis takes commits (all logs replayed and followed), or does so no longer. */
    void (*on_writable)(void *self, bool writable);
};

typedef void (*journal_settled)(void *self, const struct settlement *settlement);
typedef void (*journal_synced)(void *self, bool ok);

/** Starts connecting at once and for ever, with back-off; never fails. */
struct journal *journal_open(uv_loop_t *loop, const struct journal_options *options,
                             const struct journal_listener *listener);

/**
 * Follows the log of one more monitor from now on, and gives its number. Commits to the others go
 * on meanwhile; those to this one are refused until on_state has told of its first replay.
 */
size_t journal_add(struct journal *journal, struct slice monitor);

/** Whether a commit would be tried now. */
bool journal_writable(const struct journal *journal);

/**
 * Appends a draft; `settled` runs exactly once, later, within the deadline. Refuses at once (still
 * through `settled`, from the loop) without Redis or with too many in flight.
 */
void journal_append(struct journal *journal, const struct draft *draft, journal_settled settled,
                    void *self);

/** Runs `synced` once everything that stood on that log when it was called has been folded. */
void journal_sync(struct journal *journal, size_t ledger, journal_synced synced, void *self);

/** Settles what is in flight as unknown, disconnects and frees; `closed` runs when done. */
void journal_close(struct journal *journal, void (*closed)(void *self), void *self);

#endif
