#ifndef GIMON_EDGE_DAEMON_PRIVATE_H
#define GIMON_EDGE_DAEMON_PRIVATE_H

#include "desk/admission.h"
#include "edge/daemon.h"
#include "edge/journal.h"
#include "edge/load.h"
#include "edge/notify.h"
#include "edge/redis_child.h"
#include "edge/server.h"

#include <sys/stat.h>

/*
 * The rooms behind daemon.h:
 *   daemon.c           start, reload, signals
 *   daemon_adoption.c  our definitions onto the log, and when we are ready
 *   daemon_request.c   one request: the desk's verdicts carried out
 *   daemon_book.c      workbooks, written by another thread
 *   daemon_show.c      what the public may see, decided by another thread
 *   daemon_access.c    tokens that change while we run
 *   daemon_stop.c      the way down
 */

/** What the public may see of a ledger, as it is decided; see show_order. */
struct show;

/** The definitions of one monitor on their way to the log. */
struct adoption {
    struct daemon *daemon;
    size_t ledger;             /**< its number */
    struct slice monitor;      /**< its id, in the memory of the daemon */
    const struct state *state; /**< the journal's; NULL until its first replay is done */
    struct text canonical;     /**< as on disk at the last good load */
    struct show *show;         /**< of the same ledger */
    bool wanted;               /**< not compared with the log since then */
    bool in_flight;
    bool tried; /**< once, whatever came of it: from then on the desk sees the state */
};

/** How far the way down is. */
enum phase {
    PHASE_SERVING,
    PHASE_DRAINING, /**< what is in flight may end */
    PHASE_SETTLING, /**< the journal says of the rest that it is unknown */
    PHASE_SENDING,  /**< the last answers leave */
    PHASE_CLOSING,
};

/** A workbook that is to be written; see book_order. */
struct order;

/** Everything that lives as long as the daemon. */
struct daemon {
    const struct daemon_options *options;
    uv_loop_t loop;
    struct loaded loaded; /**< of the start: what needs a restart stays as it was then */
    struct meter meter;
    uint64_t process_read_at; /**< uv_now at which the meter's facts of the process were read */
    struct desk desk;
    struct openapi_copy openapi; /**< of the desk */
    struct tallies *tallies;     /**< who has asked how often; counted once a request */
    struct adoption **adoptions; /**< by number; each stays where it is */
    size_t adoption_count, adoption_room;
    size_t ledger_room; /**< of the desk's */
    struct access *access;
    struct stat access_seen;    /**< of the tokens that we have */
    struct stat access_refused; /**< of the file that was said to be faulty */
    struct server *server;
    struct journal *journal;
    struct redis_child *child;
    struct notify *notify;
    uv_signal_t terminate, interrupt, hangup;
    uv_timer_t retry; /**< adoptions that Redis did not take */
    uv_timer_t drain;
    uv_timer_t look;     /**< for editions to decide about, and who has waited long enough */
    uint64_t phase_ends; /**< uv_now at which draining or sending has lasted long enough */
    enum phase phase;
    struct order *first_book, *last_book; /**< the first is being written, the rest waits */
    bool ready;
    bool reloading;
};

/** Opens the adoptions with the rulebooks that were loaded; and frees them. */
void adoption_init(struct daemon *daemon);
void adoption_done(struct daemon *daemon);

/**
 * Whether a reload still has every monitor that we serve: a log is for ever, and so is what says
 * what stands on it. If not, `ret_gone` is the first that is missing.
 */
bool adoption_covers(const struct daemon *daemon, const struct loaded *loaded,
                     struct slice *ret_gone) __attribute__((warn_unused_result));

/**
 * Takes the rulebooks of a reload and puts those that changed on the log. A monitor that is new is
 * followed from now on, and the desk has it once its log has been read and has a definition.
 */
void adoption_renew(struct daemon *daemon, const struct loaded *loaded);

/**
 * Says that we are ready, once, when the desk sees every log with our definitions tried on it; and
 * again after each reload, when none of them is on its way any more.
 */
void adoption_announce(struct daemon *daemon);

/** The journal's listener. */
void adoption_on_state(void *self, size_t ledger, const struct state *state);
void adoption_on_writable(void *self, bool writable);

/** Takes the states away from the desk: their journal has gone. */
void adoption_forget_states(struct daemon *daemon);

/** The server's receiver; `self` is the daemon. */
void request_receive(void *self, struct exchange *exchange);

/** What the public may see of a ledger; and the end of it, with nothing being decided any more. */
struct show *show_new(struct daemon *daemon, size_t number);
void show_free(struct show *show);

/** The decisions that it makes. */
struct showings *show_showings(const struct show *show);

/** Opens the timer that looks after all of them. */
void show_init(struct daemon *daemon);

/** Looks for editions to decide about, where the configuration opens them. */
void show_watch(struct daemon *daemon);

/** Whether anybody waits for a decision. */
bool show_busy(const struct daemon *daemon);

/** Called in the loop once a book is written; `bytes` (empty: it could not be) is given away. */
typedef void (*book_written)(void *self, struct text *bytes);

/**
 * Has a book written by a thread of libuv's pool, one after the other; always ends in one call of
 * `written`, never at once. `book` must live until then, and the arena that the order lives in too.
 */
void book_order(struct daemon *daemon, const struct book *book, struct arena *arena,
                book_written written, void *self);

/** Somebody who waits for a decision; the caller's, until `decided` has been called. */
struct waiter {
    void (*decided)(void *self, bool late); /**< `late`: it was not, in all that time */
    void *self;
    uint64_t until; /**< uv_now at which one has waited long enough; 0: not waited yet */
    struct waiter *next;
};

/**
 * Has the next thing decided that a VERDICT_SHOW asks for, by a thread of libuv's pool; always ends
 * in one call of `decided`, never at once. Who waits again with the same waiter does not wait any
 * longer than a second or so altogether.
 */
void show_order(struct daemon *daemon, const struct verdict *verdict, struct waiter *waiter);

/** Reads toegang.yaml if it is not the file that was read last; a faulty one changes nothing. */
void access_refresh(struct daemon *daemon);

/** Begins the way down: once begun it ends by itself, and then the loop has nothing left to do. */
void stop_begin(struct daemon *daemon);

/** The way down from wherever a start got stuck: nothing is in flight. */
void stop_now(struct daemon *daemon);

#endif
