#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "codec/html_page.h"
#include "unit/desk_fixture.h"
#include "unit/golden.h"

/*
 * The mirror report as it is asked for: who sees it, in which form, and that not a byte of it
 * depends on another organisation's figures as long as no rank changes.
 */

#define DELIVERY "/v1/monitors/gi/peildata/2024-10-01/aanleveringen/jb-noord"
#define MIRROR   DELIVERY "/spiegelrapport"

static const char *const OTHERS[] = {
    "bjz-limburg",
    "jb-amsterdam",
    "jb-brabant",
    "jb-gelderland",
    "jb-overijssel",
    "jb-rotterdam",
    "jb-west",
    "rbv",
    "jeugd-gezinsbeschermers",
    "leger-des-heils",
    "save-midden-nederland",
    "wss-jbjr",
};
enum { OTHER_COUNT = sizeof OTHERS / sizeof OTHERS[0] };

static void deliver_others(struct desk_fixture *fixture, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct slice path =
            arena_print(&fixture->arena, "conf/voorbeeld/gi/2024-10-01/%s.json", OTHERS[i]);
        log_fixture_deliver(&fixture->log, "2024-10-01", OTHERS[i], "",
                            log_fixture_read(&fixture->arena, path.ptr));
    }
}

static void put(struct desk_fixture *fixture, const char *target, const char *body)
{
    const struct attempt attempt = {.method = METHOD_PUT,
                                    .target = target,
                                    .token = "gi",
                                    .content_type = "application/json",
                                    .body = body};
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    if (reply.status != 201) fail_msg("%.*s", (int)reply.body.len, reply.body.ptr);
    text_done(&reply.body);
}

/* The example with a jump and its reason, a part missing, one not applicable, one declared wrong.
 */
static void deliver_own(struct desk_fixture *fixture)
{
    put(fixture, "/v1/monitors/gi/peildata/2024-04-01/aanleveringen/jb-noord",
        desk_fixture_example(fixture, "2024-04-01"));
    const char *body = desk_fixture_example(fixture, "2024-10-01");
    body = desk_fixture_replace(fixture, body, "1401", "2600");
    body = desk_fixture_replace(fixture, body, "\"vertrokken\": 30,", "");
    body = desk_fixture_replace(fixture, body, "4632", "null");
    body = desk_fixture_replace(fixture, body, "\"toelichtingen\": {",
                                "\"opgegeven\": {\"workload\": 30},\"toelichtingen\": "
                                "{\"sprong\": \"Overname <b>per</b> 1 juli & meer\",");
    put(fixture, DELIVERY, body);
}

static struct slice ask(struct desk_fixture *fixture, const char *target)
{
    return desk_fixture_body(fixture, &(struct attempt){.target = target, .token = "gi"});
}

static void test_every_form(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver_own(fixture);
    deliver_others(fixture, OTHER_COUNT);
    golden_check("desk/spiegelrapport.json", ask(fixture, MIRROR));
    golden_check("desk/spiegelrapport.md", ask(fixture, MIRROR "?formaat=md"));
    golden_check("desk/spiegelrapport.html", ask(fixture, MIRROR "?formaat=html"));
}

/* The first peildatum has nothing before it, and seven organisations have no quarters. */
static void test_a_first_report_among_few(void **state)
{
    struct desk_fixture *fixture = *state;
    const char *first = "/v1/monitors/gi/peildata/2022-12-01/aanleveringen/jb-noord";
    put(fixture, first, desk_fixture_example(fixture, "2022-12-01"));
    const char *target = arena_print(&fixture->arena, "%s/spiegelrapport", first).ptr;
    const struct slice json = ask(fixture, target);
    assert_false(slice_holds(json, "vorige"));
    assert_false(slice_holds(json, "\"kwart\":"));
    assert_true(slice_holds(json, "\"kwartReden\":\"te-weinig-organisaties\",\"kwartOnder\":1"));
    const struct slice page =
        ask(fixture, arena_print(&fixture->arena, "%s?formaat=md", target).ptr);
    assert_false(slice_holds(page, "Verandering"));
    assert_true(slice_holds(page, "Met minder dan 8 organisaties met een waarde"));
}

static void assert_form(struct desk_fixture *fixture, const char *accept, const char *expected)
{
    struct reply reply = desk_fixture_answer(
        fixture, &(struct attempt){.target = MIRROR, .token = "gi", .accept = accept});
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.content_type, expected);
    text_done(&reply.body);
}

static void test_accept_chooses(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver_own(fixture);
    assert_form(fixture, "*/*", "application/json");
    assert_form(fixture, "text/markdown", "text/markdown; charset=utf-8");
    assert_form(fixture, "text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8");
    const struct attempt csv = {.target = MIRROR, .token = "gi", .accept = "text/csv"};
    assert_int_equal(desk_fixture_status(fixture, &csv), 406);
    const struct attempt word = {.target = MIRROR "?formaat=csv", .token = "gi"};
    assert_int_equal(desk_fixture_status(fixture, &word), 400);
}

static unsigned status_for(struct desk_fixture *fixture, const char *token)
{
    return desk_fixture_status(fixture, &(struct attempt){.target = MIRROR, .token = token});
}

static void test_who_may_see_it(void **state)
{
    struct desk_fixture *fixture = *state;
    assert_int_equal(status_for(fixture, "gi"), 404);
    deliver_own(fixture);
    assert_int_equal(status_for(fixture, "gi"), 200);
    assert_int_equal(status_for(fixture, "analist"), 200);
    assert_int_equal(status_for(fixture, "gi-rbv"), 403);
    assert_int_equal(status_for(fixture, "beheer"), 403);
    assert_int_equal(status_for(fixture, NULL), 401);
}

static void test_known_is_304(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver_own(fixture);
    struct attempt attempt = {.target = MIRROR, .token = "gi"};
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    attempt.if_none_match = desk_fixture_header(fixture, &reply, "ETag");
    assert_string_equal(desk_fixture_header(fixture, &reply, "Last-Modified"),
                        "Fri, 22 Nov 2024 08:00:00 GMT");
    text_done(&reply.body);
    assert_int_equal(desk_fixture_status(fixture, &attempt), 304);
    attempt.accept = "text/html";
    assert_int_equal(desk_fixture_status(fixture, &attempt), 200);
}

/* Only a page may use a style, and only its own. */
static void test_the_policy_of_a_page(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver_own(fixture);
    const struct digest digest = digest_of(html_style());
    struct text text = {0};
    text_puts(&text, "style-src 'sha256-");
    digest_put_base64(&text, &digest);
    text_puts(&text, "'");
    text_putc(&text, '\0');
    struct attempt attempt = {.target = MIRROR, .token = "gi", .accept = "text/html"};
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    const char *policy = desk_fixture_header(fixture, &reply, "Content-Security-Policy");
    assert_non_null(strstr(policy, text.ptr));
    assert_non_null(strstr(policy, "default-src 'none'; frame-ancestors 'none'"));
    text_done(&reply.body);
    attempt.accept = NULL;
    reply = desk_fixture_answer(fixture, &attempt);
    policy = desk_fixture_header(fixture, &reply, "Content-Security-Policy");
    assert_string_equal(policy, "default-src 'none'; frame-ancestors 'none'");
    text_done(&reply.body);
    text_done(&text);
}

/* ---- nothing of others ---- */

/* A delivery with every figure a multiple, and waiting times that differ from all others. */
static void deliver_scaled(struct desk_fixture *fixture, const char *organisation, unsigned scale)
{
    const unsigned jb = 1000 * scale, jr = 100 * scale, list = 10 * scale,
                   days = 300 * scale * scale;
    const struct slice body = arena_print(
        &fixture->arena,
        "{\"cijfers\":{\"clienten\":{\"jeugdbescherming\":%u,\"jeugdreclassering\":%u},"
        "\"fte\":{\"jeugdbeschermer\":100,\"jeugdreclasseerder\":20,\"ondersteunend\":5},"
        "\"wachtlijst\":{\"start\":{\"aantal\":%u,\"dagen\":%u}}}}",
        jb, jr, list, days);
    log_fixture_deliver(&fixture->log, "2024-10-01", organisation, "", body);
}

/* Half are below and half above; all their figures change and none passes ours: not a byte changes.
 */
static void test_others_figures_change_nothing(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const forms[] = {MIRROR, MIRROR "?formaat=md", MIRROR "?formaat=html"};
    struct slice before[3];
    deliver_own(fixture);
    for (unsigned i = 0; i < OTHER_COUNT; i++)
        deliver_scaled(fixture, OTHERS[i], i < 6 ? 1 : 10 + i);
    for (size_t i = 0; i < 3; i++)
        before[i] = ask(fixture, forms[i]);
    for (unsigned i = 0; i < OTHER_COUNT; i++)
        deliver_scaled(fixture, OTHERS[i], i < 6 ? 2 : 40 + 3 * i);
    for (size_t i = 0; i < 3; i++)
        assert_true(slice_equal(before[i], ask(fixture, forms[i])));
    /* and where a rank does change, the quarter follows: the test above can fail */
    for (unsigned i = 0; i < OTHER_COUNT; i++)
        deliver_scaled(fixture, OTHERS[i], 1);
    for (size_t i = 0; i < 3; i++)
        assert_false(slice_equal(before[i], ask(fixture, forms[i])));
}

/* Neither an id nor a name of another organisation, nor a national sum, which would be others'. */
static void test_others_are_not_named(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const forms[] = {MIRROR, MIRROR "?formaat=md", MIRROR "?formaat=html"};
    const struct rulebook *rulebook = state_rulebook(fixture->log.state, state_now(), NULL);
    deliver_own(fixture);
    deliver_others(fixture, OTHER_COUNT);
    for (size_t i = 0; i < 3; i++) {
        const struct slice report = ask(fixture, forms[i]);
        assert_true(slice_holds(report, "Jeugdbescherming Noord"));
        for (size_t j = 0; j < rulebook->directory.organisation_count; j++) {
            const struct organisation *other = &rulebook->directory.organisations[j];
            if (slice_is(other->id, "jb-noord")) continue;
            assert_false(slice_holds(report, arena_copy(&fixture->arena, other->id).ptr));
            assert_false(slice_holds(report, arena_copy(&fixture->arena, other->name).ptr));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define DESK_TEST(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)
        DESK_TEST(test_every_form),
        DESK_TEST(test_a_first_report_among_few),
        DESK_TEST(test_accept_chooses),
        DESK_TEST(test_who_may_see_it),
        DESK_TEST(test_known_is_304),
        DESK_TEST(test_the_policy_of_a_page),
        DESK_TEST(test_others_figures_change_nothing),
        DESK_TEST(test_others_are_not_named),
#undef DESK_TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
