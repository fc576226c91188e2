/*
 * UTF-8: every code point in its one form is accepted, everything else is refused wherever it
 * stands: overlong forms, surrogates, points beyond U+10FFFF, halves and stray tails.
 */
#include "base/utf8.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The one form of a code point, without a look at whether it may be one. */
static struct slice encode(uint32_t point, size_t len, char *room)
{
    static const unsigned char leads[] = {0x00, 0x00, 0xC0, 0xE0, 0xF0};
    for (size_t i = len - 1; i > 0; i--, point >>= 6)
        room[i] = (char)(0x80U | (point & 0x3FU));
    room[0] = (char)(leads[len] | point);
    return slice_from(room, len);
}

static size_t length_of(uint32_t point)
{
    if (point < 0x80) return 1;
    if (point < 0x800) return 2;
    return point < 0x10000 ? 3 : 4;
}

static void every_code_point_and_no_surrogate_is_valid(void **state)
{
    (void)state;
    char room[4];
    for (uint32_t point = 0; point < 0x1FFFFF; point++) {
        const struct slice text = encode(point, length_of(point), room);
        const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
        assert_int_equal(utf8_valid(text), point <= 0x10FFFF && !surrogate);
    }
}

static void overlong_forms_are_refused(void **state)
{
    (void)state;
    char room[4];
    for (uint32_t point = 0; point < 0x10000; point++) {
        for (size_t len = length_of(point) + 1; len <= 4; len++)
            assert_false(utf8_valid(encode(point, len, room)));
    }
}

static void broken_bytes_are_refused_wherever_they_stand(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "\x80",     "\xBF",         "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xE2\x28\xA1",
        "\xC3\xC3", "\xF8\x88\x80", "\xFF", "\xFE",     "\xE2\x82\x28"};
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        for (size_t before = 0; before < 20; before++) {
            char text[40];
            memset(text, 'a', sizeof(text));
            memcpy(text + before, broken[i], strlen(broken[i]));
            assert_false(utf8_valid(slice_from(text, before + strlen(broken[i]))));
            assert_false(utf8_valid(slice_from(text, sizeof(text))));
        }
    }
}

static void length_is_in_code_points(void **state)
{
    (void)state;
    assert_true(utf8_valid(slice_of(NULL)));
    assert_int_equal(utf8_length(slice_of(NULL)), 0);
    assert_int_equal(utf8_length(slice_of("cli\xC3\xABnten")), 8);
    assert_int_equal(utf8_length(slice_of("\xE2\x82\xAC\xF0\x9F\x98\x80")), 2);
    assert_true(utf8_valid(slice_from("a\0b", 3)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_and_no_surrogate_is_valid),
        cmocka_unit_test(overlong_forms_are_refused),
        cmocka_unit_test(broken_bytes_are_refused_wherever_they_stand),
        cmocka_unit_test(length_is_in_code_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
