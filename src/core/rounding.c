/*
 * Rounding: an exact fraction becomes the decimal that is published. Half goes away from zero, so
 * 12.65 is 12.7 and -12.65 is -12.7, and nothing else in the program rounds.
 */
#include "core/rounding.h"

void rounding_set(mpq_ptr ret_exact, struct decimal value)
{
    mpz_set_si(mpq_numref(ret_exact), value.units);
    mpz_ui_pow_ui(mpq_denref(ret_exact), 10, value.decimals);
    mpq_canonicalize(ret_exact);
}

bool rounding_apply(mpq_srcptr exact, uint8_t decimals, struct decimal *ret_value)
{
    mpz_t twice, divisor;
    mpz_inits(twice, divisor, NULL);

    /* round(x) = sign(x) * floor((2 * |x| * 10^d + 1) / 2), kept over the common denominator */
    mpz_ui_pow_ui(divisor, 10, decimals);
    mpz_abs(twice, mpq_numref(exact));
    mpz_mul(twice, twice, divisor);
    mpz_mul_2exp(twice, twice, 1);
    mpz_add(twice, twice, mpq_denref(exact));
    mpz_mul_2exp(divisor, mpq_denref(exact), 1);
    mpz_fdiv_q(twice, twice, divisor);
    if (mpq_sgn(exact) < 0) mpz_neg(twice, twice);

    bool fits = mpz_fits_slong_p(twice);
    if (fits) *ret_value = (struct decimal){.units = mpz_get_si(twice), .decimals = decimals};
    mpz_clears(twice, divisor, NULL);
    return fits;
}

bool rounding_ratio(int64_t factor, struct decimal numerator, struct decimal denominator,
                    uint8_t decimals, struct decimal *ret_value)
{
    if (denominator.units == 0) return false;

    mpq_t value, other;
    mpq_inits(value, other, NULL);
    rounding_set(value, numerator);
    rounding_set(other, denominator);
    mpq_div(value, value, other);
    mpq_set_si(other, factor, 1);
    mpq_mul(value, value, other);
    bool fits = rounding_apply(value, decimals, ret_value);
    mpq_clears(value, other, NULL);
    return fits;
}
