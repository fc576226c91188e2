/* The nearest word: slips of the pen are found, other words are not, and the first of equals wins.
 */
#include "base/nearest.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct slice words[] = {
    SLICE_LITERAL("clienten"),  SLICE_LITERAL("fte"),     SLICE_LITERAL("wachtlijst"),
    SLICE_LITERAL("wachttijd"), SLICE_LITERAL("verloop"), SLICE_LITERAL("verzuim"),
};

static const struct slice *nearest(const char *word)
{
    return nearest_word(slice_of(word), words, sizeof(words) / sizeof(words[0]));
}

static void slips_of_the_pen_are_found(void **state)
{
    (void)state;
    assert_ptr_equal(nearest("clienten"), &words[0]);
    assert_ptr_equal(nearest("clinten"), &words[0]);
    assert_ptr_equal(nearest("clientten"), &words[0]);
    assert_ptr_equal(nearest("klienten"), &words[0]);
    assert_ptr_equal(nearest("cleinten"), &words[0]);
    assert_ptr_equal(nearest("fet"), &words[1]);
    assert_ptr_equal(nearest("wachtijd"), &words[3]);
}

static void other_words_are_not(void **state)
{
    (void)state;
    assert_null(nearest("formatie"));
    assert_null(nearest(""));
    assert_null(nearest("f"));
    assert_null(nearest_word(slice_of("fte"), NULL, 0));
}

static void a_third_of_the_longer_word_is_the_bound(void **state)
{
    (void)state;
    const struct slice six = slice_of("abcdef");
    assert_ptr_equal(nearest_word(slice_of("abcdxy"), &six, 1), &six);
    assert_null(nearest_word(slice_of("abcxyz"), &six, 1));
    /* A swap counts once: two swaps in six are two edits. */
    assert_ptr_equal(nearest_word(slice_of("badcef"), &six, 1), &six);
}

static void the_first_of_equals_wins(void **state)
{
    (void)state;
    static const struct slice equals[] = {SLICE_LITERAL("maart"), SLICE_LITERAL("baart"),
                                          SLICE_LITERAL("taart")};
    assert_ptr_equal(nearest_word(slice_of("kaart"), equals, 3), &equals[0]);
    assert_ptr_equal(nearest_word(slice_of("taart"), equals, 3), &equals[2]);
}

static void an_endless_word_is_near_nothing(void **state)
{
    (void)state;
    static char endless[1 << 20];
    memset(endless, 'a', sizeof(endless));
    assert_null(nearest_word(slice_from(endless, sizeof(endless)), words, 6));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_of_the_pen_are_found),
        cmocka_unit_test(other_words_are_not),
        cmocka_unit_test(a_third_of_the_longer_word_is_the_bound),
        cmocka_unit_test(the_first_of_equals_wins),
        cmocka_unit_test(an_endless_word_is_near_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
