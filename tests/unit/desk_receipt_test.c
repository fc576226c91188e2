#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/desk_fixture.h"
#include "unit/golden.h"

/*
 * What a deliverer gets back: receipts, byte for byte, and what counts as the same delivery again.
 */

#define DELIVERY "/v1/monitors/gi/peildata/2024-10-01/aanleveringen/jb-noord"
#define BEFORE   "/v1/monitors/gi/peildata/2024-04-01/aanleveringen/jb-noord"

static const char *example(struct desk_fixture *fixture)
{
    return desk_fixture_example(fixture, "2024-10-01");
}

/* 201 with a whole receipt, the first for its peildatum; and what preceded it. */
static void test_receipt_of_a_first_delivery(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt before = desk_fixture_put(desk_fixture_example(fixture, "2024-04-01"));
    before.target = BEFORE;
    assert_int_equal(desk_fixture_status(fixture, &before), 201);

    const struct attempt attempt = desk_fixture_put(example(fixture));
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    assert_int_equal(reply.status, 201);
    assert_string_equal(reply.content_type, "application/json");
    assert_string_equal(desk_fixture_header(fixture, &reply, "ETag"), "\"1\"");
    assert_string_equal(desk_fixture_header(fixture, &reply, "Location"), DELIVERY);
    assert_string_equal(desk_fixture_header(fixture, &reply, "Cache-Control"), "no-store");
    golden_check("desk/ontvangst-nieuw.json", text_slice(&reply.body));
    text_done(&reply.body);
}

/* 200 with the difference by column: changed, no longer there, now "niet van toepassing". */
static void test_receipt_of_a_changed_delivery(void **state)
{
    struct desk_fixture *fixture = *state;
    desk_fixture_deliver(fixture, example(fixture), 201);
    const char *body = desk_fixture_replace(fixture, example(fixture), "1401", "1399");
    body = desk_fixture_replace(fixture, body, "\"vertrokken\": 30,", "");
    body = desk_fixture_replace(fixture, body, "4632", "null");
    const struct attempt attempt = desk_fixture_put(body);
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    assert_int_equal(reply.status, 200);
    assert_string_equal(desk_fixture_header(fixture, &reply, "ETag"), "\"2\"");
    assert_string_equal(desk_fixture_header(fixture, &reply, "Location"), "");
    golden_check("desk/ontvangst-gewijzigd.json", text_slice(&reply.body));
    text_done(&reply.body);
}

/* The same again: first catch up with the log, then the receipt of what stands; nothing appended.
 */
static void test_the_same_again_is_no_revision(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct attempt attempt = desk_fixture_put(example(fixture));
    const struct slice first = desk_fixture_body(fixture, &attempt);
    const uint64_t count = state_count(fixture->log.state);
    assert_int_equal(desk_fixture_receive(fixture, &attempt).kind, VERDICT_SYNC);

    struct reply reply = desk_fixture_answer(fixture, &attempt);
    assert_int_equal(reply.status, 200);
    assert_string_equal(desk_fixture_header(fixture, &reply, "ETag"), "\"1\"");
    const struct slice again =
        slice_of(desk_fixture_replace(fixture, first.ptr, "\"nieuw\"", "\"ongewijzigd\""));
    assert_true(slice_equal(text_slice(&reply.body), again));
    assert_int_equal(state_count(fixture->log.state), count);
    text_done(&reply.body);
}

/* Spelled another way it is still the same delivery: the canonical form decides. */
static void test_another_spelling_is_the_same(void **state)
{
    struct desk_fixture *fixture = *state;
    desk_fixture_deliver(fixture, example(fixture), 201);
    const char *body = desk_fixture_replace(fixture, example(fixture), "1401", "1.401e3");
    const struct slice answer = desk_fixture_body(
        fixture, &(struct attempt){.method = METHOD_PUT,
                                   .target = DELIVERY,
                                   .token = "gi",
                                   .content_type = "application/json; charset=utf-8",
                                   .body = body});
    assert_true(slice_holds(answer, "\"uitkomst\":\"ongewijzigd\""));
}

/* Two that raced: both were appended, the fold says that the second changed nothing. */
static void test_a_race_of_equals(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct attempt attempt = desk_fixture_put(example(fixture));
    const struct request *request = desk_fixture_request(fixture, &attempt);
    const struct verdict one = desk_receive(&fixture->desk, request, &fixture->circumstance);
    const struct verdict two = desk_receive(&fixture->desk, request, &fixture->circumstance);
    assert_int_equal(two.kind, VERDICT_APPEND);
    desk_fixture_commit(fixture, &one.draft);
    const struct settlement second = desk_fixture_commit(fixture, &two.draft);
    struct reply reply =
        desk_settle(&fixture->desk, request, &two.draft, &second, fixture->circumstance.now);
    assert_int_equal(reply.status, 200);
    assert_true(slice_holds(text_slice(&reply.body), "\"uitkomst\":\"ongewijzigd\""));
    assert_true(slice_holds(text_slice(&reply.body), "\"revisie\":1"));
    text_done(&reply.body);
}

/* A jump is refused without a reason; with one it is kept, and the receipt shows both. */
static void test_a_jump_with_its_reason(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt before = desk_fixture_put(desk_fixture_example(fixture, "2024-04-01"));
    before.target = BEFORE;
    assert_int_equal(desk_fixture_status(fixture, &before), 201);

    const char *body = desk_fixture_replace(fixture, example(fixture), "1401", "2600");
    desk_fixture_deliver(fixture, body, 400);
    body = desk_fixture_replace(fixture, body, "\"toelichtingen\": {",
                                "\"toelichtingen\": {\"sprong\": \"Overname per 1 juli\",");
    const struct attempt attempt = desk_fixture_put(body);
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    assert_int_equal(reply.status, 201);
    golden_check("desk/ontvangst-toegelicht.json", text_slice(&reply.body));
    text_done(&reply.body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define DESK_TEST(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)
        DESK_TEST(test_receipt_of_a_first_delivery),
        DESK_TEST(test_receipt_of_a_changed_delivery),
        DESK_TEST(test_the_same_again_is_no_revision),
        DESK_TEST(test_another_spelling_is_the_same),
        DESK_TEST(test_a_race_of_equals),
        DESK_TEST(test_a_jump_with_its_reason),
#undef DESK_TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
