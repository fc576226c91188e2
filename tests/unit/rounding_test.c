/* Half goes away from zero, once, and only exact fractions decide what is half. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "core/rounding.h"

static struct decimal tenths(int64_t units)
{
    return (struct decimal){.units = units, .decimals = 1};
}

static void test_half_goes_away_from_zero(void **unused)
{
    (void)unused;
    static const struct {
        int64_t numerator, denominator, expected_tenths;
    } CASES[] = {
        {1, 20, 1},     {-1, 20, -1}, {1, 21, 0}, {-1, 21, 0}, {3, 20, 2},       {-3, 20, -2},
        {149, 1000, 1}, {0, 7, 0},    {2, 3, 7},  {-2, 3, -7}, {1265, 100, 127}, {5, -100, -1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct decimal value;
        assert_true(rounding_ratio(1, decimal_of(CASES[i].numerator),
                                   decimal_of(CASES[i].denominator), 1, &value));
        assert_int_equal(value.units, CASES[i].expected_tenths);
        assert_int_equal(value.decimals, 1);
    }
}

static void test_decimals_and_factor_are_exact(void **unused)
{
    (void)unused;
    struct decimal value;
    /* 31416 / 2493.3 = 12.60017...; 100 * 1496 / 31416 = 4.7619... */
    assert_true(rounding_ratio(1, decimal_of(31416), tenths(24933), 1, &value));
    assert_int_equal(value.units, 126);
    assert_true(rounding_ratio(100, decimal_of(1496), decimal_of(31416), 2, &value));
    assert_int_equal(value.units, 476);
    /* one third of a hair below the half stays below: doubles would not see it */
    assert_true(rounding_ratio(1, decimal_of(499999999999999999), decimal_of(1000000000000000000),
                               0, &value));
    assert_int_equal(value.units, 0);
}

static void test_what_cannot_be_said_is_refused(void **unused)
{
    (void)unused;
    struct decimal value = {.units = 7};
    assert_false(rounding_ratio(1, decimal_of(1), decimal_of(0), 1, &value));
    assert_false(rounding_ratio(1000, decimal_of(INT64_MAX), decimal_of(1), 6, &value));
    assert_int_equal(value.units, 7);
}

/* The same by exact fractions alone. */
static bool ratio_by_fractions(int64_t factor, struct decimal numerator, struct decimal denominator,
                               uint8_t decimals, struct decimal *ret_value)
{
    mpq_t value, other;
    mpq_inits(value, other, NULL);
    rounding_set(value, numerator);
    rounding_set(other, denominator);
    mpq_div(value, value, other);
    mpq_set_si(other, factor, 1);
    mpq_mul(value, value, other);
    const bool fits = rounding_apply(value, decimals, ret_value);
    mpq_clears(value, other, NULL);
    return fits;
}

static void assert_ratio_is_exact(int64_t factor, struct decimal numerator,
                                  struct decimal denominator, uint8_t decimals)
{
    struct decimal exact = {.units = 7}, value = {.units = 7};
    const bool fits = ratio_by_fractions(factor, numerator, denominator, decimals, &exact);
    assert_int_equal(rounding_ratio(factor, numerator, denominator, decimals, &value), fits);
    assert_true(value.units == exact.units && value.decimals == exact.decimals);
}

/* Small, large and just beside powers of two and ten: what fits 128 bits and what does not. */
static void test_every_size_is_exact(void **unused)
{
    (void)unused;
    static const int64_t UNITS[] = {0,         1,         -1,        2,         5,
                                    -15,       24933,     999999999, 1U << 31,  -1000000000000,
                                    1LL << 52, INT64_MAX, INT64_MIN, 1LL << 62, 999999999999999999};
    static const int64_t FACTORS[] = {1, 100, -3, 67108864, 67108865, INT64_MAX};
    static const uint8_t DECIMALS[] = {0, 1, 4, DECIMAL_MOST};
    enum { SIZES = sizeof UNITS / sizeof UNITS[0], PLACES = sizeof DECIMALS / sizeof DECIMALS[0] };
    for (size_t at = 0; at < (size_t)SIZES * SIZES * PLACES * PLACES * PLACES; at++) {
        const struct decimal numerator = {.units = UNITS[at % SIZES],
                                          .decimals = DECIMALS[at / SIZES % PLACES]};
        const size_t rest = at / SIZES / PLACES;
        const struct decimal denominator = {.units = UNITS[rest % SIZES],
                                            .decimals = DECIMALS[rest / SIZES % PLACES]};
        if (denominator.units == 0) continue;
        for (size_t i = 0; i < sizeof FACTORS / sizeof FACTORS[0]; i++)
            assert_ratio_is_exact(FACTORS[i], numerator, denominator,
                                  DECIMALS[rest / SIZES / PLACES]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_half_goes_away_from_zero),
        cmocka_unit_test(test_decimals_and_factor_are_exact),
        cmocka_unit_test(test_what_cannot_be_said_is_refused),
        cmocka_unit_test(test_every_size_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
