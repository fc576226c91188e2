#ifndef GIMON_EDGE_STORE_PRIVATE_H
#define GIMON_EDGE_STORE_PRIVATE_H

#include <hiredis/hiredis.h>

#include "base/text.h"
#include "edge/entry.h"
#include "edge/redis_command.h"
#include "edge/redis_sentinel.h"
#include "edge/store.h"

/*
 * The rooms behind store.h:
 *   store.c          the connection, one question
 *   store_find.c     where to connect to
 *   store_walk.c     reading a log in batches
 *   store_redact.c   rebuilding a log without the texts of one record
 *   store_copy.c     and the copy that becomes the log
 *   store_rewrite.c  and the file on disk behind it
 */

enum { STORE_BATCH = 100 }; /* records at a time; a record may be some MiB */

struct store {
    struct redis_target target;
    redisContext *context;
    int folder;             /* of a private server, -1 without */
    struct command command; /* scratch: the command being formed */
    char fault[STORE_FAULT_ROOM];
};

/**
 * Finds where to connect to: in the folder of a private server, or where `folder` is NULL as the
 * target says. False and a sentence if it cannot.
 */
bool store_find(struct store *store, const char *folder, struct redis_addresses *ret_found)
    __attribute__((warn_unused_result));

/** A connection that may have failed, and why it has: NULL where it stands. */
redisContext *store_dial(const struct redis_address *address) __attribute__((warn_unused_result));
const char *store_dial_fault(const redisContext *context);

/** The key of a monitor's log, and beside it what a redaction needs, on the same hash slot. */
void store_put_key(struct text *key, struct slice monitor, const char *suffix);

/** Keeps the sentence and gives back the answer. */
enum store_answer store_fail(struct store *store, enum store_answer answer, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Sends the command that has been formed and waits for the answer, which the caller frees. */
enum store_answer store_ask(struct store *store, redisReply **ret_reply)
    __attribute__((warn_unused_result));

/** The same, and an error that Redis answers is an answer too. */
enum store_answer store_ask_any(struct store *store, redisReply **ret_reply)
    __attribute__((warn_unused_result));

/** The same where only whether it was done is of interest. */
enum store_answer store_do(struct store *store) __attribute__((warn_unused_result));

/** Sends it and does not wait: store_take gives the answer, in the order of the questions. */
enum store_answer store_send(struct store *store) __attribute__((warn_unused_result));
enum store_answer store_take(struct store *store, redisReply **ret_reply)
    __attribute__((warn_unused_result));

/** The next records after `after`, an array of entries that may be empty; the caller frees it. */
enum store_answer store_batch(struct store *store, struct slice key, struct record_id after,
                              redisReply **ret_entries) __attribute__((warn_unused_result));

#endif
