/*
 * Where the Redis of a configuration is, found by one who may wait. Happy path: the socket of a
 * private server, an address, what a name is looked up as, or what the first sentinel that answers
 * says. A private server has its socket in its folder; where the path is too long for a socket the
 * folder's descriptor stands for it.
 *
 * It fails with a sentence; of several sentinels with that of the last.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include "edge/store_private.h"

enum { CONNECT_SECONDS = 5 };

redisContext *store_dial(const struct redis_address *address)
{
    const struct timeval patience = {.tv_sec = CONNECT_SECONDS};
    return address->kind == ENDPOINT_PATH
               ? redisConnectUnixWithTimeout(address->host, patience)
               : redisConnectWithTimeout(address->host, address->port, patience);
}

const char *store_dial_fault(const redisContext *context)
{
    if (context == NULL) return "no memory";
    return context->err != 0 ? context->errstr : NULL;
}

static bool find_private(struct store *store, const char *folder, struct redis_addresses *ret_found)
{
    const struct sockaddr_un *socket = NULL;
    struct redis_address address = {.kind = ENDPOINT_PATH};
    store->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (store->folder < 0) {
        store_fail(store, STORE_UNREACHABLE, "cannot open the folder of the private Redis %s: %s",
                   folder, strerror(errno));
        return false;
    }
    const int length = snprintf(address.host, sizeof address.host, "%s/redis.sock", folder);
    if ((size_t)length >= sizeof socket->sun_path)
        snprintf(address.host, sizeof address.host, "/proc/self/fd/%d/redis.sock", store->folder);
    *ret_found = (struct redis_addresses){.items[0] = address, .count = 1};
    return true;
}

static bool look_up(struct store *store, const struct redis_address *name,
                    struct redis_addresses *ret_found)
{
    static const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *first = NULL;
    const int error = getaddrinfo(name->host, NULL, &hints, &first);
    if (error != 0) {
        store_fail(store, STORE_UNREACHABLE, "the name %.200s cannot be looked up: %s", name->host,
                   gai_strerror(error));
        return false;
    }
    redis_addresses_take(first, name->port, ret_found);
    freeaddrinfo(first);
    if (ret_found->count == 0)
        store_fail(store, STORE_UNREACHABLE, "the name %.200s has no address", name->host);
    return ret_found->count > 0;
}

static bool expand(struct store *store, const struct redis_address *address,
                   struct redis_addresses *ret_found)
{
    if (address->kind == ENDPOINT_NAME) return look_up(store, address, ret_found);
    *ret_found = (struct redis_addresses){.items[0] = *address, .count = 1};
    return true;
}

static bool find_address(struct store *store, struct slice text, struct redis_addresses *ret_found)
{
    struct redis_address address;
    if (redis_address_parse(text, &address)) return expand(store, &address, ret_found);
    store_fail(store, STORE_UNREACHABLE,
               "%.200s is neither a host with a port nor a path under 108 bytes", text.ptr);
    return false;
}

/* ---- sentinels ---- */

static const char *send_auth(redisContext *context, const struct redis_target *target)
{
    const char *words[3] = {"AUTH", target->sentinel_user, target->sentinel_password};
    if (target->sentinel_password == NULL) return NULL;
    if (target->sentinel_user == NULL) words[1] = target->sentinel_password;
    redisReply *reply =
        redisCommandArgv(context, target->sentinel_user == NULL ? 2 : 3, words, NULL);
    const bool fine = reply != NULL && reply->type != REDIS_REPLY_ERROR;
    if (reply != NULL) freeReplyObject(reply);
    return fine ? NULL : "it does not take the password";
}

/* What is said of a failure stands in the store. */
static bool ask(struct store *store, redisContext *context, const struct redis_target *target,
                struct redis_address *ret_master)
{
    struct command command = {0};
    const char *fault = send_auth(context, target);
    redisReply *reply = NULL;
    redis_sentinel_form(&command, target->master);
    if (fault == NULL)
        reply = redisCommandArgv(context, (int)command.count, command.words, command.lengths);
    if (reply != NULL) fault = redis_sentinel_read(reply, ret_master);
    if (reply == NULL && fault == NULL) fault = context->errstr;
    if (fault != NULL)
        store_fail(store, STORE_UNREACHABLE, "the sentinel says of %.60s: %.150s", target->master,
                   fault);
    if (reply != NULL) freeReplyObject(reply);
    command_done(&command);
    return fault == NULL;
}

static bool ask_at(struct store *store, const struct redis_address *door,
                   struct redis_address *ret_master)
{
    const struct timeval patience = {.tv_sec = CONNECT_SECONDS};
    redisContext *context = store_dial(door);
    const char *fault = store_dial_fault(context);
    bool answered = false;
    if (fault != NULL)
        store_fail(store, STORE_UNREACHABLE, "a sentinel is not reached at %.100s:%d: %.100s",
                   door->host, door->port, fault);
    else if (redisSetTimeout(context, patience) == REDIS_OK)
        answered = ask(store, context, &store->target, ret_master);
    if (context != NULL) redisFree(context);
    return answered;
}

static bool ask_all(struct store *store, struct redis_address *ret_master)
{
    const struct redis_target *target = &store->target;
    for (size_t i = 0; i < target->sentinel_count; i++) {
        struct redis_addresses doors = {0};
        if (!find_address(store, target->sentinels[i], &doors)) continue;
        for (size_t door = 0; door < doors.count; door++) {
            if (ask_at(store, &doors.items[door], ret_master)) return true;
        }
    }
    return false;
}

bool store_find(struct store *store, const char *folder, struct redis_addresses *ret_found)
{
    struct redis_address master;
    if (folder != NULL) return find_private(store, folder, ret_found);
    if (store->target.address != NULL)
        return find_address(store, slice_of(store->target.address), ret_found);
    return ask_all(store, &master) && expand(store, &master, ret_found);
}
