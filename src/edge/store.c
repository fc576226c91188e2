/*
 * One connection to Redis that waits for its answers. Happy path: connect, AUTH where there is a
 * password, then questions.
 *
 * It fails with a sentence: nobody there, no answer in time, an error of Redis. Which of these mean
 * that the log itself is wrong is told by the kind of the answer.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "edge/store_private.h"

enum { ANSWER_SECONDS = 60 };

void store_put_key(struct text *key, struct slice monitor, const char *suffix)
{
    text_puts(key, "gimon:{");
    text_put(key, monitor);
    text_puts(key, "}:");
    text_puts(key, suffix);
}

enum store_answer store_fail(struct store *store, enum store_answer answer, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(store->fault, sizeof store->fault, format, list);
    va_end(list);
    return answer;
}

const char *store_fault(const struct store *store)
{
    return store->fault;
}

/* ---- questions ---- */

static enum store_answer fail_lost(struct store *store)
{
    return store_fail(store, STORE_UNREACHABLE, "Redis does not answer: %.200s",
                      store->context->errstr);
}

enum store_answer store_send(struct store *store)
{
    const struct command *command = &store->command;
    if (redisAppendCommandArgv(store->context, (int)command->count, command->words,
                               command->lengths) != REDIS_OK)
        return fail_lost(store);
    return STORE_DONE;
}

/* A key of another type is no log at all; every other error is about us or about now. */
static enum store_answer fail_refused(struct store *store, const redisReply *reply)
{
    const bool wrong = slice_starts(slice_from(reply->str, reply->len), "WRONGTYPE");
    return store_fail(store, wrong ? STORE_WRONG : STORE_UNREACHABLE, "Redis refuses: %.200s",
                      reply->str);
}

static enum store_answer take_any(struct store *store, redisReply **ret_reply)
{
    void *answer = NULL;
    if (redisGetReply(store->context, &answer) != REDIS_OK || answer == NULL)
        return fail_lost(store);
    *ret_reply = answer;
    return STORE_DONE;
}

enum store_answer store_take(struct store *store, redisReply **ret_reply)
{
    redisReply *reply;
    const enum store_answer answer = take_any(store, &reply);
    if (answer != STORE_DONE) return answer;
    if (reply->type == REDIS_REPLY_ERROR) {
        const enum store_answer refused = fail_refused(store, reply);
        freeReplyObject(reply);
        return refused;
    }
    *ret_reply = reply;
    return STORE_DONE;
}

enum store_answer store_ask(struct store *store, redisReply **ret_reply)
{
    const enum store_answer sent = store_send(store);
    return sent == STORE_DONE ? store_take(store, ret_reply) : sent;
}

enum store_answer store_ask_any(struct store *store, redisReply **ret_reply)
{
    const enum store_answer sent = store_send(store);
    return sent == STORE_DONE ? take_any(store, ret_reply) : sent;
}

enum store_answer store_do(struct store *store)
{
    redisReply *reply;
    const enum store_answer answer = store_ask(store, &reply);
    if (answer == STORE_DONE) freeReplyObject(reply);
    return answer;
}

/* ---- the connection ---- */

/* Of several addresses the first that answers. */
static bool connect_to(struct store *store, const struct redis_addresses *found)
{
    const struct timeval answer = {.tv_sec = ANSWER_SECONDS};
    for (size_t i = 0; i < found->count; i++) {
        store->context = store_dial(&found->items[i]);
        const char *fault = store_dial_fault(store->context);
        if (fault == NULL && redisSetTimeout(store->context, answer) == REDIS_OK) return true;
        char at[REDIS_ADDRESS_ROOM];
        redis_address_print(&found->items[i], at);
        store_fail(store, STORE_UNREACHABLE, "Redis is not reached at %s: %.100s", at,
                   fault != NULL ? fault : "no time can be set for its answers");
        if (store->context != NULL) redisFree(store->context);
        store->context = NULL;
    }
    return false;
}

static bool authenticate(struct store *store)
{
    const struct redis_target *target = &store->target;
    if (target->password == NULL) return true;
    command_begin(&store->command, "AUTH");
    if (target->user != NULL) command_add_text(&store->command, target->user);
    command_add_text(&store->command, target->password);
    return store_do(store) == STORE_DONE;
}

/* Sentinels may name one that is none any more: what it holds is not the log. */
static bool is_master(struct store *store)
{
    redisReply *reply;
    if (store->target.sentinel_count == 0) return true;
    command_begin(&store->command, "ROLE");
    if (store_ask(store, &reply) != STORE_DONE) return false;
    const bool master = redis_role_is_master(reply);
    freeReplyObject(reply);
    if (!master)
        store_fail(
            store, STORE_UNREACHABLE,
            "the Redis that the sentinels name is not the master; a failover may be going on");
    return master;
}

static bool open_private(struct store *store, const char *folder)
{
    struct redis_addresses found;
    if (!store_find(store, folder, &found)) return false;
    if (connect_to(store, &found)) return true;
    store_fail(store, STORE_UNREACHABLE,
               "no private Redis runs in %s: it runs as long as its gimon serve does", folder);
    return false;
}

static bool open_elsewhere(struct store *store)
{
    struct redis_addresses found;
    return store_find(store, NULL, &found) && connect_to(store, &found) && authenticate(store) &&
           is_master(store);
}

static bool open_any(struct store *store, struct loaded *loaded)
{
    const struct slice local = loaded->config.redis.local;
    if (load_target(loaded, &store->target))
        return local.len > 0 ? open_private(store, local.ptr) : open_elsewhere(store);
    load_print_faults(&loaded->faults);
    store_fail(store, STORE_UNREACHABLE, "a password of Redis cannot be read");
    return false;
}

struct store *store_open(struct loaded *loaded, char ret_fault[static STORE_FAULT_ROOM])
{
    struct store *store = memory_new(sizeof *store);
    store->folder = -1;
    if (open_any(store, loaded)) return store;
    snprintf(ret_fault, STORE_FAULT_ROOM, "%s", store->fault);
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (store == NULL) return;
    if (store->context != NULL) redisFree(store->context);
    if (store->folder >= 0) close(store->folder);
    command_done(&store->command);
    memory_free(store);
}
