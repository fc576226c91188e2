#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk/metrics_cache.h"
#include "unit/desk_fixture.h"

/*
 * /metrics: who sees which figures, on which peildatum, and that figures kept from an earlier
 * scrape are exactly those that would be rendered now. The page's grammar is the renderer's to
 * prove.
 */

#define METRICS "/metrics"

static void deliver(struct desk_fixture *fixture, const char *peildatum, const char *organisation)
{
    const struct slice path =
        arena_print(&fixture->arena, "conf/voorbeeld/gi/%s/%s.json", peildatum, organisation);
    log_fixture_deliver(&fixture->log, peildatum, organisation, "",
                        log_fixture_read(&fixture->arena, path.ptr));
}

static struct slice scrape(struct desk_fixture *fixture, const char *token)
{
    return desk_fixture_body(fixture, &(struct attempt){.target = METRICS, .token = token});
}

/* National for all; organisations for who may see them. */
static void test_each_sees_its_own(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "2024-10-01", "jb-noord");
    deliver(fixture, "2024-10-01", "rbv");
    static const struct {
        const char *token;
        bool noord, rbv;
    } rows[] = {{NULL, false, false},
                {"gi", true, false},
                {"gi-rbv", false, true},
                {"analist", true, true},
                {"beheer", true, true}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct slice page = scrape(fixture, rows[i].token);
        assert_true(slice_holds(page, "gi_clienten{niveau=\"landelijk\"} "));
        assert_true(slice_holds(page, "gimon_redis_up"));
        assert_int_equal(slice_holds(page, "organisatie=\"jb-noord\""), rows[i].noord);
        assert_int_equal(slice_holds(page, "organisatie=\"rbv\""), rows[i].rbv);
    }
}

/* What is not open is not shown; the daemon's own part is. */
static void test_nothing_open_nothing_shown(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "2024-10-01", "jb-noord");
    fixture->desk.open = OPEN_NOTHING;
    assert_false(slice_holds(scrape(fixture, NULL), "gi_clienten"));
    assert_true(slice_holds(scrape(fixture, NULL), "gimon_redis_up"));
    assert_true(slice_holds(scrape(fixture, "beheer"), "gi_clienten"));
}

/* An organisation stands on its own newest peildatum, the nation on that with the most. */
static void test_peildata(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "2024-04-01", "jb-noord");
    deliver(fixture, "2024-04-01", "rbv");
    deliver(fixture, "2024-10-01", "jb-noord");
    const struct slice page = scrape(fixture, "analist");
    const struct point nation =
        log_fixture_ask(&fixture->log, "clienten", NULL, "2024-04-01", state_now());
    const struct point noord =
        log_fixture_ask(&fixture->log, "clienten", "jb-noord", "2024-10-01", state_now());
    const char *expected[] = {
        arena_print(&fixture->arena, "gi_clienten{niveau=\"landelijk\"} %s\n",
                    log_fixture_value(&fixture->log, &nation))
            .ptr,
        arena_print(&fixture->arena,
                    "gi_clienten{niveau=\"organisatie\",organisatie=\"jb-noord\"} %s\n",
                    log_fixture_value(&fixture->log, &noord))
            .ptr,
        "gi_respons_verwacht 13\n",
        "gi_respons_ontvangen 2\n",
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        if (!slice_holds(page, expected[i])) fail_msg("missing: %s", expected[i]);
    }
}

/* History reaches back so many peildata from the newest delivered for. */
static void test_history(void **state)
{
    struct desk_fixture *fixture = *state;
    deliver(fixture, "2023-10-01", "rbv");
    deliver(fixture, "2024-04-01", "rbv");
    fixture->desk.history = 1;
    assert_true(slice_holds(scrape(fixture, NULL), "peildatum=\"2024-04-01\""));
    assert_false(slice_holds(scrape(fixture, NULL), "peildatum=\"2023-10-01\""));
    fixture->desk.history = 2;
    assert_true(slice_holds(scrape(fixture, NULL), "peildatum=\"2023-10-01\""));
    fixture->desk.history = 0;
    assert_false(slice_holds(scrape(fixture, NULL), "gi_reeks"));
}

/* A log without deliveries has a page without figures. */
static void test_nothing_delivered(void **state)
{
    struct desk_fixture *fixture = *state;
    assert_false(slice_holds(scrape(fixture, "analist"), "gi_clienten"));
    assert_true(slice_holds(scrape(fixture, "analist"), "gimon_log_entries"));
}

/* The two forms, each with the Content-Type that Prometheus wants. */
static void test_forms(void **state)
{
    struct desk_fixture *fixture = *state;
    struct reply reply = desk_fixture_answer(
        fixture, &(struct attempt){.target = METRICS,
                                   .accept = "application/openmetrics-text;version=1.0.0"});
    assert_true(slice_starts(slice_of(reply.content_type), "application/openmetrics-text"));
    assert_true(slice_is(slice_from(reply.body.ptr + reply.body.len - 6, 6), "# EOF\n"));
    text_done(&reply.body);
    reply = desk_fixture_answer(fixture, &(struct attempt){.target = METRICS, .accept = "*/*"});
    assert_true(slice_starts(slice_of(reply.content_type), "text/plain; version=0.0.4"));
    text_done(&reply.body);
}

/* With a cache every page is, byte for byte, what it is without, before and after a delivery. */
static void test_what_is_kept_is_what_would_be_rendered(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const tokens[] = {NULL, "gi", "gi-rbv", "analist", NULL, "gi", "analist"};
    struct metrics_cache *cache = metrics_cache_new();
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
            fixture->desk.metrics = NULL;
            const struct slice fresh = scrape(fixture, tokens[i]);
            fixture->desk.metrics = cache;
            assert_true(slice_equal(fresh, scrape(fixture, tokens[i])));
            assert_true(slice_equal(fresh, scrape(fixture, tokens[i])));
        }
        deliver(fixture, round == 0 ? "2024-04-01" : "2024-10-01", "jb-noord");
    }
    metrics_cache_free(cache);
}

/* ---- the cache itself ---- */

/* Puts a page of that content into the cache, which alone holds it then. */
static void keep(struct metrics_cache *cache, const struct metrics_key *key, const char *content)
{
    struct text text = {0};
    text_puts(&text, content);
    struct shared *page = shared_new(&text);
    metrics_cache_put(cache, key, page);
    shared_drop(page);
}

static bool keeps(const struct metrics_cache *cache, const struct metrics_key *key,
                  const char *content)
{
    const struct shared *page = metrics_cache_find(cache, key);
    return page != NULL && slice_is(shared_slice(page), content);
}

static struct metrics_key key_of(const char *view, uint64_t count)
{
    return (struct metrics_key){.monitor = slice_of("gi"), .view = slice_of(view), .count = count};
}

/* A page is found by all of its key; a newer one takes the older one's place. */
static void test_a_page_is_found_by_its_key(void **state)
{
    (void)state;
    struct metrics_cache *cache = metrics_cache_new();
    const struct metrics_key one = key_of("alles", 1), two = key_of("alles", 2);
    struct metrics_key form = one, head = one;
    form.format = EXPOSITION_OPENMETRICS;
    head.head.bytes[31] = 1;
    keep(cache, &one, "een");
    assert_true(keeps(cache, &one, "een"));
    assert_null(metrics_cache_find(cache, &two));
    assert_null(metrics_cache_find(cache, &form));
    assert_null(metrics_cache_find(cache, &head));
    keep(cache, &two, "twee");
    assert_null(metrics_cache_find(cache, &one));
    assert_true(keeps(cache, &two, "twee"));
    metrics_cache_free(cache);
    metrics_cache_free(NULL);
}

/* A page that is being sent outlives its place in the cache, and the cache. */
static void test_a_page_lives_while_it_is_held(void **state)
{
    (void)state;
    struct metrics_cache *cache = metrics_cache_new();
    const struct metrics_key one = key_of("alles", 1), two = key_of("alles", 2);
    keep(cache, &one, "een");
    struct shared *held = shared_hold(metrics_cache_find(cache, &one));
    keep(cache, &two, "twee");
    metrics_cache_free(cache);
    assert_true(slice_is(shared_slice(held), "een"));
    shared_drop(held);
}

/* However many ask, so much is kept and no more; the newest is always there. */
static void test_the_cache_does_not_grow(void **state)
{
    struct desk_fixture *fixture = *state;
    struct metrics_cache *cache = metrics_cache_new();
    for (int i = 0; i < 1000; i++) {
        const struct metrics_key key = key_of(arena_print(&fixture->arena, "v%d", i).ptr, 1);
        keep(cache, &key, "x");
        assert_non_null(metrics_cache_find(cache, &key));
    }
    const struct metrics_key first = key_of("v0", 1);
    assert_null(metrics_cache_find(cache, &first));
    metrics_cache_free(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define DESK_TEST(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)
        DESK_TEST(test_each_sees_its_own),
        DESK_TEST(test_nothing_open_nothing_shown),
        DESK_TEST(test_peildata),
        DESK_TEST(test_history),
        DESK_TEST(test_nothing_delivered),
        DESK_TEST(test_forms),
        DESK_TEST(test_what_is_kept_is_what_would_be_rendered),
        DESK_TEST(test_a_page_is_found_by_its_key),
        DESK_TEST(test_a_page_lives_while_it_is_held),
        DESK_TEST(test_the_cache_does_not_grow),
#undef DESK_TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
