/*
 * What is attributed to no region: by hand for each way in which a delivery can give or not give
 * regions, and as a property: whatever is delivered, for every figure that is a sum the regions and
 * the remainder are together the national figure, numerator and denominator alike.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "core/remainder.h"
#include "unit/log_fixture.h"

static const char MONITOR[] =
    "monitor: proef\n"
    "naam: Proef\n"
    "cijfers:\n"
    "  kinderen: {naam: K, soort: aantal, eenheid: kinderen, regios: telt-op, "
    "delen: {a: {naam: A}, b: {naam: B}}}\n"
    "  fte: {naam: F, soort: getal, decimalen: 1, eenheid: fte, regios: telt-op}\n"
    "  lijst: {naam: L, soort: wachttijd, eenheid: kinderen, drempel: 5, regios: telt-op}\n"
    "  verzuim: {naam: V, soort: aantal, eenheid: dagen}\n"
    "  gezinnen: {naam: G, soort: aantal, eenheid: gezinnen, regios: overlapt}\n"
    "indicatoren:\n"
    "  kinderen: {naam: k, eenheid: x, versies: [{soort: som, teller: [kinderen]}]}\n"
    "  last: {naam: w, eenheid: x, decimalen: 1, versies: [{soort: verhouding, "
    "teller: [kinderen], noemer: [fte]}]}\n"
    "  wacht: {naam: l, eenheid: x, versies: [{soort: som, teller: [lijst]}]}\n"
    "  duur: {naam: d, eenheid: x, decimalen: 1, versies: [{soort: verhouding, "
    "teller: [lijst.dagen], noemer: [lijst]}]}\n"
    "  mediaan: {naam: m, eenheid: x, versies: [{soort: percentiel, percentiel: 50, "
    "teller: [lijst]}]}\n"
    "  verzuim: {naam: v, eenheid: x, versies: [{soort: som, teller: [verzuim]}]}\n"
    "  gezinnen: {naam: g, eenheid: x, versies: [{soort: som, teller: [gezinnen]}]}\n"
    "  gemengd: {naam: x, eenheid: x, versies: [{soort: verhouding, teller: [kinderen], "
    "noemer: [verzuim]}, {vanaf: 2024-01-01, soort: som, teller: [fte], reden: anders}]}\n"
    "peildata: [{datum: 2023-05-01}, {datum: 2024-04-01}]\n";

static const char ORGANISATIONS[] =
    "organisaties:\n"
    "  een: {naam: Een, monitors: [proef], vanaf: 2020-01-01, regios: [JZ01]}\n"
    "  twee: {naam: Twee, monitors: [proef], vanaf: 2020-01-01}\n"
    "  drie: {naam: Drie, monitors: [proef], vanaf: 2024-01-01, regios: [JZ02]}\n";

static const char *const NAMES[] = {"een", "twee", "drie"};
static const char *const DATES[] = {"2023-05-01", "2024-04-01"};

static void open_log(struct log_fixture *log)
{
    log_fixture_init(log);
    log_fixture_define(log, "proef", MONITOR, ORGANISATIONS);
}

/* All points of a name at a level. */
static struct series ask(struct log_fixture *log, const char *name, enum level level)
{
    struct subject *subject = arena_new(&log->arena, sizeof *subject);
    const struct rulebook *rulebook = state_rulebook(log->state, state_now(), NULL);
    assert_true(subject_find(rulebook, slice_of(name), &log->arena, subject));
    const struct question question = {
        .subjects = subject, .subject_count = 1, .level = level, .known = state_now()};
    return series_answer(log->state, &question, &log->arena);
}

/* The point of a region (the remainder among them) on the first peildatum; NULL without one. */
static const struct point *find(struct log_fixture *log, const char *name, const char *region)
{
    const struct series series = ask(log, name, LEVEL_REGION);
    for (size_t i = 0; i < series.count; i++) {
        if (slice_is(series.points[i].region, region)) return &series.points[i];
    }
    return NULL;
}

static void expect(struct log_fixture *log, const char *name, const char *region,
                   const char *expected)
{
    const struct point *point = find(log, name, region);
    assert_non_null(point);
    assert_string_equal(log_fixture_value(log, point), expected);
}

static void deliver(struct log_fixture *log, const char *organisation, const char *delivery)
{
    log_fixture_deliver(log, DATES[0], organisation, "", slice_of(delivery));
}

static void test_what_is_left_of_a_total(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    expect(&log, "kinderen", REMAINDER_ID, "niet-aangeleverd");
    deliver(&log, "een",
            "{\"cijfers\":{\"kinderen\":{\"a\":30,\"b\":5},\"fte\":2},\"regios\":{"
            "\"JZ01\":{\"kinderen\":{\"a\":20,\"b\":5},\"fte\":2},\"JZ02\":{\"kinderen\":{\"a\":4}}"
            "}}");
    deliver(&log, "twee", "{\"cijfers\":{\"kinderen\":{\"a\":100,\"b\":0},\"fte\":10}}");

    expect(&log, "kinderen.a", REMAINDER_ID, "106");
    /* JZ02 has no b, so no total: its 4 are in no region of `kinderen` and thus in the remainder */
    expect(&log, "kinderen", "JZ01", "25");
    expect(&log, "kinderen", "JZ02", "niet-aangeleverd");
    expect(&log, "kinderen", REMAINDER_ID, "110");
    expect(&log, "kinderen", "JZ01", "25");
    expect(&log, "last", REMAINDER_ID, "11");
    const struct point *point = find(&log, "kinderen", REMAINDER_ID);
    assert_int_equal(point->received, 2);
    assert_int_equal(point->expected, 2);
    log_fixture_done(&log);
}

static void test_nothing_left_is_zero_and_has_no_ratio(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    deliver(&log, "een",
            "{\"cijfers\":{\"kinderen\":{\"a\":3,\"b\":1},\"fte\":2},\"regios\":{"
            "\"JZ01\":{\"kinderen\":{\"a\":3,\"b\":1},\"fte\":2}}}");
    expect(&log, "kinderen", REMAINDER_ID, "0");
    expect(&log, "last", REMAINDER_ID, "noemer-nul");
    log_fixture_done(&log);
}

static void test_a_region_is_a_part_of_its_total(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    deliver(&log, "een",
            "{\"cijfers\":{\"kinderen\":{\"a\":7,\"b\":null},\"gezinnen\":null},\"regios\":{"
            "\"JZ01\":{\"kinderen\":{\"a\":null,\"b\":2},\"fte\":3,\"gezinnen\":9}}}");
    expect(&log, "kinderen.a", "JZ01", "niet-van-toepassing");
    expect(&log, "kinderen.a", REMAINDER_ID, "7");
    expect(&log, "kinderen.b", "JZ01", "niet-van-toepassing");
    expect(&log, "kinderen.b", REMAINDER_ID, "niet-van-toepassing");
    expect(&log, "fte", "JZ01", "niet-aangeleverd");
    expect(&log, "fte", REMAINDER_ID, "niet-aangeleverd");
    /* of what overlaps, regions are no parts, and nothing is left of it */
    expect(&log, "gezinnen", "JZ01", "9");
    log_fixture_done(&log);
}

static void test_figures_that_do_not_add_up_have_no_remainder(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    assert_null(find(&log, "verzuim", REMAINDER_ID));
    assert_null(find(&log, "gezinnen", REMAINDER_ID));
    /* the first version divides by what has no regions, the second does not */
    const struct series mixed = ask(&log, "gemengd", LEVEL_REGION);
    const struct point *last = &mixed.points[mixed.count - 1];
    assert_true(slice_is(last->region, REMAINDER_ID));
    assert_int_equal(last->definition, 2);
    assert_true(slice_is(mixed.points[mixed.count - 2].region, "JZ43"));
    log_fixture_done(&log);
}

static void test_a_waiting_list_is_subtracted_by_date(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    deliver(&log, "een",
            "{\"cijfers\":{\"lijst\":[{\"sinds\":\"2023-01-01\",\"aantal\":3},"
            "{\"sinds\":\"2023-04-01\",\"aantal\":5},{\"sinds\":\"2023-04-30\",\"aantal\":9}]},"
            "\"regios\":{\"JZ01\":{\"lijst\":[{\"sinds\":\"2023-04-01\",\"aantal\":4}]}}}");
    expect(&log, "wacht", REMAINDER_ID, "4");
    expect(&log, "lijst.dagen", REMAINDER_ID, "390");
    expect(&log, "duur", REMAINDER_ID, "97.5");
    expect(&log, "mediaan", REMAINDER_ID, "120");
    /* the region knows no dates, so nobody knows how long the others have waited */
    deliver(&log, "een",
            "{\"cijfers\":{\"lijst\":[{\"sinds\":\"2023-01-01\",\"aantal\":3},"
            "{\"sinds\":\"2023-04-01\",\"aantal\":5}]},"
            "\"regios\":{\"JZ01\":{\"lijst\":{\"aantal\":4,\"dagen\":120}}}}");
    expect(&log, "lijst.dagen", REMAINDER_ID, "390");
    expect(&log, "mediaan", REMAINDER_ID, "geen-verdeling");
    /* the same count and days on other dates: the two lists contradict each other */
    deliver(&log, "een",
            "{\"cijfers\":{\"lijst\":[{\"sinds\":\"2023-01-01\",\"aantal\":3}]},"
            "\"regios\":{\"JZ01\":{\"lijst\":[{\"sinds\":\"2023-02-01\",\"aantal\":1}]}}}");
    expect(&log, "wacht", REMAINDER_ID, "2");
    expect(&log, "mediaan", REMAINDER_ID, "geen-verdeling");
    /* an empty list takes nothing away */
    deliver(&log, "een",
            "{\"cijfers\":{\"lijst\":[{\"sinds\":\"2023-01-01\",\"aantal\":3}]},"
            "\"regios\":{\"JZ01\":{\"lijst\":[]}}}");
    expect(&log, "mediaan", REMAINDER_ID, "120");
    log_fixture_done(&log);
}

/* ---- the property ---- */

/* A small generator of its own, so that every run is the same run. */
static unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* `,"name":` and a value that is absent, null or a number of so many decimals. */
static void put_number(struct text *text, unsigned *seed, const char *name, unsigned decimals)
{
    const unsigned kind = next_random(seed, 6);
    if (kind == 0) return;
    text_printf(text, "%s\"%s\":", text->ptr[text->len - 1] == '{' ? "" : ",", name);
    if (kind == 1) {
        text_puts(text, "null");
        return;
    }
    const unsigned value = next_random(seed, 50);
    if (decimals == 0)
        text_printf(text, "%u", value);
    else
        text_printf(text, "%u.%u", value, next_random(seed, 10));
}

static void put_list(struct text *text, unsigned *seed)
{
    const unsigned kind = next_random(seed, 5);
    if (kind == 0) return;
    text_puts(text, ",\"lijst\":");
    if (kind == 1) {
        text_puts(text, "null");
    } else if (kind == 2) {
        const unsigned count = 1 + next_random(seed, 9);
        text_printf(text, "{\"aantal\":%u,\"dagen\":%u}", count,
                    count * (8 + next_random(seed, 9)));
    } else {
        text_putc(text, '[');
        for (unsigned i = next_random(seed, 3); i > 0; i--)
            text_printf(text, "{\"sinds\":\"2023-0%u-10\",\"aantal\":%u}%s", i,
                        next_random(seed, 9), i > 1 ? "," : "");
        text_putc(text, ']');
    }
}

static void put_figures(struct text *text, unsigned *seed)
{
    text_puts(text, "{\"kinderen\":{");
    put_number(text, seed, "a", 0);
    put_number(text, seed, "b", 0);
    if (text->ptr[text->len - 1] == '{') text_puts(text, "\"a\":0");
    text_puts(text, "}");
    put_number(text, seed, "fte", 1);
    put_list(text, seed);
    text_puts(text, "}");
}

/* No check is asked: the log may hold what no check would take today. */
static void deliver_anything(struct log_fixture *log, unsigned *seed)
{
    static const char *const regions[] = {"JZ01", "JZ02", "JZ03", "XX99"};
    struct text text = {0};
    text_puts(&text, "{\"cijfers\":");
    put_figures(&text, seed);
    const char *between = ",\"regios\":{";
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        if (next_random(seed, 2) == 0) continue;
        text_printf(&text, "%s\"%s\":", between, regions[i]);
        put_figures(&text, seed);
        between = ",";
    }
    text_puts(&text, between[1] == '\0' ? "}}" : "}");
    const struct slice delivery = text_keep(&text, &log->arena);
    log_fixture_deliver(log, DATES[next_random(seed, 2)], NAMES[next_random(seed, 3)], "",
                        delivery);
}

/* One of a point's exact numbers on a peildatum, over all points of a series; 0 without. */
struct total {
    bool any;
    int64_t numerator, denominator;
};

static int64_t units_of(struct maybe number, uint8_t decimals)
{
    int64_t units = 0;
    if (number.present) assert_true(decimal_to_units(number.value, decimals, &units));
    return units;
}

static struct total total_of(const struct series *series, const char *date)
{
    struct total total = {0};
    struct date day;
    assert_true(date_parse(slice_of(date), &day));
    for (size_t i = 0; i < series->count; i++) {
        const struct point *point = &series->points[i];
        if (date_compare(point->peildatum, day) != 0) continue;
        total.any = total.any || point->numerator.present;
        total.numerator += units_of(point->numerator, 1);
        total.denominator += units_of(point->denominator, 1);
    }
    return total;
}

static void test_regions_and_remainder_are_the_country(void **unused)
{
    (void)unused;
    static const char *const subjects[] = {"kinderen", "kinderen.a", "kinderen.b", "fte",
                                           "last",     "wacht",      "duur",       "lijst.dagen"};
    enum { ROUNDS = 300 };
    unsigned seed = 20241001, compared = 0;
    struct log_fixture log;
    open_log(&log);
    for (unsigned round = 0; round < ROUNDS; round++) {
        deliver_anything(&log, &seed);
        for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
            const struct series country = ask(&log, subjects[i], LEVEL_NATIONAL);
            const struct series regions = ask(&log, subjects[i], LEVEL_REGION);
            for (size_t j = 0; j < sizeof DATES / sizeof *DATES; j++) {
                const struct total all = total_of(&country, DATES[j]);
                const struct total parts = total_of(&regions, DATES[j]);
                assert_int_equal(parts.any, all.any);
                assert_int_equal(parts.numerator, all.numerator);
                assert_int_equal(parts.denominator, all.denominator);
                compared += all.any && all.numerator != 0;
            }
        }
    }
    assert_true(compared > ROUNDS * 8);
    log_fixture_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_left_of_a_total),
        cmocka_unit_test(test_nothing_left_is_zero_and_has_no_ratio),
        cmocka_unit_test(test_a_region_is_a_part_of_its_total),
        cmocka_unit_test(test_figures_that_do_not_add_up_have_no_remainder),
        cmocka_unit_test(test_a_waiting_list_is_subtracted_by_date),
        cmocka_unit_test(test_regions_and_remainder_are_the_country),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
