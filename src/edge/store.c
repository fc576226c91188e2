/*
 * One connection to Redis that waits for its answers. Happy path: connect, AUTH where there is a
 * password, then questions. A private server has its socket in its folder; where the path is too
 * long for a socket the folder's descriptor stands for it.
 *
 * It fails with a sentence: nobody there, no answer in time, an error of Redis. Which of these mean
 * that the log itself is wrong is told by the kind of the answer.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "edge/redis_address.h"
#include "edge/store_private.h"

enum { CONNECT_SECONDS = 5, ANSWER_SECONDS = 60 };

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

static bool find_private(struct store *store, struct slice folder,
                         struct redis_address *ret_address)
{
    struct redis_address address = {.is_path = true};
    store->folder = open(folder.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (store->folder < 0) {
        store_fail(store, STORE_UNREACHABLE, "cannot open the folder of the private Redis %s: %s",
                   folder.ptr, strerror(errno));
        return false;
    }
    const int length = snprintf(address.host, sizeof address.host, "%s/redis.sock", folder.ptr);
    if ((size_t)length >= sizeof address.host)
        snprintf(address.host, sizeof address.host, "/proc/self/fd/%d/redis.sock", store->folder);
    *ret_address = address;
    return true;
}

static bool find_address(struct store *store, const struct redis_config *redis,
                         struct redis_address *ret_address)
{
    if (redis->local.len > 0) return find_private(store, redis->local, ret_address);
    if (redis_address_parse(redis->address.ptr, ret_address)) return true;
    store_fail(store, STORE_UNREACHABLE, "%s is neither numeric nor a path under 108 bytes",
               redis->address.ptr);
    return false;
}

static bool connect_to(struct store *store, const struct redis_config *redis)
{
    const struct timeval patience = {.tv_sec = CONNECT_SECONDS};
    const struct timeval answer = {.tv_sec = ANSWER_SECONDS};
    struct redis_address address;
    if (!find_address(store, redis, &address)) return false;
    store->context = address.is_path
                         ? redisConnectUnixWithTimeout(address.host, patience)
                         : redisConnectWithTimeout(address.host, address.port, patience);
    if (store->context != NULL && store->context->err == 0 &&
        redisSetTimeout(store->context, answer) == REDIS_OK)
        return true;
    const char *reason = store->context != NULL ? store->context->errstr : "no memory";
    if (redis->local.len > 0)
        store_fail(store, STORE_UNREACHABLE,
                   "no private Redis runs in %s: it runs as long as its gimon serve does (%.100s)",
                   redis->local.ptr, reason);
    else
        store_fail(store, STORE_UNREACHABLE, "Redis is not reached at %s: %.100s",
                   redis->address.ptr, reason);
    return false;
}

static bool authenticate(struct store *store, struct loaded *loaded)
{
    const struct redis_config *redis = &loaded->config.redis;
    const char *password;
    if (!load_password(loaded, &password)) {
        load_print_faults(&loaded->faults);
        store_fail(store, STORE_UNREACHABLE, "the password of Redis cannot be read");
        return false;
    }
    if (password == NULL) return true;
    command_begin(&store->command, "AUTH");
    if (redis->user.len > 0) command_add(&store->command, redis->user);
    command_add_text(&store->command, password);
    return store_do(store) == STORE_DONE;
}

struct store *store_open(struct loaded *loaded, char ret_fault[static STORE_FAULT_ROOM])
{
    struct store *store = memory_new(sizeof *store);
    store->folder = -1;
    if (connect_to(store, &loaded->config.redis) && authenticate(store, loaded)) return store;
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
