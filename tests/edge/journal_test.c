/* The journal while all is well: what is appended is on the log as format 1 says, is settled when
 * it has been folded, and every instance folds the same; and how it says no. */
#include "edge/journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "edge/journal_fixture.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
/* `vorige` of a writer that had folded nothing. */
#define NOTHING "0-0 " ZEROS

static bool heads_equal(const struct state *a, const struct state *b)
{
    const struct digest head_a = state_head(a);
    const struct digest head_b = state_head(b);
    return memcmp(&head_a, &head_b, sizeof head_a) == 0;
}

static void an_empty_log_is_served_and_writable(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    owner_start(&owner, server);
    for (size_t i = 0; i < LEDGERS; i++) {
        assert_int_equal(owner.states_told[i], 1);
        assert_int_equal(state_count(owner.states[i]), 0);
    }
    assert_int_equal(owner.writable_told, 1);
    assert_true(owner.meter.redis_up);
    owner_done(&owner);
    assert_false(owner.meter.redis_up);
}

/* So many records by somebody who had folded nothing. */
static void write_as_another(const struct redis_server *server, int count)
{
    redis_server_tell(server, "EVAL %s 1 " LOG " %d %s",
                      "for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], '*', 'v', '1', 'vorige', "
                      "ARGV[2], 'inhoud', i) end",
                      count, NOTHING);
}

/* Reads the newest entry as the flat list of names and values that stands there. */
static redisReply *read_newest(const struct redis_server *server)
{
    return redis_server_ask(server, "XREVRANGE " LOG " + - COUNT 1");
}

static void an_append_stands_on_the_log_in_format_1(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    struct wish wishes[2];
    owner_start(&owner, server);
    wish_append(&wishes[0], &owner, "first");
    wishes_await(wishes, 1);
    const struct digest head = state_head(owner.states[0]);
    wish_append(&wishes[1], &owner, "second");
    wishes_await(wishes, 2);
    assert_int_equal(wishes[1].settlement.kind, SETTLED_FOLDED);

    redisReply *reply = read_newest(server);
    const redisReply *fields = reply->element[0]->element[1];
    assert_int_equal(fields->elements, 2 * FIELD_COUNT);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        assert_string_equal(fields->element[2 * i]->str, record_field_name((enum record_field)i));
    assert_string_equal(fields->element[2 * FIELD_FORMAT + 1]->str, "1");
    assert_string_equal(fields->element[2 * FIELD_CONTENT + 1]->str, "second");
    assert_string_equal(fields->element[2 * FIELD_EXPECTED + 1]->str, "");
    assert_int_equal(strspn(fields->element[2 * FIELD_ATTEMPT + 1]->str, "0123456789abcdef"), 32);
    assert_int_equal(fields->element[2 * FIELD_ATTEMPT + 1]->len, 32);
    struct record_id previous;
    struct digest previous_head;
    assert_true(record_previous_parse(slice_of(fields->element[2 * FIELD_PREVIOUS + 1]->str),
                                      &previous, &previous_head));
    assert_int_equal(record_id_compare(previous, wishes[0].settlement.id), 0);
    assert_memory_equal(&previous_head, &head, sizeof head);
    freeReplyObject(reply);
    assert_int_equal(state_chain_breaks(owner.states[0]), 0);
    assert_int_equal(owner.meter.commit.count, 2);
    owner_done(&owner);
}

/* More than one batch: served only when all of it has been folded, and once. */
static void a_long_log_is_replayed_whole_before_it_is_served(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    write_as_another(server, 1700);
    const long long length = redis_server_tell(server, "XLEN " LOG);
    owner_start(&owner, server);
    assert_int_equal(owner.states_told[0], 1);
    assert_int_equal(state_count(owner.states[0]), length);
    owner_done(&owner);
}

static void two_instances_fold_the_same(void **state)
{
    const struct redis_server *server = *state;
    enum { EACH = 100 };
    struct owner owners[2];
    static struct wish wishes[2][EACH];
    for (int i = 0; i < 2; i++) {
        owner_start(&owners[i], server);
    }
    for (int i = 0; i < EACH; i++) {
        wish_append(&wishes[0][i], &owners[0], "one");
        wish_append(&wishes[1][i], &owners[1], "other");
        loop_run_for(&owners[0].loop, 1);
    }
    wishes_await(wishes[1], EACH);
    wishes_await(wishes[0], EACH);
    for (int i = 0; i < EACH; i++) {
        assert_int_equal(wishes[0][i].settlement.kind, SETTLED_FOLDED);
        assert_int_equal(wishes[1][i].settlement.kind, SETTLED_FOLDED);
    }
    struct wish syncs[2];
    for (int i = 0; i < 2; i++) {
        wish_sync(&syncs[i], &owners[i]);
        wishes_await(&syncs[i], 1);
        assert_true(syncs[i].synced);
        assert_int_equal(state_chain_breaks(owners[i].states[0]), 0);
    }
    assert_true(heads_equal(owners[0].states[0], owners[1].states[0]));
    owner_done(&owners[0]);
    owner_done(&owners[1]);
}

static void a_sync_waits_for_what_others_wrote(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    struct wish wish;
    owner_start(&owner, server);
    write_as_another(server, 1200);
    wish_sync(&wish, &owner);
    wishes_await(&wish, 1);
    assert_true(wish.synced);
    assert_int_equal(state_count(owner.states[0]), redis_server_tell(server, "XLEN " LOG));
    owner_done(&owner);
}

static void fields_out_of_order_stay_in_the_chain(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    struct wish wish;
    owner_start(&owner, server);
    const uint64_t before = state_count(owner.states[0]);
    redis_server_tell(server, "XADD " LOG " * inhoud later v 9 vreemd x vorige %s", NOTHING);
    wish_append(&wish, &owner, "after it");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_FOLDED);
    assert_int_equal(state_count(owner.states[0]), before + 2);
    assert_int_equal(state_chain_breaks(owner.states[0]), 0);
    owner_done(&owner);
}

static void change_in_flight(struct journal_options *options)
{
    options->in_flight = 5;
}

static void too_many_in_flight_are_refused(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    struct wish wishes[8];
    owner_open(&owner, server->address, change_in_flight);
    owner_await_writable(&owner);
    const long long before = redis_server_tell(server, "XLEN " LOG);
    for (int i = 0; i < 8; i++)
        wish_append(&wishes[i], &owner, "one of many");
    wishes_await(wishes, 8);
    for (int i = 0; i < 8; i++)
        assert_int_equal(wishes[i].settlement.kind, i < 5 ? SETTLED_FOLDED : SETTLED_REFUSED);
    assert_int_equal(owner.meter.limit_in_flight, 3);
    assert_int_equal(redis_server_tell(server, "XLEN " LOG), before + 5);
    owner_done(&owner);
}

static void an_error_of_redis_is_a_refusal(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    struct wish wish;
    owner_start(&owner, server);
    redis_server_tell(server, "CONFIG SET maxmemory 1");
    wish_append(&wish, &owner, "no room");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_REFUSED);
    redis_server_tell(server, "CONFIG SET maxmemory 0");
    wish_append(&wish, &owner, "room again");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_FOLDED);
    owner_done(&owner);
}

static void without_redis_everything_is_refused_at_once(void **state)
{
    (void)state;
    struct owner owner;
    struct wish append, sync;
    owner_open(&owner, "unix:/nonexistent/redis.sock", NULL);
    wish_append(&append, &owner, "nowhere to go");
    wish_sync(&sync, &owner);
    wishes_await(&append, 1);
    wishes_await(&sync, 1);
    assert_int_equal(append.settlement.kind, SETTLED_REFUSED);
    assert_false(sync.synced);
    assert_true(append.told_ms - append.asked_ms < 500);
    assert_int_equal(owner.meter.commits_unknown, 0);
    assert_int_equal(owner.states_told[0], 0);
    owner_done(&owner);
}

static void an_address_that_is_none_leads_nowhere(void **state)
{
    (void)state;
    static const char *const addresses[] = {"127.0.0.1", "127.0.0.1:66666", ""};
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        struct owner owner;
        owner_open(&owner, addresses[i], NULL);
        loop_run_for(&owner.loop, 20);
        assert_int_equal(owner.writable_told, 0);
        owner_done(&owner);
    }
}

static void change_password(struct journal_options *options)
{
    options->redis.user = "default";
    options->redis.password = "ge heim";
}

static void a_password_opens_and_its_absence_does_not(void **state)
{
    struct redis_server *server = *state;
    struct owner with, without;
    redis_server_tell(server, "CONFIG SET requirepass %s", "ge heim");
    owner_open(&without, server->address, NULL);
    owner_open(&with, server->address, change_password);
    owner_await_writable(&with);
    loop_run_for(&without.loop, 200);
    assert_int_equal(without.writable_told, 0);
    struct wish wish;
    wish_append(&wish, &with, "with a password");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_FOLDED);
    owner_done(&without);
    owner_done(&with);
    redis_server_kill(server);
    redis_server_start(server, NULL);
}

/* An id more than 60 s ahead of our clock refuses commits. */
static void a_log_from_the_future_takes_no_commits(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    struct wish wish;
    owner_start(&owner, server);
    uv_timeval64_t now;
    assert_int_equal(uv_gettimeofday(&now), 0);
    redis_server_tell(server, "XADD " LOG " %lld-0 v 1", (long long)(now.tv_sec + 120) * 1000);
    owner_await_unwritable(&owner);
    wish_append(&wish, &owner, "later");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_REFUSED);
    assert_true(owner.meter.redis_up);
    owner_done(&owner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_log_is_served_and_writable),
        cmocka_unit_test(an_append_stands_on_the_log_in_format_1),
        cmocka_unit_test(a_long_log_is_replayed_whole_before_it_is_served),
        cmocka_unit_test(two_instances_fold_the_same),
        cmocka_unit_test(a_sync_waits_for_what_others_wrote),
        cmocka_unit_test(fields_out_of_order_stay_in_the_chain),
        cmocka_unit_test(too_many_in_flight_are_refused),
        cmocka_unit_test(an_error_of_redis_is_a_refusal),
        cmocka_unit_test(without_redis_everything_is_refused_at_once),
        cmocka_unit_test(an_address_that_is_none_leads_nowhere),
        cmocka_unit_test(a_password_opens_and_its_absence_does_not),
        cmocka_unit_test(a_log_from_the_future_takes_no_commits),
    };
    return cmocka_run_group_tests(tests, journal_server_start, journal_server_end);
}
