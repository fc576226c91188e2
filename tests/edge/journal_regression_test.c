/* The log must not go backwards. An older log, an emptied one, one without its
 * beginning: noticed, folded anew beside the state that is served, and served once that is done. */
#include "edge/journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "edge/journal_fixture.h"

/* An older file is put in place of the log. */
static void an_older_log_is_noticed_and_folded_anew(void **state)
{
    struct redis_server *server = *state;
    struct owner owner;
    char older[FOLDER_ROOM];
    folder_make(older);
    owner_start(&owner, server);
    owner_append_one(&owner, SETTLED_FOLDED);
    const struct digest head = state_head(owner.states[0]);
    const uint64_t count = state_count(owner.states[0]);
    folder_copy_log(server->folder, older);
    owner_append_one(&owner, SETTLED_FOLDED);
    owner_append_one(&owner, SETTLED_FOLDED);

    const struct state *before = owner.states[0];
    redis_server_kill(server);
    owner_await_unwritable(&owner);
    folder_copy_log(older, server->folder);
    redis_server_start(server, NULL);
    owner_await_writable(&owner);
    assert_int_equal(owner.meter.log_regressions, 1);
    assert_int_equal(owner.states_told[0], 2);
    assert_int_equal(owner.states_told[1], 1);
    assert_ptr_not_equal(owner.states[0], before);
    assert_int_equal(state_count(owner.states[0]), count);
    const struct digest again = state_head(owner.states[0]);
    assert_memory_equal(&again, &head, sizeof head);
    owner_append_one(&owner, SETTLED_FOLDED);
    assert_int_equal(state_chain_breaks(owner.states[0]), 0);
    owner_done(&owner);
    folder_remove(older);
}

/* In flight while the log is folded anew: settled when the new state is served, and by it. The
 * append is held back, the log replaced by an older one of several batches, the follower cut off.
 */
static void an_append_outlives_a_log_that_is_folded_anew(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    struct wish wish;
    char older[FOLDER_ROOM];
    folder_make(older);
    redis_server_tell(server, "EVAL %s 1 " LOG,
                      "for i = 1, 1600 do redis.call('XADD', KEYS[1], '*', 'inhoud', i) end");
    folder_copy_log(server->folder, older);
    owner_open(&owner, server->address, journal_patient);
    owner_await_writable(&owner);
    owner_append_one(&owner, SETTLED_FOLDED);
    redis_server_tell(server, "CLIENT PAUSE 5000 WRITE");
    wish_append(&wish, &owner, "held back");
    loop_run_for(&owner.loop, 50);
    folder_copy_log(older, server->folder);
    redis_server_tell(server, "DEBUG LOADAOF");
    redis_server_tell(server, "CLIENT KILL ID %lld", redis_server_find_follower(server));
    redis_server_tell(server, "CLIENT UNPAUSE");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, SETTLED_FOLDED);
    assert_int_equal(wish.states_told, 2);
    owner_await_writable(&owner);
    assert_int_equal(owner.meter.log_regressions, 1);
    assert_int_equal(record_id_compare(state_last(owner.states[0]), wish.settlement.id), 0);
    const struct digest head = state_head(owner.states[0]);
    assert_memory_equal(&head, &wish.settlement.fate.head, sizeof head);
    owner_done(&owner);
    folder_remove(older);
}

/* Emptied and written to before anybody looked: the last record is there, the others are not. */
static void a_log_that_lost_its_beginning_is_noticed(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    owner_start(&owner, server);
    owner_append_one(&owner, SETTLED_FOLDED);
    owner_append_one(&owner, SETTLED_FOLDED);
    redis_server_tell(server, "DEL " LOG);
    owner_append_one(&owner, SETTLED_FOLDED);
    owner_await_count(&owner, 1);
    owner_await_writable(&owner);
    assert_int_equal(owner.meter.log_regressions, 1);
    owner_done(&owner);
}

/* Emptied under a living connection: no reconnect tells, the quiet second's check does. */
static void an_emptied_log_is_noticed_on_a_living_connection(void **state)
{
    const struct redis_server *server = *state;
    struct owner owner;
    owner_start(&owner, server);
    owner_append_one(&owner, SETTLED_FOLDED);
    redis_server_tell(server, "DEL " LOG);
    owner_await_count(&owner, 0);
    owner_await_writable(&owner);
    assert_int_equal(owner.meter.log_regressions, 1);
    owner_append_one(&owner, SETTLED_FOLDED);
    assert_int_equal(state_count(owner.states[0]), 1);
    owner_done(&owner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_older_log_is_noticed_and_folded_anew),
        cmocka_unit_test(a_log_that_lost_its_beginning_is_noticed),
        cmocka_unit_test(an_emptied_log_is_noticed_on_a_living_connection),
        cmocka_unit_test(an_append_outlives_a_log_that_is_folded_anew),
    };
    return cmocka_run_group_tests(tests, journal_server_start, journal_server_end);
}
