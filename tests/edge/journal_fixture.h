#ifndef GIMON_TESTS_EDGE_JOURNAL_FIXTURE_H
#define GIMON_TESTS_EDGE_JOURNAL_FIXTURE_H

#include "edge/journal.h"
#include "edge/redis_server.h"

/* A journal of two monitors, `gi` and `ot`, with all that it told its owner; one may be added. */

enum { LEDGERS = 2, LEDGERS_MOST = 3 };

/* The log of the first. */
#define LOG "gimon:{gi}:log"

struct owner {
    uv_loop_t loop;
    struct meter meter;
    struct journal *journal;
    const struct state *states[LEDGERS_MOST]; /* as on_state said last */
    unsigned states_told[LEDGERS_MOST];
    bool writable; /* as on_writable said last */
    unsigned writable_told;
    bool closed;
};

/* An append or a sync, and what became of it. */
struct wish {
    struct owner *owner;
    unsigned told; /* must end as 1 */
    uint64_t asked_ms, told_ms;
    unsigned states_told; /* how often on_state had been said by then */
    struct settlement settlement;
    bool synced;
};

/* The set-up and end of a group of tests: one Redis for all of them, which is their state. */
int journal_server_start(void **state);
int journal_server_end(void **state);

/* Opens it on an address; the options but the address may be changed by `change`. */
void owner_open(struct owner *owner, const char *address,
                void (*change)(struct journal_options *options));

/* A change of options: a deadline that a busy machine does not pass, where it is not the point. */
void journal_patient(struct journal_options *options);

/* Opens it on a server, with the usual options, and waits until Redis takes commits. */
void owner_start(struct owner *owner, const struct redis_server *server);

/* Closes the journal unless that has been done; the loop has not turned yet. */
void owner_close(struct owner *owner);

/* The same, and proves that nothing is left. */
void owner_done(struct owner *owner);

/* Waits until Redis takes commits, or does so no longer. */
void owner_await_writable(struct owner *owner);
void owner_await_unwritable(struct owner *owner);

/* Appends a remark to the log of `gi`, or of another ledger, or asks for a sync of `gi`. */
void wish_append(struct wish *wish, struct owner *owner, const char *text);
void wish_append_to(struct wish *wish, struct owner *owner, size_t ledger, const char *text);
void wish_sync(struct wish *wish, struct owner *owner);

/* Waits until all have been told; fails if one was told twice. */
void wishes_await(struct wish *wishes, size_t count);

/* Appends a remark, waits for its settlement, and proves of which kind that is. */
void owner_append_one(struct owner *owner, enum settlement_kind expected);

/* Waits until so many records of `gi` are in the state that is served. */
void owner_await_count(struct owner *owner, uint64_t count);

#endif
