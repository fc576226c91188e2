/*
 * The checks a definition asks for itself: jumps against the directly preceding peildatum with both
 * their bounds, and sums against sums, which may be at most or exactly as much.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/check_bench.h"

static void test_a_jump_is_said_with_its_bounds(void **state)
{
    (void)state;
    struct check_bench bench;
    check_bench_open_shipped(&bench);
    check_bench_deliver(
        &bench, "2024-04-01",
        "{\"cijfers\": {\"clienten\": {\"jeugdbescherming\": 1398, \"jeugdreclassering\": "
        "402}}}");
    const struct finding *finding = check_bench_expect_one(&bench, FIGURES(WHOLE), "sprong");
    assert_int_equal(finding->severity, SEVERITY_EXPLAIN);
    check_bench_expect_text(finding->place, "/cijfers/clienten/jeugdbescherming");
    check_bench_expect_text(finding->found, "1834");
    check_bench_expect_text(finding->allowed, "1049 t/m 1747");
    assert_true(slice_starts(finding->message,
                             "1834 is 31,2% meer dan op 1 april 2024 (1398). Klopt het getal"));
    assert_false(findings_acceptable(&bench.findings));

    finding = check_bench_expect_one(&bench, WITH("\"toelichtingen\": {\"sprong\": \"Overname\"}"),
                                     "sprong");
    check_bench_expect_text(finding->message, "1834 is 31,2% meer dan op 1 april 2024 (1398).");
    check_bench_expect_text(finding->explanation, "Overname");
    assert_true(findings_acceptable(&bench.findings));
    check_bench_close(&bench);
}

/* Both bounds must be passed, and the bound itself is no jump. */
static void test_jumps_have_two_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *was;
        bool jumps;
    } CASES[] = {
        {"321.6", false}, /* 402 is 25 % more */
        {"321", true},    /* a little more than that */
        {"536", false},   /* 402 is 25 % less */
        {"537", true},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct check_bench bench;
        check_bench_open_shipped(&bench);
        const struct slice before = arena_print(
            &bench.log.arena, "{\"cijfers\": {\"fte\": {\"jurist\": %s}}}", CASES[i].was);
        check_bench_deliver(&bench, "2024-04-01", before.ptr);
        check_bench_run(&bench,
                        FIGURES(CLIENTS ", \"fte\": {\"jeugdbeschermer\": 160.25, "
                                        "\"jeugdreclasseerder\": 20.5, \"ondersteunend\": 9, "
                                        "\"gedragswetenschapper\": 14.2, \"jurist\": 402}, " REST));
        assert_int_equal(bench.findings.count, CASES[i].jumps ? 1 : 0);
        check_bench_close(&bench);
    }
}

/* 25 more than nothing is no jump, 26 is; there is no percentage of nothing. */
static void test_a_jump_from_zero(void **state)
{
    (void)state;
    struct check_bench bench;
    check_bench_open_shipped(&bench);
    check_bench_deliver(&bench, "2024-04-01", "{\"cijfers\": {\"fte\": {\"jurist\": 0}}}");
    check_bench_run(
        &bench, FIGURES(CLIENTS ", \"fte\": {\"jeugdbeschermer\": 1, \"jeugdreclasseerder\": 1, "
                                "\"ondersteunend\": 1, \"gedragswetenschapper\": 1, "
                                "\"jurist\": 25}, " REST));
    assert_int_equal(bench.findings.count, 0);
    const struct finding *finding = check_bench_expect_one(
        &bench,
        FIGURES(CLIENTS ", \"fte\": {\"jeugdbeschermer\": 1, \"jeugdreclasseerder\": 1, "
                        "\"ondersteunend\": 1, \"gedragswetenschapper\": 1, "
                        "\"jurist\": 25.01}, " REST),
        "sprong");
    assert_true(slice_starts(finding->message, "25,01 is 25,01 meer dan op 1 april 2024 (0)."));
    check_bench_expect_text(finding->allowed, "0 t/m 25");
    check_bench_close(&bench);
}

/* Only the directly preceding peildatum counts: with nothing there, older figures are no measure.
 */
static void test_no_jump_over_a_gap(void **state)
{
    (void)state;
    struct check_bench bench;
    check_bench_open_shipped(&bench);
    check_bench_deliver(
        &bench, "2023-10-01",
        "{\"cijfers\": {\"clienten\": {\"jeugdbescherming\": 1, \"jeugdreclassering\": 1}}}");
    check_bench_expect_none(&bench, FIGURES(WHOLE));
    check_bench_close(&bench);
}

static void test_a_check_says_what_the_definition_says(void **state)
{
    (void)state;
    struct check_bench bench;
    check_bench_open_own(&bench);
    const struct finding *finding = check_bench_expect_one(
        &bench, FIGURES("\"plaatsen\": 99, \"lijst\": [], \"gezinnen\": 100"), "te-vol");
    check_bench_expect_text(finding->message, "Te vol. Kijk na.");
    assert_int_equal(finding->line, 1);
    check_bench_expect_none(&bench,
                            FIGURES("\"plaatsen\": null, \"lijst\": [], \"gezinnen\": 100"));
    check_bench_close(&bench);
}

/* A monitor in which parts, in tenths, must come to a whole. */
static void open_parts(struct check_bench *bench)
{
    *bench = (struct check_bench){
        .organisation = "een", .peildatum = "2024-02-29", .today = "2024-03-01"};
    log_fixture_init(&bench->log);
    log_fixture_define(
        &bench->log, "proef",
        "monitor: proef\nnaam: Proef\ncijfers:\n"
        "  deel: {naam: Delen, soort: getal, decimalen: 1, eenheid: x,\n"
        "         delen: {a: {naam: A}, b: {naam: B}}}\n"
        "  geheel: {naam: Geheel, soort: aantal, eenheid: x}\n"
        "peildata: [{datum: 2024-02-29}]\n"
        "controles:\n"
        "  - {code: delen-som, soort: gelijk, ernst: toelichting-vereist, links: [deel],\n"
        "     rechts: [geheel], wat: De delen kloppen niet., doe: Leg uit.}\n",
        "organisaties: {een: {naam: Een, monitors: [proef], vanaf: 2020-01-01}}\n");
}

#define PARTS(a, b, whole)                                                                         \
    "{\"cijfers\": {\"deel\": {\"a\": " a ", \"b\": " b "}, \"geheel\": " whole "}"
#define REASON ", \"toelichtingen\": {\"delen-som\": \"Zes onbekend\"}"

static void test_sums_that_must_be_equal(void **state)
{
    (void)state;
    struct check_bench bench;
    open_parts(&bench);
    check_bench_expect_none(&bench, PARTS("44", "112.0", "156") "}");
    check_bench_expect_none(&bench, PARTS("null", "156", "156") "}");
    check_bench_expect_none(&bench, PARTS("44", "112", "null") "}");
    check_bench_expect_one(&bench, PARTS("44", "112.1", "156") "}", "delen-som");
    const struct finding *finding =
        check_bench_expect_one(&bench, PARTS("43.5", "112", "162") "}", "delen-som");
    assert_int_equal(finding->severity, SEVERITY_EXPLAIN);
    check_bench_expect_text(finding->place, "/cijfers/deel");
    check_bench_expect_text(finding->found, "155.5");
    check_bench_expect_text(finding->allowed, "162");
    check_bench_expect_text(finding->message, "De delen kloppen niet. Leg uit.");
    assert_false(findings_acceptable(&bench.findings));

    finding = check_bench_expect_one(&bench, PARTS("44", "112", "162") REASON "}", "delen-som");
    check_bench_expect_text(finding->message, "De delen kloppen niet.");
    check_bench_expect_text(finding->explanation, "Zes onbekend");
    assert_true(findings_acceptable(&bench.findings));
    check_bench_close(&bench);
}

/* With a part missing or refused there is nothing to hold against the whole. */
static void test_equality_needs_every_part(void **state)
{
    (void)state;
    struct check_bench bench;
    open_parts(&bench);
    check_bench_expect_one(&bench, "{\"cijfers\": {\"deel\": {\"a\": 1}, \"geheel\": 9}}",
                           "ontbrekend-deel");
    check_bench_run(&bench, PARTS("1", "-1", "9") "}");
    assert_int_equal(bench.findings.count, 1);
    check_bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_jump_is_said_with_its_bounds),
        cmocka_unit_test(test_jumps_have_two_bounds),
        cmocka_unit_test(test_a_jump_from_zero),
        cmocka_unit_test(test_no_jump_over_a_gap),
        cmocka_unit_test(test_a_check_says_what_the_definition_says),
        cmocka_unit_test(test_sums_that_must_be_equal),
        cmocka_unit_test(test_equality_needs_every_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
