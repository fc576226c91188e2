/* Slices: comparing, cutting and reading numbers hold at their edges, empty slices included. */
#include "base/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void empty_slices_are_equal_whatever_their_pointer(void **state)
{
    (void)state;
    assert_true(slice_equal(slice_of(NULL), slice_from("x", 0)));
    assert_true(slice_is(slice_of(NULL), ""));
    assert_int_equal(slice_compare(slice_of(NULL), slice_of("")), 0);
    assert_true(slice_starts(slice_of(NULL), ""));
    assert_int_equal(slice_trim(slice_of(NULL)).len, 0);
}

static void order_is_of_bytes_and_the_shorter_comes_first(void **state)
{
    (void)state;
    assert_true(slice_compare(slice_of("JZ01"), slice_of("JZ02")) < 0);
    assert_true(slice_compare(slice_of("JZ01x"), slice_of("JZ01")) > 0);
    assert_true(slice_compare(slice_of("a"), slice_of("\xC3\xAB")) < 0);
    assert_true(slice_compare(slice_from("a\0b", 3), slice_from("a\0c", 3)) < 0);
}

static void case_is_ignored_for_ascii_letters_only(void **state)
{
    (void)state;
    assert_true(slice_is_nocase(slice_of("BeArEr"), "bearer"));
    assert_false(slice_is_nocase(slice_of("bearer "), "bearer"));
    assert_false(slice_is_nocase(slice_of("@"), "`"));
    assert_false(slice_is_nocase(slice_of("\xC3\x8B"), "\xC3\xAB"));
}

static void a_prefix_longer_than_the_slice_is_none(void **state)
{
    (void)state;
    assert_true(slice_starts(slice_of("unix:/run"), "unix:"));
    assert_false(slice_starts(slice_of("uni"), "unix:"));
}

static void trimming_takes_blanks_at_the_ends_only(void **state)
{
    (void)state;
    assert_true(slice_is(slice_trim(slice_of(" \t\r\na b\n ")), "a b"));
    assert_int_equal(slice_trim(slice_of(" \n\t ")).len, 0);
}

static void cutting_is_at_the_first_and_says_whether_there_was_one(void **state)
{
    (void)state;
    struct slice before;
    struct slice after;
    assert_true(slice_cut(slice_of("a=b=c"), '=', &before, &after));
    assert_true(slice_is(before, "a"));
    assert_true(slice_is(after, "b=c"));
    assert_true(slice_cut(slice_of("a="), '=', &before, &after));
    assert_int_equal(after.len, 0);
    assert_false(slice_cut(slice_of("abc"), '=', &before, &after));
    assert_true(slice_is(before, "abc"));
    assert_int_equal(after.len, 0);
    assert_false(slice_cut(slice_of(NULL), '=', &before, &after));
}

static void a_list_holds_equal_slices(void **state)
{
    (void)state;
    static const struct slice list[] = {SLICE_LITERAL("een"), SLICE_LITERAL("twee")};
    assert_true(slice_listed(list, 2, slice_of("twee")));
    assert_false(slice_listed(list, 1, slice_of("twee")));
    assert_false(slice_listed(list, 2, slice_of("tw")));
    assert_false(slice_listed(NULL, 0, slice_of("")));
}

static void numbers_are_digits_that_fit(void **state)
{
    (void)state;
    uint64_t value = 7;
    static const char *const refused[] = {
        "", "-1", "+1", "1 ", "0x1", "1.0", "18446744073709551616", "99999999999999999999"};
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        assert_false(slice_to_u64(slice_of(refused[i]), &value));
        assert_int_equal(value, 7);
    }
    assert_true(slice_to_u64(slice_of("18446744073709551615"), &value));
    assert_true(value == UINT64_MAX);
    assert_true(slice_to_u64(slice_of("007"), &value));
    assert_int_equal(value, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_slices_are_equal_whatever_their_pointer),
        cmocka_unit_test(order_is_of_bytes_and_the_shorter_comes_first),
        cmocka_unit_test(case_is_ignored_for_ascii_letters_only),
        cmocka_unit_test(a_prefix_longer_than_the_slice_is_none),
        cmocka_unit_test(trimming_takes_blanks_at_the_ends_only),
        cmocka_unit_test(cutting_is_at_the_first_and_says_whether_there_was_one),
        cmocka_unit_test(a_list_holds_equal_slices),
        cmocka_unit_test(numbers_are_digits_that_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
