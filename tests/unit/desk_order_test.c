#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/desk_fixture.h"

/*
 * The order of decisions: too often, ready, path, method, token, role, query, form, body. Each test
 * makes everything wrong from one gate on and sees that gate's status, so that two gates in another
 * order would show.
 */

#define DELIVERY "/v1/monitors/gi/peildata/2024-10-01/aanleveringen/jb-noord"

/* A PUT that is wrong in every way a gate can name after its path and method. */
static struct attempt all_wrong(void)
{
    return (struct attempt){
        .method = METHOD_PUT,
        .target = DELIVERY "?formaat=pdf",
        .token = "onbekend",
        .accept = "image/png",
        .content_type = "text/xml",
        .body = "{}",
        .body_too_large = true,
    };
}

static void assert_status(struct desk_fixture *fixture, const struct attempt *attempt,
                          unsigned status)
{
    assert_int_equal(desk_fixture_status(fixture, attempt), status);
}

/* Each step mends what the gate before it named. */
static void test_the_gates_come_in_their_order(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt attempt = all_wrong();
    attempt.target = DELIVERY "/?formaat=pdf";
    attempt.method = METHOD_OPTIONS;
    fixture->ledger.state = NULL;
    assert_status(fixture, &attempt, 503);
    fixture->ledger.state = fixture->log.state;
    assert_status(fixture, &attempt, 404);
    attempt.target = DELIVERY "?formaat=pdf";
    assert_status(fixture, &attempt, 405);
    attempt.method = METHOD_PUT;
    assert_status(fixture, &attempt, 401);
    attempt.token = "beheer";
    assert_status(fixture, &attempt, 403);
    attempt.token = "gi-rbv";
    assert_status(fixture, &attempt, 403);
    attempt.token = "gi";
    assert_status(fixture, &attempt, 400);
    attempt.target = DELIVERY;
    assert_status(fixture, &attempt, 406);
    attempt.accept = "application/json";
    assert_status(fixture, &attempt, 415);
    attempt.content_type = "application/json";
    assert_status(fixture, &attempt, 413);
    attempt.body_too_large = false;
    assert_status(fixture, &attempt, 400);
    attempt.body = desk_fixture_example(fixture, "2024-10-01");
    assert_status(fixture, &attempt, 201);
}

/* ---- ready ---- */

/* Before the replay only the two probes answer, and only one of them is content. */
static void test_before_the_replay(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const paths[] = {"/",
                                        "/metrics",
                                        "/v1/monitors",
                                        "/v1/regios",
                                        "/v1/monitors/gi",
                                        DELIVERY,
                                        "/v1/monitors/gi/reeksen",
                                        "/nergens"};
    fixture->ledger.state = NULL;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct reply reply = desk_fixture_answer(fixture, &(struct attempt){.target = paths[i]});
        assert_int_equal(reply.status, 503);
        assert_true(slice_holds(text_slice(&reply.body), "/problemen/nog-niet-gereed"));
        assert_string_equal(desk_fixture_header(fixture, &reply, "Retry-After"), "1");
        text_done(&reply.body);
    }
    assert_status(fixture, &(struct attempt){.target = "/healthz"}, 200);
    assert_status(fixture, &(struct attempt){.target = "/readyz"}, 503);
}

/* A log that has been replayed and has no definition yet cannot answer either. */
static void test_a_log_without_a_definition_is_not_ready(void **state)
{
    struct desk_fixture *fixture = *state;
    struct state *empty = state_new();
    fixture->ledger.state = empty;
    assert_status(fixture, &(struct attempt){.target = "/readyz"}, 503);
    assert_status(fixture, &(struct attempt){.target = "/v1/monitors/gi"}, 503);
    state_free(empty);
}

/* Readiness is about the log, not about Redis. */
static void test_ready_stays_without_redis(void **state)
{
    struct desk_fixture *fixture = *state;
    fixture->circumstance.writable = false;
    assert_status(fixture, &(struct attempt){.target = "/readyz"}, 200);
    assert_status(fixture, &(struct attempt){.target = "/v1/monitors/gi/reeksen"}, 200);
}

/* One monitor whose log is being read anew does not take another one down. */
static void test_each_monitor_has_its_own_readiness(void **state)
{
    struct desk_fixture *fixture = *state;
    struct ledger ledgers[] = {fixture->ledger, {.monitor = slice_of("ot")}};
    fixture->desk.ledgers = ledgers;
    fixture->desk.ledger_count = 2;
    assert_status(fixture, &(struct attempt){.target = "/v1/monitors/gi"}, 200);
    assert_status(fixture, &(struct attempt){.target = "/v1/monitors/ot"}, 503);
    assert_status(fixture, &(struct attempt){.target = "/v1/monitors"}, 503);
    assert_status(fixture, &(struct attempt){.target = "/readyz"}, 503);
    assert_status(fixture, &(struct attempt){.target = "/healthz"}, 200);
}

/* ---- tokens ---- */

/* A token that is not ours is refused, on public routes too. */
static void test_a_bad_token_is_refused(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const tokens[] = {"onbekend", "verlopen", ""};
    for (size_t i = 0; i < 3; i++) {
        const struct attempt attempt = {.target = "/v1/monitors", .token = tokens[i]};
        struct reply reply = desk_fixture_answer(fixture, &attempt);
        assert_int_equal(reply.status, 401);
        assert_true(slice_starts(slice_of(desk_fixture_header(fixture, &reply, "WWW-Authenticate")),
                                 "Bearer"));
        text_done(&reply.body);
    }
}

/* The scheme is not case-sensitive; another one is refused. */
static void test_the_scheme_is_bearer(void **state)
{
    struct desk_fixture *fixture = *state;
    const char *target = "/v1/monitors";
    assert_status(fixture, &(struct attempt){.target = target, .authorization = "bearer  gi "},
                  200);
    assert_status(fixture, &(struct attempt){.target = target, .authorization = "Basic Z2k6"}, 401);
    assert_status(fixture, &(struct attempt){.target = target, .authorization = "gi"}, 401);
}

/* Who may do what, per route: 401 asks for a token, 403 says this one will not do. */
static void test_roles(void **state)
{
    struct desk_fixture *fixture = *state;
    static const struct {
        const char *target;
        unsigned nobody, gi, rbv, analyst, admin;
    } rows[] = {
        {"/v1/monitors/gi/reeksen", 200, 200, 200, 200, 200},
        {"/v1/monitors/gi/reeksen?niveau=organisatie", 401, 200, 200, 200, 200},
        {"/v1/monitors/gi/reeksen?niveau=organisatie&organisatie=jb-noord", 401, 200, 403, 200,
         200},
        {"/v1/monitors/gi/reeksen?niveau=organisatie&organisatie=jb-noord,rbv", 401, 403, 403, 200,
         200},
        {"/v1/monitors/gi/reeksen?niveau=regio", 401, 403, 403, 200, 200},
        {"/v1/monitors/gi/tabellen/ontwikkeling", 200, 200, 200, 200, 200},
        {DELIVERY, 401, 404, 403, 404, 403},
        {DELIVERY "/revisies", 401, 404, 403, 404, 403},
        {"/v1/monitors/gi/peildata/2024-10-01/aanleveringen", 401, 200, 200, 200, 403},
        {"/metrics", 200, 200, 200, 200, 200},
        {"/v1/organisaties", 200, 200, 200, 200, 200},
    };
    static const char *const tokens[] = {NULL, "gi", "gi-rbv", "analist", "beheer"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const unsigned expected[] = {rows[i].nobody, rows[i].gi, rows[i].rbv, rows[i].analyst,
                                     rows[i].admin};
        for (size_t j = 0; j < 5; j++) {
            const unsigned status = desk_fixture_status(
                fixture, &(struct attempt){.target = rows[i].target, .token = tokens[j]});
            if (status != expected[j])
                fail_msg("%s, %s: %u", rows[i].target, j > 0 ? tokens[j] : "nobody", status);
        }
    }
}

/* With `openbaar: niets` figures need a token; definitions and register never do. */
static void test_nothing_is_open(void **state)
{
    struct desk_fixture *fixture = *state;
    fixture->desk.open = OPEN_NOTHING;
    assert_status(fixture, &(struct attempt){.target = "/v1/monitors/gi/reeksen"}, 401);
    assert_status(fixture, &(struct attempt){.target = "/v1/monitors/gi/tabellen/ontwikkeling"},
                  401);
    assert_status(fixture, &(struct attempt){.target = "/v1/monitors/gi/reeksen", .token = "gi"},
                  200);
    assert_status(fixture, &(struct attempt){.target = "/v1/monitors/gi"}, 200);
    assert_status(fixture, &(struct attempt){.target = "/v1/regios"}, 200);
}

/* A GI's token without organisations sees nobody's figures, not everybody's. */
static void test_a_token_of_no_organisation(void **state)
{
    struct desk_fixture *fixture = *state;
    fixture->tokens[0].organisation_count = 0;
    assert_status(
        fixture,
        &(struct attempt){.target = "/v1/monitors/gi/reeksen?niveau=organisatie", .token = "gi"},
        403);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define DESK_TEST(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)
        DESK_TEST(test_the_gates_come_in_their_order),
        DESK_TEST(test_before_the_replay),
        DESK_TEST(test_a_log_without_a_definition_is_not_ready),
        DESK_TEST(test_ready_stays_without_redis),
        DESK_TEST(test_each_monitor_has_its_own_readiness),
        DESK_TEST(test_a_bad_token_is_refused),
        DESK_TEST(test_the_scheme_is_bearer),
        DESK_TEST(test_roles),
        DESK_TEST(test_nothing_is_open),
        DESK_TEST(test_a_token_of_no_organisation),
#undef DESK_TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
