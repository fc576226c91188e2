/*
 * The way from what the configuration says to addresses that can be connected to. Happy path: a
 * path or a number is what it is; a name is looked up; with sentinels each is asked in turn, at all
 * of its addresses, until one names the master, whose name is looked up again if it is one.
 *
 * It fails when a name has no address, or when no sentinel names the master; the sentence tells
 * what the last one said. Whether what was found is a master is for who connects to it.
 */
#include "edge/redis_search.h"

#include <stdio.h>

#include "base/memory.h"
#include "edge/redis_lookup.h"

enum { FAULT_ROOM = 320 };

struct redis_search {
    uv_loop_t *loop;
    const struct redis_target *target;
    redis_found *done;
    void *self;
    uv_timer_t start; /* nothing is told before the one who began knows of it */
    struct redis_lookup *lookup;
    struct redis_question *question;
    size_t first;                 /* with which sentinel it began */
    size_t asked;                 /* how many have been asked */
    struct redis_addresses doors; /* its addresses */
    size_t door;                  /* at which of them */
    struct redis_address looked_for;
    char fault[FAULT_ROOM];
};

static void ask_sentinel(struct redis_search *search);

static void on_closed(uv_handle_t *handle)
{
    memory_free(handle->data);
}

static void tell(struct redis_search *search, const struct redis_addresses *found)
{
    redis_found *done = search->done;
    void *self = search->self;
    uv_close((uv_handle_t *)&search->start, on_closed);
    /* Its memory stays until the loop has closed the timer. */
    done(self, found, found == NULL ? search->fault : NULL);
}

/* ---- from an address to numbers ---- */

/* The reader of a log has no use for how long names may be. */
static void note_name(struct redis_search *search, const char *fault)
{
    snprintf(search->fault, sizeof search->fault, "the name %.100s cannot be looked up: %.150s",
             search->looked_for.host, fault);
}

static void on_found(void *self, const struct redis_addresses *found, const char *fault)
{
    struct redis_search *search = self;
    search->lookup = NULL;
    if (found == NULL) note_name(search, fault);
    tell(search, found);
}

static bool look_up(struct redis_search *search, const struct redis_address *name,
                    redis_looked_up *done)
{
    search->looked_for = *name;
    search->lookup = redis_lookup_begin(search->loop, name, done, search);
    if (search->lookup == NULL) note_name(search, "no thread takes it");
    return search->lookup != NULL;
}

static struct redis_addresses only(const struct redis_address *address)
{
    return (struct redis_addresses){.items[0] = *address, .count = 1};
}

static void find(struct redis_search *search, const struct redis_address *address)
{
    const struct redis_addresses found = only(address);
    if (address->kind != ENDPOINT_NAME)
        tell(search, &found);
    else if (!look_up(search, address, on_found))
        tell(search, NULL);
}

/* ---- from sentinels to an address ---- */

static struct slice current(const struct redis_search *search)
{
    const struct redis_target *target = search->target;
    return target->sentinels[(search->first + search->asked) % target->sentinel_count];
}

static void note_sentinel(struct redis_search *search, const char *fault)
{
    const struct slice sentinel = current(search);
    snprintf(search->fault, sizeof search->fault,
             "no sentinel names the master %.60s; the last, %.*s, said: %.150s",
             search->target->master, (int)(sentinel.len < 80 ? sentinel.len : 80), sentinel.ptr,
             fault);
}

static void on_answer(void *self, const struct redis_address *master, const char *fault);

/* Begins to ask at the next address of this sentinel; false once there is none. */
static bool ask_door(struct redis_search *search)
{
    for (; search->door < search->doors.count; search->door++) {
        search->question = redis_question_begin(
            search->loop, search->target, &search->doors.items[search->door], on_answer, search);
        if (search->question != NULL) return true;
        note_sentinel(search, "no connection can be begun");
    }
    return false;
}

static void ask_next(struct redis_search *search)
{
    search->asked++;
    ask_sentinel(search);
}

static void on_answer(void *self, const struct redis_address *master, const char *fault)
{
    struct redis_search *search = self;
    search->question = NULL;
    if (master != NULL) {
        find(search, master);
        return;
    }
    note_sentinel(search, fault);
    search->door++;
    if (!ask_door(search)) ask_next(search);
}

static void on_doors(void *self, const struct redis_addresses *found, const char *fault)
{
    struct redis_search *search = self;
    search->lookup = NULL;
    search->doors = found != NULL ? *found : (struct redis_addresses){0};
    search->door = 0;
    if (found == NULL) note_sentinel(search, fault);
    if (!ask_door(search)) ask_next(search);
}

/* A sentinel that cannot even be begun with is passed over. */
static void ask_sentinel(struct redis_search *search)
{
    for (; search->asked < search->target->sentinel_count; search->asked++) {
        struct redis_address address;
        search->door = 0;
        search->doors.count = 0;
        if (!redis_address_parse(current(search), &address)) {
            note_sentinel(search, "that is no address");
            continue;
        }
        if (address.kind == ENDPOINT_NAME && look_up(search, &address, on_doors)) return;
        if (address.kind == ENDPOINT_NUMBER) search->doors = only(&address);
        if (ask_door(search)) return;
    }
    tell(search, NULL);
}

/* ---- from the beginning to the end ---- */

static void on_start(uv_timer_t *timer)
{
    struct redis_search *search = timer->data;
    struct redis_address address;
    if (search->target->address == NULL) {
        ask_sentinel(search);
    } else if (redis_address_parse(slice_of(search->target->address), &address)) {
        find(search, &address);
    } else {
        snprintf(search->fault, sizeof search->fault,
                 "the address is neither a host with a port nor a path under 108 bytes");
        tell(search, NULL);
    }
}

struct redis_search *redis_search_begin(uv_loop_t *loop, const struct redis_target *target,
                                        size_t first, redis_found *done, void *self)
{
    struct redis_search *search = memory_new(sizeof *search);
    *search = (struct redis_search){
        .loop = loop, .target = target, .first = first, .done = done, .self = self};
    snprintf(search->fault, sizeof search->fault, "there is no sentinel to ask");
    uv_timer_init(loop, &search->start);
    search->start.data = search;
    uv_timer_start(&search->start, on_start, 0, 0);
    return search;
}

void redis_search_forget(struct redis_search *search)
{
    if (search == NULL) return;
    redis_lookup_forget(search->lookup);
    redis_question_forget(search->question);
    uv_close((uv_handle_t *)&search->start, on_closed);
}
