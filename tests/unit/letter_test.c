/*
 * The letter's acceptance table out of the shipped example deliveries, through the shipped
 * definition: reader, canonical form, fold, calendar and indicators together give every published
 * digit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/log_fixture.h"

static const char *const PEILDATA[] = {"2022-12-01", "2023-05-01", "2023-10-01", "2024-04-01",
                                       "2024-10-01"};
enum { PEILDATUM_COUNT = sizeof PEILDATA / sizeof PEILDATA[0] };

/* What the letter publishes; NULL where it is silent. */
static const struct {
    const char *indicator;
    const char *values[PEILDATUM_COUNT];
} LETTER[] = {
    {"clienten", {"34043", "33130", "32429", "32080", "31416"}},
    {"clienten_jeugdbescherming", {NULL, NULL, NULL, "26670", "25827"}},
    {"clienten.jeugdbescherming", {NULL, NULL, NULL, "26670", "25827"}},
    {"workload", {"17.1", "16.3", "15.3", "14.2", "12.6"}},
    {"wachtlijst", {"2072", "1617", "1498", "1343", "1496"}},
    {"wachtlijst_start", {NULL, NULL, NULL, "518", "589"}},
    {"wachtlijst_intern", {NULL, NULL, NULL, "825", "907"}},
    {"wachttijd_start", {NULL, NULL, NULL, "34", "29"}},
    {"wachttijd_intern", {NULL, NULL, NULL, "47", "76"}},
    {"wachttijd", {NULL, NULL, NULL, "42", "57.5"}},
    {"wachtlijst_aandeel", {NULL, NULL, NULL, NULL, "4.76"}},
    {"fte", {NULL, NULL, NULL, "2556", "2604"}},
    {"workload_formatie", {NULL, NULL, NULL, "12.6", "12.1"}},
    {"verloop", {NULL, NULL, NULL, "15.7", "15.5"}},
    {"verzuim", {NULL, NULL, NULL, "7", "6.8"}},
};

static void test_every_published_digit(void **unused)
{
    (void)unused;
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");
    assert_int_equal(log_fixture_deliver_shipped(&log, "gi"), 65);

    for (size_t i = 0; i < sizeof LETTER / sizeof LETTER[0]; i++) {
        for (size_t j = 0; j < PEILDATUM_COUNT; j++) {
            if (LETTER[i].values[j] == NULL) continue;
            struct point point =
                log_fixture_ask(&log, LETTER[i].indicator, NULL, PEILDATA[j], state_now());
            assert_string_equal(log_fixture_value(&log, &point), LETTER[i].values[j]);
            assert_int_equal(point.received, 13);
            assert_int_equal(point.expected, 13);
        }
    }
    log_fixture_done(&log);
}

static void test_norm_and_break(void **unused)
{
    (void)unused;
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");
    assert_int_equal(log_fixture_deliver_shipped(&log, "gi"), 65);

    struct point before = log_fixture_ask(&log, "fte_tekort", NULL, "2023-10-01", state_now());
    struct point point = log_fixture_ask(&log, "workload", NULL, "2024-10-01", state_now());
    struct point needed = log_fixture_ask(&log, "fte_nodig", NULL, "2024-10-01", state_now());
    struct point spread =
        log_fixture_ask(&log, "wachttijd_intern_p90", NULL, "2024-10-01", state_now());
    assert_string_equal(log_fixture_value(&log, &before), "geen-norm");
    assert_true(point.series_break);
    assert_int_equal(point.definition, 2);
    assert_true(point.norm.present);
    assert_int_equal(
        decimal_compare(point.denominator.value, (struct decimal){.units = 24933, .decimals = 1}),
        0);
    /* 31416 / 12.8 = 2454.375, half away from zero */
    assert_string_equal(log_fixture_value(&log, &needed), "2454.38");
    /* two organisations deliver count and days only: their children have no place in it */
    assert_true(spread.denominator.value.units < 907);
    log_fixture_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_published_digit),
        cmocka_unit_test(test_norm_and_break),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
