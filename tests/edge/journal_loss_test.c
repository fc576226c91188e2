/* The journal when Redis fails it: killed, stopped, emptied, gone back in time. Whatever happens,
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

#define LOG "gimon:{gi}:log"

enum {
    DEADLINE_MS = 1000,
    SLACK_MS = 500, /* a busy machine and its sanitizers */
};

static struct redis_server server;

static int start_server(void **state)
{
    (void)state;
    redis_server_init(&server);
    redis_server_start(&server, NULL);
    return 0;
}

static int end_server(void **state)
{
    (void)state;
    redis_server_done(&server);
    return 0;
}

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
static void prove_kept(const struct wish *wishes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (wishes[i].settlement.kind != SETTLED_FOLDED) continue;
        char id[RECORD_ID_ROOM];
        snprintf(id, sizeof id, "%llu-%llu", (unsigned long long)wishes[i].settlement.id.ms,
                 (unsigned long long)wishes[i].settlement.id.seq);
        redisReply *reply = redis_server_ask(&server, "XRANGE " LOG " %s %s", id, id);
        assert_int_equal(reply->elements, 1);
        freeReplyObject(reply);
    }
}

static void append_one(struct owner *owner, enum settlement_kind expected)
{
    struct wish wish;
    wish_append(&wish, owner, "one");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, expected);
}

struct fold_goal {
    const struct owner *owner;
    uint64_t count;
};

static bool is_folded(const void *self)
{
    const struct fold_goal *goal = self;
    return state_count(goal->owner->states[0]) == goal->count;
}

static void await_whole_log(struct owner *owner)
{
    const struct fold_goal goal = {owner, (uint64_t)redis_server_tell(&server, "XLEN " LOG)};
    loop_run_until(&owner->loop, is_folded, &goal, "the whole log being folded");
}

static bool has_one(const void *self)
{
    return ((const struct wish *)self)->told > 0;
}

/* Killed with hundreds in flight, some answered, some not; started again on the same file. */
static void a_killed_redis_loses_nothing_confirmed(void **state)
{
    (void)state;
    enum { COUNT = 600 };
    static struct wish wishes[COUNT];
    struct owner owner;
    owner_open(&owner, server.address, NULL);
    owner_await_writable(&owner);
    for (int i = 0; i < COUNT; i++)
        wish_append(&wishes[i], &owner, "in flight");
    loop_run_until(&owner.loop, has_one, &wishes[0], "the first settlement");
    redis_server_kill(&server);
    wishes_await(wishes, COUNT);
    prove_in_time(wishes, COUNT);
    assert_false(owner.writable);
    assert_false(owner.meter.redis_up);
    assert_int_equal(journal_busy(owner.journal), 0);
    const size_t unknown = count_kind(wishes, COUNT, SETTLED_UNKNOWN);
    assert_int_equal(unknown + count_kind(wishes, COUNT, SETTLED_FOLDED), COUNT);
    assert_int_equal(owner.meter.commits_unknown, unknown);
    append_one(&owner, SETTLED_REFUSED);

    redis_server_start(&server, NULL);
    owner_await_writable(&owner);
    await_whole_log(&owner);
    prove_kept(wishes, COUNT);
    append_one(&owner, SETTLED_FOLDED);
    assert_int_equal(owner.meter.log_regressions, 0);
    assert_int_equal(owner.states_told[0], 1);
    assert_int_equal(state_chain_breaks(owner.states[0]), 0);
    owner_done(&owner);
}

/* The number of the connection that is held in XREAD. */
static long long find_follower(void)
{
    redisReply *reply = redis_server_ask(&server, "CLIENT LIST TYPE normal");
    long long id = 0;
    for (const char *line = reply->str; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n' ? 1 : 0;
        const size_t length = strcspn(line, "\n");
        const char *command = strstr(line, "cmd=xread");
        if (command != NULL && command < line + length) sscanf(line, "id=%lld", &id);
    }
    freeReplyObject(reply);
    assert_true(id > 0);
    return id;
}

/* The follower is cut off while Redis holds the append back: once both are through, before the
 * deadline, the answer is the real one, found by reading on. */
static void an_append_is_found_after_a_reconnect(void **state)
{
    (void)state;
    struct owner owner;
    struct wish wish;
    owner_open(&owner, server.address, NULL);
    owner_await_writable(&owner);
    redis_server_tell(&server, "CLIENT PAUSE 5000 WRITE");
    wish_append(&wish, &owner, "answered on another connection");
    loop_run_for(&owner.loop, 50);
    redis_server_tell(&server, "CLIENT KILL ID %lld", find_follower());
    owner_await_unwritable(&owner);
    redis_server_tell(&server, "CLIENT UNPAUSE");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_FOLDED);
    owner_await_writable(&owner);
    assert_int_equal(state_count(owner.states[0]), redis_server_tell(&server, "XLEN " LOG));
    owner_done(&owner);
}

/* Redis answers LOADING for a while after its start: tried again until it is through. */
static void a_redis_that_still_loads_is_waited_for(void **state)
{
    (void)state;
    static const char *const slowly[] = {"--key-load-delay", "5000",
                                         "--loading-process-events-interval-bytes", "1024", NULL};
    struct owner owner;
    redis_server_tell(&server, "EVAL %s 0",
                      "for i = 1, 200 do redis.call('SET', 'k' .. i, string.rep('x', 999)) end");
    redis_server_tell(&server, "CONFIG SET aof-use-rdb-preamble yes");
    redis_server_tell(&server, "BGREWRITEAOF");
    const uint64_t begun = uv_hrtime();
    bool busy = true;
    while (busy && uv_hrtime() - begun < 10000000000U) {
        redisReply *reply = redis_server_ask(&server, "INFO persistence");
        busy = strstr(reply->str, "aof_rewrite_in_progress:0") == NULL;
        freeReplyObject(reply);
    }
    assert_false(busy);
    redis_server_kill(&server);
    redis_server_start(&server, slowly);
    redisReply *reply = redis_server_ask(&server, "INFO persistence");
    assert_non_null(strstr(reply->str, "loading:1"));
    freeReplyObject(reply);
    owner_open(&owner, server.address, NULL);
    owner_await_writable(&owner);
    append_one(&owner, SETTLED_FOLDED);
    owner_done(&owner);
    redis_server_tell(&server, "EVAL %s 0", "for i = 1, 200 do redis.call('DEL', 'k' .. i) end");
}

struct folded_more {
    const struct owner *owner;
    uint64_t before;
};

static bool has_folded_more(const void *self)
{
    const struct folded_more *more = self;
    return state_count(more->owner->states[0]) > more->before;
}

/* Stopped longer than the watchdog waits: unknown in time, both connections made again; the record
 * turns up later and counts. */
static void a_redis_that_hangs_is_left_and_found_again(void **state)
{
    (void)state;
    struct owner owner;
    struct wish wish, sync;
    owner_open(&owner, server.address, NULL);
    owner_await_writable(&owner);
    const struct folded_more more = {&owner, state_count(owner.states[0])};
    kill(server.pid, SIGSTOP);
    wish_append(&wish, &owner, "turns up late");
    wish_sync(&sync, &owner);
    wishes_await(&wish, 1);
    wishes_await(&sync, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_UNKNOWN);
    assert_false(sync.synced);
    prove_in_time(&wish, 1);
    owner_await_unwritable(&owner);
    loop_run_for(&owner.loop, 3200);
    assert_false(owner.meter.redis_up);
    kill(server.pid, SIGCONT);
    owner_await_writable(&owner);
    loop_run_until(&owner.loop, has_folded_more, &more, "the late record");
    append_one(&owner, SETTLED_FOLDED);
    owner_done(&owner);
}

/* rules.md section 1: the log must not go backwards. An older file is put in place of the log. */
static void an_older_log_is_noticed_and_folded_anew(void **state)
{
    (void)state;
    struct owner owner;
    char older[FOLDER_ROOM];
    folder_make(older);
    owner_open(&owner, server.address, NULL);
    owner_await_writable(&owner);
    append_one(&owner, SETTLED_FOLDED);
    const struct digest head = state_head(owner.states[0]);
    const uint64_t count = state_count(owner.states[0]);
    folder_copy_log(server.folder, older);
    append_one(&owner, SETTLED_FOLDED);
    append_one(&owner, SETTLED_FOLDED);

    const struct state *before = owner.states[0];
    redis_server_kill(&server);
    owner_await_unwritable(&owner);
    folder_copy_log(older, server.folder);
    redis_server_start(&server, NULL);
    owner_await_writable(&owner);
    assert_int_equal(owner.meter.log_regressions, 1);
    assert_int_equal(owner.states_told[0], 2);
    assert_int_equal(owner.states_told[1], 1);
    assert_ptr_not_equal(owner.states[0], before);
    assert_int_equal(state_count(owner.states[0]), count);
    const struct digest again = state_head(owner.states[0]);
    assert_memory_equal(&again, &head, sizeof head);
    append_one(&owner, SETTLED_FOLDED);
    assert_int_equal(state_chain_breaks(owner.states[0]), 0);
    owner_done(&owner);
    folder_remove(older);
}

static bool is_emptied(const void *self)
{
    const struct owner *owner = self;
    return state_count(owner->states[0]) == 0;
}

/* In flight while the log is folded anew: settled when the new state is served, and by it. The
 * append is held back, the log replaced by an older one of several batches, the follower cut off.
 */
static void an_append_outlives_a_log_that_is_folded_anew(void **state)
{
    (void)state;
    struct owner owner;
    struct wish wish;
    char older[FOLDER_ROOM];
    folder_make(older);
    redis_server_tell(&server, "EVAL %s 1 " LOG,
                      "for i = 1, 1600 do redis.call('XADD', KEYS[1], '*', 'inhoud', i) end");
    folder_copy_log(server.folder, older);
    owner_open(&owner, server.address, NULL);
    owner_await_writable(&owner);
    append_one(&owner, SETTLED_FOLDED);
    redis_server_tell(&server, "CLIENT PAUSE 5000 WRITE");
    wish_append(&wish, &owner, "held back");
    loop_run_for(&owner.loop, 50);
    folder_copy_log(older, server.folder);
    redis_server_tell(&server, "DEBUG LOADAOF");
    redis_server_tell(&server, "CLIENT KILL ID %lld", find_follower());
    redis_server_tell(&server, "CLIENT UNPAUSE");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_FOLDED);
    assert_true(owner.writable);
    assert_int_equal(owner.meter.log_regressions, 1);
    assert_int_equal(owner.states_told[0], 2);
    assert_int_equal(record_id_compare(state_last(owner.states[0]), wish.settlement.id), 0);
    const struct digest head = state_head(owner.states[0]);
    assert_memory_equal(&head, &wish.settlement.fate.head, sizeof head);
    owner_done(&owner);
    folder_remove(older);
}

/* Emptied and written to before anybody looked: the last record is there, the others are not. */
static void a_log_that_lost_its_beginning_is_noticed(void **state)
{
    (void)state;
    struct owner owner;
    owner_open(&owner, server.address, NULL);
    owner_await_writable(&owner);
    append_one(&owner, SETTLED_FOLDED);
    append_one(&owner, SETTLED_FOLDED);
    redis_server_tell(&server, "DEL " LOG);
    append_one(&owner, SETTLED_FOLDED);
    const struct fold_goal goal = {&owner, 1};
    loop_run_until(&owner.loop, is_folded, &goal, "the loss being noticed");
    owner_await_writable(&owner);
    assert_int_equal(owner.meter.log_regressions, 1);
    owner_done(&owner);
}

/* Emptied under a living connection: no reconnect tells, the quiet second's check does. */
static void an_emptied_log_is_noticed_on_a_living_connection(void **state)
{
    (void)state;
    struct owner owner;
    owner_open(&owner, server.address, NULL);
    owner_await_writable(&owner);
    append_one(&owner, SETTLED_FOLDED);
    redis_server_tell(&server, "DEL " LOG);
    loop_run_until(&owner.loop, is_emptied, &owner, "the loss being noticed");
    owner_await_writable(&owner);
    assert_int_equal(owner.meter.log_regressions, 1);
    append_one(&owner, SETTLED_FOLDED);
    assert_int_equal(state_count(owner.states[0]), 1);
    owner_done(&owner);
}

/* A record that says something else about the past than the log does: served, and counted. */
static void a_contradiction_is_folded_and_counted(void **state)
{
    (void)state;
    struct owner owner;
    owner_open(&owner, server.address, NULL);
    owner_await_writable(&owner);
    redis_server_tell(&server, "XADD " LOG " * v 1 vorige 1-1");
    append_one(&owner, SETTLED_FOLDED);
    assert_int_equal(state_chain_breaks(owner.states[0]), 1);
    owner_done(&owner);
}

/* A key that is no stream is an error of the operator's: it is tried again, never crashed on. */
static void a_key_of_another_type_keeps_it_from_starting(void **state)
{
    (void)state;
    struct owner owner;
    redis_server_tell(&server, "SET gimon:{ot}:log x");
    owner_open(&owner, server.address, NULL);
    loop_run_for(&owner.loop, 300);
    assert_int_equal(owner.writable_told, 0);
    redis_server_tell(&server, "DEL gimon:{ot}:log");
    owner_await_writable(&owner);
    owner_done(&owner);
}

static void closing_settles_all_that_is_in_flight(void **state)
{
    (void)state;
    enum { COUNT = 50 };
    static struct wish wishes[COUNT];
    struct owner owner;
    owner_open(&owner, server.address, NULL);
    owner_await_writable(&owner);
    kill(server.pid, SIGSTOP);
    for (int i = 0; i < COUNT; i++)
        wish_append(&wishes[i], &owner, "to the end");
    loop_run_for(&owner.loop, 20);
    owner_close(&owner);
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(wishes[i].told, 1);
    assert_int_equal(count_kind(wishes, COUNT, SETTLED_UNKNOWN), COUNT);
    assert_int_equal(owner.meter.commits_unknown, COUNT);
    owner_done(&owner);
    kill(server.pid, SIGCONT);
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
    (void)state;
    struct owner owner;
    static struct wish others[20];
    owner_open(&owner, server.address, NULL);
    owner_await_writable(&owner);
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
        cmocka_unit_test(an_older_log_is_noticed_and_folded_anew),
        cmocka_unit_test(a_log_that_lost_its_beginning_is_noticed),
        cmocka_unit_test(an_emptied_log_is_noticed_on_a_living_connection),
        cmocka_unit_test(a_contradiction_is_folded_and_counted),
        cmocka_unit_test(a_key_of_another_type_keeps_it_from_starting),
        cmocka_unit_test(closing_settles_all_that_is_in_flight),
        cmocka_unit_test(it_may_be_closed_while_it_settles),
        cmocka_unit_test(an_append_outlives_a_log_that_is_folded_anew),
    };
    return cmocka_run_group_tests(tests, start_server, end_server);
}
