/* A log that is added while the others are followed: replayed whole before it is served, taken
 * along through every loss, and never in the way of a commit to the others. */
#include "edge/journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "edge/journal_fixture.h"

#define ADDED "gimon:{nieuw}:log"
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static bool is_served(const void *self)
{
    return ((const struct owner *)self)->states[LEDGERS] != NULL;
}

static bool is_emptied(const void *self)
{
    return state_count(((const struct owner *)self)->states[LEDGERS]) == 0;
}

static void add(struct owner *owner)
{
    assert_int_equal(journal_add(owner->journal, slice_of("nieuw")), LEDGERS);
}

static void await_served(struct owner *owner)
{
    loop_run_until(&owner->loop, is_served, owner, "the log that was added");
}

static void expect_append(struct owner *owner, enum settlement_kind kind)
{
    struct wish wish;
    wish_append_to(&wish, owner, LEDGERS, "to the new one");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, kind);
}

static void put_records(const struct redis_server *server, int count)
{
    redis_server_tell(server, "DEL " ADDED);
    redis_server_tell(server, "EVAL %s 1 " ADDED " %d %s",
                      "for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], '*', 'v', '1', 'vorige', "
                      "ARGV[2], 'inhoud', i) end",
                      count, "0-0 " ZEROS);
}

/* Several batches; meanwhile the others take commits, and the new one none. */
static void it_is_replayed_whole_while_the_others_go_on(void **state)
{
    struct redis_server *server = *state;
    struct owner owner;
    put_records(server, 1700);
    owner_start(&owner, server);
    add(&owner);
    assert_true(journal_writable(owner.journal));
    expect_append(&owner, SETTLED_REFUSED);
    owner_append_one(&owner, SETTLED_FOLDED);
    await_served(&owner);
    assert_int_equal(owner.states_told[LEDGERS], 1);
    assert_int_equal(state_count(owner.states[LEDGERS]), 1700);
    expect_append(&owner, SETTLED_FOLDED);
    assert_int_equal(state_count(owner.states[LEDGERS]), 1701);
    assert_int_equal(owner.writable_told, 1);
    owner_done(&owner);
}

/* The follower is lost before it has heard of it, and the log is found after that. */
static void it_is_taken_along_through_a_loss(void **state)
{
    struct redis_server *server = *state;
    struct owner owner;
    put_records(server, 3);
    owner_start(&owner, server);
    add(&owner);
    redis_server_kill(server);
    owner_await_unwritable(&owner);
    expect_append(&owner, SETTLED_REFUSED);
    redis_server_start(server, NULL);
    await_served(&owner);
    assert_int_equal(state_count(owner.states[LEDGERS]), 3);
    owner_await_writable(&owner);
    expect_append(&owner, SETTLED_FOLDED);
    redis_server_tell(server, "DEL " ADDED);
    loop_run_until(&owner.loop, is_emptied, &owner, "the empty log");
    owner_await_writable(&owner);
    assert_int_equal(owner.meter.log_regressions, 1);
    owner_done(&owner);
}

/* Before anything is connected: it comes with the others. */
static void it_may_be_added_at_once(void **state)
{
    struct redis_server *server = *state;
    struct owner owner;
    put_records(server, 0);
    owner_open(&owner, server->address, NULL);
    add(&owner);
    await_served(&owner);
    assert_int_equal(state_count(owner.states[LEDGERS]), 0);
    owner_await_writable(&owner);
    expect_append(&owner, SETTLED_FOLDED);
    owner_done(&owner);
}

static void the_journal_may_end_before_it_is_served(void **state)
{
    struct redis_server *server = *state;
    struct owner owner;
    put_records(server, 1700);
    owner_start(&owner, server);
    add(&owner);
    owner_done(&owner);
    assert_int_equal(owner.states_told[LEDGERS], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_replayed_whole_while_the_others_go_on),
        cmocka_unit_test(it_is_taken_along_through_a_loss),
        cmocka_unit_test(it_may_be_added_at_once),
        cmocka_unit_test(the_journal_may_end_before_it_is_served),
    };
    return cmocka_run_group_tests(tests, journal_server_start, journal_server_end);
}
