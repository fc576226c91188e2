/*
 * Findings as answers show them: the contract's keys in its order, absent ones left out, a number
 * only where it is an exact one; and they can be counted again without being read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "codec/findings_json.h"

static const struct finding JUMP = {
    .code = SLICE_LITERAL("sprong"),
    .severity = SEVERITY_EXPLAIN,
    .place = SLICE_LITERAL("/cijfers/clienten/jeugdbescherming"),
    .line = 3,
    .column = 7,
    .message = SLICE_LITERAL("1834 is 31,2% meer dan op 1 april 2024 (1398)."),
    .found = SLICE_LITERAL("1834"),
    .allowed = SLICE_LITERAL("1049 t/m 1747"),
    .explanation = SLICE_LITERAL("\"ernst\":\"fout\""),
};

static void assert_written(const struct finding *findings, size_t count, const char *expected)
{
    struct arena arena;
    struct findings list;
    struct text text = {0};
    arena_init(&arena);
    findings_init(&list, &arena);
    for (size_t i = 0; i < count; i++)
        findings_add(&list, &findings[i]);
    findings_json_write(&text, &list);
    text_putc(&text, '\0');
    assert_string_equal(text.ptr, expected);
    text_done(&text);
    arena_done(&arena);
}

static void test_all_keys(void **state)
{
    (void)state;
    assert_written(&JUMP, 1,
                   "[{\"code\":\"sprong\",\"ernst\":\"toelichting-vereist\","
                   "\"toelichting\":\"\\\"ernst\\\":\\\"fout\\\"\","
                   "\"plaats\":\"/cijfers/clienten/jeugdbescherming\",\"regel\":3,\"kolom\":7,"
                   "\"melding\":\"1834 is 31,2% meer dan op 1 april 2024 (1398).\",\"waarde\":1834,"
                   "\"verwacht\":\"1049 t/m 1747\"}]");
}

static void test_absent_keys_are_left_out(void **state)
{
    (void)state;
    const struct finding bare = {.code = slice_of("x"), .severity = SEVERITY_WARNING};
    assert_written(&bare, 1, "[{\"code\":\"x\",\"ernst\":\"waarschuwing\"}]");
    assert_written(NULL, 0, "[]");
}

static void test_what_was_found_is_json_whatever_it_was(void **state)
{
    (void)state;
    static const char *const FOUND[][2] = {
        {"12.60", "12.60"},
        {"null", "null"},
        {"1e999", "\"1e999\""},
        {"01", "\"01\""},
        {"NaN", "\"NaN\""},
        {"\"a\"", "\"\\\"a\\\"\""},
        {"{\"a\":", "\"{\\\"a\\\":\""},
    };
    for (size_t i = 0; i < sizeof FOUND / sizeof FOUND[0]; i++) {
        struct arena arena;
        arena_init(&arena);
        const struct finding finding = {.code = slice_of("x"), .found = slice_of(FOUND[i][0])};
        const struct slice expected =
            arena_print(&arena, "[{\"code\":\"x\",\"ernst\":\"fout\",\"waarde\":%s}]", FOUND[i][1]);
        assert_written(&finding, 1, expected.ptr);
        arena_done(&arena);
    }
}

static void test_counts_are_found_again(void **state)
{
    (void)state;
    struct arena arena;
    struct findings list;
    struct text text = {0};
    unsigned counts[SEVERITY_COUNT] = {0};
    arena_init(&arena);
    findings_init(&list, &arena);
    findings_add(&list, &JUMP);
    findings_add(&list, &JUMP);
    findings_add(&list, &(struct finding){.severity = SEVERITY_WARNING});
    findings_json_write(&text, &list);
    findings_json_count(text_slice(&text), counts);
    findings_json_count(slice_of("[]"), counts);
    findings_json_count(slice_of(NULL), counts);
    assert_int_equal(counts[SEVERITY_ERROR], 0);
    assert_int_equal(counts[SEVERITY_EXPLAIN], 2);
    assert_int_equal(counts[SEVERITY_WARNING], 1);
    text_done(&text);
    arena_done(&arena);
}

static void assert_read(struct slice array, const struct finding *expected, size_t count)
{
    struct arena arena;
    struct findings list;
    arena_init(&arena);
    findings_init(&list, &arena);
    findings_json_read(array, &list);
    assert_int_equal(list.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_true(slice_equal(list.items[i].code, expected[i].code));
        assert_int_equal(list.items[i].severity, expected[i].severity);
        assert_true(slice_equal(list.items[i].place, expected[i].place));
        assert_int_equal(list.items[i].line, expected[i].line);
        assert_int_equal(list.items[i].column, expected[i].column);
        assert_true(slice_equal(list.items[i].message, expected[i].message));
        assert_true(slice_equal(list.items[i].found, expected[i].found));
        assert_true(slice_equal(list.items[i].allowed, expected[i].allowed));
        assert_true(slice_equal(list.items[i].explanation, expected[i].explanation));
    }
    arena_done(&arena);
}

static void test_what_was_written_is_read_back(void **state)
{
    (void)state;
    const struct finding written[] = {
        JUMP,
        {.code = slice_of("x"), .severity = SEVERITY_WARNING},
        {.code = slice_of("y"), .severity = SEVERITY_ERROR, .found = slice_of("\"a\" \\ 1e999")},
    };
    struct arena arena;
    struct findings list;
    struct text text = {0};
    arena_init(&arena);
    findings_init(&list, &arena);
    for (size_t i = 0; i < 3; i++)
        findings_add(&list, &written[i]);
    findings_json_write(&text, &list);
    assert_read(text_slice(&text), written, 3);
    text_done(&text);
    arena_done(&arena);
}

/* The log is for ever: what an older or newer program wrote must not stop anybody. */
static void test_what_is_no_finding_is_passed_over(void **state)
{
    (void)state;
    const struct finding known = {.code = slice_of("x"), .severity = SEVERITY_WARNING};
    static const char *const NONE[] = {
        "",
        "[]",
        "{}",
        "x",
        "[1,\"a\",null,[2]]",
        "[{\"code\":\"x\"}]",
        "[{\"ernst\":\"fout\"}]",
        "[{\"code\":\"x\",\"ernst\":\"ramp\"}]",
        "[{\"code\":1,",
        "[",
    };
    for (size_t i = 0; i < sizeof NONE / sizeof NONE[0]; i++)
        assert_read(slice_of(NONE[i]), NULL, 0);
    assert_read(slice_of("[7,{\"later\":{\"a\":[1]},\"code\":\"x\",\"regel\":\"1\","
                         "\"ernst\":\"waarschuwing\"}]"),
                &known, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_keys),
        cmocka_unit_test(test_absent_keys_are_left_out),
        cmocka_unit_test(test_what_was_found_is_json_whatever_it_was),
        cmocka_unit_test(test_counts_are_found_again),
        cmocka_unit_test(test_what_was_written_is_read_back),
        cmocka_unit_test(test_what_is_no_finding_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
