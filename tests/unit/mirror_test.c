/*
 * The mirror report: own figures against those before, and a place among all that says nothing of
 * anybody else's figures. Ranks are held against a plain sort of the values.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/mirror.h"
#include "unit/log_fixture.h"

static const char MONITOR[] =
    "monitor: proef\n"
    "naam: Proef\n"
    "cijfers:\n"
    "  kinderen: {naam: K, soort: aantal, eenheid: kinderen}\n"
    "  fte: {naam: F, soort: getal, decimalen: 1, eenheid: fte, delen: {a: {naam: A}, "
    "b: {naam: B}}}\n"
    "indicatoren:\n"
    "  last: {naam: Last, eenheid: x, decimalen: 1, versies: ["
    "{soort: verhouding, teller: [kinderen], noemer: [fte]}, "
    "{vanaf: 2024-06-01, soort: verhouding, teller: [kinderen], noemer: [fte.a], "
    "reden: omdat}]}\n"
    "  eerste: {naam: E, eenheid: x, decimalen: 1, versies: [{soort: kwartiel, kwartiel: 1, "
    "teller: [kinderen], noemer: [fte.a]}]}\n"
    "  tweede: {naam: T, eenheid: x, decimalen: 1, versies: [{soort: kwartiel, kwartiel: 2, "
    "teller: [kinderen], noemer: [fte.a]}]}\n"
    "  derde: {naam: D, eenheid: x, decimalen: 1, versies: [{soort: kwartiel, kwartiel: 3, "
    "teller: [kinderen], noemer: [fte.a]}]}\n"
    "normen: [{indicator: last, waarde: 12.8, vanaf: 2024-01-01}]\n"
    "peildata: [{datum: 2023-06-01}, {datum: 2024-06-01}, {datum: 2025-06-01}]\n";

enum { ORGANISATIONS = 13, COLUMN_CHILDREN = 1, COLUMN_FTE_B = 3, ROWS = 4 };

/* A log with thirteen organisations o0 to o12, of which the last came in 2025. */
static void open_log(struct log_fixture *log)
{
    struct text text = {0};
    text_puts(&text, "organisaties:\n");
    for (unsigned i = 0; i < ORGANISATIONS; i++)
        text_printf(&text, "  o%u: {naam: O%u, monitors: [proef], vanaf: %s}\n", i, i,
                    i + 1 < ORGANISATIONS ? "2020-01-01" : "2025-01-01");
    text_putc(&text, '\0');
    log_fixture_init(log);
    log_fixture_define(log, "proef", MONITOR, text.ptr);
    text_done(&text);
}

static void deliver(struct log_fixture *log, const char *peildatum, unsigned organisation,
                    const char *figures)
{
    const struct slice delivery = arena_print(&log->arena, "{\"cijfers\":{%s}}", figures);
    const struct slice id = arena_print(&log->arena, "o%u", organisation);
    log_fixture_deliver(log, peildatum, id.ptr, "", delivery);
}

static bool ask(struct log_fixture *log, const char *organisation, const char *peildatum,
                struct mirror *ret_mirror)
{
    struct mirror_question question = {
        .organisation = slice_of(organisation),
        .known = state_now(),
    };
    assert_true(date_parse(slice_of(peildatum), &question.peildatum));
    return mirror_answer(log->state, &question, &log->arena, ret_mirror);
}

static struct mirror mirror_of(struct log_fixture *log, const char *organisation,
                               const char *peildatum)
{
    struct mirror mirror;
    assert_true(ask(log, organisation, peildatum, &mirror));
    assert_int_equal(mirror.row_count, ROWS);
    return mirror;
}

/* A number as text in shortest form; "-" for none. */
static const char *shown(struct log_fixture *log, struct maybe number)
{
    struct text text = {0};
    if (!number.present) return "-";
    decimal_put(&text, number.value);
    const char *copy = arena_copy(&log->arena, text_slice(&text)).ptr;
    text_done(&text);
    return copy;
}

static void test_rows_are_indicators_and_columns(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    deliver(&log, "2024-06-01", 0, "\"kinderen\":100,\"fte\":{\"a\":8,\"b\":null}");
    deliver(&log, "2024-06-01", 1, "\"kinderen\":100");
    const struct mirror mirror = mirror_of(&log, "o0", "2024-06-01");
    static const char *const ids[ROWS] = {"last", "kinderen", "fte.a", "fte.b"};
    for (size_t i = 0; i < ROWS; i++) {
        assert_true(slice_is(mirror.rows[i].own.id, ids[i]));
        assert_int_equal(mirror.rows[i].column == NULL, i == 0);
    }
    assert_int_equal(mirror.indicator_count, 1);
    assert_int_equal(mirror.revision->number, 1);
    assert_int_equal(mirror.received, 2);
    assert_int_equal(mirror.expected, 12);
    assert_string_equal(shown(&log, mirror.rows[0].own.value), "12.5");
    assert_string_equal(shown(&log, mirror.rows[0].own.norm), "12.8");
    assert_int_equal(mirror.rows[0].received, 1);
    assert_int_equal(mirror.rows[0].expected, 12);
    assert_int_equal(mirror.rows[COLUMN_CHILDREN].received, 2);
    assert_int_equal(mirror.rows[COLUMN_FTE_B].own.reason, REASON_NOT_APPLICABLE);
    log_fixture_done(&log);
}

/* What is compared is what is shown: 12.5 and 11.1, not 100/8 and 100/9. */
static void test_changes_are_of_the_values_shown(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    deliver(&log, "2023-06-01", 0, "\"kinderen\":100,\"fte\":{\"a\":8,\"b\":1}");
    deliver(&log, "2024-06-01", 0, "\"kinderen\":87,\"fte\":{\"a\":8,\"b\":0}");
    deliver(&log, "2025-06-01", 0, "\"kinderen\":90,\"fte\":{\"a\":8,\"b\":2}");
    struct mirror mirror = mirror_of(&log, "o0", "2024-06-01");
    assert_string_equal(shown(&log, mirror.rows[0].previous.value), "11.1");
    assert_string_equal(shown(&log, mirror.rows[0].own.value), "10.9");
    assert_string_equal(shown(&log, mirror.rows[0].change), "-0.2");
    assert_string_equal(shown(&log, mirror.rows[0].percent), "-1.8");
    assert_true(mirror.rows[0].own.series_break);
    assert_string_equal(shown(&log, mirror.rows[COLUMN_CHILDREN].change), "-13");
    assert_string_equal(shown(&log, mirror.rows[COLUMN_CHILDREN].percent), "-13");
    assert_string_equal(shown(&log, mirror.rows[COLUMN_FTE_B].percent), "-100");
    mirror = mirror_of(&log, "o0", "2025-06-01");
    assert_false(mirror.rows[0].own.series_break);
    assert_string_equal(shown(&log, mirror.rows[COLUMN_CHILDREN].percent), "3.4");
    /* from zero there is a change, and no per cent */
    assert_string_equal(shown(&log, mirror.rows[COLUMN_FTE_B].change), "2");
    assert_string_equal(shown(&log, mirror.rows[COLUMN_FTE_B].percent), "-");
    log_fixture_done(&log);
}

/* Missing, not applicable, not expected and the first peildatum: each is no change, never zero. */
static void test_what_is_not_there_has_no_change(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    deliver(&log, "2023-06-01", 0, "\"kinderen\":5");
    deliver(&log, "2024-06-01", 0, "\"kinderen\":null,\"fte\":{\"a\":8,\"b\":1}");
    deliver(&log, "2025-06-01", ORGANISATIONS - 1, "\"kinderen\":5");
    struct mirror mirror = mirror_of(&log, "o0", "2023-06-01");
    assert_null(mirror.previous);
    assert_false(mirror.rows[COLUMN_CHILDREN].expected_before);
    assert_string_equal(shown(&log, mirror.rows[COLUMN_CHILDREN].change), "-");
    mirror = mirror_of(&log, "o0", "2024-06-01");
    assert_int_equal(mirror.rows[COLUMN_CHILDREN].own.reason, REASON_NOT_APPLICABLE);
    assert_string_equal(shown(&log, mirror.rows[COLUMN_CHILDREN].change), "-");
    assert_int_equal(mirror.rows[COLUMN_FTE_B].previous.reason, REASON_NOT_DELIVERED);
    assert_string_equal(shown(&log, mirror.rows[COLUMN_FTE_B].change), "-");
    mirror = mirror_of(&log, "o12", "2025-06-01");
    assert_non_null(mirror.previous);
    assert_false(mirror.rows[COLUMN_CHILDREN].expected_before);
    log_fixture_done(&log);
}

static void test_nothing_stands(void **unused)
{
    (void)unused;
    struct log_fixture log;
    struct mirror mirror;
    open_log(&log);
    deliver(&log, "2024-06-01", 1, "\"kinderen\":5");
    assert_false(ask(&log, "o0", "2024-06-01", &mirror));
    assert_false(ask(&log, "o1", "2023-06-01", &mirror));
    assert_false(ask(&log, "o1", "2024-06-02", &mirror));
    assert_false(ask(&log, "o99", "2024-06-01", &mirror));
    /* on the log, but the register did not expect it there: it counts nowhere */
    deliver(&log, "2024-06-01", ORGANISATIONS - 1, "\"kinderen\":5");
    assert_false(ask(&log, "o12", "2024-06-01", &mirror));
    log_fixture_done(&log);
}

/* ---- quarters ---- */

static int compare(const void *a, const void *b)
{
    const int left = *(const int *)a, right = *(const int *)b;
    return (left > right) - (left < right);
}

/* By the book: sort, take the values of rank ceil(kn / 4), see which is the first not passed. */
static unsigned quarter_by_sorting(const int *values, unsigned count, int own)
{
    int sorted[ORGANISATIONS];
    memcpy(sorted, values, count * sizeof *values);
    qsort(sorted, count, sizeof *sorted, compare);
    for (unsigned quarter = 1; quarter < QUARTERS; quarter++) {
        const unsigned rank = (quarter * count + 3) / 4;
        if (own <= sorted[rank - 1]) return quarter;
    }
    return QUARTERS;
}

/* What an analyst sees: the first bound that the own value does not pass says its quarter. */
static unsigned quarter_by_bounds(struct log_fixture *log, struct decimal own)
{
    static const char *const bounds[] = {"eerste", "tweede", "derde"};
    for (unsigned i = 0; i < QUARTERS - 1; i++) {
        const struct point bound = log_fixture_ask(log, bounds[i], NULL, "2025-06-01", state_now());
        assert_true(bound.value.present);
        if (decimal_compare(own, bound.value.value) <= 0) return i + 1;
    }
    return QUARTERS;
}

static void check_bounds(struct log_fixture *log, unsigned count)
{
    const struct point median = log_fixture_ask(log, "tweede", NULL, "2025-06-01", state_now());
    assert_int_equal(median.denominator.value.units, count);
    assert_int_equal(median.received, count);
    if (count < QUARTERS_LEAST)
        assert_string_equal(log_fixture_value(log, &median), "geen-verdeling");
    for (unsigned i = 0; count >= QUARTERS_LEAST && i < count; i++) {
        const struct slice id = arena_print(&log->arena, "o%u", i);
        const struct mirror mirror = mirror_of(log, id.ptr, "2025-06-01");
        assert_int_equal(mirror.rows[0].quarter,
                         quarter_by_bounds(log, mirror.rows[0].own.value.value));
    }
}

static void check_quarters(const int *values, unsigned count)
{
    struct log_fixture log;
    open_log(&log);
    for (unsigned i = 0; i < count; i++) {
        const struct slice figures = arena_print(
            &log.arena, "\"kinderen\":%d,\"fte\":{\"a\":%u.%u}", values[i], 1 + i % 3, i % 10);
        deliver(&log, "2025-06-01", i, figures.ptr);
    }
    for (unsigned i = 0; i < count; i++) {
        const struct slice id = arena_print(&log.arena, "o%u", i);
        const struct mirror mirror = mirror_of(&log, id.ptr, "2025-06-01");
        const struct mirror_row *row = &mirror.rows[COLUMN_CHILDREN];
        const unsigned expected =
            count < QUARTERS_LEAST ? 0 : quarter_by_sorting(values, count, values[i]);
        assert_int_equal(row->compared, count);
        assert_int_equal(row->quarter, expected);
    }
    check_bounds(&log, count);
    log_fixture_done(&log);
}

/* From 1 to 13 organisations, few values so that many are equal. */
static void test_quarters_are_those_of_a_sort(void **unused)
{
    (void)unused;
    unsigned seed = 20241001;
    for (unsigned round = 0; round < 40; round++) {
        int values[ORGANISATIONS];
        for (unsigned i = 0; i < ORGANISATIONS; i++) {
            seed = seed * 1103515245U + 12345U;
            values[i] = (int)(seed >> 16) % (round % 2 == 0 ? 5 : 1000);
        }
        check_quarters(values, 1 + round % ORGANISATIONS);
    }
}

static void test_quarters_of_eight(void **unused)
{
    (void)unused;
    check_quarters((const int[]){1, 2, 3, 4, 5, 6, 7, 8}, 8);
    check_quarters((const int[]){0, 0, 0, 0, 0, 0, 0, 0}, 8);
    check_quarters((const int[]){1, 2, 3, 4, 5, 6, 7}, 7);
}

/* Only values are ranked: who is missing or not applicable is not among the eight. */
static void test_only_values_are_ranked(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    for (unsigned i = 0; i < 7; i++)
        deliver(&log, "2025-06-01", i, "\"kinderen\":5");
    deliver(&log, "2025-06-01", 7, "\"kinderen\":null");
    struct mirror mirror = mirror_of(&log, "o0", "2025-06-01");
    assert_int_equal(mirror.rows[COLUMN_CHILDREN].compared, 7);
    assert_int_equal(mirror.rows[COLUMN_CHILDREN].received, 8);
    assert_int_equal(mirror.rows[COLUMN_CHILDREN].quarter, 0);
    deliver(&log, "2025-06-01", 8, "\"kinderen\":4");
    mirror = mirror_of(&log, "o0", "2025-06-01");
    assert_int_equal(mirror.rows[COLUMN_CHILDREN].compared, 8);
    assert_int_equal(mirror.rows[COLUMN_CHILDREN].quarter, 1);
    mirror = mirror_of(&log, "o7", "2025-06-01");
    assert_int_equal(mirror.rows[COLUMN_CHILDREN].quarter, 0);
    log_fixture_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_are_indicators_and_columns),
        cmocka_unit_test(test_changes_are_of_the_values_shown),
        cmocka_unit_test(test_what_is_not_there_has_no_change),
        cmocka_unit_test(test_nothing_stands),
        cmocka_unit_test(test_quarters_are_those_of_a_sort),
        cmocka_unit_test(test_quarters_of_eight),
        cmocka_unit_test(test_only_values_are_ranked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
