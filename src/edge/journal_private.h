#ifndef GIMON_EDGE_JOURNAL_PRIVATE_H
#define GIMON_EDGE_JOURNAL_PRIVATE_H

#include <hiredis/async.h>

#include "base/arena.h"
#include "base/text.h"
#include "edge/attempt.h"
#include "edge/entry.h"
#include "edge/journal.h"
#include "edge/redis_command.h"
#include "edge/redis_search.h"

/*
 * The rooms behind journal.h:
 *   journal.c          opening, closing, and what the owner is told
 *   journal_line.c     one connection: search, hand-shake, watchdog, back-off
 *   journal_greet.c    who we are, and whether it is a master
 *   journal_follow.c   reading: check the log, replay it, follow it
 *   journal_stream.c   one monitor's log: fold, regression, swap of states
 *   journal_append.c   writing: XADD, and asking for the last id
 *   journal_watch.c    whether the sentinels still name the Redis that we stand on
 *   journal_pending.c  what waits for an outcome, by attempt and by deadline
 */

enum {
    WATCHDOG_MS = 3000, /* a connection that owes an answer for so long is dead */
    BACKOFF_LEAST_MS = 50,
    BACKOFF_MOST_MS = 2000,
    BLOCK_MS = 1000,         /* how long Redis holds back an XREAD without news */
    BATCH = 500,             /* records a stream and XREAD */
    CLOCK_WARN_MS = 5000,    /* an id's time this far from our clock warns, */
    CLOCK_REFUSE_MS = 60000, /* and this far ahead refuses commits */
};

/** Lets a line of the log through once in a while. */
struct gate {
    uint64_t closed_until_ms;
    uint64_t held_back;
};

/** One connection to Redis, made again for ever. */
struct line {
    struct journal *journal;
    const char *name;
    void (*greet)(struct line *line); /* sends the hand-shake, which ends in line_set_ready */
    struct redis_search *search;      /* while Redis is looked for */
    size_t round;                     /* searches in vain: with which sentinel the next begins */
    struct redis_addresses found;     /* by the newest search */
    size_t next;                      /* of them, the one to try next */
    struct redis_address at;          /* where the context leads, or led */
    redisAsyncContext *context;       /* NULL while down; hiredis frees it */
    uv_timer_t timer;                 /* back-off while down, watchdog while up */
    unsigned backoff_ms;
    bool ready;          /* the hand-shake is done */
    char told[320];      /* the reason last logged, so that it is logged once */
    struct gate telling; /* for reasons that take turns */
};

/** One monitor's log. */
struct stream {
    struct journal *journal;
    size_t ledger;
    struct slice key;
    bool awaited;                /* no commits to any log before this one is served */
    bool checked;                /* its tail has been asked for, so it may be read */
    struct state *served;        /* what the owner reads; NULL until the first replay is done */
    struct state *growing;       /* what records are folded into: `served`, or its successor */
    struct record_id tail;       /* the log's last id at the newest check */
    struct record_id break_told; /* the newest chain break that was logged */
    size_t stand_ins_told;       /* how many nobody vouched for when that was last logged */
    struct text from;            /* the last id folded, as text, for the command being formed */
};

enum pending_kind { PENDING_APPEND, PENDING_SYNC };

/**
 * An append or a sync without an outcome. It lives until it has been settled and hiredis has run
 * the callback of its command, whichever comes last.
 */
struct pending {
    enum pending_kind kind;
    struct pending *next, *previous; /* in order of deadline */
    struct pending *bucket_next;     /* appends only: same bucket */
    struct stream *stream;
    struct record_id floor; /* what had been folded when Redis was asked */
    uint64_t started_ns;
    uint64_t deadline_ms; /* on the loop's clock */
    bool asked;           /* hiredis still owes the command's callback */
    bool settled;         /* the owner has been told */
    bool found;           /* append: folded into a state not served yet, see `settlement` */
    bool targeted;        /* sync: `target` is known */
    struct record_id target;
    struct settlement settlement;
    char attempt[ATTEMPT_LENGTH];
    journal_settled on_settled;
    journal_synced on_synced;
    void *self;
};

/** First in, first out. */
struct queue {
    struct pending *head, *tail;
    size_t count;
};

struct journal {
    uv_loop_t *loop;
    struct arena arena; /* the options' texts */
    struct journal_options options;
    struct journal_listener listener;
    struct line append, follow;
    struct stream **streams; /* by number; each stays where it is */
    size_t stream_count, stream_room;
    size_t checks_left; /* streams whose log is being checked */
    bool durability_told;
    bool writable_told;

    struct queue waiting; /* sent to Redis */
    struct queue refused; /* never sent; the owner hears it from the loop */
    struct pending **buckets;
    size_t bucket_count; /* a power of two */
    size_t appends;      /* not settled, in either queue */
    size_t in_flight;    /* of them, those that wait */
    uv_timer_t deadline;
    uv_timer_t watch;              /* with sentinels only */
    struct redis_search *watching; /* while they are asked */
    struct gate refusal_gate, clock_gate, break_gate;

    struct command command; /* scratch: the command being formed */
    unsigned handles;       /* not closed yet */
    bool closing;
    void (*closed)(void *self);
    void *closed_self;
};

/* journal.c */

/** Tells the owner and the meter if Redis takes commits now, or does so no longer. */
void journal_review(struct journal *journal);

/** Warns if an id's time is far ahead of our clock, or, for one just given, far from it. */
void journal_check_clock(struct journal *journal, struct record_id id, bool just_given);

/** Whether to log now; `ret_held_back` is how many were not since the last time. */
bool gate_pass(struct gate *gate, const struct journal *journal, uint64_t interval_ms,
               uint64_t *ret_held_back);

/* journal_line.c */

void line_init(struct line *line, struct journal *journal, const char *name,
               void (*greet)(struct line *line));

/** Starts connecting. */
void line_open(struct line *line);

/** Sends the journal's command; `on_reply` then runs exactly once, with NULL on loss. False: not
 * sent. */
bool line_send(struct line *line, redisCallbackFn *on_reply, void *self)
    __attribute__((warn_unused_result));

/** Whether a reply is an error; if so it is logged and the line is dropped. */
bool line_refuse(struct line *line, const redisReply *reply);

/** The hand-shake is done: the back-off starts anew at the next loss. */
void line_set_ready(struct line *line);

/** Drops the line unless this is called again, or line_rest, within the watchdog's time. */
void line_watch(struct line *line);
void line_rest(struct line *line);

/** Ends the connection and makes a new one after the back-off. Not from a connect callback. */
void line_drop(struct line *line, const char *reason);

/** Ends the connection for good; the timer is closed into journal_handle_closed. */
void line_close(struct line *line);
void journal_handle_closed(uv_handle_t *handle);

/* journal_greet.c */

/**
 * Sends AUTH where the options have a password, ROLE where sentinels named this Redis, and PING;
 * a refusal, or another role than that of a master, drops the line. `on_reply` is PING's, as in
 * line_send.
 */
void line_introduce(struct line *line, redisCallbackFn *on_reply);

/* journal_watch.c */

void watch_open(struct journal *journal);
void watch_close(struct journal *journal);

/* journal_follow.c */

void follow_greet(struct line *line);

/* journal_stream.c */

struct stream *stream_new(struct journal *journal, struct slice monitor, size_t ledger);
void stream_free(struct stream *stream);

/** Whether what is read from is what is folded into. */
bool stream_is_served(const struct stream *stream);

/** Writes the last id folded into `from` and returns it. */
struct slice stream_put_from(struct stream *stream);

/** Holds the answer to `XRANGE key last last` against what was folded; starts anew if it differs.
 */
void stream_verify(struct stream *stream, const redisReply *reply);

/** Holds the log's length against what was folded: a log is never trimmed. */
void stream_verify_length(struct stream *stream, uint64_t length);

/** Notes the log's last id; serves the growing state if it is there. */
void stream_set_tail(struct stream *stream, struct record_id tail);

/** Folds the entries of a stream's XREAD reply; false if they cannot be read. */
bool stream_take(struct stream *stream, const redisReply *entries)
    __attribute__((warn_unused_result));

/* journal_append.c */

void append_greet(struct line *line);

/* journal_pending.c */

void pending_open(struct journal *journal);
void pending_close(struct journal *journal);

struct pending *pending_new(struct journal *journal, enum pending_kind kind, size_t ledger,
                            void *self);

/** Waits for an outcome from now on, at most until the deadline. */
void pending_wait(struct journal *journal, struct pending *pending);

/** Never sent: settled from the loop. */
void pending_refuse(struct journal *journal, struct pending *pending);

/** Tells the owner of something that waits; frees it unless hiredis still knows it. */
void pending_settle(struct pending *pending, const struct settlement *settlement);

/** hiredis has run the callback. True if the owner has been told before: it is freed now. */
bool pending_answered(struct pending *pending);

/** A record was folded: the append that made it, if it is ours, is settled or marked. */
void pending_folded(struct stream *stream, const struct record *record, const struct fate *fate);

/** The growing state is being served: settles what was folded into it meanwhile. */
void pending_swapped(struct stream *stream);

/** The growing state was thrown away: forgets what was folded into it. */
void pending_forget(struct stream *stream);

/** Settles the syncs that have been reached. */
void pending_reached(struct stream *stream);

#endif
