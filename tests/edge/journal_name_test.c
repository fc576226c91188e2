/* The journal and a Redis that has a name: looked up at every connect, all its addresses tried, and
 * both connections led to one Redis when the name moves. What the name stands for is the test's. */
#include "edge/journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <dlfcn.h>
#include <netdb.h>
#include <stdatomic.h>

#include "edge/journal_fixture.h"

#define NAME "redis.proef"

enum { TEXT_ROOM = 64 };

typedef int resolver(const char *name, const char *service, const struct addrinfo *hints,
                     struct addrinfo **ret_first);

/* What NAME stands for, read by libuv's threads. */
static const char *const *_Atomic meaning;
static atomic_uint asked;
/* Held: nobody is told before it is let go. */
static uv_mutex_t patience;

static resolver *find_resolver(void)
{
    resolver *real = NULL;
    void *found = dlsym(RTLD_NEXT, "getaddrinfo");
    memcpy(&real, &found, sizeof real);
    return real;
}

/* Before libc's: numbers chained in the order of `meaning`, as freeaddrinfo takes them apart. */
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **ret_first)
{
    resolver *real = find_resolver();
    if (name == NULL || strcmp(name, NAME) != 0) return real(name, service, hints, ret_first);
    struct addrinfo **end = ret_first;
    asked++;
    uv_mutex_lock(&patience);
    const char *const *numbers = meaning;
    uv_mutex_unlock(&patience);
    *ret_first = NULL;
    if (numbers == NULL) return EAI_AGAIN;
    for (; *numbers != NULL; numbers++) {
        const int error = real(*numbers, service, hints, end);
        if (error != 0) return error;
        while (*end != NULL)
            end = &(*end)->ai_next;
    }
    return 0;
}

static void start_at(struct redis_server *server, const char *number, int port)
{
    char digits[TEXT_ROOM];
    snprintf(digits, sizeof digits, "%d", port);
    const char *const words[] = {"--bind", number, "--port", digits, NULL};
    redis_server_init(server);
    redis_server_start(server, words);
}

static void name_port(char text[static TEXT_ROOM], int port)
{
    snprintf(text, TEXT_ROOM, NAME ":%d", port);
}

/* Nobody is at the first address, nobody at the third; the name is not there at all at first. */
static void all_addresses_of_a_name_are_tried(void **state)
{
    static const char *const numbers[] = {"127.0.0.3", "127.0.0.2", "127.0.0.4", NULL};
    struct redis_server server;
    struct owner owner;
    char address[TEXT_ROOM];
    int port;
    (void)state;
    const int held = port_hold(&port);
    name_port(address, port);
    meaning = NULL;
    asked = 0;
    start_at(&server, "127.0.0.2", port);
    owner_open(&owner, address, NULL);
    loop_run_for(&owner.loop, 200);
    assert_int_equal(owner.writable_told, 0);
    assert_true(asked >= 2);
    meaning = numbers;
    owner_await_writable(&owner);
    owner_append_one(&owner, SETTLED_FOLDED);
    owner_done(&owner);
    redis_server_done(&server);
    close(held);
}

static long long find_appender(const struct redis_server *server)
{
    redisReply *reply = redis_server_ask(server, "CLIENT LIST");
    long long id = 0;
    for (char *line = strtok(reply->str, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        /* The one that follows is held in XREAD, and the one that asks is new. */
        if (strstr(line, "cmd=xread") == NULL && strstr(line, "cmd=client") == NULL)
            sscanf(line, "id=%lld", &id);
    }
    freeReplyObject(reply);
    assert_true(id > 0);
    return id;
}

/* The old Redis lives on; only one connection is lost, and the other must not stay behind. */
static void both_connections_follow_a_name_that_moves(void **state)
{
    static const char *const before[] = {"127.0.0.2", NULL};
    static const char *const after[] = {"127.0.0.3", NULL};
    struct redis_server old, new;
    struct owner owner;
    char address[TEXT_ROOM];
    int port;
    (void)state;
    const int held = port_hold(&port);
    name_port(address, port);
    meaning = before;
    start_at(&old, "127.0.0.2", port);
    start_at(&new, "127.0.0.3", port);
    owner_open(&owner, address, NULL);
    owner_await_writable(&owner);
    owner_append_one(&owner, SETTLED_FOLDED);
    meaning = after;
    redis_server_tell(&old, "CLIENT KILL ID %lld", find_appender(&old));
    owner_await_unwritable(&owner);
    owner_await_writable(&owner);
    owner_await_count(&owner, 0);
    assert_int_equal(owner.meter.log_regressions, 1);
    owner_append_one(&owner, SETTLED_FOLDED);
    assert_int_equal(redis_server_tell(&new, "XLEN " LOG), 1);
    assert_int_equal(redis_server_tell(&old, "XLEN " LOG), 1);
    owner_done(&owner);
    redis_server_done(&new);
    redis_server_done(&old);
    close(held);
}

/* A name with two addresses that are one Redis: whichever comes first, both lead to the same. */
static void a_name_that_turns_round_leads_to_one_place(void **state)
{
    static const char *const one[] = {"127.0.0.2", "127.0.0.3", NULL};
    static const char *const other[] = {"127.0.0.3", "127.0.0.2", NULL};
    struct redis_server server;
    struct owner owner;
    char address[TEXT_ROOM];
    int port;
    (void)state;
    const int held = port_hold(&port);
    name_port(address, port);
    meaning = one;
    start_at(&server, "127.0.0.2 127.0.0.3", port);
    owner_open(&owner, address, NULL);
    owner_await_writable(&owner);
    meaning = other;
    redis_server_tell(&server, "CLIENT KILL ID %lld", find_appender(&server));
    owner_await_unwritable(&owner);
    owner_await_writable(&owner);
    loop_run_for(&owner.loop, 100);
    assert_int_equal(owner.writable_told, 3);
    owner_append_one(&owner, SETTLED_FOLDED);
    owner_done(&owner);
    redis_server_done(&server);
    close(held);
}

static bool is_asked(const void *self)
{
    (void)self;
    return asked > 0;
}

static bool is_closed(const void *self)
{
    return ((const struct owner *)self)->closed;
}

/* A resolver that says nothing: all are refused at once, and the journal's end does not wait. */
static void a_name_that_takes_long_holds_nothing_up(void **state)
{
    struct owner owner;
    struct wish wish;
    (void)state;
    asked = 0;
    uv_mutex_lock(&patience);
    owner_open(&owner, NAME ":6379", NULL);
    loop_run_until(&owner.loop, is_asked, NULL, "the resolver");
    wish_append(&wish, &owner, "nowhere to go");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_REFUSED);
    assert_true(wish.told_ms - wish.asked_ms < 500);
    owner_close(&owner);
    loop_run_until(&owner.loop, is_closed, &owner, "the journal's end");
    uv_mutex_unlock(&patience);
    owner_done(&owner);
}

static int begin(void **state)
{
    (void)state;
    return uv_mutex_init(&patience);
}

static int end(void **state)
{
    (void)state;
    uv_mutex_destroy(&patience);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_addresses_of_a_name_are_tried),
        cmocka_unit_test(both_connections_follow_a_name_that_moves),
        cmocka_unit_test(a_name_that_takes_long_holds_nothing_up),
        cmocka_unit_test(a_name_that_turns_round_leads_to_one_place),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
