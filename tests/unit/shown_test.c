/*
 * What the public sees: sums rounded, small ones hidden with what would give them away, everything
 * else computed from what is shown; and an edition that shows the same for ever.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "core/shown.h"
#include "unit/show_bench.h"

static const char MONITOR[] =
    "monitor: proef\n"
    "naam: Proef\n"
    "cijfers:\n"
    "  kinderen:\n"
    "    {naam: K, soort: aantal, eenheid: kinderen, regios: telt-op,\n"
    "     delen: {jb: {naam: B}, jr: {naam: R}}}\n"
    "  fte: {naam: F, soort: getal, decimalen: 2, eenheid: fte}\n"
    "  rapport: {naam: R, soort: opgave, decimalen: 1, eenheid: x}\n"
    "  lijst: {naam: L, soort: wachttijd, eenheid: kinderen, kalender: awt, drempel: 5}\n"
    "indicatoren:\n"
    "  last: {naam: w, eenheid: x, decimalen: 1, versies: ["
    "{soort: verhouding, teller: [kinderen], noemer: [fte]}]}\n"
    "  gemiddeld: {naam: g, eenheid: x, decimalen: 1, versies: ["
    "{soort: gemiddelde, teller: [kinderen], noemer: [fte]}]}\n"
    "  wacht: {naam: d, eenheid: dagen, decimalen: 1, versies: ["
    "{soort: verhouding, teller: [lijst.dagen], noemer: [lijst]}]}\n"
    "  mediaan: {naam: m, eenheid: dagen, versies: ["
    "{soort: percentiel, percentiel: 50, teller: [lijst]}]}\n"
    "  nodig: {naam: n, eenheid: fte, decimalen: 2, versies: ["
    "{soort: nodig, norm: last, teller: [kinderen]}]}\n"
    "  tekort: {naam: t, eenheid: fte, decimalen: 2, versies: ["
    "{soort: tekort, norm: last, teller: [kinderen], noemer: [fte]}]}\n"
    "  rapport: {naam: r, eenheid: x, decimalen: 1, versies: [{soort: som, teller: [rapport]}]}\n"
    "  later: {naam: l, eenheid: x, versies: [{vanaf: 2030-01-01, soort: som, "
    "teller: [kinderen], reden: nieuw}]}\n"
    "normen: [{indicator: last, waarde: 8, vanaf: 2020-01-01}]\n"
    "peildata: [{datum: 2024-06-01}]\n";

static const char ORGANISATIONS[] =
    "organisaties:\n"
    "  een: {naam: Een, monitors: [proef], vanaf: 2020-01-01}\n"
    "  twee: {naam: Twee, monitors: [proef], vanaf: 2020-01-01}\n"
    "  drie: {naam: Drie, monitors: [proef], vanaf: 2020-01-01}\n";

static int setup(void **state)
{
    static struct show_bench bench;
    show_bench_init(&bench, MONITOR, ORGANISATIONS);
    *state = &bench;
    return 0;
}

static int teardown(void **state)
{
    show_bench_done(*state);
    return 0;
}

/* Everybody delivers children and fte; `lists` is what waits at each of the three. */
static void deliver_all(struct show_bench *bench, const char *const lists[3])
{
    static const char *const names[] = {"een", "twee", "drie"};
    static const char *const figures[] = {
        "\"kinderen\":{\"jb\":101,\"jr\":52},\"fte\":12.34",
        "\"kinderen\":{\"jb\":203,\"jr\":77},\"fte\":27.5",
        "\"kinderen\":{\"jb\":318,\"jr\":64},\"fte\":42.49",
    };
    for (size_t i = 0; i < 3; i++) {
        const struct slice delivery =
            arena_print(&bench->log.arena, "{\"cijfers\":{%s,\"lijst\":%s,\"rapport\":7.5}}",
                        figures[i], lists[i]);
        show_bench_deliver(bench, names[i], delivery.ptr);
    }
}

static const char *const MANY[] = {
    "[{\"sinds\":\"2024-05-01\",\"aantal\":12},{\"sinds\":\"2024-04-01\",\"aantal\":22}]",
    "{\"aantal\":33,\"dagen\":991}",
    "[{\"sinds\":\"2024-05-02\",\"aantal\":9},{\"sinds\":\"2024-03-01\",\"aantal\":47}]",
};

static void expect(struct show_bench *bench, const char *subject, const char *member,
                   const char *expected)
{
    const char *shown = show_bench_shown(bench, "een", subject, member);
    if (strcmp(shown, expected) != 0)
        fail_msg("%s of \"%s\" is %s, not %s", subject, member, shown, expected);
}

/* 153, 280 and 382 children; 12.34, 27.50 and 42.49 fte. The rule is in whole fte. */
static void test_sums_are_rounded_and_the_rest_is_computed_from_them(void **state)
{
    struct show_bench *bench = *state;
    deliver_all(bench, MANY);
    show_bench_publish(bench, "een");
    expect(bench, "kinderen", "", "815");
    expect(bench, "kinderen", "een", "155");
    expect(bench, "kinderen.jb", "twee", "205");
    expect(bench, "fte", "", "80");
    expect(bench, "fte", "een", "10");
    expect(bench, "fte", "twee", "30");
    expect(bench, "last", "", "10.2 (815/80)");
    expect(bench, "last", "drie", "9.5 (380/40)");
    expect(bench, "nodig", "", "101.88 (815/8)");
    expect(bench, "tekort", "", "21.88 (815/80)");
    expect(bench, "wacht", "twee", "28.3 (990/35)");
}

/* 155 / 10, 280 / 30 and 380 / 40: 15.5, 9.33 and 9.5. */
static void test_a_mean_is_that_of_the_ratios_shown(void **state)
{
    struct show_bench *bench = *state;
    deliver_all(bench, MANY);
    show_bench_publish(bench, "een");
    expect(bench, "gemiddeld", "", "11.4");
    expect(bench, "gemiddeld", "drie", "9.5");
}

static void test_a_mean_needs_all_of_them(void **state)
{
    struct show_bench *bench = *state;
    deliver_all(bench, MANY);
    show_bench_deliver(bench, "een",
                       "{\"cijfers\":{\"kinderen\":{\"jb\":101,\"jr\":52},\"fte\":9.99}}");
    show_bench_publish(bench, "een");
    expect(bench, "fte", "een", "onderdrukt");
    expect(bench, "fte", "twee", "30"); /* rounded, the total less the others does not tell */
    expect(bench, "last", "een", "onderdrukt");
    expect(bench, "gemiddeld", "een", "onderdrukt");
    expect(bench, "gemiddeld", "", "onderdrukt");
    expect(bench, "last", "", "10.2 (815/80)");
}

/* Of people one hidden count is not alone: the total less the others would tell. */
static void test_a_second_one_is_hidden(void **state)
{
    struct show_bench *bench = *state;
    deliver_all(bench, MANY);
    show_bench_deliver(bench, "een", "{\"cijfers\":{\"kinderen\":{\"jb\":101,\"jr\":7}}}");
    show_bench_publish(bench, "een");
    expect(bench, "kinderen.jr", "een", "onderdrukt");
    const bool second = strcmp(show_bench_shown(bench, "een", "kinderen.jr", "twee"), "75") != 0;
    const bool third = strcmp(show_bench_shown(bench, "een", "kinderen.jr", "drie"), "65") != 0;
    assert_true(second != third);
    expect(bench, "kinderen.jr", "", "150");
    expect(bench, "kinderen", "", "770");
}

/* 0 counts as little, and what follows from it says as much. */
static void test_what_is_small_is_hidden(void **state)
{
    static const char *const lists[] = {"[]", "{\"aantal\":9,\"dagen\":900}",
                                        "{\"aantal\":300,\"dagen\":9000}"};
    struct show_bench *bench = *state;
    deliver_all(bench, lists);
    show_bench_publish(bench, "een");
    expect(bench, "lijst", "een", "onderdrukt");
    expect(bench, "wacht", "een", "onderdrukt");   /* noemer-nul */
    expect(bench, "mediaan", "een", "onderdrukt"); /* geen-verdeling */
    expect(bench, "lijst", "twee", "onderdrukt");
    expect(bench, "lijst.dagen", "twee", "onderdrukt"); /* 900, but of whom is hidden */
    expect(bench, "wacht", "twee", "onderdrukt");
}

/* A published percentage has no numerator, and what has no definition yet has no figure. */
static void test_reasons_that_say_nothing_of_a_count_stay(void **state)
{
    struct show_bench *bench = *state;
    show_bench_deliver(bench, "een", "{\"cijfers\":{\"rapport\":7.5,\"fte\":null}}");
    show_bench_publish(bench, "een");
    expect(bench, "rapport", "een", "onderdrukt");
    expect(bench, "rapport", "", "onderdrukt");
    expect(bench, "later", "", "andere-definitie");
    expect(bench, "kinderen", "een", "niet-aangeleverd");
    expect(bench, "kinderen", "twee", "niet-aangeleverd");
    expect(bench, "fte", "een", "niet-van-toepassing");
}

/* 34 of 34, none of 33 and 56 of 56 are known by date: a median is of those. */
static void test_a_percentile_stays_as_it_is(void **state)
{
    struct show_bench *bench = *state;
    deliver_all(bench, MANY);
    show_bench_publish(bench, "een");
    expect(bench, "mediaan", "een", "61");
    expect(bench, "mediaan", "drie", "92");
    expect(bench, "mediaan", "twee", "onderdrukt");
    expect(bench, "mediaan", "", "92");
}

/* Six with a date and fifty without: the count is shown, the median of six is not. */
static void test_a_percentile_is_of_enough(void **state)
{
    static const char *const lists[] = {"[{\"sinds\":\"2024-05-01\",\"aantal\":9}]",
                                        "{\"aantal\":50,\"dagen\":900}",
                                        "{\"aantal\":60,\"dagen\":900}"};
    struct show_bench *bench = *state;
    deliver_all(bench, lists);
    show_bench_publish(bench, "een");
    expect(bench, "mediaan", "", "onderdrukt");
}

/* Of two regions and a rest, one small: all that is published are sums over organisations. */
static void test_regions(void **state)
{
    struct show_bench *bench = *state;
    show_bench_deliver(bench, "een",
                       "{\"cijfers\":{\"kinderen\":{\"jb\":101,\"jr\":52}},\"regios\":{"
                       "\"JZ01\":{\"kinderen\":{\"jb\":4,\"jr\":3}},"
                       "\"JZ02\":{\"kinderen\":{\"jb\":61,\"jr\":30}}}}");
    show_bench_publish(bench, "een");
    expect(bench, "kinderen", "JZ01", "onderdrukt");
    expect(bench, "kinderen.jb", "JZ01", "onderdrukt");
    expect(bench, "kinderen", "JZ02", "90");
    expect(bench, "kinderen", "JZ03", "niet-aangeleverd");
    expect(bench, "kinderen", "een", "155");
    expect(bench, "kinderen", "", "155");
}

/* Numbers of its own: hidden below 200, rounded to 100. */
static void test_the_definition_says_by_which_numbers(void **state)
{
    struct show_bench *bench = *state;
    const char *monitor = arena_print(&bench->log.arena,
                                      "%sopenbaarmaking: {drempel: 200, afronding: 100}\n", MONITOR)
                              .ptr;
    log_fixture_define(&bench->log, "proef", monitor, ORGANISATIONS);
    deliver_all(bench, MANY);
    show_bench_publish(bench, "een");
    expect(bench, "kinderen", "een", "onderdrukt");
    expect(bench, "kinderen", "", "800");
    expect(bench, "fte", "", "onderdrukt");
}

/* ---- editions ---- */

static void test_what_was_shown_stays_shown(void **state)
{
    static const char *const subjects[] = {"kinderen", "kinderen.jb", "last", "lijst", "wacht"};
    static const char *const members[] = {"", "een", "twee", "drie"};
    struct show_bench *bench = *state;
    const char *before[5][4];
    deliver_all(bench, MANY);
    show_bench_publish(bench, "een");
    for (size_t i = 0; i < 20; i++)
        before[i / 4][i % 4] = show_bench_shown(bench, "een", subjects[i / 4], members[i % 4]);

    show_bench_deliver(bench, "een", "{\"cijfers\":{\"kinderen\":{\"jb\":7,\"jr\":52}}}");
    show_bench_publish(bench, "twee");
    for (size_t i = 0; i < 20; i++)
        expect(bench, subjects[i / 4], members[i % 4], before[i / 4][i % 4]);
    assert_string_equal(show_bench_shown(bench, "twee", "kinderen.jb", "een"), "onderdrukt");
    assert_string_equal(show_bench_shown(bench, "twee", "kinderen", "twee"), "280");
}

/* Whoever comes later, or again, decides the same. */
static void test_who_decides_does_not_matter(void **state)
{
    struct show_bench *bench = *state;
    deliver_all(bench, MANY);
    show_bench_publish(bench, "een");
    show_bench_deliver(bench, "een", "{\"cijfers\":{\"kinderen\":{\"jb\":7,\"jr\":52}}}");
    show_bench_publish(bench, "twee");
    const struct series first = show_bench_series(bench, "twee", NULL, LEVEL_ORGANISATION);

    struct showings *showings = bench->showings;
    const struct edition *last = state_editions(bench->log.state)->items[1];
    bench->showings = showings_new();
    assert_false(showings_complete(bench->showings, bench->log.state, last));
    log_fixture_decide(&bench->log, bench->showings, last);
    assert_true(showings_complete(bench->showings, bench->log.state, last));
    const struct series again = show_bench_series(bench, "twee", NULL, LEVEL_ORGANISATION);
    assert_int_equal(first.count, again.count);
    for (size_t i = 0; i < first.count; i++) {
        assert_true(maybe_equal(&first.points[i].value, &again.points[i].value));
        assert_int_equal(first.points[i].reason, again.points[i].reason);
    }
    showings_free(showings);
}

/* A figure over others than were decided about is none of those that may be shown. */
static void test_another_sum_is_not_shown(void **state)
{
    struct show_bench *bench = *state;
    deliver_all(bench, MANY);
    show_bench_publish(bench, "een");
    struct series series = show_bench_exact(bench, "een", "kinderen,last", LEVEL_ORGANISATION);
    const struct edition *edition = state_editions(bench->log.state)->items[0];
    const struct shown_question question = {
        .showings = bench->showings,
        .edition = edition,
        .rulebook = state_rulebook(bench->log.state, edition->known, NULL),
    };
    series.points[0].numerator.value.units += 280; /* of two organisations in one */
    series.points[1].received = 2;
    series.points[3].denominator.value.units += 1;
    shown_points(&question, series.points, series.count);
    for (size_t i = 0; i < 6; i++) {
        const bool other = i == 0 || i == 1 || i == 3;
        assert_int_equal(series.points[i].reason, other ? REASON_SUPPRESSED : REASON_NONE);
    }
}

static void test_what_is_not_decided_is_not_shown(void **state)
{
    struct show_bench *bench = *state;
    deliver_all(bench, MANY);
    show_bench_publish(bench, "een");
    struct showings *showings = bench->showings;
    bench->showings = showings_new();
    expect(bench, "kinderen", "", "onderdrukt");
    expect(bench, "mediaan", "", "onderdrukt");
    showings_free(showings);
}

/* A log that was put in the place of another: what was decided about that is nobody's. */
static void test_another_log(void **state)
{
    struct show_bench *bench = *state;
    deliver_all(bench, MANY);
    show_bench_publish(bench, "een");
    struct show_bench other;
    show_bench_init(&other, MONITOR, ORGANISATIONS);
    showings_free(other.showings);
    other.showings = bench->showings;
    show_bench_deliver(&other, "een", "{\"cijfers\":{\"fte\":100}}");
    show_bench_publish(&other, "een");
    assert_string_equal(show_bench_shown(&other, "een", "fte", "een"), "100");
    assert_string_equal(show_bench_shown(&other, "een", "kinderen", "een"), "niet-aangeleverd");
    bench->showings = showings_new();
    show_bench_done(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define SHOWN_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        SHOWN_TEST(test_sums_are_rounded_and_the_rest_is_computed_from_them),
        SHOWN_TEST(test_a_mean_is_that_of_the_ratios_shown),
        SHOWN_TEST(test_a_mean_needs_all_of_them),
        SHOWN_TEST(test_a_second_one_is_hidden),
        SHOWN_TEST(test_what_is_small_is_hidden),
        SHOWN_TEST(test_reasons_that_say_nothing_of_a_count_stay),
        SHOWN_TEST(test_a_percentile_stays_as_it_is),
        SHOWN_TEST(test_a_percentile_is_of_enough),
        SHOWN_TEST(test_regions),
        SHOWN_TEST(test_the_definition_says_by_which_numbers),
        SHOWN_TEST(test_what_was_shown_stays_shown),
        SHOWN_TEST(test_who_decides_does_not_matter),
        SHOWN_TEST(test_another_sum_is_not_shown),
        SHOWN_TEST(test_what_is_not_decided_is_not_shown),
        SHOWN_TEST(test_another_log),
#undef SHOWN_TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
