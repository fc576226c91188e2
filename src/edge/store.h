#ifndef GIMON_EDGE_STORE_H
#define GIMON_EDGE_STORE_H

#include "core/record.h"
#include "edge/load.h"

/*
 * The logs in Redis for a tool that may wait: one connection, one question at a time. The daemon
 * never comes here (edge/journal).
 */

struct store;

enum { STORE_FAULT_ROOM = 512 };

/** What a question came to; for all but DONE there is a sentence. */
enum store_answer {
    STORE_DONE,
    STORE_UNREACHABLE, /**< nobody there, not now, or we may not */
    STORE_WRONG,       /**< what was asked cannot be: what is there is something else */
};

/**
 * Connects to the Redis of a configuration; with `redis: {lokaal}` to the private server of the
 * gimon that runs. NULL and a sentence if nobody is there.
 */
struct store *store_open(struct loaded *loaded, char ret_fault[static STORE_FAULT_ROOM]);

/** Disconnects; NULL is fine. */
void store_close(struct store *store);

/** Why the newest answer was not DONE. */
const char *store_fault(const struct store *store);

/** Hears of each record; it and all it points at live until this returns. */
typedef void store_visitor(void *self, const struct record *record, bool well_formed);

/** Reads a whole log, oldest first, in batches, to where it ends when the last one is read. */
enum store_answer store_walk(struct store *store, struct slice monitor, store_visitor *visit,
                             void *self);

/** What Redis itself knows of a log. */
struct store_tally {
    struct record_id last; /**< the last entry */
    bool counted;          /**< it told the rest too: XINFO, which our user may not be allowed */
    uint64_t length;
    uint64_t added;              /**< entries ever added */
    struct record_id last_given; /**< the last id that was given out, also if it is gone */
};

/** Asks for it; all is zero for a log that is not there. */
enum store_answer store_count(struct store *store, struct slice monitor,
                              struct store_tally *ret_tally);

/** A redaction that is asked for. */
struct store_order {
    struct slice monitor;
    struct record_id target;
    struct slice by;     /**< who asks, for `door` */
    struct slice reason; /**< why, kept on the log for ever */
};

/** What it came to; the caller frees `others` with memory_free. */
struct store_redacted {
    struct record_id id;      /**< of the `geredigeerd` record */
    struct record_id *others; /**< records in which the same words stand */
    size_t other_count, other_room;
};

/**
 * Takes the free texts out of a record and appends the `geredigeerd` record, both at one stroke
 * (docs/decisions/0012). WRONG: there is no such record, or nothing in it to take out.
 */
enum store_answer store_redact(struct store *store, const struct store_order *order,
                               struct store_redacted *ret_redacted);

/**
 * Has Redis write its append-only file anew, so that what was taken out of the log is no longer on
 * its disk, and waits until it is done. `ret_kept`: there is such a file.
 */
enum store_answer store_rewrite(struct store *store, bool *ret_kept);

#endif
