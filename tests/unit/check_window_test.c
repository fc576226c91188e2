/*
 * What depends on the definition at hand: when and by whom may be delivered, undivided measures,
 * bounds that follow from maximum, threshold and years, regions that overlap, and reasons.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/check_bench.h"

static void test_the_window(void **state)
{
    (void)state;
    static const struct {
        const char *today;
        const char *codes[3];
    } CASES[] = {
        {"2024-02-29", {"nog-niet-open"}},
        {"2024-03-01", {NULL}},
        {"2024-03-31", {NULL}},
        {"2024-04-01", {"te-laat"}},
        {"2024-04-30", {"te-laat"}},
        {"2024-05-01", {"gesloten", "te-laat"}},
    };
    struct check_bench bench;
    check_bench_open_own(&bench);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        size_t count = 0;
        bench.today = CASES[i].today;
        check_bench_run(&bench, FIGURES(OWN));
        for (; CASES[i].codes[count] != NULL; count++)
            check_bench_expect_text(bench.findings.items[count].code, CASES[i].codes[count]);
        assert_int_equal(bench.findings.count, count);
    }
    bench.today = "2024-05-01";
    assert_false(findings_acceptable(&bench.findings));
    check_bench_run(&bench,
                    "{\"cijfers\": {" OWN "}, \"toelichtingen\": {\"gesloten\": \"Ziekte\"}}");
    assert_true(findings_acceptable(&bench.findings));
    check_bench_close(&bench);
}

static void test_who_is_not_expected(void **state)
{
    (void)state;
    struct check_bench bench;
    check_bench_open_own(&bench);
    bench.organisation = "twee";
    assert_int_equal(check_bench_expect_one(&bench, FIGURES(OWN), "niet-verwacht")->severity,
                     SEVERITY_ERROR);
    check_bench_close(&bench);
}

static void test_undivided_measures(void **state)
{
    (void)state;
    struct check_bench bench;
    check_bench_open_own(&bench);
    const struct finding *finding = check_bench_expect_one(
        &bench, FIGURES("\"plaatsen\": {\"x\": 300}, \"lijst\": [], \"gezinnen\": 1"),
        "geen-delen");
    check_bench_expect_text(finding->place, "/cijfers/plaatsen/x");
    check_bench_expect_none(&bench,
                            FIGURES("\"plaatsen\": 300, \"lijst\": {\"aantal\": 1, \"dagen\": 12}, "
                                    "\"gezinnen\": 1"));
    check_bench_close(&bench);
}

/* A maximum of nine digits makes nine digits a count; more than nine working days take twelve. */
static void test_bounds_follow_the_definition(void **state)
{
    (void)state;
    struct check_bench bench;
    check_bench_open_own(&bench);
    check_bench_expect_none(&bench,
                            FIGURES("\"plaatsen\": 123456782, \"lijst\": [], \"gezinnen\": 1"));
    const struct finding *finding = check_bench_expect_one(
        &bench,
        FIGURES("\"plaatsen\": 1, \"lijst\": {\"aantal\": 1, \"dagen\": 11}, "
                "\"gezinnen\": 1"),
        "wachttijd-te-kort");
    check_bench_expect_text(finding->allowed, "gemiddeld minstens 12 dagen (meer dan 9 werkdagen)");
    finding =
        check_bench_expect_one(&bench,
                               FIGURES("\"plaatsen\": 1, \"gezinnen\": 1, \"lijst\": [{\"sinds\": "
                                       "\"2022-02-27\", \"aantal\": 1}]"),
                               "sinds-te-lang-geleden");
    check_bench_expect_text(finding->allowed, "2022-02-28 t/m 2024-02-29");
    check_bench_close(&bench);
}

static void test_overlapping_regions_need_not_add_up(void **state)
{
    (void)state;
    struct check_bench bench;
    check_bench_open_own(&bench);
    check_bench_expect_none(&bench, "{\"cijfers\": {" OWN
                                    "}, \"regios\": {\"JZ01\": {\"gezinnen\": 90}, "
                                    "\"JZ02\": {\"gezinnen\": 90}}}");
    check_bench_close(&bench);
}

/* A text about a person is refused, and is not shown as the reason of another finding either. */
static void test_a_bsn_in_a_reason_is_not_repeated(void **state)
{
    (void)state;
    struct check_bench bench;
    check_bench_open_own(&bench);
    bench.today = "2024-04-01";
    check_bench_run(&bench,
                    "{\"cijfers\": {" OWN "}, \"toelichtingen\": {\"te-laat\": \"123456782\"}}");
    assert_int_equal(bench.findings.count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(bench.findings.items[i].explanation.len, 0);
        assert_int_equal(bench.findings.items[i].found.len, 0);
    }
    check_bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_window),
        cmocka_unit_test(test_who_is_not_expected),
        cmocka_unit_test(test_undivided_measures),
        cmocka_unit_test(test_bounds_follow_the_definition),
        cmocka_unit_test(test_overlapping_regions_need_not_add_up),
        cmocka_unit_test(test_a_bsn_in_a_reason_is_not_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
