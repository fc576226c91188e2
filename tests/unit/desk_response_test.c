#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/desk_fixture.h"
#include "unit/golden.h"

/*
 * The response on a peildatum with a window: every status there is, who sees whom, and that what is
 * overdue follows the clock.
 */

#define RESPONSE "/v1/monitors/gi/peildata/2024-10-01/aanleveringen"

static const struct attempt ASK = {.target = RESPONSE, .token = "analist"};

static void deliver(struct desk_fixture *fixture, const char *token, const char *organisation,
                    unsigned status)
{
    const struct slice target = arena_print(&fixture->arena, RESPONSE "/%s", organisation);
    const struct slice path =
        arena_print(&fixture->arena, "conf/voorbeeld/gi/2024-10-01/%s.json", organisation);
    const struct slice body =
        arena_copy(&fixture->arena, log_fixture_read(&fixture->arena, path.ptr));
    const struct attempt attempt = {.method = METHOD_PUT,
                                    .target = target.ptr,
                                    .token = token,
                                    .content_type = "application/json",
                                    .body = body.ptr};
    assert_int_equal(desk_fixture_status(fixture, &attempt), status);
}

static void post(struct desk_fixture *fixture, const char *path, const char *body)
{
    const struct attempt attempt = {.method = METHOD_POST,
                                    .target = path,
                                    .token = "analist",
                                    .content_type = "application/json",
                                    .body = body};
    assert_int_equal(desk_fixture_status(fixture, &attempt), 201);
}

/* The row of an organisation as it stands in the answer. */
static bool row_holds(struct desk_fixture *fixture, const char *organisation, const char *what)
{
    const struct slice body = desk_fixture_body(fixture, &ASK);
    const struct slice begin =
        arena_print(&fixture->arena, "{\"organisatie\":\"%s\"", organisation);
    const char *row = strstr(body.ptr, begin.ptr);
    assert_non_null(row);
    const char *next = strstr(row + 1, "{\"organisatie\":");
    return slice_holds(slice_from(row, next == NULL ? strlen(row) : (size_t)(next - row)), what);
}

static void test_the_status_follows_the_clock(void **state)
{
    struct desk_fixture *fixture = *state;
    desk_fixture_define_window(fixture);
    desk_fixture_set_clock(fixture, "2024-12-01T22:59:59Z");
    assert_true(row_holds(fixture, "rbv", "\"status\":\"verwacht\",\"laat\":false"));
    deliver(fixture, "gi", "jb-noord", 201);
    struct reply reply = desk_fixture_answer(fixture, &ASK);
    struct attempt again = ASK;
    again.if_none_match = desk_fixture_header(fixture, &reply, "ETag");
    text_done(&reply.body);
    assert_int_equal(desk_fixture_status(fixture, &again), 304);

    desk_fixture_set_clock(fixture, "2024-12-01T23:00:00Z");
    assert_int_equal(desk_fixture_status(fixture, &again), 200);
    assert_true(row_holds(fixture, "rbv", "\"status\":\"te-laat\",\"laat\":true"));
    assert_true(row_holds(fixture, "jb-noord", "\"status\":\"ontvangen\",\"laat\":false"));
    deliver(fixture, "gi-rbv", "rbv", 201);
    assert_true(row_holds(fixture, "rbv", "\"status\":\"ontvangen\",\"laat\":true"));
    assert_true(row_holds(fixture, "rbv", "\"waarschuwing\":1"));
}

/* All of it at once: received, set aside with a reason, withdrawn, remarks, a reopening. */
static void test_everything_in_one_answer(void **state)
{
    struct desk_fixture *fixture = *state;
    desk_fixture_define_window(fixture);
    desk_fixture_set_clock(fixture, "2024-11-25T12:00:00Z");
    deliver(fixture, "gi", "jb-noord", 201);
    deliver(fixture, "gi-rbv", "rbv", 201);
    const struct attempt withdrawal = {
        .method = METHOD_DELETE, .target = RESPONSE "/rbv", .token = "gi-rbv"};
    assert_int_equal(desk_fixture_status(fixture, &withdrawal), 204);
    post(fixture, RESPONSE "/jb-noord/terzijde",
         "{\"terzijde\": true, \"reden\": \"Dubbel; zie mail\"}");
    post(fixture, RESPONSE "/jb-noord/opmerkingen", "{\"opmerking\": \"Nagebeld\"}");
    post(fixture, RESPONSE "/bjz-limburg/opmerkingen", "{\"opmerking\": \"Komt volgende week\"}");
    post(fixture, "/v1/monitors/gi/peildata/2024-10-01/heropeningen",
         "{\"tot\": \"2025-01-31\", \"reden\": \"Storing bij \\\"een\\\" GI\"}");
    golden_check("desk/respons.json", desk_fixture_body(fixture, &ASK));
    const struct attempt csv = {.target = RESPONSE "?formaat=csv&taal=nl", .token = "analist"};
    golden_check("desk/respons-nl.csv", desk_fixture_body(fixture, &csv));
}

/* A GI sees its own row, and how many of how many. */
static void test_a_gi_sees_itself(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "gi", "jb-noord", 201);
    const struct attempt own = {.target = RESPONSE, .token = "gi-rbv"};
    const struct slice body = desk_fixture_body(fixture, &own);
    assert_true(slice_holds(body, "\"organisatie\":\"rbv\""));
    assert_false(slice_holds(body, "jb-noord"));
    assert_true(slice_holds(body, "\"respons\":{\"ontvangen\":1,\"verwacht\":13}"));
    assert_false(slice_holds(body, "uiterlijk"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define DESK_TEST(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)
        DESK_TEST(test_the_status_follows_the_clock),
        DESK_TEST(test_everything_in_one_answer),
        DESK_TEST(test_a_gi_sees_itself),
#undef DESK_TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
