/*
 * Quartiles over organisations as figures: over whom they are taken, from how many up, for the
 * country and for a region, and that one organisation has none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/log_fixture.h"

#define DAY "2024-06-01"

static const char MONITOR[] =
    "monitor: proef\n"
    "naam: Proef\n"
    "cijfers:\n"
    "  vol: {naam: V, soort: aantal, eenheid: plaatsen, regios: telt-op}\n"
    "  plaatsen: {naam: P, soort: aantal, eenheid: plaatsen, regios: telt-op}\n"
    "indicatoren:\n"
    "  eerste: {naam: E, eenheid: \"%\", decimalen: 1, versies: [{soort: kwartiel, kwartiel: 1, "
    "factor: 100, teller: [vol], noemer: [plaatsen]}]}\n"
    "  derde: {naam: D, eenheid: \"%\", decimalen: 1, versies: [{soort: kwartiel, kwartiel: 3, "
    "factor: 100, teller: [vol], noemer: [plaatsen]}]}\n"
    "  deel: {naam: X, eenheid: \"%\", decimalen: 1, versies: [{soort: verhouding, factor: 100, "
    "teller: [vol], noemer: [plaatsen]}]}\n"
    "peildata: [{datum: 2024-06-01}]\n";

enum { ORGANISATIONS = 9 };

static void open_log(struct log_fixture *log)
{
    struct text text = {0};
    text_puts(&text, "organisaties:\n");
    for (unsigned i = 0; i < ORGANISATIONS; i++)
        text_printf(&text, "  o%u: {naam: O%u, monitors: [proef], vanaf: 2020-01-01}\n", i, i);
    text_putc(&text, '\0');
    log_fixture_init(log);
    log_fixture_define(log, "proef", MONITOR, text.ptr);
    text_done(&text);
}

/* `full` of `places` for the country; in region JZ01 one of a number that differs for each. */
static void deliver(struct log_fixture *log, unsigned organisation, unsigned full, unsigned places)
{
    const struct slice id = arena_print(&log->arena, "o%u", organisation);
    const struct slice delivery = arena_print(&log->arena,
                                              "{\"cijfers\":{\"vol\":%u,\"plaatsen\":%u},"
                                              "\"regios\":{\"JZ01\":{\"vol\":1,\"plaatsen\":%u}}}",
                                              full, places, 1 + organisation);
    log_fixture_deliver(log, DAY, id.ptr, "", delivery);
}

static void assert_bound(struct log_fixture *log, const char *indicator, const char *value,
                         unsigned over)
{
    const struct point point = log_fixture_ask(log, indicator, NULL, DAY, state_now());
    assert_string_equal(log_fixture_value(log, &point), value);
    assert_int_equal(point.denominator.present ? point.denominator.value.units : 0, over);
    assert_false(point.numerator.present);
}

static void test_from_eight_up(void **unused)
{
    struct log_fixture log;
    (void)unused;
    open_log(&log);
    assert_bound(&log, "eerste", "niet-aangeleverd", 0);
    deliver(&log, 0, 0, 0);
    assert_bound(&log, "eerste", "noemer-nul", 0);
    for (unsigned i = 1; i < 8; i++)
        deliver(&log, i, i, 80);
    /* eight delivered, but one of them has no ratio */
    assert_bound(&log, "eerste", "geen-verdeling", 7);
    deliver(&log, 8, 8, 81);
    /* i/80 for 1 to 7, and 8/81 on top: ranks 2 and 6 */
    assert_bound(&log, "eerste", "2.5", 8);
    assert_bound(&log, "derde", "7.5", 8);
    deliver(&log, 0, 80, 80);
    /* nine: ranks 3 and 7 */
    assert_bound(&log, "eerste", "3.8", 9);
    assert_bound(&log, "derde", "8.8", 9);
    log_fixture_done(&log);
}

static void test_not_applicable_is_no_ratio(void **unused)
{
    struct log_fixture log;
    (void)unused;
    open_log(&log);
    log_fixture_deliver(&log, DAY, "o0", "",
                        slice_of("{\"cijfers\":{\"vol\":null,\"plaatsen\":null}}"));
    assert_bound(&log, "eerste", "niet-van-toepassing", 0);
    for (unsigned i = 1; i < 8; i++)
        deliver(&log, i, i, 80);
    assert_bound(&log, "eerste", "geen-verdeling", 7);
    log_fixture_done(&log);
}

static struct series ask(struct log_fixture *log, const char *indicator, enum level level)
{
    static const struct slice regions[] = {SLICE_LITERAL("JZ01")};
    const struct rulebook *rulebook = state_rulebook(log->state, state_now(), NULL);
    struct subject *subject = arena_new(&log->arena, sizeof *subject);
    assert_true(subject_find(rulebook, slice_of(indicator), &log->arena, subject));
    const struct question question = {.subjects = subject,
                                      .subject_count = 1,
                                      .level = level,
                                      .regions = regions,
                                      .region_count = 1,
                                      .known = state_now()};
    return series_answer(log->state, &question, &log->arena);
}

static void test_levels(void **unused)
{
    struct log_fixture log;
    (void)unused;
    open_log(&log);
    for (unsigned i = 0; i < ORGANISATIONS; i++)
        deliver(&log, i, 40, 80);
    /* 1/1, 1/2, ... 1/9: the third from below is 1/7 */
    const struct series regional = ask(&log, "eerste", LEVEL_REGION);
    assert_int_equal(regional.count, 1);
    assert_string_equal(log_fixture_value(&log, &regional.points[0]), "14.3");
    assert_int_equal(ask(&log, "eerste", LEVEL_ORGANISATION).count, 0);
    assert_int_equal(ask(&log, "deel", LEVEL_ORGANISATION).count, ORGANISATIONS);
    log_fixture_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_from_eight_up),
        cmocka_unit_test(test_not_applicable_is_no_ratio),
        cmocka_unit_test(test_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
