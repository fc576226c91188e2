#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/desk_fixture.h"

/*
 * What an analyst may do: deliver for an organisation, set a delivery aside and put it back, add a
 * remark, reopen a peildatum. Each needs its reason and is on the log.
 */

#define PEILDATUM "/v1/monitors/gi/peildata/2024-10-01"
#define DELIVERY  PEILDATUM "/aanleveringen/jb-noord"
#define SERIES                                                                                     \
    "/v1/monitors/gi/reeksen?indicator=workload&van=2024-10-01&niveau=organisatie"                 \
    "&organisatie=jb-noord"
#define NATIONAL "/v1/monitors/gi/reeksen?indicator=workload&van=2024-10-01"

static struct attempt post_of(const char *target, const char *body)
{
    return (struct attempt){
        .method = METHOD_POST,
        .target = target,
        .token = "analist",
        .content_type = "application/json",
        .body = body,
    };
}

static unsigned post(struct desk_fixture *fixture, const char *target, const char *body)
{
    const struct attempt attempt = post_of(target, body);
    return desk_fixture_status(fixture, &attempt);
}

/* The example by that token, with a note if one is given. */
static unsigned deliver(struct desk_fixture *fixture, const char *token, const char *note)
{
    const char *body = desk_fixture_example(fixture, "2024-10-01");
    if (note != NULL)
        body =
            desk_fixture_replace(fixture, body, "\"toelichtingen\": {",
                                 arena_print(&fixture->arena, "\"toelichtingen\": {%s,", note).ptr);
    return desk_fixture_status(fixture, &(struct attempt){.method = METHOD_PUT,
                                                          .target = DELIVERY,
                                                          .token = token,
                                                          .content_type = "application/json",
                                                          .body = body});
}

static bool shows(struct desk_fixture *fixture, const char *target, const char *what)
{
    return slice_holds(
        desk_fixture_body(fixture, &(struct attempt){.target = target, .token = "analist"}), what);
}

/* ---- delivering for an organisation ---- */

static void test_an_analyst_delivers_with_a_reason(void **state)
{
    struct desk_fixture *fixture = *state;
    assert_int_equal(deliver(fixture, "analist", NULL), 400);
    assert_int_equal(deliver(fixture, "analist", "\"namens\": \"GI heeft storing\""), 201);
    assert_true(shows(fixture, DELIVERY "/revisies", "\"code\":\"namens\""));
    assert_true(shows(fixture, DELIVERY "/revisies", "\"toelichting\":\"GI heeft storing\""));
    assert_true(shows(fixture, DELIVERY "/revisies", "\"door\":\"Analist\""));
    assert_int_equal(deliver(fixture, "gi", NULL), 200);
}

/* ---- set aside ---- */

static void test_set_aside_counts_in_no_figure(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "gi", NULL);
    assert_true(shows(fixture, NATIONAL, "\"ontvangen\":1"));
    struct attempt aside =
        post_of(DELIVERY "/terzijde", "{\"terzijde\": true, \"reden\": \"Dubbel geteld\"}");
    struct reply reply = desk_fixture_answer(fixture, &aside);
    assert_int_equal(reply.status, 201);
    assert_true(slice_holds(text_slice(&reply.body), "\"uitkomst\":\"terzijde-gelegd\""));
    assert_true(slice_holds(text_slice(&reply.body), "\"reden\":\"Dubbel geteld\""));
    text_done(&reply.body);
    assert_true(shows(fixture, SERIES, "\"reden\":\"terzijde-gelegd\""));
    assert_true(shows(fixture, NATIONAL, "\"ontvangen\":0"));
    assert_true(slice_holds(desk_fixture_body(fixture, &aside), "\"uitkomst\":\"ongewijzigd\""));

    assert_int_equal(
        post(fixture, DELIVERY "/terzijde", "{\"terzijde\": false, \"reden\": \"Toch goed\"}"),
        201);
    assert_true(shows(fixture, SERIES, "\"waarde\":"));
    assert_true(shows(fixture, NATIONAL, "\"ontvangen\":1"));
}

/* It is about one revision: who looked at another one has lost. */
static void test_set_aside_is_about_a_revision(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char body[] = "{\"terzijde\": true, \"reden\": \"Fout\", \"revisie\": 1}";
    assert_int_equal(post(fixture, DELIVERY "/terzijde", body), 404);
    deliver(fixture, "gi", NULL);
    deliver(fixture, "gi", "\"algemene\": \"Gewijzigd\"");
    assert_int_equal(post(fixture, DELIVERY "/terzijde", body), 412);
}

/* What was set aside is no measure for a jump, nor for the change that a receipt shows. */
static void test_set_aside_is_no_measure_for_what_follows(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char before[] = "/v1/monitors/gi/peildata/2024-04-01/aanleveringen/jb-noord";
    const char *body = desk_fixture_replace(fixture, desk_fixture_example(fixture, "2024-04-01"),
                                            "\"jeugdbescherming\": 1", "\"jeugdbescherming\": 5");
    const struct attempt put = {.method = METHOD_PUT,
                                .target = before,
                                .token = "gi",
                                .content_type = "application/json",
                                .body = body};
    assert_int_equal(desk_fixture_status(fixture, &put), 201);
    assert_int_equal(deliver(fixture, "gi", NULL), 400);
    const struct slice aside = arena_print(&fixture->arena, "%s/terzijde", before);
    assert_int_equal(post(fixture, aside.ptr, "{\"terzijde\": true, \"reden\": \"Fout\"}"), 201);
    assert_int_equal(deliver(fixture, "gi", NULL), 201);
    assert_false(shows(fixture, DELIVERY "/revisies", "\"vorige\""));
}

/* ---- remarks ---- */

static void test_remarks(void **state)
{
    struct desk_fixture *fixture = *state;
    assert_int_equal(post(fixture, DELIVERY "/opmerkingen", "{\"opmerking\": \"Komt later\"}"),
                     201);
    deliver(fixture, "gi", NULL);
    assert_int_equal(post(fixture, DELIVERY "/opmerkingen", "{\"opmerking\": \"Mooi\"}"), 201);
    assert_int_equal(post(fixture, DELIVERY "/opmerkingen", "{\"opmerking\": \"Mooi\"}"), 200);
    assert_true(shows(fixture, DELIVERY "/revisies", "\"opmerking\":\"Mooi\""));
}

/* ---- reopening ---- */

static void test_a_closed_peildatum_is_reopened(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char body[] = "{\"tot\": \"2025-01-31\", \"reden\": \"Storing bij een GI\"}";
    desk_fixture_define_window(fixture);
    desk_fixture_set_clock(fixture, "2025-01-15T12:00:00Z");
    assert_int_equal(deliver(fixture, "gi", NULL), 400);
    struct attempt attempt = post_of(PEILDATUM "/heropeningen", body);
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    assert_int_equal(reply.status, 201);
    assert_true(slice_holds(text_slice(&reply.body), "\"uitkomst\":\"heropend\""));
    assert_true(slice_holds(text_slice(&reply.body), "\"tot\":\"2025-01-31\""));
    text_done(&reply.body);
    assert_int_equal(desk_fixture_status(fixture, &attempt), 200);
    assert_int_equal(deliver(fixture, "gi", NULL), 201);
    assert_true(shows(fixture, DELIVERY "/revisies", "\"te-laat\""));
    assert_false(shows(fixture, DELIVERY "/revisies", "\"gesloten\""));
    /* the last day ends at midnight in Amsterdam */
    desk_fixture_set_clock(fixture, "2025-01-31T22:59:59Z");
    assert_int_equal(deliver(fixture, "gi", "\"algemeen2\": \"a\""), 200);
    desk_fixture_set_clock(fixture, "2025-01-31T23:00:00Z");
    assert_int_equal(deliver(fixture, "gi", "\"algemeen3\": \"b\""), 400);
}

static void test_reopenings_that_make_no_sense(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char path[] = PEILDATUM "/heropeningen";
    static const char later[] = "{\"tot\": \"2025-01-31\", \"reden\": \"Storing\"}";
    assert_int_equal(post(fixture, path, later), 400); /* it never closes */
    desk_fixture_define_window(fixture);
    assert_int_equal(post(fixture, path, "{\"tot\": \"2024-12-31\", \"reden\": \"Storing\"}"), 400);
    assert_int_equal(post(fixture, path, later), 201);
    desk_fixture_set_clock(fixture, "2025-02-15T12:00:00Z");
    assert_int_equal(post(fixture, path, "{\"tot\": \"2025-02-14\", \"reden\": \"Storing\"}"), 400);
}

/* ---- all of them ---- */

static const char *const ALL[] = {DELIVERY "/terzijde", DELIVERY "/opmerkingen",
                                  PEILDATUM "/heropeningen"};

static void test_only_an_analyst_may(void **state)
{
    struct desk_fixture *fixture = *state;
    static const struct {
        const char *token;
        unsigned status;
    } cases[] = {{NULL, 401}, {"gi", 403}, {"beheer", 403}, {"analist", 400}};
    for (size_t i = 0; i < sizeof ALL / sizeof ALL[0]; i++) {
        for (size_t j = 0; j < sizeof cases / sizeof cases[0]; j++) {
            struct attempt attempt = post_of(ALL[i], "{}");
            attempt.token = cases[j].token;
            assert_int_equal(desk_fixture_status(fixture, &attempt), cases[j].status);
        }
    }
}

/* Wrong bodies are told everything, and nothing of them is kept. */
static void test_wrong_bodies(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const bodies[] = {
        "", "[]", "{", "{\"reden\": \" \"}", "{\"opmerking\": \"123456782\"}", "\xff"};
    for (size_t i = 0; i < sizeof ALL / sizeof ALL[0]; i++) {
        for (size_t j = 0; j < sizeof bodies / sizeof bodies[0]; j++) {
            const struct attempt attempt = post_of(ALL[i], bodies[j]);
            struct reply reply = desk_fixture_answer(fixture, &attempt);
            assert_int_equal(reply.status, 400);
            assert_true(slice_holds(text_slice(&reply.body), "\"bevindingen\":[{"));
            assert_false(slice_holds(text_slice(&reply.body), "123456782"));
            text_done(&reply.body);
        }
    }
    assert_int_equal(state_count(fixture->log.state), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define DESK_TEST(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)
        DESK_TEST(test_an_analyst_delivers_with_a_reason),
        DESK_TEST(test_set_aside_counts_in_no_figure),
        DESK_TEST(test_set_aside_is_about_a_revision),
        DESK_TEST(test_set_aside_is_no_measure_for_what_follows),
        DESK_TEST(test_remarks),
        DESK_TEST(test_a_closed_peildatum_is_reopened),
        DESK_TEST(test_reopenings_that_make_no_sense),
        DESK_TEST(test_only_an_analyst_may),
        DESK_TEST(test_wrong_bodies),
#undef DESK_TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
