/*
 * Decimals: the value decides and not its spelling, what is no JSON number is told apart from what
 * does not fit, and printing says exactly what was read.
 */
#include "base/decimal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct decimal decimal_from(const char *text)
{
    struct decimal value = {.units = 0};
    assert_int_equal(decimal_parse(slice_of(text), &value), DECIMAL_OK);
    return value;
}

static void the_value_decides_and_not_the_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t units;
        uint8_t decimals;
    } rows[] = {
        {.text = "402", .units = 402, .decimals = 0},
        {.text = "402.0", .units = 402, .decimals = 0},
        {.text = "4.02e2", .units = 402, .decimals = 0},
        {.text = "4.02E+02", .units = 402, .decimals = 0},
        {.text = "40200e-2", .units = 402, .decimals = 0},
        {.text = "0.402e3", .units = 402, .decimals = 0},
        {.text = "0", .units = 0, .decimals = 0},
        {.text = "-0", .units = 0, .decimals = 0},
        {.text = "-0.00e5", .units = 0, .decimals = 0},
        {.text = "0e999999999999999999999", .units = 0, .decimals = 0},
        {.text = "0.1", .units = 1, .decimals = 1},
        {.text = "-0.25", .units = -25, .decimals = 2},
        {.text = "160.250", .units = 16025, .decimals = 2},
        {.text = "1e-9", .units = 1, .decimals = 9},
        {.text = "0.000000001", .units = 1, .decimals = 9},
        {.text = "0.1000000000000000000000000000000", .units = 1, .decimals = 1},
        {.text = "10e-10", .units = 1, .decimals = 9},
        {.text = "1e17", .units = 100000000000000000, .decimals = 0},
        {.text = "999999999999999999", .units = 999999999999999999, .decimals = 0},
        {.text = "-999999999.999999999", .units = -999999999999999999, .decimals = 9},
        {.text = "0.0000000000000000000001e22", .units = 1, .decimals = 0},
        {.text = "100200000000000000000000e-19", .units = 10020, .decimals = 0},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct decimal value = decimal_from(rows[i].text);
        assert_true(value.units == rows[i].units);
        assert_int_equal(value.decimals, rows[i].decimals);
    }
}

static void check_refused(const char *const *texts, size_t count, enum decimal_answer answer)
{
    for (size_t i = 0; i < count; i++) {
        struct decimal value = {.units = 42, .decimals = 1};
        assert_int_equal(decimal_parse(slice_of(texts[i]), &value), answer);
        assert_int_equal(value.units, 42);
    }
}

static void what_is_not_json_is_no_number(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",   "01",  "-01", "00",       "1.",   ".5",   "+1",    "-",
        "1e", "1e+", "1e-", "e5",       "1.e5", "1.5.", "1,5",   "1 ",
        " 1", "0x1", "NaN", "Infinity", "1_0",  "--1",  "1e1.0", "\xD9\xA1",
    };
    check_refused(texts, sizeof(texts) / sizeof(texts[0]), DECIMAL_NO_NUMBER);
    struct decimal value;
    assert_int_equal(decimal_parse(slice_from("1\0", 2), &value), DECIMAL_NO_NUMBER);
}

static void what_does_not_fit_is_said_to_be_too_large(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "1e999",
        "-1e999",
        "1e18",
        "1234567890123456789",
        "9999999999999999999",
        "1e99999999999999999999999",
        "123456789012345678.5",
        "1234567890123456789.0000000000001",
    };
    check_refused(texts, sizeof(texts) / sizeof(texts[0]), DECIMAL_TOO_LARGE);
}

static void what_needs_more_than_nine_decimals_is_too_fine(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "0.1000000001",
        "0.1000000000000000000000000000001",
        "0.30000000000000000004",
        "1e-10",
        "-1e-999",
        "1e-99999999999999999999999",
        "12.60000000000000000000000001",
    };
    check_refused(texts, sizeof(texts) / sizeof(texts[0]), DECIMAL_TOO_FINE);
}

static void units_are_exact_or_refused(void **state)
{
    (void)state;
    int64_t units = 42;
    assert_true(decimal_to_units(decimal_from("160.25"), 2, &units));
    assert_int_equal(units, 16025);
    assert_true(decimal_to_units(decimal_from("9"), 2, &units));
    assert_int_equal(units, 900);
    assert_true(decimal_to_units((struct decimal){.units = 900, .decimals = 2}, 0, &units));
    assert_int_equal(units, 9);
    assert_true(decimal_to_units(decimal_of(0), 200, &units));
    assert_int_equal(units, 0);
    assert_false(decimal_to_units(decimal_from("160.25"), 1, &units));
    assert_false(decimal_to_units(decimal_from("999999999999999999"), 2, &units));
    assert_false(decimal_to_units(decimal_from("-999999999999999999"), 2, &units));
    assert_int_equal(units, 0);
}

static void order_is_by_value_even_where_no_common_scale_fits(void **state)
{
    (void)state;
    static const char *const ascending[] = {
        "-999999999999999999",
        "-2",
        "-1.000000001",
        "-1",
        "-0.5",
        "0",
        "0.000000001",
        "0.1",
        "0.25",
        "1",
        "1.000000001",
        "1.1",
        "9",
        "10",
        "999999999999999999",
    };
    const size_t count = sizeof(ascending) / sizeof(ascending[0]);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            const int order =
                decimal_compare(decimal_from(ascending[i]), decimal_from(ascending[j]));
            assert_int_equal(order, (i > j) - (i < j));
        }
    }
    const struct decimal longer = {.units = 1250, .decimals = 2};
    assert_int_equal(decimal_compare(longer, decimal_from("12.5")), 0);
}

static void check_put(void (*put)(struct text *, struct decimal), struct decimal value,
                      const char *expected)
{
    struct text text;
    text_init(&text);
    put(&text, value);
    assert_true(slice_is(text_slice(&text), expected));
    text_done(&text);
}

static struct decimal scaled(int64_t units, uint8_t decimals)
{
    return (struct decimal){.units = units, .decimals = decimals};
}

static void numbers_are_printed_short_fixed_and_dutch(void **state)
{
    (void)state;
    check_put(decimal_put, scaled(70, 1), "7");
    check_put(decimal_put, scaled(126, 1), "12.6");
    check_put(decimal_put, scaled(-250, 3), "-0.25");
    check_put(decimal_put, scaled(0, 2), "0");
    check_put(decimal_put, scaled(-5, 9), "-0.000000005");
    check_put(decimal_put, scaled(INT64_MIN, 0), "-9223372036854775808");
    check_put(decimal_put_fixed, scaled(70, 1), "7.0");
    check_put(decimal_put_fixed, scaled(0, 2), "0.00");
    check_put(decimal_put_fixed, scaled(260400, 2), "2604.00");
    check_put(decimal_put_fixed, scaled(-5, 2), "-0.05");
    check_put(decimal_put_dutch, scaled(31416, 0), "31.416");
    check_put(decimal_put_dutch, scaled(126, 1), "12,6");
    check_put(decimal_put_dutch, scaled(70, 1), "7,0");
    check_put(decimal_put_dutch, scaled(-123450, 2), "-1.234,50");
    check_put(decimal_put_dutch, scaled(-5, 2), "-0,05");
    check_put(decimal_put_dutch, scaled(999, 0), "999");
    check_put(decimal_put_dutch, scaled(1000, 0), "1.000");
    check_put(decimal_put_dutch, scaled(1000007, 0), "1.000.007");
    check_put(decimal_put_dutch, scaled(INT64_MIN, 0), "-9.223.372.036.854.775.808");
}

static void check_sum(struct decimal a, struct decimal b, const char *sum, const char *difference)
{
    struct decimal value;
    assert_true(decimal_add(a, b, &value));
    check_put(decimal_put_fixed, value, sum);
    assert_true(decimal_subtract(a, b, &value));
    check_put(decimal_put_fixed, value, difference);
}

static void sums_and_differences_are_exact_or_refused(void **state)
{
    (void)state;
    struct decimal value;
    check_sum(scaled(1206, 2), scaled(126, 1), "24.66", "-0.54");
    check_sum(scaled(1496, 0), scaled(1480, 0), "2976", "16");
    check_sum(scaled(-5, 1), scaled(50, 2), "0.00", "-1.00");
    check_sum(scaled(0, 0), scaled(1, 9), "0.000000001", "-0.000000001");
    assert_false(decimal_add(scaled(INT64_MAX, 0), scaled(1, 0), &value));
    assert_false(decimal_add(scaled(INT64_MAX, 0), scaled(1, 1), &value));
    assert_false(decimal_subtract(scaled(INT64_MIN, 0), scaled(1, 0), &value));
    assert_false(decimal_subtract(scaled(0, 0), scaled(INT64_MIN, 0), &value));
}

static void printed_is_read_again_as_the_same(void **state)
{
    (void)state;
    struct text text;
    text_init(&text);
    for (uint8_t decimals = 0; decimals <= DECIMAL_MOST; decimals++) {
        for (int64_t units = -999999999999999999; units < 900000000000000000;
             units += 99999999999999991) {
            text_clear(&text);
            decimal_put(&text, scaled(units, decimals));
            struct decimal again;
            assert_int_equal(decimal_parse(text_slice(&text), &again), DECIMAL_OK);
            assert_int_equal(decimal_compare(again, scaled(units, decimals)), 0);
        }
    }
    text_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_value_decides_and_not_the_spelling),
        cmocka_unit_test(what_is_not_json_is_no_number),
        cmocka_unit_test(what_does_not_fit_is_said_to_be_too_large),
        cmocka_unit_test(what_needs_more_than_nine_decimals_is_too_fine),
        cmocka_unit_test(units_are_exact_or_refused),
        cmocka_unit_test(order_is_by_value_even_where_no_common_scale_fits),
        cmocka_unit_test(numbers_are_printed_short_fixed_and_dutch),
        cmocka_unit_test(sums_and_differences_are_exact_or_refused),
        cmocka_unit_test(printed_is_read_again_as_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
