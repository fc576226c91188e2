#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/desk_fixture.h"
#include "unit/golden.h"

/*
 * Editions over HTTP: made, sent again, refused, looked up, asked by, and held against what the
 * letter printed.
 */

#define EDITIONS "/v1/monitors/gi/edities"
#define SERIES   "/v1/monitors/gi/reeksen?indicator=workload&van=2024-10-01"

static struct attempt post_of(const char *body)
{
    return (struct attempt){
        .method = METHOD_POST,
        .target = EDITIONS,
        .token = "analist",
        .content_type = "application/json",
        .body = body,
    };
}

static unsigned post(struct desk_fixture *fixture, const char *body)
{
    const struct attempt attempt = post_of(body);
    return desk_fixture_status(fixture, &attempt);
}

static const char *get(struct desk_fixture *fixture, const char *target)
{
    return desk_fixture_body(fixture, &(struct attempt){.target = target, .token = "analist"}).ptr;
}

static unsigned status_of(struct desk_fixture *fixture, const char *target, const char *token)
{
    return desk_fixture_status(fixture, &(struct attempt){.target = target, .token = token});
}

static void deliver_example(struct log_fixture *log, const char *peildatum, struct slice id)
{
    const char *name = arena_copy(&log->arena, id).ptr;
    const struct slice path =
        arena_print(&log->arena, "conf/voorbeeld/gi/%s/%s.json", peildatum, name);
    log_fixture_deliver(log, peildatum, name, "", log_fixture_read(&log->arena, path.ptr));
}

/* The definition with what the letter printed, and everybody's example for two peildata. */
static void deliver_letter(struct desk_fixture *fixture)
{
    static const char *const peildata[] = {"2024-04-01", "2024-10-01"};
    struct log_fixture *log = &fixture->log;
    static const char letter[] = "conf/gepubliceerd/gi/brief-2024-12-02.yaml";
    const struct source_file published = {.name = slice_of(letter),
                                          .text = log_fixture_read(&log->arena, letter)};
    struct rulebook_sources sources = log_fixture_sources(log, "gi");
    sources.published = &published;
    sources.published_count = 1;
    log_fixture_adopt(log, &sources);
    const struct rulebook *rulebook = state_rulebook(log->state, state_now(), NULL);
    for (size_t i = 0; i < 2 * rulebook->directory.organisation_count; i++) {
        const struct organisation *organisation = &rulebook->directory.organisations[i / 2];
        struct date date;
        assert_true(date_parse(slice_of(peildata[i % 2]), &date));
        if (organisation_expected(organisation, rulebook->monitor.id, date))
            deliver_example(log, peildata[i % 2], organisation->id);
    }
    fixture->circumstance.now.ms = (int64_t)log->ms;
}

/* The head of the chain follows from all that is on the log, the shipped definition included. */
static struct slice without_head(struct desk_fixture *fixture, struct slice body)
{
    const char *text = arena_copy(&fixture->arena, body).ptr;
    const char *head = strstr(text, "\"keten\":\"");
    assert_non_null(head);
    return slice_of(
        arena_print(&fixture->arena, "%.*s%s", (int)(head - text), text, strchr(head, '}')).ptr);
}

/* ---- making one ---- */

static void test_made_once(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct attempt attempt =
        post_of("{\"naam\":\"brief\",\"status\":\"definitief\",\"toelichting\":\"De brief\"}");
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    assert_int_equal(reply.status, 201);
    assert_string_equal(desk_fixture_header(fixture, &reply, "Location"), EDITIONS "/brief");
    golden_check("desk/editie.json", without_head(fixture, text_slice(&reply.body)));
    text_done(&reply.body);

    assert_int_equal(post(fixture, attempt.body), 200);
    const struct slice again = slice_of(get(fixture, EDITIONS "/brief"));
    golden_check("desk/editie.json", without_head(fixture, again));
    assert_int_equal(post(fixture, "{\"naam\":\"brief\",\"status\":\"voorlopig\"}"), 409);
    assert_int_equal(status_of(fixture, EDITIONS "/ander", "analist"), 404);
    const struct slice list = slice_of(get(fixture, EDITIONS));
    assert_true(slice_starts(list, "{\"edities\":[{\"naam\":\"brief\","));
}

static void test_only_an_analyst(void **state)
{
    struct desk_fixture *fixture = *state;
    post(fixture, "{\"naam\":\"brief\",\"status\":\"definitief\"}");
    static const char *const targets[] = {EDITIONS, EDITIONS "/brief", EDITIONS "/ander",
                                          EDITIONS "/brief/aansluiting"};
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        assert_int_equal(status_of(fixture, targets[i], NULL), 401);
        assert_int_equal(status_of(fixture, targets[i], "gi"), 403);
        assert_int_equal(status_of(fixture, targets[i], "beheer"), 403);
    }
    struct attempt attempt = post_of("{\"naam\":\"eigen\",\"status\":\"definitief\"}");
    attempt.token = "gi";
    assert_int_equal(desk_fixture_status(fixture, &attempt), 403);
}

static void test_everything_wrong_at_once(void **state)
{
    struct desk_fixture *fixture = *state;
    static const struct {
        const char *body, *found;
    } wrong[] = {
        {"{}", "\"plaats\":\"\""},
        {"{\"naam\":\"a\",\"status\":\"definitief\",\"bekendOp\":\"2025-01-01T00:00:00Z\"}",
         "\"plaats\":\"/bekendOp\""},
        {"{\"naam\":\"a\",\"status\":\"definitief\",\"bekendOp\":\"gisteren\"}",
         "\"waarde\":\"gisteren\""},
        {"{\"naam\":\"a\",\"status\":\"definitief\",\"bekendOp\":\"1-1\"}", "\"waarde\":\"1-1\""},
        {"{\"naam\":\"a\",\"status\":\"definitief\",\"bekendOp\":\"1970-01-01T00:00:01Z\"}",
         "\"plaats\":\"/bekendOp\""},
        {"{\"naam\":\"a\",\"status\":\"definitief\",\"peildata\":[\"2024-10-01\",\"2024-10-02\"]}",
         "\"waarde\":\"2024-10-02\""},
        {"{\"naam\":\"a\",\"status\":\"definitief\",\"toelichting\":\" \"}",
         "\"plaats\":\"/toelichting\""},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const struct attempt attempt = post_of(wrong[i].body);
        struct reply reply = desk_fixture_answer(fixture, &attempt);
        const struct slice body = text_slice(&reply.body);
        if (reply.status != 400 || (i > 0 && !slice_holds(body, wrong[i].found)))
            fail_msg("%s: %u %.*s", wrong[i].body, reply.status, (int)body.len, body.ptr);
        text_done(&reply.body);
    }
    assert_int_equal(state_editions(fixture->log.state)->count, 0);
}

/* A moment becomes the record it means, so the log depends on no clock. */
static void test_a_moment_becomes_a_record(void **state)
{
    struct desk_fixture *fixture = *state;
    struct text expected = {0};
    text_puts(&expected, "\"bekendOp\":\"");
    record_id_put(&expected, fixture->log.last);
    fixture->log.ms += 1000;
    fixture->circumstance.now.ms = (int64_t)fixture->log.ms;
    const struct attempt attempt = post_of(
        "{\"naam\":\"a\",\"status\":\"voorlopig\",\"bekendOp\":"
        "\"2024-11-22T09:00:00.500+01:00\"}");
    const struct slice body = desk_fixture_body(fixture, &attempt);
    const struct slice wanted = text_keep(&expected, &fixture->arena);
    if (!slice_holds(body, wanted.ptr)) fail_msg("%s lacks %s", body.ptr, wanted.ptr);
    assert_int_equal(post(fixture, attempt.body), 200);
}

/* ---- asking by one ---- */

static void test_asked_by_name(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver_letter(fixture);
    const struct slice before = slice_of(get(fixture, SERIES));
    post(fixture, "{\"naam\":\"brief\",\"status\":\"definitief\",\"peildata\":[\"2024-10-01\"]}");
    assert_true(slice_holds(before, "\"status\":\"voorlopig\""));
    assert_true(slice_holds(slice_of(get(fixture, SERIES)), "\"status\":\"definitief\""));
    log_fixture_say(&fixture->log, RECORD_WITHDRAWAL, "2024-10-01", "rbv", "{}");

    const struct slice now = slice_of(get(fixture, SERIES));
    assert_true(slice_holds(now, "\"ontvangen\":12") && slice_holds(now, "voorlopig"));
    const struct slice frozen = slice_of(get(fixture, SERIES "&editie=brief"));
    assert_true(slice_holds(frozen, "\"ontvangen\":13") && slice_holds(frozen, "definitief"));
    const struct slice all =
        slice_of(get(fixture, "/v1/monitors/gi/reeksen?indicator=workload&editie=brief"));
    assert_true(slice_equal(all, frozen)); /* its own peildata and no others */
    const char *table = get(fixture, "/v1/monitors/gi/tabellen/ontwikkeling?editie=brief");
    assert_true(slice_holds(slice_of(table), "\"kolommen\":[\"2024-10-01\"]"));
}

static void test_a_name_that_does_not_fit(void **state)
{
    struct desk_fixture *fixture = *state;
    post(fixture, "{\"naam\":\"brief\",\"status\":\"definitief\",\"peildata\":[\"2024-10-01\"]}");
    static const char *const wrong[] = {
        SERIES "&editie=breif",
        SERIES "&editie=brief&bekendOp=2024-11-22T08:00:00Z",
        "/v1/monitors/gi/peildata/2024-04-01/aanleveringen?editie=brief",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(status_of(fixture, wrong[i], "analist"), 400);
    assert_true(slice_holds(slice_of(get(fixture, wrong[0])), "Bedoelde u \\\"brief\\\"?"));
    const struct attempt stranger = {.target = wrong[0]};
    assert_false(slice_holds(desk_fixture_body(fixture, &stranger), "Bedoelde u"));
}

/* ---- against the letter ---- */

static void check_form(struct desk_fixture *fixture, const char *query, const char *name)
{
    const struct slice target =
        arena_print(&fixture->arena, EDITIONS "/brief/aansluiting?%s", query);
    golden_check(name, slice_of(get(fixture, target.ptr)));
}

static void test_reconciliation(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver_letter(fixture);
    post(fixture, "{\"naam\":\"brief\",\"status\":\"definitief\",\"peildata\":[\"2024-10-01\"]}");
    const struct slice json = slice_of(get(fixture, EDITIONS "/brief/aansluiting"));
    golden_check("desk/aansluiting.json", without_head(fixture, json));
    check_form(fixture, "formaat=csv", "desk/aansluiting.csv");
    check_form(fixture, "formaat=csv&taal=nl", "desk/aansluiting-nl.csv");
    check_form(fixture, "formaat=md", "desk/aansluiting.md");
    assert_true(slice_holds(json,
                            "\"gepubliceerd\":1480,\"berekend\":1496,\"verschil\":16,"
                            "\"oordeel\":\"verschilt\""));
    assert_true(slice_holds(json,
                            "\"gepubliceerd\":12.6,\"berekend\":12.06,\"verschil\":-0.54,"
                            "\"oordeel\":\"verschilt\""));
    assert_true(slice_holds(json,
                            "\"gepubliceerd\":589,\"berekend\":589,\"verschil\":0,"
                            "\"oordeel\":\"gelijk\""));
    assert_true(slice_holds(json,
                            "\"gepubliceerd\":907,\"berekend\":907,\"verschil\":0,"
                            "\"oordeel\":\"gelijk\""));
}

/* The figures are the edition's, the documents are those that are known when it is asked. */
static void test_documents_may_come_later(void **state)
{
    struct desk_fixture *fixture = *state;
    post(fixture, "{\"naam\":\"brief\",\"status\":\"definitief\"}");
    const struct record_id before = state_last(fixture->log.state);
    assert_true(
        slice_holds(slice_of(get(fixture, EDITIONS "/brief/aansluiting")), "\"aansluiting\":[]"));
    deliver_letter(fixture);
    const struct slice json = slice_of(get(fixture, EDITIONS "/brief/aansluiting"));
    assert_true(slice_holds(json,
                            "\"gepubliceerd\":31416,\"oordeel\":\"niet-berekend\","
                            "\"reden\":\"niet-aangeleverd\""));
    struct text target = {0};
    text_puts(&target, EDITIONS "/brief/aansluiting?bekendOp=");
    record_id_put(&target, before);
    const char *then = get(fixture, text_keep(&target, &fixture->arena).ptr);
    assert_true(slice_holds(slice_of(then), "\"aansluiting\":[]"));
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(test_made_once),
        FRESH(test_only_an_analyst),
        FRESH(test_everything_wrong_at_once),
        FRESH(test_a_moment_becomes_a_record),
        FRESH(test_asked_by_name),
        FRESH(test_a_name_that_does_not_fit),
        FRESH(test_reconciliation),
        FRESH(test_documents_may_come_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
