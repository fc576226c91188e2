/*
 * Who counts in a point and what a point says when there is no value: organisations that are not
 * expected, missing and `null` columns, regions, stated figures, and the peildatum of the gauges.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/log_fixture.h"

static const char MONITOR[] =
    "monitor: proef\n"
    "naam: Proef\n"
    "eigenaar: niemand\n"
    "cijfers:\n"
    "  kinderen: {naam: K, soort: aantal, eenheid: kinderen, regios: telt-op}\n"
    "  fte: {naam: F, soort: getal, decimalen: 1, eenheid: fte}\n"
    "  rapport: {naam: R, soort: opgave, decimalen: 1, eenheid: x}\n"
    "  lijst: {naam: L, soort: wachttijd, eenheid: kinderen, kalender: awt, drempel: 5}\n"
    "indicatoren:\n"
    "  last: {naam: w, eenheid: x, decimalen: 1, versies: ["
    "{soort: verhouding, teller: [kinderen], noemer: [fte]}, "
    "{vanaf: 2024-01-01, soort: verhouding, factor: 10, teller: [kinderen], noemer: [fte], "
    "reden: omdat}]}\n"
    "  later: {naam: l, eenheid: x, versies: [{vanaf: 2024-01-01, soort: som, "
    "teller: [kinderen], reden: nieuw}]}\n"
    "peildata: [{datum: 2023-06-01}, {datum: 2024-06-01}, {datum: 2025-06-01}]\n";

static const char ORGANISATIONS[] =
    "organisaties:\n"
    "  een: {naam: Een, monitors: [proef], vanaf: 2020-01-01, regios: [JZ01]}\n"
    "  twee: {naam: Twee, monitors: [proef], vanaf: 2020-01-01, tot: 2024-06-01}\n"
    "  drie: {naam: Drie, monitors: [proef], vanaf: 2024-06-02, regios: [JZ02]}\n";

static void open_log(struct log_fixture *log)
{
    log_fixture_init(log);
    log_fixture_define(log, "proef", MONITOR, ORGANISATIONS);
}

static void deliver(struct log_fixture *log, const char *peildatum, const char *organisation,
                    const char *delivery)
{
    log_fixture_deliver(log, peildatum, organisation, "", slice_of(delivery));
}

static void assert_answer(struct log_fixture *log, const char *indicator, const char *peildatum,
                          const char *expected)
{
    struct point point = log_fixture_ask(log, indicator, NULL, peildatum, state_now());
    assert_string_equal(log_fixture_value(log, &point), expected);
}

static void test_who_counts(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    deliver(&log, "2023-06-01", "een", "{\"cijfers\":{\"kinderen\":100,\"fte\":8}}");
    deliver(&log, "2023-06-01", "twee", "{\"cijfers\":{\"kinderen\":900}}");
    deliver(&log, "2023-06-01", "drie", "{\"cijfers\":{\"kinderen\":7,\"fte\":1}}");

    struct point sum = log_fixture_ask(&log, "kinderen", NULL, "2023-06-01", state_now());
    struct point ratio = log_fixture_ask(&log, "last", NULL, "2023-06-01", state_now());
    /* `drie` is not expected yet; `twee` has no fte, so its children are in no ratio */
    assert_string_equal(log_fixture_value(&log, &sum), "1000");
    assert_int_equal(sum.received, 2);
    assert_int_equal(sum.expected, 2);
    assert_string_equal(log_fixture_value(&log, &ratio), "12.5");
    assert_int_equal(ratio.received, 1);
    assert_int_equal(ratio.numerator.value.units, 100);
    log_fixture_done(&log);
}

static void test_versions_and_breaks(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    deliver(&log, "2024-06-01", "een", "{\"cijfers\":{\"kinderen\":100,\"fte\":8}}");
    deliver(&log, "2025-06-01", "een", "{\"cijfers\":{\"kinderen\":100,\"fte\":8}}");

    struct point first = log_fixture_ask(&log, "last", NULL, "2024-06-01", state_now());
    struct point second = log_fixture_ask(&log, "last", NULL, "2025-06-01", state_now());
    assert_string_equal(log_fixture_value(&log, &first), "125");
    assert_int_equal(first.definition, 2);
    assert_true(first.series_break);
    assert_false(second.series_break);
    assert_answer(&log, "later", "2023-06-01", "andere-definitie");
    log_fixture_done(&log);
}

static void test_reasons(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    assert_answer(&log, "last", "2023-06-01", "niet-aangeleverd");
    deliver(&log, "2023-06-01", "een", "{\"cijfers\":{\"kinderen\":null,\"fte\":null}}");
    assert_answer(&log, "last", "2023-06-01", "niet-van-toepassing");
    deliver(&log, "2023-06-01", "twee", "{\"cijfers\":{\"kinderen\":5,\"fte\":0}}");
    assert_answer(&log, "last", "2023-06-01", "noemer-nul");
    assert_answer(&log, "lijst", "2023-06-01", "niet-aangeleverd");
    deliver(&log, "2023-06-01", "twee", "{\"cijfers\":{\"kinderen\":5,\"lijst\":[]}}");
    assert_answer(&log, "lijst", "2023-06-01", "0");
    log_fixture_done(&log);
}

static void test_stated_figures_are_never_added_up(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    deliver(&log, "2023-06-01", "een", "{\"cijfers\":{\"rapport\":99.5}}");
    assert_answer(&log, "rapport", "2023-06-01", "99.5");
    deliver(&log, "2023-06-01", "twee", "{\"cijfers\":{\"rapport\":1}}");
    assert_answer(&log, "rapport", "2023-06-01", "niet-van-toepassing");
    log_fixture_done(&log);
}

static void test_regions_are_rows_of_their_own(void **unused)
{
    (void)unused;
    struct log_fixture log;
    struct subject subject;
    struct slice regions[] = {slice_of("JZ01"), slice_of("JZ02")};
    open_log(&log);
    deliver(&log, "2023-06-01", "een",
            "{\"cijfers\":{\"kinderen\":30},\"regios\":{\"JZ01\":{\"kinderen\":20}}}");
    deliver(&log, "2023-06-01", "twee",
            "{\"cijfers\":{\"kinderen\":9},\"regios\":{\"JZ01\":{\"kinderen\":4},"
            "\"JZ02\":{\"kinderen\":5}}}");

    const struct rulebook *rulebook = state_rulebook(log.state, state_now(), NULL);
    assert_true(subject_find(rulebook, slice_of("kinderen"), &log.arena, &subject));
    struct question question = {.subjects = &subject,
                                .subject_count = 1,
                                .level = LEVEL_REGION,
                                .regions = regions,
                                .region_count = 2,
                                .known = state_now()};
    struct series series = series_answer(log.state, &question, &log.arena);
    assert_int_equal(series.count, 6);
    assert_string_equal(log_fixture_value(&log, &series.points[0]), "24");
    assert_int_equal(series.points[0].received, 2);
    assert_string_equal(log_fixture_value(&log, &series.points[3]), "5");
    /* `een` does not serve JZ02, `twee` serves the whole country */
    assert_int_equal(series.points[3].expected, 1);
    log_fixture_done(&log);
}

static const char *gauge(struct log_fixture *log)
{
    struct text text = {0};
    const struct peildatum *peildatum =
        series_gauge_peildatum(log->state, state_rulebook(log->state, state_now(), NULL), NULL);
    if (peildatum == NULL) return "";
    date_put(&text, peildatum->date);
    const char *kept = arena_copy(&log->arena, text_slice(&text)).ptr;
    text_done(&text);
    return kept;
}

static void test_gauges_wait_for_a_complete_peildatum(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    assert_string_equal(gauge(&log), "");
    deliver(&log, "2024-06-01", "een", "{\"cijfers\":{\"kinderen\":1}}");
    assert_string_equal(gauge(&log), "2024-06-01");
    deliver(&log, "2023-06-01", "een", "{\"cijfers\":{\"kinderen\":1}}");
    deliver(&log, "2023-06-01", "twee", "{\"cijfers\":{\"kinderen\":1}}");
    /* complete beats newer; among incomplete ones the newest with the most */
    assert_string_equal(gauge(&log), "2023-06-01");
    deliver(&log, "2024-06-01", "twee", "{\"cijfers\":{\"kinderen\":1}}");
    assert_string_equal(gauge(&log), "2024-06-01");
    log_fixture_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_counts),
        cmocka_unit_test(test_versions_and_breaks),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_stated_figures_are_never_added_up),
        cmocka_unit_test(test_regions_are_rows_of_their_own),
        cmocka_unit_test(test_gauges_wait_for_a_complete_peildatum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
