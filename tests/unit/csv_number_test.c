/*
 * Numbers as spreadsheets write them (docs/csv.md). Each row is a spelling, the decimals of
 * its measure, and the number in plain form or why there is none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "codec/csv_number.h"

struct spelling {
    const char *text;
    unsigned decimals;
    enum csv_number_answer answer;
    const char *plain;
};

static const struct spelling SPELLINGS[] = {
    {"1834", 0, CSV_NUMBER_OK, "1834"},
    {"0", 2, CSV_NUMBER_OK, "0"},
    {"-3", 0, CSV_NUMBER_OK, "-3"},
    /* decimals, behind a comma or a point */
    {"12,4", 1, CSV_NUMBER_OK, "12.4"},
    {"12.4", 1, CSV_NUMBER_OK, "12.4"},
    {"9,0", 2, CSV_NUMBER_OK, "9.0"},
    {"160.25", 2, CSV_NUMBER_OK, "160.25"},
    {"1.2345", 2, CSV_NUMBER_OK, "1.2345"},
    {"12,345", 2, CSV_NUMBER_OK, "12.345"},
    {"12,5", 0, CSV_NUMBER_OK, "12.5"},
    /* thousands points: no decimals, or a comma behind */
    {"1.834", 0, CSV_NUMBER_OK, "1834"},
    {"-1.834", 0, CSV_NUMBER_OK, "-1834"},
    {"12.345.678", 0, CSV_NUMBER_OK, "12345678"},
    {"1.834,5", 2, CSV_NUMBER_OK, "1834.5"},
    {"1.834.000,25", 2, CSV_NUMBER_OK, "1834000.25"},
    {"1.834,0", 0, CSV_NUMBER_OK, "1834.0"},
    /* a point before three digits that may be either */
    {"1.834", 2, CSV_NUMBER_AMBIGUOUS, ""},
    {"0.500", 2, CSV_NUMBER_AMBIGUOUS, ""},
    {"1834.000", 0, CSV_NUMBER_AMBIGUOUS, ""},
    {"0.500", 0, CSV_NUMBER_AMBIGUOUS, ""},
    {"12.345.678", 2, CSV_NUMBER_AMBIGUOUS, ""},
    {"12.34.567", 0, CSV_NUMBER_AMBIGUOUS, ""},
    /* no numbers */
    {"", 0, CSV_NUMBER_NONE, ""},
    {"veel", 0, CSV_NUMBER_NONE, ""},
    {"1834 kinderen", 0, CSV_NUMBER_NONE, ""},
    {"1 834", 0, CSV_NUMBER_NONE, ""},
    {"12,", 1, CSV_NUMBER_NONE, ""},
    {",5", 1, CSV_NUMBER_NONE, ""},
    {".5", 1, CSV_NUMBER_NONE, ""},
    {"12.", 1, CSV_NUMBER_NONE, ""},
    {"1,834,567", 0, CSV_NUMBER_NONE, ""},
    {"1,834.5", 2, CSV_NUMBER_NONE, ""},
    {"18.34,5", 2, CSV_NUMBER_NONE, ""},
    {"1.8.4", 0, CSV_NUMBER_NONE, ""},
    {"1,83E+03", 0, CSV_NUMBER_NONE, ""},
    {"+5", 0, CSV_NUMBER_NONE, ""},
    {"--5", 0, CSV_NUMBER_NONE, ""},
    {"007", 0, CSV_NUMBER_NONE, ""},
    {"-", 0, CSV_NUMBER_NONE, ""},
    /* beyond exactness */
    {"1234567890123456789", 0, CSV_NUMBER_TOO_LARGE, ""},
    {"9.999.999.999.999.999.999.999.999.999.999.999.999.999.999.999.999.999", 0,
     CSV_NUMBER_TOO_LARGE, ""},
    {"0,1234567891", 2, CSV_NUMBER_TOO_FINE, ""},
};

static void test_spellings(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof SPELLINGS / sizeof SPELLINGS[0]; i++) {
        const struct spelling *spelling = &SPELLINGS[i];
        struct csv_number number = {.plain = slice_of("")};
        const enum csv_number_answer answer =
            csv_number_parse(slice_of(spelling->text), spelling->decimals, &arena, &number);
        if (answer != spelling->answer || !slice_is(number.plain, spelling->plain))
            fail_msg("\"%s\" with %u decimals: answer %d, \"%.*s\"", spelling->text,
                     spelling->decimals, (int)answer, (int)number.plain.len, number.plain.ptr);
    }
    arena_done(&arena);
}

static void test_the_choice_names_both_readings(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena);
    assert_true(slice_is(csv_number_choice(slice_of("1.834"), &arena), "1834 of 1,834"));
    assert_true(slice_is(csv_number_choice(slice_of("0.500"), &arena), "0,500"));
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spellings),
        cmocka_unit_test(test_the_choice_names_both_readings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
