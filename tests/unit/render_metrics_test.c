/*
 * The figures' part of /metrics: names by unit, a share divided by 100 exactly, no sample where
 * there is no value, each family in one piece, in both formats.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "codec/render_metrics.h"
#include "unit/golden.h"

static const struct indicator INDICATORS[] = {
    {.id = SLICE_LITERAL("workload"),
     .name = SLICE_LITERAL("Workload per \"fte\""),
     .unit = SLICE_LITERAL("kinderen per fte"),
     .decimals = 1},
    {.id = SLICE_LITERAL("verloop"),
     .name = SLICE_LITERAL("Personeelsverloop"),
     .unit = SLICE_LITERAL("%"),
     .decimals = 1},
    {.id = SLICE_LITERAL("wachttijd_start"),
     .name = SLICE_LITERAL("Wachttijd\\bij de\nstart"),
     .unit = SLICE_LITERAL("dagen"),
     .decimals = 1},
    {.id = SLICE_LITERAL("fte-tekort"), .name = SLICE_LITERAL("Tekort"), .decimals = 2},
    {.id = SLICE_LITERAL("leeg"), .name = SLICE_LITERAL("Nergens een waarde")},
};
enum { INDICATOR_COUNT = sizeof INDICATORS / sizeof INDICATORS[0] };
static const struct norm NORMS[] = {
    {.indicator = &INDICATORS[0], .value = {.units = 128, .decimals = 1}, .from = {.day = 19653}},
};
static const struct monitor MONITOR = {
    .id = SLICE_LITERAL("zij-instroom"),
    .indicators = INDICATORS,
    .indicator_count = INDICATOR_COUNT,
    .norms = NORMS,
    .norm_count = 1,
};
static const struct peildatum NEWEST = {.date = {.day = 19997}};

static struct point point_of(size_t indicator, enum level level, int64_t units)
{
    return (struct point){
        .indicator = &INDICATORS[indicator],
        .id = INDICATORS[indicator].id,
        .level = level,
        .organisation = slice_of(level == LEVEL_ORGANISATION ? "jb-noord" : NULL),
        .region = slice_of(level == LEVEL_REGION ? "JZ01" : NULL),
        .peildatum = NEWEST.date,
        .value = {.present = true,
                  .value = {.units = units, .decimals = INDICATORS[indicator].decimals}},
    };
}

static struct point missing(size_t indicator)
{
    struct point point = point_of(indicator, LEVEL_NATIONAL, 0);
    point.value.present = false;
    point.reason = REASON_NOT_DELIVERED;
    return point;
}

/** Everything a page can hold; levels come as separate series, out of the definition's order. */
static void render_all(struct text *text, enum exposition_format format)
{
    struct point national[] = {point_of(2, LEVEL_NATIONAL, 290), point_of(0, LEVEL_NATIONAL, 126),
                               point_of(1, LEVEL_NATIONAL, 155), missing(4),
                               point_of(3, LEVEL_NATIONAL, -3894)};
    struct point local[] = {point_of(0, LEVEL_ORGANISATION, 131), point_of(1, LEVEL_REGION, 70)};
    struct point past[] = {point_of(1, LEVEL_NATIONAL, 157), missing(0),
                           point_of(0, LEVEL_ORGANISATION, 140)};
    past[0].peildatum = past[2].peildatum = (struct date){.day = 19814};
    const struct series gauges[] = {{.points = national, .count = 5},
                                    {.points = local, .count = 2}};
    const struct series history[] = {{.points = past, .count = 3}, {.points = local, .count = 1}};
    const struct metrics_delivery deliveries[] = {
        {.organisation = SLICE_LITERAL("jb-noord"),
         .received = {.ms = 1732262400123},
         .findings = {[SEVERITY_EXPLAIN] = 1, [SEVERITY_WARNING] = 2}},
        {.organisation = SLICE_LITERAL("a\"b\\c"), .received = {.ms = 1732262400000}},
    };
    const struct metrics_page page = {
        .monitor = &MONITOR,
        .peildatum = &NEWEST,
        .expected = 13,
        .received = 12,
        .gauges = gauges,
        .gauge_count = 2,
        .history = history,
        .history_count = 2,
        .deliveries = deliveries,
        .delivery_count = 2,
    };
    render_metrics(text, &page, format);
}

static void test_the_page_in_prometheus_text(void **unused)
{
    (void)unused;
    struct text text = {0};
    render_all(&text, EXPOSITION_PROMETHEUS);
    golden_check("render/metrics.prom", text_slice(&text));
    text_done(&text);
}

static void test_the_page_in_openmetrics(void **unused)
{
    (void)unused;
    struct text text = {0};
    render_all(&text, EXPOSITION_OPENMETRICS);
    golden_check("render/metrics.om", text_slice(&text));
    text_done(&text);
}

/** How often `part` occurs in the NUL-terminated text. */
static size_t occurrences(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}

static void test_a_family_is_announced_once_and_only_with_samples(void **unused)
{
    (void)unused;
    struct text text = {0};
    render_all(&text, EXPOSITION_OPENMETRICS);
    text_putc(&text, '\0');
    assert_int_equal(occurrences(text.ptr, "# TYPE zij_instroom_workload gauge\n"), 1);
    assert_int_equal(occurrences(text.ptr, "# TYPE zij_instroom_reeks gauge\n"), 1);
    assert_null(strstr(text.ptr, "leeg"));
    assert_null(strstr(text.ptr, "NaN"));
    assert_null(strstr(text.ptr, "# EOF"));
    text_done(&text);
}

/** 15.5 % is 0.155 and 7.0 % is 0.07: digits move, nothing is divided. */
static void test_a_share_is_exact(void **unused)
{
    (void)unused;
    struct text text = {0};
    render_all(&text, EXPOSITION_PROMETHEUS);
    text_putc(&text, '\0');
    assert_non_null(strstr(text.ptr, "\nzij_instroom_verloop_ratio{niveau=\"landelijk\"} 0.155\n"));
    assert_non_null(
        strstr(text.ptr, "\nzij_instroom_verloop_ratio{niveau=\"regio\",regio=\"JZ01\"} 0.07\n"));
    text_done(&text);
}

static void test_before_the_first_delivery_there_is_nothing(void **unused)
{
    (void)unused;
    struct text text = {0};
    const struct metrics_page page = {.monitor = &MONITOR};
    render_metrics(&text, &page, EXPOSITION_PROMETHEUS);
    assert_int_equal(text.len, 0);
    text_done(&text);
}

static void test_no_norm_before_it_holds(void **unused)
{
    (void)unused;
    struct text text = {0};
    const struct peildatum early = {.date = {.day = 19652}};
    const struct metrics_page page = {.monitor = &MONITOR, .peildatum = &early};
    render_metrics(&text, &page, EXPOSITION_PROMETHEUS);
    text_putc(&text, '\0');
    assert_null(strstr(text.ptr, "_norm"));
    assert_non_null(strstr(text.ptr, "zij_instroom_respons_verwacht 0\n"));
    text_done(&text);
}

/** A file to back-fill from: the same names, each point at its peildatum, and its end. */
static void test_history_stands_at_its_peildatum(void **unused)
{
    (void)unused;
    struct text text = {0};
    const struct indicator *share = NULL;
    for (size_t i = 0; i < MONITOR.indicator_count; i++)
        if (slice_is(MONITOR.indicators[i].unit, "%")) share = &MONITOR.indicators[i];
    assert_non_null(share);
    struct point points[] = {
        {.id = share->id, .peildatum = {.day = 19997}, .value = {true, {155, 1}}},
        {.id = share->id, .peildatum = {.day = 20000}, .reason = REASON_NOT_DELIVERED},
        {.id = share->id, .peildatum = {.day = 20179}, .value = {true, {-70, 1}}},
    };
    const struct series series = {.points = points, .count = 3};
    render_metrics_history(&text, &MONITOR, &series, 1);
    text_putc(&text, '\0');
    assert_non_null(strstr(text.ptr,
                           "\nzij_instroom_verloop_ratio{niveau=\"landelijk\"} 0.155 "
                           "1727740800\n"
                           "zij_instroom_verloop_ratio{niveau=\"landelijk\"} -0.07 "
                           "1743465600\n# EOF\n"));
    text_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_page_in_prometheus_text),
        cmocka_unit_test(test_the_page_in_openmetrics),
        cmocka_unit_test(test_a_family_is_announced_once_and_only_with_samples),
        cmocka_unit_test(test_a_share_is_exact),
        cmocka_unit_test(test_before_the_first_delivery_there_is_nothing),
        cmocka_unit_test(test_no_norm_before_it_holds),
        cmocka_unit_test(test_history_stands_at_its_peildatum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
