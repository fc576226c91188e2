/*
 * Ratios of organisations: kept exactly, so that those which would be one number to a double, or
 * once rounded, still have an order; and the ranks at which quarters end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "core/quarter.h"
#include "core/ratios.h"

static void add(struct ratios *ratios, long numerator, unsigned long denominator)
{
    mpq_t over, under;
    mpq_inits(over, under, NULL);
    mpq_set_si(over, numerator, 1);
    mpq_set_ui(under, denominator, 1);
    ratios_add(ratios, over, under);
    mpq_clears(over, under, NULL);
}

static void assert_quartile(struct ratios *ratios, unsigned quartile, long numerator,
                            unsigned long denominator)
{
    mpq_t bound;
    mpq_init(bound);
    ratios_quartile(ratios, quartile, bound);
    assert_int_equal(mpq_cmp_si(bound, numerator, denominator), 0);
    mpq_clear(bound);
}

static void test_ranks(void **unused)
{
    static const size_t ends[][QUARTERS] = {
        {1, 1, 1, 1}, {2, 4, 6, 8}, {3, 5, 7, 9}, {4, 7, 10, 13}};
    static const size_t counts[] = {1, 8, 9, 13};
    (void)unused;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (unsigned quarter = 1; quarter <= QUARTERS; quarter++)
            assert_int_equal(quarter_end(quarter, counts[i]), ends[i][quarter - 1]);
    }
}

/* A third, and what lies 10^-19 above and below: a double holds none of them apart. */
static void test_order_is_exact(void **unused)
{
    struct ratios ratios = {0};
    (void)unused;
    add(&ratios, 3333333333333333334, 10000000000000000000U);
    add(&ratios, 1, 3);
    add(&ratios, 3333333333333333333, 10000000000000000000U);
    add(&ratios, 0, 7);
    assert_quartile(&ratios, 1, 0, 1);
    assert_quartile(&ratios, 2, 3333333333333333333, 10000000000000000000U);
    assert_quartile(&ratios, 3, 1, 3);
    ratios_done(&ratios);
}

static void test_the_mean_is_exact(void **unused)
{
    struct ratios ratios = {0};
    mpq_t mean;
    (void)unused;
    mpq_init(mean);
    add(&ratios, 1, 3);
    add(&ratios, 1, 6);
    add(&ratios, 100, 7);
    ratios_mean(&ratios, mean);
    assert_int_equal(mpq_cmp_si(mean, 207, 42), 0);
    mpq_clear(mean);
    ratios_done(&ratios);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_order_is_exact),
        cmocka_unit_test(test_the_mean_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
