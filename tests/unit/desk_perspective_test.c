#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "unit/desk_fixture.h"

/*
 * By which definition and by whose lines: what is wrong with such a question, whose lines a GI may
 * see, and that the bound of a quarter is shown to nobody but who sees everybody's figures.
 */

#define SERIES "/v1/monitors/gi/reeksen"
#define TABLE  "/v1/monitors/gi/tabellen/ontwikkeling"
#define OWN    "/v1/monitors/gi/peildata/2024-10-01/aanleveringen/jb-noord"

static size_t count_of(struct slice bytes, const char *string)
{
    size_t count = 0;
    for (const char *at = bytes.ptr; (at = strstr(at, string)) != NULL; at += strlen(string))
        count++;
    return count;
}

static struct slice ask(struct desk_fixture *fixture, const char *target, const char *token)
{
    const struct attempt attempt = {.target = target, .token = token};
    return desk_fixture_body(fixture, &attempt);
}

static void deliver(struct desk_fixture *fixture, const char *peildatum, const char *organisation)
{
    const struct slice path =
        arena_print(&fixture->arena, "conf/voorbeeld/gi/%s/%s.json", peildatum, organisation);
    log_fixture_deliver(&fixture->log, peildatum, organisation, "",
                        log_fixture_read(&fixture->arena, path.ptr));
}

static void assert_answer(struct desk_fixture *fixture, const struct attempt *attempt,
                          unsigned status, const char *sentence)
{
    struct reply reply = desk_fixture_answer(fixture, attempt);
    const struct slice text = text_slice(&reply.body);
    if (reply.status != status || !slice_holds(text, sentence))
        fail_msg("%s: %u %.*s", attempt->target, reply.status, (int)text.len, text.ptr);
    text_done(&reply.body);
}

/* ---- what is wrong with a question ---- */

static void test_wrong_questions(void **state)
{
    static const struct {
        const char *target, *sentence;
    } wrong[] = {
        {SERIES "?niveau=organisatie&als=nu", "aangeleverd, huidig"},
        {SERIES "?als=huidig", "niveau=organisatie"},
        {SERIES "?niveau=regio&als=huidig", "niveau=organisatie"},
        {SERIES "?definitie=0", "geen versie"},
        {SERIES "?definitie=twee", "geen versie"},
        {SERIES "?definitie=4294967297", "geen versie"},
        {SERIES "?definitie=3", "er is 1 t/m 2."},
        {SERIES "?indicator=clienten.jeugdbescherming&definitie=2", "er is alleen 1."},
        {SERIES "?niveau=organisatie&indicator=workload_kwartiel_1", "niet van één"},
        {TABLE "?definitie=1", "onbekende-sleutel"},
        {"/v1/monitors/gi/herzieningen?definitie=1", "onbekende-sleutel"},
        {"/v1/monitors/gi/herzieningen?als=huidig", "onbekende-sleutel"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_answer(*state, &(struct attempt){.target = wrong[i].target, .token = "analist"}, 400,
                      wrong[i].sentence);
}

/* ---- one version ---- */

static void test_one_version(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "2024-10-01", "jb-noord");
    const char *workload = SERIES "?indicator=workload,verloop&van=2024-10-01";
    const struct slice in_force = ask(fixture, workload, NULL);
    const struct slice first =
        ask(fixture, SERIES "?indicator=workload,verloop&van=2024-10-01&definitie=1", NULL);
    const struct slice second =
        ask(fixture, SERIES "?indicator=workload,verloop&van=2024-10-01&definitie=2", NULL);
    assert_int_equal(count_of(in_force, "\"reeksbreuk\":true"), 1);
    assert_int_equal(count_of(first, "\"reeksbreuk\":true"), 0);
    assert_int_equal(count_of(first, "\"definitie\":1"), 2);
    assert_int_equal(count_of(second, "\"definitie\":2"), 1);
    assert_int_equal(count_of(second, "\"reden\":\"andere-definitie\""), 1);
}

static const char *etag_of(struct desk_fixture *fixture, const char *target)
{
    struct reply reply =
        desk_fixture_answer(fixture, &(struct attempt){.target = target, .token = "analist"});
    assert_int_equal(reply.status, 200);
    text_done(&reply.body);
    return desk_fixture_header(fixture, &reply, "ETag");
}

static void test_etags(void **state)
{
    static const char *const targets[] = {
        SERIES "?niveau=organisatie",
        SERIES "?niveau=organisatie&als=huidig",
        SERIES "?niveau=organisatie&definitie=1",
        SERIES "?niveau=organisatie&definitie=2",
        SERIES "?niveau=organisatie&definitie=1&als=huidig",
    };
    enum { COUNT = sizeof targets / sizeof *targets };
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(etag_of(*state, targets[i]), etag_of(*state, targets[j]));
    }
    assert_string_equal(etag_of(*state, targets[0]),
                        etag_of(*state, SERIES "?niveau=organisatie&als=aangeleverd"));
}

/* ---- today's organisations ---- */

/* rbv ended in 2023 and jb-noord took over. */
static void merge(struct desk_fixture *fixture)
{
    struct rulebook_sources sources = log_fixture_sources(&fixture->log, "gi");
    sources.organisations.text = slice_of(desk_fixture_replace(
        fixture, arena_copy(&fixture->arena, sources.organisations.text).ptr,
        "vanaf: 2022-12-01, regios: [JZ02]}",
        "vanaf: 2022-12-01, tot: 2024-09-30, opvolgers: [jb-noord], regios: [JZ02]}"));
    log_fixture_adopt(&fixture->log, &sources);
}

static void test_a_successor_sees_what_it_took_over(void **state)
{
    struct desk_fixture *fixture = *state;
    const char *today = SERIES "?indicator=clienten&van=2024-04-01&niveau=organisatie&als=huidig";
    const char *named = SERIES "?niveau=organisatie&als=huidig&organisatie=rbv";
    deliver(fixture, "2024-04-01", "jb-noord");
    deliver(fixture, "2024-04-01", "rbv");
    deliver(fixture, "2024-10-01", "jb-noord");
    merge(fixture);

    const struct slice own = ask(fixture, today, "gi");
    assert_int_equal(count_of(own, "\"organisatie\":\"jb-noord\""), 2);
    assert_int_equal(count_of(own, "\"indicator\""), 2);
    assert_int_equal(count_of(own, "{\"ontvangen\":2,\"verwacht\":2}"), 1);
    assert_int_equal(count_of(own, "{\"ontvangen\":1,\"verwacht\":1}"), 1);
    /* who ended keeps what it delivered, and does not see more */
    assert_int_equal(count_of(ask(fixture, today, "gi-rbv"), "\"indicator\""), 0);
    const struct slice before =
        ask(fixture, SERIES "?indicator=clienten&van=2024-04-01&niveau=organisatie", "gi-rbv");
    assert_int_equal(count_of(before, "\"organisatie\":\"rbv\""), 1);
    assert_answer(fixture, &(struct attempt){.target = named, .token = "gi-rbv"}, 400,
                  "telt bij als=huidig mee bij jb-noord");
    assert_answer(
        fixture,
        &(struct attempt){.target = SERIES "?niveau=organisatie&als=huidig&organisatie=jb-noord",
                          .token = "gi-rbv"},
        403, "eigen organisatie");
}

/* ---- who sees bounds ---- */

static void test_bounds_are_for_who_sees_all(void **state)
{
    static const char *const all[] = {"analist", "beheer"}, *const others[] = {NULL, "gi"};
    const char *named = SERIES "?indicator=workload,workload_kwartiel_2";
    const char *vintages = "/v1/monitors/gi/herzieningen?indicator=workload_kwartiel_2";
    struct desk_fixture *fixture = *state;
    deliver(fixture, "2024-10-01", "jb-noord");
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(count_of(ask(fixture, SERIES, all[i]), "_kwartiel_"), 3 * 5);
        assert_int_equal(
            count_of(ask(fixture, SERIES "?niveau=regio&regio=JZ01", all[i]), "_kwartiel_"), 3 * 5);
        assert_int_equal(count_of(ask(fixture, SERIES "?niveau=organisatie", all[i]), "_kwartiel_"),
                         0);
        assert_int_equal(count_of(ask(fixture, SERIES, others[i]), "_kwartiel_"), 0);
        assert_int_equal(count_of(ask(fixture, named, all[i]), "_kwartiel_2"), 5);
        assert_answer(fixture, &(struct attempt){.target = named, .token = others[i]},
                      others[i] == NULL ? 401 : 403, "alleen een analist");
    }
    assert_answer(fixture, &(struct attempt){.target = vintages, .token = "gi"}, 403,
                  "alleen een analist");
    assert_answer(fixture, &(struct attempt){.target = vintages, .token = "analist"}, 200,
                  "_kwartiel_2");
}

/* Thirteen organisations: nearest rank takes the 4th, 7th and 10th. */
static void test_bounds_of_the_letter(void **state)
{
    static const char *const organisations[] = {"wss-jbjr",
                                                "leger-des-heils",
                                                "jb-noord",
                                                "rbv",
                                                "jb-overijssel",
                                                "jb-gelderland",
                                                "save-midden-nederland",
                                                "jeugd-gezinsbeschermers",
                                                "jb-amsterdam",
                                                "jb-west",
                                                "jb-rotterdam",
                                                "jb-brabant",
                                                "bjz-limburg"};
    const char *median = SERIES "?indicator=workload_kwartiel_2&van=2024-10-01";
    struct desk_fixture *fixture = *state;
    for (size_t i = 0; i < 7; i++)
        deliver(fixture, "2024-10-01", organisations[i]);
    const struct slice few = ask(fixture, median, "analist");
    assert_true(slice_holds(few, "\"reden\":\"geen-verdeling\"") &&
                slice_holds(few, "\"noemer\":7"));
    for (size_t i = 7; i < 13; i++)
        deliver(fixture, "2024-10-01", organisations[i]);
    const struct slice whole = ask(fixture, median, "analist");
    assert_true(slice_holds(whole, "\"noemer\":13") && slice_holds(whole, "\"waarde\":"));
}

/* Nothing that a GI gets names one, and none can declare one. */
static void test_bounds_are_in_nothing_of_a_gi(void **state)
{
    static const char *const targets[] = {"/metrics", OWN "/spiegelrapport", OWN "/revisies",
                                          "/v1/monitors/gi/schema"};
    struct desk_fixture *fixture = *state;
    const char *example = desk_fixture_example(fixture, "2024-10-01");
    struct reply receipt =
        desk_fixture_answer(fixture, &(struct attempt){.method = METHOD_PUT,
                                                       .target = OWN,
                                                       .token = "gi",
                                                       .content_type = "application/json",
                                                       .body = example});
    assert_int_equal(receipt.status, 201);
    assert_false(slice_holds(text_slice(&receipt.body), "_kwartiel_"));
    text_done(&receipt.body);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        assert_int_equal(count_of(ask(fixture, targets[i], "gi"), "_kwartiel_"), 0);
    assert_int_equal(count_of(ask(fixture, OWN "/spiegelrapport", "analist"), "_kwartiel_"), 0);
    const char *declared = desk_fixture_replace(fixture, example, "{",
                                                "{\"opgegeven\":{\"workload_kwartiel_1\":12.4},");
    assert_answer(fixture,
                  &(struct attempt){.method = METHOD_POST,
                                    .target = OWN "/_controleer",
                                    .token = "gi",
                                    .content_type = "application/json",
                                    .body = declared},
                  200, "onbekende-indicator");
}

/* A table may hold one; who does not see all sees the table without that row. */
static void test_bounds_in_tables(void **state)
{
    struct desk_fixture *fixture = *state;
    struct rulebook_sources sources = log_fixture_sources(&fixture->log, "gi");
    sources.monitor.text = slice_of(desk_fixture_replace(
        fixture, arena_copy(&fixture->arena, sources.monitor.text).ptr,
        "      - {indicator: workload}\n",
        "      - {indicator: workload}\n      - {indicator: workload_kwartiel_2}\n"));
    log_fixture_adopt(&fixture->log, &sources);
    deliver(fixture, "2024-10-01", "jb-noord");
    assert_int_equal(count_of(ask(fixture, TABLE, "analist"), "_kwartiel_2"), 1);
    assert_int_equal(count_of(ask(fixture, TABLE, "gi"), "_kwartiel_"), 0);
    assert_int_equal(count_of(ask(fixture, TABLE "?formaat=csv", NULL), "kwartiel"), 0);
    assert_int_equal(count_of(ask(fixture, TABLE "?formaat=md", NULL), "mediaan"), 0);
    const char *etag = etag_of(fixture, TABLE);
    assert_answer(fixture, &(struct attempt){.target = TABLE, .token = "gi", .if_none_match = etag},
                  200, "\"indicator\":\"workload\"");
}

int main(void)
{
#define DESK_TEST(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_wrong_questions),
        DESK_TEST(test_one_version),
        DESK_TEST(test_etags),
        DESK_TEST(test_a_successor_sees_what_it_took_over),
        DESK_TEST(test_bounds_are_for_who_sees_all),
        DESK_TEST(test_bounds_of_the_letter),
        DESK_TEST(test_bounds_are_in_nothing_of_a_gi),
        DESK_TEST(test_bounds_in_tables),
    };
#undef DESK_TEST
    return cmocka_run_group_tests(tests, NULL, NULL);
}
