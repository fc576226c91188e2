/* Texts: what is written is what stands there, integers at their bounds, growth past any room. */
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void integers_are_written_as_printf_writes_them(void **state)
{
    (void)state;
    static const int64_t values[] = {0,   1,     -1,        9,         10,        -10,       99,
                                     100, 12345, INT64_MAX, INT64_MIN, INT32_MIN, UINT32_MAX};
    struct text text;
    text_init(&text);
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        char expected[32];
        snprintf(expected, sizeof(expected), "%" PRId64, values[i]);
        text_clear(&text);
        text_put_int(&text, values[i]);
        assert_true(slice_is(text_slice(&text), expected));
    }
    text_clear(&text);
    text_put_u64(&text, UINT64_MAX);
    assert_true(slice_is(text_slice(&text), "18446744073709551615"));
    text_done(&text);
}

static void every_way_of_writing_appends(void **state)
{
    (void)state;
    struct text text;
    text_init(&text);
    text_puts(&text, "a");
    text_putc(&text, '\0');
    text_put(&text, slice_from("xyz", 2));
    text_put(&text, slice_of(NULL));
    text_printf(&text, "%02d|%s", 7, "z");
    assert_int_equal(text_slice(&text).len, 8);
    assert_memory_equal(text_slice(&text).ptr, "a\0xy07|z", 8);
    text_done(&text);
    assert_int_equal(text_slice(&text).len, 0);
    text_done(NULL);
}

static void a_text_grows_past_any_room_and_keeps_it(void **state)
{
    (void)state;
    struct text text;
    text_init(&text);
    assert_null(text.ptr);
    for (int i = 0; i < 100000; i++)
        text_putc(&text, (char)('a' + i % 26));
    text_printf(&text, "%70000d", 5);
    assert_int_equal(text.len, 170000);
    assert_int_equal(text.ptr[99999], 'a' + 99999 % 26);
    assert_int_equal(text.ptr[169999], '5');
    const size_t room = text.room;
    text_clear(&text);
    assert_int_equal(text_slice(&text).len, 0);
    assert_int_equal(text.room, room);
    text_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_written_as_printf_writes_them),
        cmocka_unit_test(every_way_of_writing_appends),
        cmocka_unit_test(a_text_grows_past_any_room_and_keeps_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
