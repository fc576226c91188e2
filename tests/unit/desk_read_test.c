#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk/headers.h"
#include "unit/desk_fixture.h"
#include "unit/golden.h"

/*
 * Reads: series, tables, register, definitions. What the figures are is core's to prove; here it is
 * who sees them, in which form, under which ETag, and what is said of a question that is wrong.
 */

#define SERIES "/v1/monitors/gi/reeksen"
#define TABLE  "/v1/monitors/gi/tabellen/ontwikkeling"

static void fill(struct desk_fixture *fixture)
{
    static const char *const peildata[] = {"2024-04-01", "2024-10-01"};
    static const char *const organisations[] = {"jb-noord", "rbv"};
    for (size_t i = 0; i < 4; i++) {
        const char *peildatum = peildata[i / 2], *organisation = organisations[i % 2];
        const struct slice path =
            arena_print(&fixture->arena, "conf/voorbeeld/gi/%s/%s.json", peildatum, organisation);
        log_fixture_deliver(&fixture->log, peildatum, organisation, "",
                            log_fixture_read(&fixture->arena, path.ptr));
    }
}

static struct slice ask(struct desk_fixture *fixture, const char *target, const char *token)
{
    const struct attempt attempt = {.target = target, .token = token};
    return desk_fixture_body(fixture, &attempt);
}

/* ---- forms ---- */

static void assert_form(struct desk_fixture *fixture, const char *target, const char *accept,
                        const char *content_type)
{
    struct reply reply =
        desk_fixture_answer(fixture, &(struct attempt){.target = target, .accept = accept});
    assert_int_equal(reply.status, 200);
    assert_true(slice_starts(slice_of(reply.content_type), content_type));
    text_done(&reply.body);
}

/*
 * A workbook is no text: the verdict has it as a value, with the headers of its answer, and whoever
 * has written it down binds it. Without bytes the answer is a 500 and not an empty file.
 */
static void assert_book(struct desk_fixture *fixture, const char *target, const char *name)
{
    const struct attempt attempt = {
        .target = target,
        .accept = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    const struct verdict verdict = desk_fixture_receive(fixture, &attempt);
    const struct request *request = desk_fixture_request(fixture, &attempt);
    struct text bytes = {0}, none = {0};
    assert_int_equal(verdict.kind, VERDICT_BOOK);
    assert_true(verdict.book->sheets[0].count > 2 && verdict.book->sheets[1].count > 2);
    assert_string_equal(desk_fixture_header(fixture, &verdict.reply, "Content-Disposition"), name);
    assert_string_not_equal(desk_fixture_header(fixture, &verdict.reply, "ETag"), "");
    text_puts(&bytes, "PK");
    struct reply bound = desk_bind(request, &verdict.reply, &bytes);
    assert_int_equal(bound.status, 200);
    assert_true(slice_is(text_slice(&bound.body), "PK") && bytes.len == 0);
    text_done(&bound.body);
    bound = desk_bind(request, &verdict.reply, &none);
    assert_int_equal(bound.status, 500);
    assert_string_equal(bound.content_type, "application/problem+json");
    text_done(&bound.body);
}

static void test_books(void **state)
{
    struct desk_fixture *fixture = *state;
    fill(fixture);
    assert_book(fixture, TABLE, "attachment; filename=\"gi-ontwikkeling.xlsx\"");
    assert_book(fixture, SERIES, "attachment; filename=\"gi-reeksen.xlsx\"");
}

/* Accept or formaat=, and formaat= is the stronger: a link in a browser must work. */
static void test_forms(void **state)
{
    struct desk_fixture *fixture = *state;
    fill(fixture);
    assert_form(fixture, SERIES, NULL, "application/json");
    assert_form(fixture, SERIES, "text/csv", "text/csv");
    assert_form(fixture, SERIES "?formaat=csv", "text/html,*/*;q=0.8", "text/csv");
    assert_form(fixture, SERIES "?formaat=json", "image/png", "application/json");
    assert_form(fixture, TABLE, "text/markdown", "text/markdown");
    assert_form(fixture, TABLE "?formaat=md&taal=nl", NULL, "text/markdown");
}

static void test_dutch_csv(void **state)
{
    struct desk_fixture *fixture = *state;
    fill(fixture);
    const char *target = SERIES "?formaat=csv&indicator=workload&van=2024-10-01";
    const struct slice dutch = slice_of(arena_print(&fixture->arena, "%s&taal=nl", target).ptr);
    assert_true(slice_holds(ask(fixture, target, NULL), "indicator,niveau,"));
    assert_true(slice_holds(ask(fixture, dutch.ptr, NULL), "indicator;niveau;"));
}

/* ---- what is asked ---- */

static size_t count_of(struct slice bytes, const char *string)
{
    size_t count = 0;
    for (const char *at = bytes.ptr; (at = strstr(at, string)) != NULL; at += strlen(string))
        count++;
    return count;
}

/* Without any key: all indicators, national, all peildata. */
static void test_the_whole_question_is_optional(void **state)
{
    struct desk_fixture *fixture = *state;
    fill(fixture);
    const struct slice all = ask(fixture, SERIES, NULL);
    assert_int_equal(count_of(all, "\"niveau\":\"landelijk\""), 22 * 5);
}

static void test_a_narrow_question(void **state)
{
    struct desk_fixture *fixture = *state;
    fill(fixture);
    const struct slice points =
        ask(fixture,
            SERIES
            "?indicator=workload,clienten.jeugdbescherming&niveau=organisatie"
            "&organisatie=jb-noord,rbv&van=2024-04-01&tot=2024-10-01",
            "analist");
    assert_int_equal(count_of(points, "\"indicator\":\"workload\""), 4);
    assert_int_equal(count_of(points, "\"indicator\":\"clienten.jeugdbescherming\""), 4);
    assert_int_equal(count_of(points, "\"organisatie\":\"rbv\""), 4);
}

/* A GI that names nobody means itself. */
static void test_a_gi_sees_its_own(void **state)
{
    struct desk_fixture *fixture = *state;
    fill(fixture);
    const struct slice own = ask(fixture, SERIES "?niveau=organisatie", "gi");
    assert_int_equal(count_of(own, "\"organisatie\":\"jb-noord\""), 22 * 5);
    assert_int_equal(count_of(own, "\"indicator\""), 22 * 5);
}

/* ---- what is wrong with a question ---- */

static void assert_found(struct desk_fixture *fixture, const char *target, const char *code,
                         const char *place)
{
    struct reply reply =
        desk_fixture_answer(fixture, &(struct attempt){.target = target, .token = "analist"});
    const struct slice text = text_slice(&reply.body);
    const char *expected = arena_print(&fixture->arena, "\"plaats\":\"%s\"", place).ptr;
    if (reply.status != 400 || !slice_holds(text, code) || !slice_holds(text, expected))
        fail_msg("%s: %u %.*s", target, reply.status, (int)text.len, text.ptr);
    assert_true(slice_holds(text, "/problemen/ongeldige-vraag"));
    text_done(&reply.body);
}

static void test_wrong_questions(void **state)
{
    struct desk_fixture *fixture = *state;
    static const struct {
        const char *target, *code, *place;
    } wrong[] = {
        {SERIES "?indcator=workload", "onbekende-sleutel", "indcator"},
        {SERIES "?bekendOp=gisteren", "ongeldige-waarde", "bekendOp"},
        {SERIES "?bekendOp=2024-11-22T08:00:01Z", "ongeldige-waarde", "bekendOp"},
        {SERIES "?bekendOp=1732262400123-7", "ongeldige-waarde", "bekendOp"},
        {SERIES "?editie=brief", "ongeldige-waarde", "editie"},
        {"/v1/monitors?bekendOp=2024-10-01T00:00:00Z", "onbekende-sleutel", "bekendOp"},
        {SERIES "?van=2024-10-01&van=2024-10-01", "dubbele-sleutel", "van"},
        {SERIES "?indicator=workloat", "ongeldige-waarde", "indicator"},
        {SERIES "?indicator=", "ongeldige-waarde", "indicator"},
        {SERIES "?indicator=workload,", "ongeldige-waarde", "indicator"},
        {SERIES "?indicator=workload,workload", "ongeldige-waarde", "indicator"},
        {SERIES "?niveau=provincie", "ongeldige-waarde", "niveau"},
        {SERIES "?niveau=Landelijk", "ongeldige-waarde", "niveau"},
        {SERIES "?niveau=organisatie&organisatie=jb-nord", "ongeldige-waarde", "organisatie"},
        {SERIES "?organisatie=jb-noord", "ongeldige-waarde", "organisatie"},
        {SERIES "?niveau=regio&regio=JZ40", "ongeldige-waarde", "regio"},
        {SERIES "?regio=JZ01", "ongeldige-waarde", "regio"},
        {SERIES "?van=2024-13-01", "ongeldige-waarde", "van"},
        {SERIES "?tot=gisteren", "ongeldige-waarde", "tot"},
        {SERIES "?van=2024-10-01&tot=2024-04-01", "ongeldige-waarde", "van"},
        {SERIES "?formaat=pdf", "ongeldige-waarde", "formaat"},
        {SERIES "?formaat=md", "ongeldige-waarde", "formaat"},
        {SERIES "?taal=en", "ongeldige-waarde", "taal"},
        {SERIES "?\xff=1", "onbekende-sleutel", "?"},
        {TABLE "?indicator=workload", "onbekende-sleutel", "indicator"},
        {"/v1/monitors?formaat=csv", "ongeldige-waarde", "formaat"},
        {"/v1/regios?x", "onbekende-sleutel", "x"},
        {"/metrics?formaat=json", "onbekende-sleutel", "formaat"},
        {"/healthz?x=1", "onbekende-sleutel", "x"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_found(fixture, wrong[i].target, wrong[i].code, wrong[i].place);
}

/* Everything at once, each with its key, and the nearest word where there is one. */
static void test_all_findings_at_once(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct attempt attempt = {
        .target = SERIES "?indcator=x&indicator=workloat,fte&niveau=organsatie&van=1&taal=de",
    };
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    assert_int_equal(reply.status, 400);
    golden_check("desk/ongeldige-vraag.json", text_slice(&reply.body));
    text_done(&reply.body);
}

/* ---- ETags ---- */

static const char *etag_of(struct desk_fixture *fixture, const char *target, const char *token)
{
    struct reply reply =
        desk_fixture_answer(fixture, &(struct attempt){.target = target, .token = token});
    const char *etag = desk_fixture_header(fixture, &reply, "ETag");
    assert_int_equal(reply.status, 200);
    assert_string_equal(desk_fixture_header(fixture, &reply, "Cache-Control"), "private, no-cache");
    assert_string_equal(desk_fixture_header(fixture, &reply, "Vary"), "Accept, Authorization");
    text_done(&reply.body);
    return etag;
}

static void test_known_is_304(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const targets[] = {SERIES,
                                          TABLE,
                                          "/v1/monitors",
                                          "/v1/monitors/gi",
                                          "/v1/organisaties",
                                          "/v1/organisaties/rbv",
                                          "/v1/regios"};
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        const char *etag = etag_of(fixture, targets[i], NULL);
        const char *list = arena_print(&fixture->arena, "\"x\", W/%s", etag).ptr;
        struct reply reply = desk_fixture_answer(
            fixture, &(struct attempt){.target = targets[i], .if_none_match = list});
        assert_int_equal(reply.status, 304);
        assert_null(reply.content_type);
        assert_int_equal(reply.body.len, 0);
        assert_string_equal(desk_fixture_header(fixture, &reply, "ETag"), etag);
        assert_string_equal(desk_fixture_header(fixture, &reply, "API-Version"), "1.0.0");
        const struct attempt other = {.target = targets[i], .if_none_match = "\"x\""};
        assert_int_equal(desk_fixture_status(fixture, &other), 200);
    }
}

/* Another form, other eyes or a longer log: another ETag. */
static void test_an_etag_tells_answers_apart(void **state)
{
    struct desk_fixture *fixture = *state;
    const char *own = SERIES "?niveau=organisatie";
    const char *etags[] = {
        etag_of(fixture, SERIES, NULL),
        etag_of(fixture, SERIES "?formaat=csv", NULL),
        etag_of(fixture, SERIES "?formaat=csv&taal=nl", NULL),
        etag_of(fixture, own, "gi"),
        etag_of(fixture, own, "gi-rbv"),
        etag_of(fixture, own, "analist"),
        NULL,
    };
    const char *register_etag = etag_of(fixture, "/v1/regios", NULL);
    assert_string_not_equal(etags[0], etag_of(fixture, SERIES, "analist")); /* sees quartiles */
    assert_string_equal(etag_of(fixture, SERIES "?indicator=fte", NULL),
                        etag_of(fixture, SERIES "?indicator=fte", "analist"));
    fill(fixture);
    etags[6] = etag_of(fixture, SERIES, NULL);
    for (size_t i = 0; i < 7; i++) {
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(etags[i], etags[j]);
    }
    assert_string_equal(register_etag, etag_of(fixture, "/v1/regios", NULL));
}

/* A read of figures says when the newest thing it knows was put on the log. */
static void test_figures_say_how_old_they_are(void **state)
{
    struct desk_fixture *fixture = *state;
    fill(fixture);
    struct reply reply = desk_fixture_answer(fixture, &(struct attempt){.target = TABLE});
    assert_string_equal(desk_fixture_header(fixture, &reply, "Last-Modified"),
                        "Fri, 22 Nov 2024 08:00:00 GMT");
    text_done(&reply.body);
    assert_string_equal(headers_date((struct moment){.ms = 951868799999}, &fixture->arena).ptr,
                        "Tue, 29 Feb 2000 23:59:59 GMT");
}

/* ---- register and definitions ---- */

static void test_register(void **state)
{
    struct desk_fixture *fixture = *state;
    golden_check("desk/monitors.json", ask(fixture, "/v1/monitors", NULL));
    golden_check("desk/monitor-gi.json", ask(fixture, "/v1/monitors/gi", NULL));
    golden_check("desk/organisatie.json", ask(fixture, "/v1/organisaties/jb-noord", NULL));
    const struct slice organisations = ask(fixture, "/v1/organisaties", NULL);
    const struct slice regions = ask(fixture, "/v1/regios", NULL);
    assert_int_equal(count_of(organisations, "\"organisatie\""), 15);
    assert_int_equal(count_of(regions, "\"regio\""), 42);
}

/* Of several monitors the register is that of the newest definition. */
static void test_the_newest_register_counts(void **state)
{
    struct desk_fixture *fixture = *state;
    struct log_fixture other;
    log_fixture_init(&other);
    other.ms = fixture->log.ms + 1;
    const struct slice yaml = log_fixture_read(&fixture->arena, "conf/monitors/gi.yaml");
    log_fixture_define(
        &other, "gi", arena_copy(&fixture->arena, yaml).ptr,
        "organisaties:\n  nieuw: {naam: Nieuw, monitors: [gi], vanaf: 2022-12-01}\n");
    struct ledger ledgers[] = {fixture->ledger,
                               {.monitor = slice_of("gi"), .state = other.state, .number = 1}};
    fixture->desk.ledgers = ledgers;
    fixture->desk.ledger_count = 2;
    assert_int_equal(
        desk_fixture_status(fixture, &(struct attempt){.target = "/v1/organisaties/nieuw"}), 200);
    assert_int_equal(
        desk_fixture_status(fixture, &(struct attempt){.target = "/v1/organisaties/rbv"}), 404);
    fixture->desk.ledgers = &fixture->ledger;
    fixture->desk.ledger_count = 1;
    log_fixture_done(&other);
}

/* ---- the rest ---- */

static void test_head_is_get(void **state)
{
    struct desk_fixture *fixture = *state;
    fill(fixture);
    const struct attempt get = {.target = TABLE}, head = {.method = METHOD_HEAD, .target = TABLE};
    assert_true(slice_equal(desk_fixture_body(fixture, &get), desk_fixture_body(fixture, &head)));
    const struct attempt delivery = {
        .method = METHOD_HEAD,
        .target = "/v1/monitors/gi/peildata/2024-10-01/aanleveringen/jb-noord",
        .token = "gi",
    };
    assert_int_equal(desk_fixture_status(fixture, &delivery), 200);
}

static void test_plain_answers(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const targets[] = {"/", "/healthz", "/readyz"};
    for (size_t i = 0; i < 3; i++)
        assert_form(fixture, targets[i], "image/png", "text/plain");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define DESK_TEST(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)
        DESK_TEST(test_forms),
        DESK_TEST(test_books),
        DESK_TEST(test_dutch_csv),
        DESK_TEST(test_the_whole_question_is_optional),
        DESK_TEST(test_a_narrow_question),
        DESK_TEST(test_a_gi_sees_its_own),
        DESK_TEST(test_wrong_questions),
        DESK_TEST(test_all_findings_at_once),
        DESK_TEST(test_known_is_304),
        DESK_TEST(test_an_etag_tells_answers_apart),
        DESK_TEST(test_figures_say_how_old_they_are),
        DESK_TEST(test_register),
        DESK_TEST(test_the_newest_register_counts),
        DESK_TEST(test_head_is_get),
        DESK_TEST(test_plain_answers),
#undef DESK_TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
