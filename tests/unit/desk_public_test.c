/*
 * With `openbaar: alles` whoever has no token sees editions, and nothing else: every level, rounded
 * and with holes; no live figures, no other moment, no texts. Every route is asked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "desk/route_table.h"
#include "unit/desk_fixture.h"

#define MONITOR "/v1/monitors/gi"
#define SERIES  MONITOR "/reeksen"
#define TABLE   MONITOR "/tabellen/ontwikkeling"

static int setup(void **state)
{
    const int answer = desk_fixture_setup(state);
    ((struct desk_fixture *)*state)->desk.open = OPEN_ALL;
    return answer;
}

static struct attempt get(const char *target, const char *token)
{
    return (struct attempt){.target = target, .token = token};
}

static struct slice body_of(struct desk_fixture *fixture, const char *target, const char *token)
{
    const struct attempt attempt = get(target, token);
    return desk_fixture_body(fixture, &attempt);
}

static unsigned status_of(struct desk_fixture *fixture, const char *target, const char *token)
{
    const struct attempt attempt = get(target, token);
    return desk_fixture_status(fixture, &attempt);
}

static const char *header_of(struct desk_fixture *fixture, const char *target, const char *name)
{
    const struct attempt attempt = get(target, NULL);
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    const char *value = desk_fixture_header(fixture, &reply, name);
    text_done(&reply.body);
    return value;
}

static void deliver(struct desk_fixture *fixture, const char *organisation)
{
    const struct slice path =
        arena_print(&fixture->arena, "conf/voorbeeld/gi/2024-10-01/%s.json", organisation);
    log_fixture_deliver(&fixture->log, "2024-10-01", organisation, "",
                        log_fixture_read(&fixture->arena, path.ptr));
}

static void publish(struct desk_fixture *fixture, const char *name)
{
    const struct slice content =
        arena_print(&fixture->arena,
                    "{\"naam\":\"%s\",\"peildata\":[\"2024-10-01\"],\"status\":\"voorlopig\","
                    "\"toelichting\":\"Voor Jan\"}",
                    name);
    log_fixture_say(&fixture->log, RECORD_EDITION, "", "", content.ptr);
}

static void expect_holds(struct slice body, const char *string, bool holds)
{
    if (slice_holds(body, string) != holds) fail_msg("%s: %.*s", string, (int)body.len, body.ptr);
}

static void test_before_the_first_edition(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "jb-noord");
    assert_int_equal(status_of(fixture, SERIES, NULL), 404);
    assert_int_equal(status_of(fixture, TABLE, NULL), 404);
    assert_int_equal(status_of(fixture, SERIES, "analist"), 200);
    expect_holds(body_of(fixture, SERIES, NULL), "geen editie", true);
    assert_string_equal(body_of(fixture, MONITOR "/edities", NULL).ptr, "{\"edities\":[]}");
    expect_holds(body_of(fixture, "/metrics", NULL), "gi_", false);
}

/* 1669 measures: exact for an analyst, rounded for everybody else. */
static void test_exact_and_rounded(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char own[] = SERIES
        "?niveau=organisatie&organisatie=jb-noord&indicator=clienten"
        "&van=2024-10-01";
    deliver(fixture, "jb-noord");
    publish(fixture, "een");
    expect_holds(body_of(fixture, own, "analist"), "\"waarde\":1669,\"teller\":1669,", true);
    expect_holds(body_of(fixture, own, NULL), "\"waarde\":1670,\"teller\":1670,", true);
    expect_holds(body_of(fixture, SERIES "?indicator=clienten&formaat=csv", NULL), ",1670,1670,",
                 true);
    expect_holds(body_of(fixture, TABLE "?formaat=md", NULL), "1.670", true);
    expect_holds(body_of(fixture, TABLE "?formaat=html", NULL), "1.670", true);
    expect_holds(body_of(fixture, TABLE "?formaat=csv", NULL), "1670", true);
    expect_holds(body_of(fixture, "/metrics", NULL), "\"jb-noord\"} 1670\n", true);
    expect_holds(body_of(fixture, "/metrics", "analist"), "\"jb-noord\"} 1669\n", true);
}

/* Nobody waits at rbv: what is hidden is hidden in each form. */
static void test_hidden_everywhere(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char own[] = SERIES "?niveau=organisatie&organisatie=rbv&indicator=wachttijd";
    deliver(fixture, "rbv");
    publish(fixture, "een");
    expect_holds(body_of(fixture, own, "analist"), "noemer-nul", true);
    expect_holds(body_of(fixture, own, NULL), "\"reden\":\"onderdrukt\"", true);
    expect_holds(body_of(fixture, own, NULL), "waarde", false);
    expect_holds(body_of(fixture, "/metrics", "analist"), "gi_wachtlijst{niveau=\"landelijk\"} 0\n",
                 true);
    expect_holds(body_of(fixture, "/metrics", NULL), "gi_wachtlijst{", false);
}

/* Without what the daemon says of itself. */
static struct slice figures_of(struct desk_fixture *fixture, const char *target)
{
    const struct slice page = body_of(fixture, target, NULL);
    const char *daemon = strstr(page.ptr, "# HELP gimon");
    return daemon == NULL ? page : slice_from(page.ptr, (size_t)(daemon - page.ptr));
}

static void test_nothing_live(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const targets[] = {SERIES "?niveau=organisatie", TABLE "?formaat=json",
                                          "/metrics"};
    static const char *const others[] = {"rbv", "jb-west", "jb-brabant"};
    deliver(fixture, "jb-noord");
    publish(fixture, "een");
    for (size_t i = 0; i < 3; i++) {
        const struct slice before = figures_of(fixture, targets[i]);
        deliver(fixture, others[i]);
        if (!slice_equal(before, figures_of(fixture, targets[i])))
            fail_msg("%s is live", targets[i]);
    }
    publish(fixture, "twee");
    expect_holds(body_of(fixture, SERIES "?indicator=clienten", NULL), "\"ontvangen\":4,", true);
    expect_holds(body_of(fixture, SERIES "?indicator=clienten&editie=een", NULL),
                 "\"ontvangen\":1,", true);
    expect_holds(body_of(fixture, "/metrics", NULL), "gi_respons_ontvangen 4\n", true);
}

static void test_which_edition_it_is(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "jb-noord");
    publish(fixture, "een");
    publish(fixture, "twee");
    assert_string_equal(header_of(fixture, SERIES, "Content-Location"), SERIES "?editie=twee");
    assert_string_equal(header_of(fixture, TABLE "?formaat=csv", "Content-Location"),
                        TABLE "?editie=twee&formaat=csv");
    assert_string_equal(header_of(fixture, SERIES "?editie=een", "Content-Location"), "");
    assert_true(
        slice_equal(body_of(fixture, SERIES, NULL), body_of(fixture, SERIES "?editie=twee", NULL)));
}

/* What is asked at another moment is refused, with what to do instead; and a name that is none. */
static void test_no_other_moment(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const keys[] = {"?bekendOp=2024-11-21T00:00:00Z", "?bekendOp=1000-0",
                                       "?bekendOp=2024-11-21T00:00:00Z&editie=een",
                                       "?editie=nooit"};
    publish(fixture, "een");
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const struct slice target = arena_print(&fixture->arena, SERIES "%s", keys[i]);
        assert_int_equal(status_of(fixture, target.ptr, NULL), 400);
        if (i < 3) expect_holds(body_of(fixture, target.ptr, NULL), "alleen edities", true);
    }
    assert_int_equal(status_of(fixture, TABLE "?bekendOp=2024-11-21T00:00:00Z", NULL), 400);
}

/* Name, status, peildata and moments: no words of anybody, no digests of them. */
static void test_what_is_told_of_an_edition(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const targets[] = {MONITOR "/edities", MONITOR "/edities/een"};
    static const char *const secrets[] = {"toelichting", "Jan", "door", "sha256", "keten"};
    publish(fixture, "een");
    for (size_t i = 0; i < 2; i++) {
        const struct slice body = body_of(fixture, targets[i], NULL);
        expect_holds(body, "\"naam\":\"een\",\"monitor\":\"gi\",\"status\":\"voorlopig\"", true);
        expect_holds(body, "\"peildata\":[\"2024-10-01\"]", true);
        for (size_t j = 0; j < sizeof secrets / sizeof secrets[0]; j++)
            expect_holds(body, secrets[j], false);
        expect_holds(body_of(fixture, targets[i], "gi"), "Jan", false);
        expect_holds(body_of(fixture, targets[i], "analist"), "\"toelichting\":\"Voor Jan\"", true);
    }
}

/* A tag of the public is not an analyst's, though both ask for the same edition. */
static void test_tags(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "jb-noord");
    publish(fixture, "een");
    const char *tag = header_of(fixture, SERIES "?editie=een", "ETag");
    struct attempt attempt = get(SERIES "?editie=een", NULL);
    attempt.if_none_match = tag;
    assert_int_equal(desk_fixture_status(fixture, &attempt), 304);
    attempt.token = "analist";
    assert_int_equal(desk_fixture_status(fixture, &attempt), 200);
    attempt = get(MONITOR "/edities", "analist");
    attempt.if_none_match = header_of(fixture, MONITOR "/edities", "ETag");
    assert_int_equal(desk_fixture_status(fixture, &attempt), 200);
}

/* Every read there is: open are those that hold no figures, and the editions'. */
static void test_every_route(void **state)
{
    struct desk_fixture *fixture = *state;
    static const struct {
        const char *part, *value;
    } parts[] = {{"{monitor}", "gi"}, {"{peildatum}", "2024-10-01"}, {"{organisatie}", "rbv"},
                 {"{n}", "1"},        {"{tabel}", "ontwikkeling"},   {"{editie}", "een"}};
    static const char *const open[] = {"reeksen",  "tabel",        "edities",     "editie",
                                       "monitors", "monitor",      "schema",      "sjabloon",
                                       "openapi",  "organisaties", "organisatie", "regios"};
    const struct routes routes = route_table();
    deliver(fixture, "rbv");
    publish(fixture, "een");
    for (size_t i = 0; i < routes.count; i++) {
        const struct route *route = &routes.items[i];
        if (route->method != METHOD_GET || route->operation == NULL) continue;
        const char *target = route->path;
        for (size_t j = 0; j < sizeof parts / sizeof parts[0]; j++) {
            if (strstr(target, parts[j].part) != NULL)
                target = desk_fixture_replace(fixture, target, parts[j].part, parts[j].value);
        }
        unsigned expected = 401;
        for (size_t j = 0; j < sizeof open / sizeof open[0]; j++) {
            if (strcmp(route->operation, open[j]) == 0) expected = 200;
        }
        if (status_of(fixture, target, NULL) != expected) fail_msg("%s", target);
    }
}

/* A token sees what it saw; and without `alles` nobody sees editions but analysts. */
static void test_others_are_as_they_were(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "jb-noord");
    publish(fixture, "een");
    deliver(fixture, "rbv");
    expect_holds(body_of(fixture, SERIES "?indicator=clienten", "gi"), "\"ontvangen\":2,", true);
    assert_int_equal(status_of(fixture, SERIES "?niveau=organisatie&organisatie=rbv", "gi"), 403);
    fixture->desk.open = OPEN_NATIONAL;
    expect_holds(body_of(fixture, SERIES "?indicator=clienten", NULL), "\"ontvangen\":2,", true);
    assert_int_equal(status_of(fixture, SERIES "?niveau=organisatie", NULL), 401);
    assert_int_equal(status_of(fixture, MONITOR "/edities", NULL), 401);
    assert_int_equal(status_of(fixture, MONITOR "/edities", "gi"), 403);
    assert_int_equal(status_of(fixture, MONITOR "/edities", "analist"), 200);
}

/* Nothing that happens to deliveries shows: no moments, no findings. */
static void test_metrics_are_of_the_edition_alone(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "jb-noord");
    publish(fixture, "een");
    const struct slice page = body_of(fixture, "/metrics", NULL);
    expect_holds(page, "gi_aanlevering_ontvangen", false);
    expect_holds(page, "gi_bevindingen", false);
    expect_holds(page, "gi_reeks{indicator=\"clienten\",niveau=\"organisatie\"", true);
    expect_holds(page, "gi_norm{", true);
    expect_holds(page, "gimon_log_entries", true);
}

/* Who has waited long enough is told to come back, and a scrape does without. */
static void test_what_is_not_decided_in_time(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "jb-noord");
    publish(fixture, "een");
    fixture->circumstance.impatient = true;
    assert_int_equal(status_of(fixture, SERIES, NULL), 503);
    assert_int_equal(status_of(fixture, TABLE "?formaat=html", NULL), 503);
    expect_holds(body_of(fixture, "/metrics", NULL), "gi_clienten", false);
    expect_holds(body_of(fixture, "/metrics", NULL), "gimon_log_entries", true);
    fixture->circumstance.impatient = false;
    assert_int_equal(status_of(fixture, SERIES, NULL), 200);
    fixture->circumstance.impatient = true;
    assert_int_equal(status_of(fixture, SERIES, NULL), 200);
    expect_holds(body_of(fixture, "/metrics", NULL), "gi_clienten", true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define DESK_TEST(test) cmocka_unit_test_setup_teardown(test, setup, desk_fixture_teardown)
        DESK_TEST(test_before_the_first_edition),
        DESK_TEST(test_exact_and_rounded),
        DESK_TEST(test_hidden_everywhere),
        DESK_TEST(test_nothing_live),
        DESK_TEST(test_which_edition_it_is),
        DESK_TEST(test_no_other_moment),
        DESK_TEST(test_what_is_told_of_an_edition),
        DESK_TEST(test_tags),
        DESK_TEST(test_every_route),
        DESK_TEST(test_others_are_as_they_were),
        DESK_TEST(test_metrics_are_of_the_edition_alone),
        DESK_TEST(test_what_is_not_decided_in_time),
#undef DESK_TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
