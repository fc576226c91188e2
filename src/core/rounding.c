/*
 * Rounding: an exact fraction becomes the decimal that is published. Half goes away from zero, so
 * 12.65 is 12.7 and -12.65 is -12.7, and nothing else in the program rounds. Almost every ratio
 * fits 128 bits, where it takes a twentieth of the time; GMP does what does not.
 */
#include "core/rounding.h"

#include "base/wide.h"

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

/* factor * numerator / denominator in GMP, for what 128 bits do not hold. */
static bool ratio_at_length(int64_t factor, struct decimal numerator, struct decimal denominator,
                            uint8_t decimals, struct decimal *ret_value)
{
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

/* Not reduced; `below` is above zero. */
struct fraction {
    wide above, below;
};

/*
 * The ratio times 10^decimals in 128 bits; false where it may not fit. 2^89 * 10^9 is below 2^119,
 * which leaves room for rounding.
 */
static bool ratio_scale(int64_t factor, struct decimal numerator, struct decimal denominator,
                        uint8_t decimals, struct fraction *ret_scaled)
{
    const wide most = (wide)1 << 89;
    const int shift = denominator.decimals + decimals - numerator.decimals;
    struct fraction scaled = {.above = (wide)numerator.units * factor, .below = denominator.units};
    if (scaled.below < 0)
        scaled = (struct fraction){.above = -scaled.above, .below = -scaled.below};
    if (scaled.above > most || scaled.above < -most || shift > DECIMAL_MOST) return false;
    if (shift >= 0)
        scaled.above *= decimal_power((uint8_t)shift);
    else
        scaled.below *= decimal_power((uint8_t)-shift);
    *ret_scaled = scaled;
    return true;
}

bool rounding_ratio(int64_t factor, struct decimal numerator, struct decimal denominator,
                    uint8_t decimals, struct decimal *ret_value)
{
    struct fraction scaled;
    if (denominator.units == 0) return false;
    if (!ratio_scale(factor, numerator, denominator, decimals, &scaled))
        return ratio_at_length(factor, numerator, denominator, decimals, ret_value);

    /* As in rounding_apply. Division goes towards zero, so the sign may stay where it is. */
    const wide half = scaled.above < 0 ? -scaled.below : scaled.below;
    const wide rounded = (2 * scaled.above + half) / (2 * scaled.below);
    if (rounded > INT64_MAX || rounded < INT64_MIN) return false;
    *ret_value = (struct decimal){.units = (int64_t)rounded, .decimals = decimals};
    return true;
}
