/*
 * A book takes whatever it is given; what no spreadsheet could hold is cut here, so that writing it
 * down cannot fail for what somebody wrote.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/utf8.h"
#include "codec/book.h"

/** No cell holds more than a spreadsheet takes, and none ends in half a letter. */
static void test_a_long_text_is_cut_between_letters(void **unused)
{
    (void)unused;
    enum { ROOM = 32768 };
    struct arena arena;
    struct text text = {0};
    arena_init(&arena);
    text_putc(&text, 'x');
    while (text.len < ROOM)
        text_puts(&text, "ë");
    struct book *book = book_new(&arena, (struct moment){0});
    book_row(&book->sheets[0]);
    book_text(&book->sheets[0], text_slice(&text));
    book_text(&book->sheets[0], slice_from(text.ptr, ROOM - 1));
    const struct book_cell *cells = book->sheets[0].rows[0].cells;
    assert_int_equal(slice_of(cells[0].text).len, ROOM - 1);
    assert_int_equal(slice_of(cells[1].text).len, ROOM - 1);
    text_putc(&text, 'x');
    book_text(&book->sheets[0], slice_from(text.ptr + 1, text.len - 1));
    cells = book->sheets[0].rows[0].cells;
    assert_int_equal(slice_of(cells[2].text).len, ROOM - 2);
    assert_true(utf8_valid(slice_of(cells[2].text)));
    text_done(&text);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_long_text_is_cut_between_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
