/*
 * Quoting what a deliverer wrote: what may be a BSN is starred out, and only that; nothing is cut
 * in the middle of a character; whatever the bytes, what comes out is UTF-8.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "core/bsn.h"
#include "core/cite.h"

static void test_elfproef(void **state)
{
    (void)state;
    assert_true(bsn_is(slice_of("123456782")));
    assert_true(bsn_is(slice_of("111222333")));
    assert_true(bsn_is(slice_of("012345672")));
    assert_false(bsn_is(slice_of("123456789")));
    assert_false(bsn_is(slice_of("000000000")));
    assert_false(bsn_is(slice_of("12345678")));
    assert_false(bsn_is(slice_of("1234567820")));
    assert_false(bsn_is(slice_of("12345678x")));
}

static void test_bsn_in_text_is_a_run_of_nine(void **state)
{
    (void)state;
    assert_true(bsn_in(slice_of("kind 123456782, zie dossier")));
    assert_true(bsn_in(slice_of("BSN123456782")));
    assert_true(bsn_in(slice_of("1 22 123456782")));
    assert_false(bsn_in(slice_of("1234567820")));
    assert_false(bsn_in(slice_of("0123456782")));
    assert_false(bsn_in(slice_of("van 1834 naar 2236")));
    assert_false(bsn_in(slice_of("")));
}

static void assert_excerpt(const char *written, const char *expected)
{
    struct arena arena;
    arena_init(&arena);
    const struct slice excerpt = cite_excerpt(&arena, slice_of(written));
    assert_true(utf8_valid(excerpt));
    assert_string_equal(excerpt.ptr, expected);
    arena_done(&arena);
}

static void test_excerpts_are_safe(void **state)
{
    (void)state;
    assert_excerpt("1834", "1834");
    assert_excerpt("\"123456782\"", "\"*********\"");
    assert_excerpt("1234567820", "1234567820");
    assert_excerpt("caf\xE9!", "caf\xEF\xBF\xBD!");
    assert_excerpt("caf\xC3\xA9", "caf\xC3\xA9");
    assert_excerpt("", "");
}

static void test_excerpts_are_cut_between_characters(void **state)
{
    (void)state;
    struct text long_one = {0}, expected = {0};
    for (int i = 0; i < 100; i++)
        text_puts(&long_one, "\xE2\x82\xAC");
    for (int i = 0; i < CITE_MOST / 3; i++)
        text_puts(&expected, "\xE2\x82\xAC");
    text_puts(&expected, "\xE2\x80\xA6");
    text_putc(&long_one, '\0');
    text_putc(&expected, '\0');
    assert_excerpt(long_one.ptr, expected.ptr);
    text_done(&long_one);
    text_done(&expected);
}

static void test_pointers_are_escaped(void **state)
{
    (void)state;
    struct text text = {0};
    cite_pointer_put(&text, slice_of("a~/b"));
    cite_pointer_put(&text, slice_of(""));
    cite_pointer_put(&text, slice_of("123456782"));
    assert_true(slice_is(text_slice(&text), "/a~0~1b//*********"));
    text_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_elfproef),
        cmocka_unit_test(test_bsn_in_text_is_a_run_of_nine),
        cmocka_unit_test(test_excerpts_are_safe),
        cmocka_unit_test(test_excerpts_are_cut_between_characters),
        cmocka_unit_test(test_pointers_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
