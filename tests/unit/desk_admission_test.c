/*
 * Who may ask now. The desk's clock stands still unless a test moves it; every request is counted
 * and decided on as the daemon does it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/memory.h"
#include "desk/admission.h"
#include "unit/desk_fixture.h"

#define DELIVERY "/v1/monitors/gi/peildata/2024-10-01/aanleveringen/jb-noord"

struct counted {
    struct desk_fixture desk;
    struct tallies *tallies;
    struct admission admission; /* of the last request */
};

static int setup(void **state)
{
    struct counted *counted = memory_new(sizeof *counted);
    desk_fixture_init(&counted->desk);
    counted->tallies = tallies_new();
    *state = counted;
    return 0;
}

static int teardown(void **state)
{
    struct counted *counted = *state;
    tallies_free(counted->tallies);
    desk_fixture_done(&counted->desk);
    memory_free(counted);
    return 0;
}

/* The answer with its headers; the caller frees its body. */
static struct reply answer(struct counted *counted, const struct attempt *attempt)
{
    struct desk_fixture *fixture = &counted->desk;
    counted->admission =
        desk_admit(&fixture->desk, counted->tallies, desk_fixture_request(fixture, attempt),
                   fixture->circumstance.now);
    fixture->circumstance.admission = &counted->admission;
    struct reply reply = desk_fixture_answer(fixture, attempt);
    admission_add_headers(&reply, &counted->admission, &fixture->arena);
    return reply;
}

static unsigned status(struct counted *counted, const struct attempt *attempt)
{
    struct reply reply = answer(counted, attempt);
    text_done(&reply.body);
    return reply.status;
}

static void assert_header(struct counted *counted, const struct reply *reply, const char *name,
                          const char *value)
{
    assert_string_equal(desk_fixture_header(&counted->desk, reply, name), value);
}

static struct attempt asking(const char *token, const char *origin)
{
    return (struct attempt){.target = "/v1/monitors", .token = token, .origin = origin};
}

static void test_without_limits_nothing_is_said(void **state)
{
    struct counted *counted = *state;
    const struct attempt attempt = asking("gi", "192.0.2.1");
    struct reply reply = answer(counted, &attempt);
    assert_int_equal(reply.status, 200);
    assert_header(counted, &reply, "RateLimit", "");
    assert_header(counted, &reply, "RateLimit-Policy", "");
    text_done(&reply.body);
}

/* Every answer says what is left; the one too many is refused and says when to come again. */
static void test_a_token_has_its_quota(void **state)
{
    static const char *const left[] = {"\"token\";r=1;t=1800", "\"token\";r=0;t=1800",
                                       "\"token\";r=0;t=1800"};
    struct counted *counted = *state;
    const struct attempt attempt = asking("gi", "192.0.2.1"), other = asking("gi-rbv", "192.0.2.1");
    counted->desk.desk.limits.per_token = (struct quota){2, 3600};
    for (size_t i = 0; i < 3; i++) {
        struct reply reply = answer(counted, &attempt);
        assert_int_equal(reply.status, i < 2 ? 200 : 429);
        assert_header(counted, &reply, "RateLimit-Policy", "\"token\";q=2;w=3600");
        assert_header(counted, &reply, "RateLimit", left[i]);
        assert_header(counted, &reply, "Retry-After", i < 2 ? "" : "1800");
        if (i == 2)
            assert_true(slice_holds(text_slice(&reply.body), "/problemen/te-veel-verzoeken"));
        text_done(&reply.body);
    }
    assert_int_equal(counted->desk.meter.limit_token, 1);
    assert_int_equal(status(counted, &other), 200);
    counted->desk.circumstance.now.ms += 1800 * 1000;
    assert_int_equal(status(counted, &attempt), 200);
    assert_int_equal(status(counted, &attempt), 429);
}

/* Refusals count too: 404 and 400 cost work as well. */
static void test_every_answer_counts(void **state)
{
    struct counted *counted = *state;
    struct attempt attempt = asking(NULL, "192.0.2.1");
    counted->desk.desk.limits.per_address = (struct quota){2, 3600};
    attempt.target = "/nergens";
    assert_int_equal(status(counted, &attempt), 404);
    attempt.target = "/v1/monitors?x=1";
    assert_int_equal(status(counted, &attempt), 400);
    assert_int_equal(status(counted, &attempt), 429);
    assert_int_equal(counted->desk.meter.limit_address, 1);
}

static void test_an_address_has_its_quota_but_a_valid_token_does_not_mind(void **state)
{
    struct counted *counted = *state;
    const struct attempt nobody = asking(NULL, "192.0.2.1"), token = asking("gi", "192.0.2.1");
    const struct attempt neighbour = asking(NULL, "192.0.2.2");
    counted->desk.desk.limits.per_address = (struct quota){1, 3600};
    assert_int_equal(status(counted, &token), 200);
    assert_int_equal(status(counted, &nobody), 200);
    assert_int_equal(status(counted, &nobody), 429);
    assert_int_equal(status(counted, &token), 200);
    assert_int_equal(status(counted, &neighbour), 200);
}

static void test_an_address_is_what_a_trusted_proxy_says(void **state)
{
    struct counted *counted = *state;
    struct attempt attempt = asking(NULL, "10.0.0.1");
    counted->desk.desk.limits.per_address = (struct quota){1, 3600};
    attempt.forwarded_for = "203.0.113.1";
    assert_int_equal(status(counted, &attempt), 200);
    attempt.forwarded_for = "203.0.113.2"; /* nobody said that it may be believed */
    assert_int_equal(status(counted, &attempt), 429);
    counted->desk.desk.proxies.count = 1;
    assert_true(network_parse(slice_of("10.0.0.1"), &counted->desk.desk.proxies.items[0]));
    assert_int_equal(status(counted, &attempt), 200);
    assert_int_equal(status(counted, &attempt), 429);
    assert_true(slice_is(counted->admission.origin, "203.0.113.2"));
}

/* Wrong tokens are 401 until there are too many; then they wait, longer and longer. */
static void test_wrong_tokens_hold_their_address_off(void **state)
{
    struct counted *counted = *state;
    const struct attempt wrong = asking("onbekend", "192.0.2.1"), valid = asking("gi", "192.0.2.1");
    const struct attempt nobody = asking(NULL, "192.0.2.1");
    const struct attempt elsewhere = asking("onbekend", "192.0.2.2");
    counted->desk.desk.limits.wrong_tokens = (struct quota){3, 3};
    counted->desk.desk.limits.hold_most_seconds = 100;
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(status(counted, &wrong), 401);
    struct reply reply = answer(counted, &wrong);
    assert_int_equal(reply.status, 429);
    assert_header(counted, &reply, "Retry-After", "1");
    assert_header(counted, &reply, "RateLimit", "\"foute-tokens\";r=0;t=1");
    assert_true(slice_holds(text_slice(&reply.body), "foute tokens"));
    text_done(&reply.body);
    assert_int_equal(status(counted, &wrong), 429);
    assert_int_equal(status(counted, &valid), 200);
    assert_int_equal(status(counted, &nobody), 200);
    assert_int_equal(status(counted, &elsewhere), 401);
    counted->desk.circumstance.now.ms += 1000;
    assert_int_equal(status(counted, &wrong), 401);
    assert_int_equal(status(counted, &wrong), 429);
    assert_int_equal(counted->admission.wait_seconds, 2);
    assert_int_equal(counted->desk.meter.limit_wrong_token, 3);
}

static void test_what_is_no_token_at_all_is_a_wrong_one(void **state)
{
    struct counted *counted = *state;
    const struct attempt attempt = {
        .target = "/v1/monitors", .authorization = "Basic eDp5", .origin = "192.0.2.1"};
    counted->desk.desk.limits.wrong_tokens = (struct quota){1, 3600};
    counted->desk.desk.limits.hold_most_seconds = 1;
    assert_int_equal(status(counted, &attempt), 401);
    assert_int_equal(status(counted, &attempt), 429);
}

/* Who watches us asks often, and must always hear whether we live. */
static void test_questions_after_health_are_free(void **state)
{
    struct counted *counted = *state;
    const struct attempt health = {.target = "/healthz", .origin = "192.0.2.1"};
    const struct attempt ready = {.target = "/readyz", .origin = "192.0.2.1"};
    const struct attempt other = asking(NULL, "192.0.2.1");
    counted->desk.desk.limits.per_address = (struct quota){1, 3600};
    assert_int_equal(status(counted, &health), 200);
    assert_int_equal(status(counted, &other), 200);
    assert_int_equal(status(counted, &other), 429);
    assert_int_equal(status(counted, &health), 200);
    assert_int_equal(status(counted, &ready), 200);
}

/* Before all other gates: a limit also holds while the log is being read. */
static void test_too_often_comes_first(void **state)
{
    struct counted *counted = *state;
    const struct attempt attempt = asking(NULL, "192.0.2.1");
    counted->desk.desk.limits.per_address = (struct quota){1, 3600};
    counted->desk.ledger.state = NULL;
    assert_int_equal(status(counted, &attempt), 503);
    assert_int_equal(status(counted, &attempt), 429);
}

/* ---- what is told for the audit line ---- */

static struct deed deed_of(struct counted *counted, const struct attempt *attempt)
{
    struct verdict verdict = desk_fixture_receive(&counted->desk, attempt);
    text_done(&verdict.reply.body);
    return verdict.deed;
}

static void test_a_deed_names_actor_and_object(void **state)
{
    struct attempt attempt = {.method = METHOD_PUT, .target = DELIVERY, .token = "gi"};
    const struct deed deed = deed_of(*state, &attempt);
    assert_true(slice_is(deed.object, DELIVERY));
    assert_true(slice_is(deed.actor, "JB Noord productie"));
    assert_string_equal(deed.role, "gi");
}

/* What a client makes up does not get into the log through the path; what exists does. */
static void test_a_deed_names_only_what_exists(void **state)
{
    static const char *const targets[][2] = {
        {"/v1/monitors/gi/peildata/2024-10-01/aanleveringen/verzonnen",
         "/v1/monitors/gi/peildata/2024-10-01/aanleveringen/{organisatie}"},
        {"/v1/monitors/gi/peildata/verzonnen/aanleveringen/jb-noord",
         "/v1/monitors/gi/peildata/{peildatum}/aanleveringen/{organisatie}"},
        {"/v1/monitors/verzonnen/peildata/2024-10-01/aanleveringen/jb-noord",
         "/v1/monitors/{monitor}/peildata/{peildatum}/aanleveringen/{organisatie}"},
        {DELIVERY "/revisies/verzonnen", DELIVERY "/revisies/{n}"},
        {"/verzonnen", "onbekend"},
    };
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        const struct attempt attempt = {.method = METHOD_PUT, .target = targets[i][0]};
        const struct deed deed = deed_of(*state, &attempt);
        assert_true(slice_is(deed.object, targets[i][1]));
        assert_int_equal(deed.actor.len, 0);
    }
}

/* Reading on is asked of the log that the path names, not of the first one. */
static void test_reading_on_is_for_the_log_of_the_path(void **state)
{
    struct counted *counted = *state;
    struct desk_fixture *fixture = &counted->desk;
    struct ledger ledgers[] = {{.monitor = slice_of("ot")}, fixture->ledger};
    const struct attempt put = {.method = METHOD_PUT,
                                .target = DELIVERY,
                                .token = "gi",
                                .content_type = "application/json",
                                .body = desk_fixture_example(fixture, "2024-10-01")};
    assert_int_equal(desk_fixture_status(fixture, &put), 201);
    ledgers[1].number = 7;
    fixture->desk.ledgers = ledgers;
    fixture->desk.ledger_count = 2;
    const struct verdict verdict = desk_fixture_receive(fixture, &put);
    assert_int_equal(verdict.kind, VERDICT_SYNC);
    assert_int_equal(verdict.draft.ledger, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_without_limits_nothing_is_said, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_token_has_its_quota, setup, teardown),
        cmocka_unit_test_setup_teardown(test_every_answer_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_an_address_has_its_quota_but_a_valid_token_does_not_mind, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_address_is_what_a_trusted_proxy_says, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_wrong_tokens_hold_their_address_off, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_no_token_at_all_is_a_wrong_one, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_questions_after_health_are_free, setup, teardown),
        cmocka_unit_test_setup_teardown(test_too_often_comes_first, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_deed_names_actor_and_object, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_deed_names_only_what_exists, setup, teardown),
        cmocka_unit_test_setup_teardown(test_reading_on_is_for_the_log_of_the_path, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
