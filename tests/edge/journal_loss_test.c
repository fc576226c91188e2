/* The journal when Redis fails it: killed, stopped, cut off, still loading. Whatever happens,
 * each append is settled exactly once and within its deadline, what was confirmed is on the log,
 * and what is on the log is folded. */
#include "edge/journal.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "edge/journal_fixture.h"

enum {
    DEADLINE_MS = 1000,
    SLACK_MS = 1000, /* a busy machine and its sanitizers; every request is answered within 2 s */
};

static size_t count_kind(const struct wish *wishes, size_t count, enum settlement_kind kind)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += wishes[i].settlement.kind == kind ? 1 : 0;
    return found;
}

static void prove_in_time(const struct wish *wishes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_true(wishes[i].told_ms - wishes[i].asked_ms <= DEADLINE_MS + SLACK_MS);
}

/* Every wish that was confirmed stands under its id on the log. */
static void prove_kept(const struct redis_server *server, const struct wish *wishes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (wishes[i].settlement.kind != SETTLED_FOLDED) continue;
        char id[RECORD_ID_ROOM];
        snprintf(id, sizeof id, "%llu-%llu", (unsigned long long)wishes[i].settlement.id.ms,
                 (unsigned long long)wishes[i].settlement.id.seq);
        redisReply *reply = redis_server_ask(server, "XRANGE " LOG " %s %s", id, id);
        assert_int_equal(reply->elements, 1);
        freeReplyObject(reply);
    }
}

static bool has_one(const void *self)
{
    return ((const struct wish *)self)->told > 0;
}

/* Killed with hundreds in flight, some answered, some not; started again on the same file. */
static void a_killed_redis_loses_nothing_confirmed(void **state)
{
    struct redis_server *server = *state;
    enum { COUNT = 600 };
    static struct wish wishes[COUNT];
    struct owner owner;
    owner_start(&owner, server);
    for (int i = 0; i < COUNT; i++)
        wish_append(&wishes[i], &owner, "in flight");
    loop_run_until(&owner.loop, has_one, &wishes[0], "the first settlement");
    redis_server_kill(server);
    wishes_await(wishes, COUNT);
    prove_in_time(wishes, COUNT);
    assert_false(owner.writable);
    assert_false(owner.meter.redis_up);
    const size_t unknown = count_kind(wishes, COUNT, SETTLED_UNKNOWN);
    assert_int_equal(unknown + count_kind(wishes, COUNT, SETTLED_FOLDED), COUNT);
    assert_int_equal(owner.meter.commits_unknown, unknown);
    owner_append_one(&owner, SETTLED_REFUSED);

    redis_server_start(server, NULL);
    owner_await_writable(&owner);
    owner_await_count(&owner, (uint64_t)redis_server_tell(server, "XLEN " LOG));
    prove_kept(server, wishes, COUNT);
    owner_append_one(&owner, SETTLED_FOLDED);
    assert_int_equal(owner.meter.log_regressions, 0);
    assert_int_equal(owner.states_told[0], 1);
    assert_int_equal(state_chain_breaks(owner.states[0]), 0);
    owner_done(&owner);
}

/* The follower is cut off while Redis holds the append back: once both are through, before the
 * deadline, the answer is the real one, found by reading on. */
static void an_append_is_found_after_a_reconnect(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    struct wish wish;
    owner_open(&owner, server->address, journal_patient);
    owner_await_writable(&owner);
    redis_server_tell(server, "CLIENT PAUSE 5000 WRITE");
    wish_append(&wish, &owner, "answered on another connection");
    loop_run_for(&owner.loop, 50);
    redis_server_tell(server, "CLIENT KILL ID %lld", redis_server_find_follower(server));
    owner_await_unwritable(&owner);
    redis_server_tell(server, "CLIENT UNPAUSE");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_FOLDED);
    owner_await_writable(&owner);
    assert_int_equal(state_count(owner.states[0]), redis_server_tell(server, "XLEN " LOG));
    owner_done(&owner);
}

/* Redis answers LOADING for a while after its start: tried again until it is through. */
static void a_redis_that_still_loads_is_waited_for(void **state)
{
    struct redis_server *server = *state;
    static const char *const slowly[] = {"--key-load-delay", "5000",
                                         "--loading-process-events-interval-bytes", "1024", NULL};
    struct owner owner;
    redis_server_tell(server, "EVAL %s 0",
                      "for i = 1, 200 do redis.call('SET', 'k' .. i, string.rep('x', 999)) end");
    redis_server_tell(server, "CONFIG SET aof-use-rdb-preamble yes");
    redis_server_tell(server, "BGREWRITEAOF");
    const uint64_t begun = uv_hrtime();
    bool busy = true;
    while (busy && uv_hrtime() - begun < 10000000000U) {
        redisReply *reply = redis_server_ask(server, "INFO persistence");
        busy = strstr(reply->str, "aof_rewrite_in_progress:0") == NULL;
        freeReplyObject(reply);
    }
    assert_false(busy);
    redis_server_kill(server);
    redis_server_start(server, slowly);
    redisReply *reply = redis_server_ask(server, "INFO persistence");
    assert_non_null(strstr(reply->str, "loading:1"));
    freeReplyObject(reply);
    owner_start(&owner, server);
    owner_append_one(&owner, SETTLED_FOLDED);
    owner_done(&owner);
    redis_server_tell(server, "EVAL %s 0", "for i = 1, 200 do redis.call('DEL', 'k' .. i) end");
}

/* Stopped longer than the watchdog waits: unknown in time, both connections made again; the record
 * turns up later and counts. */
static void a_redis_that_hangs_is_left_and_found_again(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    struct wish wish, sync;
    owner_start(&owner, server);
    const uint64_t before = state_count(owner.states[0]);
    kill(server->pid, SIGSTOP);
    wish_append(&wish, &owner, "turns up late");
    wish_sync(&sync, &owner);
    wishes_await(&wish, 1);
    wishes_await(&sync, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_UNKNOWN);
    assert_false(sync.synced);
    prove_in_time(&wish, 1);
    assert_false(owner.writable);
    loop_run_for(&owner.loop, 3200);
    assert_false(owner.meter.redis_up);
    kill(server->pid, SIGCONT);
    owner_await_writable(&owner);
    owner_await_count(&owner, before + 1);
    owner_append_one(&owner, SETTLED_FOLDED);
    owner_done(&owner);
}

/* A replica refuses to be written to: refused, and both connections are made again, in the hope
 * that they lead elsewhere by now. Where they do not, reading goes on. */
static void a_redis_that_became_a_replica_is_left(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    owner_start(&owner, server);
    owner_append_one(&owner, SETTLED_FOLDED);
    const uint64_t count = state_count(owner.states[0]);
    redis_server_tell(server, "REPLICAOF 127.0.0.1 1");
    owner_await_unwritable(&owner); /* Redis has cut the follower off */
    owner_await_writable(&owner);
    owner_append_one(&owner, SETTLED_REFUSED);
    owner_await_unwritable(&owner);
    assert_false(owner.meter.redis_up);
    redis_server_tell(server, "REPLICAOF NO ONE");
    owner_await_writable(&owner);
    owner_append_one(&owner, SETTLED_FOLDED);
    assert_int_equal(state_count(owner.states[0]), count + 1);
    assert_int_equal(owner.meter.log_regressions, 0);
    owner_done(&owner);
}

/* A record that says something else about the past than the log does: served, and counted. */
static void a_contradiction_is_folded_and_counted(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    owner_start(&owner, server);
    redis_server_tell(server, "XADD " LOG " * v 1 vorige 1-1");
    owner_append_one(&owner, SETTLED_FOLDED);
    assert_int_equal(state_chain_breaks(owner.states[0]), 1);
    owner_done(&owner);
}

/* A key that is no stream is an error of the operator's: it is tried again, never crashed on. */
static void a_key_of_another_type_keeps_it_from_starting(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    redis_server_tell(server, "SET gimon:{ot}:log x");
    owner_open(&owner, server->address, NULL);
    loop_run_for(&owner.loop, 300);
    assert_int_equal(owner.writable_told, 0);
    redis_server_tell(server, "DEL gimon:{ot}:log");
    owner_await_writable(&owner);
    owner_done(&owner);
}

static void closing_settles_all_that_is_in_flight(void **state)
{
    const struct redis_server *server = *state;
    enum { COUNT = 50 };
    static struct wish wishes[COUNT];
    struct owner owner;
    owner_start(&owner, server);
    kill(server->pid, SIGSTOP);
    for (int i = 0; i < COUNT; i++)
        wish_append(&wishes[i], &owner, "to the end");
    loop_run_for(&owner.loop, 20);
    owner_close(&owner);
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(wishes[i].told, 1);
    assert_int_equal(count_kind(wishes, COUNT, SETTLED_UNKNOWN), COUNT);
    assert_int_equal(owner.meter.commits_unknown, COUNT);
    owner_done(&owner);
    kill(server->pid, SIGCONT);
}

static void close_when_settled(void *self, const struct settlement *settlement)
{
    struct wish *wish = self;
    wish->told++;
    wish->settlement = *settlement;
    owner_close(wish->owner);
}

/* The owner may end the journal from within the news it brings. */
static void it_may_be_closed_while_it_settles(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    static struct wish others[20];
    owner_start(&owner, server);
    struct wish wish = {.owner = &owner};
    struct draft draft = {.ledger = 0};
    draft.fields[FIELD_KIND] = slice_of("opmerking");
    journal_append(owner.journal, &draft, close_when_settled, &wish);
    for (int i = 0; i < 20; i++)
        wish_append(&others[i], &owner, "cut off");
    loop_run_until(&owner.loop, has_one, &wish, "the settlement");
    assert_int_equal(wish.told, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_FOLDED);
    for (int i = 0; i < 20; i++)
        assert_int_equal(others[i].told, 1);
    owner_done(&owner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_redis_loses_nothing_confirmed),
        cmocka_unit_test(an_append_is_found_after_a_reconnect),
        cmocka_unit_test(a_redis_that_still_loads_is_waited_for),
        cmocka_unit_test(a_redis_that_hangs_is_left_and_found_again),
        cmocka_unit_test(a_redis_that_became_a_replica_is_left),
        cmocka_unit_test(a_contradiction_is_folded_and_counted),
        cmocka_unit_test(a_key_of_another_type_keeps_it_from_starting),
        cmocka_unit_test(closing_settles_all_that_is_in_flight),
        cmocka_unit_test(it_may_be_closed_while_it_settles),
    };
    return cmocka_run_group_tests(tests, journal_server_start, journal_server_end);
}
