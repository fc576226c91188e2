#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/desk_fixture.h"
#include "unit/golden.h"

/*
 * The try-out: the same findings, differences and indicators as the PUT of the same would give, and
 * what that PUT would come to. Nothing is stored, and nothing waits for Redis.
 */

#define DELIVERY "/v1/monitors/gi/peildata/2024-10-01/aanleveringen/jb-noord"
#define BEFORE   "/v1/monitors/gi/peildata/2024-04-01/aanleveringen/jb-noord"

static struct attempt try_of(const char *body)
{
    struct attempt attempt = desk_fixture_put(body);
    attempt.method = METHOD_POST;
    attempt.target = DELIVERY "/_controleer";
    return attempt;
}

static const char *example(struct desk_fixture *fixture)
{
    return desk_fixture_example(fixture, "2024-10-01");
}

static void deliver_before(struct desk_fixture *fixture)
{
    struct attempt before = desk_fixture_put(desk_fixture_example(fixture, "2024-04-01"));
    before.target = BEFORE;
    assert_int_equal(desk_fixture_status(fixture, &before), 201);
}

/* The member of a JSON object as it stands there, from its name up to where the next one begins. */
static const char *member(struct desk_fixture *fixture, const char *json, const char *name,
                          const char *next)
{
    const char *begin = strstr(json, name);
    const char *end = next == NULL ? json + strlen(json) : strstr(json, next);
    assert_non_null(begin);
    assert_non_null(end);
    return arena_print(&fixture->arena, "%.*s", (int)(end - begin), begin).ptr;
}

/* Tries and puts the same: what both say must be the same, and the try-out stores nothing. */
static const char *try_and_put(struct desk_fixture *fixture, const char *body)
{
    const struct attempt rehearsal = try_of(body), put = desk_fixture_put(body);
    const uint64_t count = state_count(fixture->log.state);
    struct reply reply = desk_fixture_answer(fixture, &rehearsal);
    const char *tried = text_keep(&reply.body, &fixture->arena).ptr;
    assert_int_equal(reply.status, 200);
    assert_int_equal(state_count(fixture->log.state), count);

    reply = desk_fixture_answer(fixture, &put);
    const bool taken = reply.status < 300;
    const char *said = text_keep(&reply.body, &fixture->arena).ptr;
    const char *ahead = taken ? "\"aanvaardbaar\":true" : "\"aanvaardbaar\":false";
    assert_non_null(strstr(tried, ahead));
    assert_string_equal(member(fixture, tried, "\"bevindingen\":", ",\"verschil\":"),
                        taken ? member(fixture, said, "\"bevindingen\":", ",\"verschil\":")
                              : arena_print(&fixture->arena, "%.*s",
                                            (int)strlen(strstr(said, "\"bevindingen\":")) - 1,
                                            strstr(said, "\"bevindingen\":"))
                                    .ptr);
    if (!taken) return tried;
    assert_string_equal(member(fixture, said, "\"uitkomst\":", ",\"ontvangenOp\":"),
                        arena_print(&fixture->arena, "%.*s",
                                    (int)strcspn(strstr(tried, "\"uitkomst\":"), ","),
                                    strstr(tried, "\"uitkomst\":"))
                            .ptr);
    assert_string_equal(member(fixture, tried, "\"verschil\":", ",\"verschilVorige\":"),
                        member(fixture, said, "\"verschil\":", ",\"indicatoren\":"));
    assert_string_equal(member(fixture, tried, "\"indicatoren\":", NULL),
                        member(fixture, said, "\"indicatoren\":", NULL));
    return tried;
}

/* First, changed, the same, refused for want of a reason, explained, wrong, unreadable. */
static void test_a_try_out_says_what_the_put_says(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver_before(fixture);
    assert_non_null(strstr(try_and_put(fixture, example(fixture)), "\"uitkomst\":\"nieuw\""));
    const char *body = desk_fixture_replace(fixture, example(fixture), "1401", "1399");
    golden_check("desk/controle-gewijzigd.json", slice_of(try_and_put(fixture, body)));
    assert_non_null(strstr(try_and_put(fixture, body), "\"uitkomst\":\"ongewijzigd\""));

    body = desk_fixture_replace(fixture, example(fixture), "1401", "2600");
    const char *tried = try_and_put(fixture, body);
    assert_non_null(strstr(tried, "\"uitkomst\":\"geweigerd\""));
    /* what only wants a reason is shown with its differences */
    assert_non_null(strstr(tried, "\"was\":1399,\"wordt\":2600"));
    body = desk_fixture_replace(fixture, body, "\"toelichtingen\": {",
                                "\"toelichtingen\": {\"sprong\": \"Overname per 1 juli\",");
    assert_non_null(strstr(try_and_put(fixture, body), "\"uitkomst\":\"gewijzigd\""));

    body = desk_fixture_replace(fixture, example(fixture), "1401", "-3");
    tried = try_and_put(fixture, body);
    assert_non_null(strstr(tried, "\"verschil\":[],\"verschilVorige\":[],\"indicatoren\":[]"));
    assert_non_null(strstr(try_and_put(fixture, "{"), "\"geen-json\""));
}

/* The precondition is part of what is tried. */
static void test_a_try_out_with_a_precondition(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt attempt = try_of(example(fixture));
    attempt.if_match = "\"1\"";
    const char *tried = desk_fixture_body(fixture, &attempt).ptr;
    assert_non_null(strstr(tried, "\"uitkomst\":\"voorwaarde-niet-vervuld\""));
    assert_non_null(strstr(tried, "\"aanvaardbaar\":false"));
    attempt.if_match = "1";
    assert_int_equal(desk_fixture_status(fixture, &attempt), 400);
    attempt.if_match = NULL;
    attempt.if_none_match = "*";
    assert_non_null(strstr(desk_fixture_body(fixture, &attempt).ptr, "\"uitkomst\":\"nieuw\""));
}

static void test_a_try_out_needs_no_redis(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct attempt attempt = try_of(example(fixture));
    fixture->circumstance.writable = false;
    assert_int_equal(desk_fixture_status(fixture, &attempt), 200);
}

/* What a GI may not deliver it may not try either. */
static void test_who_may_try(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt attempt = try_of(example(fixture));
    attempt.token = "gi-rbv";
    assert_int_equal(desk_fixture_status(fixture, &attempt), 403);
    attempt.token = NULL;
    assert_int_equal(desk_fixture_status(fixture, &attempt), 401);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define DESK_TEST(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)
        DESK_TEST(test_a_try_out_says_what_the_put_says),
        DESK_TEST(test_a_try_out_with_a_precondition),
        DESK_TEST(test_a_try_out_needs_no_redis),
        DESK_TEST(test_who_may_try),
#undef DESK_TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
