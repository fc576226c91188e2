/* Findings: kept in order, up to a bound that is said, and what they mean for acceptance. */
#include "core/finding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void add(struct findings *findings, enum severity severity, const char *explanation)
{
    const struct finding finding = {
        .code = slice_of("sprong"),
        .severity = severity,
        .explanation = slice_of(explanation),
        .line = (unsigned)findings->count + 1,
    };
    findings_add(findings, &finding);
}

static bool acceptable_with(enum severity severity, const char *explanation)
{
    struct arena arena;
    struct findings findings;
    arena_init(&arena);
    findings_init(&findings, &arena);
    add(&findings, SEVERITY_WARNING, NULL);
    add(&findings, severity, explanation);
    add(&findings, SEVERITY_WARNING, NULL);
    const bool acceptable = findings_acceptable(&findings);
    arena_done(&arena);
    return acceptable;
}

static void a_delivery_is_acceptable_without_errors_and_with_reasons(void **state)
{
    (void)state;
    assert_true(acceptable_with(SEVERITY_WARNING, NULL));
    assert_true(acceptable_with(SEVERITY_EXPLAIN, "Overname per 1 juli"));
    assert_false(acceptable_with(SEVERITY_EXPLAIN, NULL));
    assert_false(acceptable_with(SEVERITY_EXPLAIN, " \t\n"));
    assert_false(acceptable_with(SEVERITY_ERROR, NULL));
    assert_false(acceptable_with(SEVERITY_ERROR, "toch goed"));
}

static void nothing_found_is_acceptable(void **state)
{
    (void)state;
    struct arena arena;
    struct findings findings;
    arena_init(&arena);
    findings_init(&findings, &arena);
    assert_int_equal(findings.count, 0);
    assert_true(findings_acceptable(&findings));
    arena_done(&arena);
}

static void findings_are_kept_in_order_up_to_the_bound(void **state)
{
    (void)state;
    struct arena arena;
    struct findings findings;
    arena_init(&arena);
    findings_init(&findings, &arena);
    for (size_t i = 0; i < FINDINGS_MOST; i++)
        add(&findings, SEVERITY_WARNING, NULL);
    assert_false(findings.truncated);
    assert_true(findings_acceptable(&findings));
    add(&findings, SEVERITY_ERROR, NULL);
    assert_true(findings.truncated);
    assert_int_equal(findings.count, FINDINGS_MOST);
    assert_int_equal(findings.items[FINDINGS_MOST - 1].line, FINDINGS_MOST);
    /* What was dropped may have been an error, and here it was. */
    assert_false(findings_acceptable(&findings));
    arena_done(&arena);
}

static void severities_have_their_ids(void **state)
{
    (void)state;
    static const char *const ids[] = {"fout", "toelichting-vereist", "waarschuwing"};
    for (unsigned i = 0; i < SEVERITY_COUNT; i++) {
        enum severity severity = SEVERITY_COUNT;
        assert_string_equal(severity_id((enum severity)i), ids[i]);
        assert_true(severity_parse(slice_of(ids[i]), &severity));
        assert_int_equal(severity, i);
    }
    enum severity severity = SEVERITY_COUNT;
    assert_false(severity_parse(slice_of("Fout"), &severity));
    assert_false(severity_parse(slice_of(""), &severity));
    assert_int_equal(severity, SEVERITY_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_delivery_is_acceptable_without_errors_and_with_reasons),
        cmocka_unit_test(nothing_found_is_acceptable),
        cmocka_unit_test(findings_are_kept_in_order_up_to_the_bound),
        cmocka_unit_test(severities_have_their_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
