#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/desk_fixture.h"
#include "unit/golden.h"

/*
 * Withdrawals and history: what DELETE answers, and that every receipt ever given is found again,
 * byte for byte, in the order in which things happened.
 */

#define PEILDATUM "/v1/monitors/gi/peildata/2024-10-01"
#define DELIVERY  PEILDATUM "/aanleveringen/jb-noord"
#define BEFORE    "/v1/monitors/gi/peildata/2024-04-01/aanleveringen/jb-noord"

static const char *with_lawyers(struct desk_fixture *fixture, const char *lawyers)
{
    return desk_fixture_replace(fixture, desk_fixture_example(fixture, "2024-10-01"), "3.84",
                                lawyers);
}

/* Delivers and keeps the receipt. */
static const char *deliver(struct desk_fixture *fixture, const char *lawyers)
{
    const struct attempt attempt = desk_fixture_put(with_lawyers(fixture, lawyers));
    return desk_fixture_body(fixture, &attempt).ptr;
}

static const char *say(struct desk_fixture *fixture, const char *target, const char *body)
{
    return desk_fixture_body(fixture, &(struct attempt){.method = METHOD_POST,
                                                        .target = target,
                                                        .token = "analist",
                                                        .content_type = "application/json",
                                                        .body = body})
        .ptr;
}

static unsigned withdraw(struct desk_fixture *fixture, const char *if_match)
{
    return desk_fixture_status(fixture, &(struct attempt){.method = METHOD_DELETE,
                                                          .target = DELIVERY,
                                                          .token = "gi",
                                                          .if_match = if_match});
}

static const char *get(struct desk_fixture *fixture, const char *target)
{
    return desk_fixture_body(fixture, &(struct attempt){.target = target, .token = "gi"}).ptr;
}

/* ---- withdrawals ---- */

static void test_a_withdrawal(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct attempt ask = {.target = DELIVERY, .token = "gi"};
    assert_int_equal(withdraw(fixture, NULL), 404);
    deliver(fixture, "1");
    assert_int_equal(withdraw(fixture, NULL), 204);
    assert_int_equal(desk_fixture_status(fixture, &ask), 404);
    assert_int_equal(withdraw(fixture, NULL), 404);

    const struct attempt again = desk_fixture_put(with_lawyers(fixture, "1"));
    struct reply reply = desk_fixture_answer(fixture, &again);
    assert_int_equal(reply.status, 201);
    assert_string_equal(desk_fixture_header(fixture, &reply, "ETag"), "\"2\"");
    assert_true(slice_holds(text_slice(&reply.body), "\"uitkomst\":\"nieuw\""));
    assert_true(slice_holds(text_slice(&reply.body), "\"verschil\":[]"));
    text_done(&reply.body);
}

static void test_a_withdrawal_is_guarded(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "1");
    deliver(fixture, "2");
    assert_int_equal(withdraw(fixture, "\"1\""), 412);
    assert_int_equal(withdraw(fixture, "2"), 400);
    assert_int_equal(withdraw(fixture, "\"2\""), 204);
    /* Sending again after an answer that got lost is no conflict: it is gone. */
    assert_int_equal(withdraw(fixture, "\"2\""), 404);
}

/* What we know may be old, and without Redis nothing is withdrawn. */
static void test_a_withdrawal_asks_the_log(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct attempt attempt = {.method = METHOD_DELETE, .target = DELIVERY, .token = "gi"};
    assert_int_equal(desk_fixture_receive(fixture, &attempt).kind, VERDICT_SYNC);
    deliver(fixture, "1");
    fixture->circumstance.writable = false;
    assert_int_equal(withdraw(fixture, NULL), 503);
    fixture->circumstance.writable = true;
    const struct verdict verdict = desk_fixture_receive(fixture, &attempt);
    assert_int_equal(verdict.kind, VERDICT_APPEND);
    assert_true(slice_is(verdict.draft.fields[FIELD_KIND], "intrekking"));
    assert_true(slice_is(verdict.draft.fields[FIELD_CONTENT], "{}"));
}

/* With several logs it is said which one must be read up. */
static void test_the_log_that_is_asked(void **state)
{
    struct desk_fixture *fixture = *state;
    struct ledger ledgers[] = {{.monitor = slice_of("ot"), .state = fixture->log.state},
                               fixture->ledger};
    ledgers[1].number = 7;
    fixture->desk.ledgers = ledgers;
    fixture->desk.ledger_count = 2;
    const struct attempt attempt = {.method = METHOD_DELETE, .target = DELIVERY, .token = "gi"};
    const struct verdict verdict = desk_fixture_receive(fixture, &attempt);
    assert_int_equal(verdict.kind, VERDICT_SYNC);
    assert_int_equal(verdict.draft.ledger, 7);
}

/* ---- history ---- */

static void test_no_history(void **state)
{
    struct desk_fixture *fixture = *state;
    const char *const targets[] = {DELIVERY "/revisies", DELIVERY "/revisies/1",
                                   DELIVERY "/revisies/0", DELIVERY "/revisies/een"};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(
            desk_fixture_status(fixture, &(struct attempt){.target = targets[i], .token = "gi"}),
            404);
}

/* Every receipt that was given, as it was given, in order. */
static void test_history_is_the_receipts(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt before = desk_fixture_put(desk_fixture_example(fixture, "2024-04-01"));
    before.target = BEFORE;
    assert_int_equal(desk_fixture_status(fixture, &before), 201);

    const char *one = deliver(fixture, "1");
    const char *two = deliver(fixture, "2");
    const char *aside =
        say(fixture, DELIVERY "/terzijde", "{\"terzijde\": true, \"reden\": \"Dubbel\"}");
    const char *remark = say(fixture, DELIVERY "/opmerkingen", "{\"opmerking\": \"Gebeld\"}");
    const char *back =
        say(fixture, DELIVERY "/terzijde", "{\"terzijde\": false, \"reden\": \"Toch goed\"}");
    const char *list = get(fixture, DELIVERY "/revisies");
    const char *expected = arena_print(&fixture->arena, "{\"revisies\":[%s,%s,%s,%s,%s]}", one, two,
                                       aside, remark, back)
                               .ptr;
    assert_string_equal(list, expected);

    assert_int_equal(withdraw(fixture, NULL), 204);
    deliver(fixture, "1");
    list = get(fixture, DELIVERY "/revisies");
    assert_memory_equal(list, expected, strlen(expected) - 2);
    golden_check("desk/revisies.json", slice_of(list));
}

/* What comes later elsewhere (a new delivery before it, another definition) changes no receipt. */
static void test_a_receipt_never_changes(void **state)
{
    struct desk_fixture *fixture = *state;
    const char *receipt = deliver(fixture, "1");
    struct attempt before = desk_fixture_put(desk_fixture_example(fixture, "2024-04-01"));
    before.target = BEFORE;
    assert_int_equal(desk_fixture_status(fixture, &before), 201);
    desk_fixture_define_window(fixture);
    assert_string_equal(get(fixture, DELIVERY "/revisies"),
                        arena_print(&fixture->arena, "{\"revisies\":[%s]}", receipt).ptr);
}

/* One revision is its receipt and the delivery, also when another stands or none. */
static void test_one_revision(void **state)
{
    struct desk_fixture *fixture = *state;
    const char *receipt = deliver(fixture, "1");
    const char *content = get(fixture, DELIVERY);
    const char *expected = arena_print(&fixture->arena, "%.*s,\"aanlevering\":%s}",
                                       (int)strlen(receipt) - 1, receipt, content)
                               .ptr;
    deliver(fixture, "2");
    assert_string_equal(get(fixture, DELIVERY "/revisies/1"), expected);
    assert_int_equal(withdraw(fixture, NULL), 204);
    assert_string_equal(get(fixture, DELIVERY "/revisies/1"), expected);
    const struct attempt none = {.target = DELIVERY "/revisies/3", .token = "gi"};
    assert_int_equal(desk_fixture_status(fixture, &none), 404);
}

/* One revision as CSV is the delivery as it was then, whatever stands now. */
static void test_a_revision_as_csv(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "3.84");
    const char *first = get(fixture, DELIVERY "?formaat=csv");
    deliver(fixture, "4.84");
    assert_string_equal(get(fixture, DELIVERY "/revisies/1?formaat=csv"), first);
    assert_string_equal(get(fixture, DELIVERY "/revisies/2?formaat=csv"),
                        get(fixture, DELIVERY "?formaat=csv"));
    assert_non_null(strstr(first, "3,84"));
    assert_null(strstr(get(fixture, DELIVERY "/revisies/2?formaat=csv"), "3,84"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define DESK_TEST(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)
        DESK_TEST(test_a_withdrawal),
        DESK_TEST(test_a_withdrawal_is_guarded),
        DESK_TEST(test_a_withdrawal_asks_the_log),
        DESK_TEST(test_the_log_that_is_asked),
        DESK_TEST(test_no_history),
        DESK_TEST(test_history_is_the_receipts),
        DESK_TEST(test_a_receipt_never_changes),
        DESK_TEST(test_one_revision),
        DESK_TEST(test_a_revision_as_csv),
#undef DESK_TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
