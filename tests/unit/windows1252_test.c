/* Windows-1252: what Latin-1 has, what it has of its own, and the bytes that are nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/windows1252.h"

static void assert_reads(const char *bytes, const char *expected)
{
    struct text text = {0};
    assert_true(windows1252_put(&text, slice_of(bytes)));
    assert_true(slice_is(text_slice(&text), expected));
    text_done(&text);
}

static void test_letters_become_utf8(void **state)
{
    (void)state;
    assert_reads("cli\xEBnten", "cli\xC3\xABnten");
    assert_reads("\xA0\xFF\x7F", "\xC2\xA0\xC3\xBF\x7F");
    assert_reads("", "");
}

/* CP1252.TXT: 80 is the euro sign, 92 the apostrophe that Word types, 99 the trade mark sign. */
static void test_its_own_characters(void **state)
{
    (void)state;
    assert_reads("\x80 4", "\xE2\x82\xAC 4");
    assert_reads("z\x92n", "z\xE2\x80\x99n");
    assert_reads("\x99\x9F\x8A", "\xE2\x84\xA2\xC5\xB8\xC5\xA0");
}

static void test_bytes_that_are_no_character(void **state)
{
    static const char *const NOTHING[] = {"\x81", "\x8D", "a\x8F", "\x90z", "\x9D"};
    struct text text = {0};
    (void)state;
    for (size_t i = 0; i < sizeof NOTHING / sizeof NOTHING[0]; i++)
        assert_false(windows1252_put(&text, slice_of(NOTHING[i])));
    assert_int_equal(text.len, 0);
    text_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_become_utf8),
        cmocka_unit_test(test_its_own_characters),
        cmocka_unit_test(test_bytes_that_are_no_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
