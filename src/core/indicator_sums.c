/*
 * Indicators from sums: where only rounded sums may be known (core/shown), the figure is computed
 * from those, by the same formulas, exactly, and rounded once. A zero denominator gives no value.
 */
#include "core/indicator.h"
#include "core/rounding.h"

static struct result result_without(enum reason reason)
{
    return (struct result){.reason = reason};
}

static struct result result_rounded(mpq_srcptr exact, uint8_t decimals)
{
    struct result result = {.reason = REASON_NONE, .value = {.present = true}};
    if (!rounding_apply(exact, decimals, &result.value.value))
        return result_without(REASON_NOT_APPLICABLE);
    return result;
}

static struct maybe maybe_of(struct decimal value)
{
    return (struct maybe){.present = true, .value = value};
}

/* factor x the sum of the ratios / how many there are: of one pair, its ratio. */
static struct result mean_of(const struct computation *computation,
                             const struct indicator_sums *sums, size_t count)
{
    struct result result = result_without(REASON_ZERO_DENOMINATOR);
    mpq_t exact, ratio, other;
    mpq_inits(exact, ratio, other, NULL);
    size_t ratios = 0;
    for (size_t i = 0; i < count; i++) {
        rounding_set(ratio, sums[i].numerator);
        rounding_set(other, sums[i].denominator);
        if (mpq_sgn(other) == 0) continue;
        mpq_div(ratio, ratio, other);
        mpq_add(exact, exact, ratio);
        ratios++;
    }
    if (ratios > 0) {
        mpq_set_si(other, computation->version->factor, ratios);
        mpq_canonicalize(other);
        mpq_mul(exact, exact, other);
        result = result_rounded(exact, computation->decimals);
    }
    result.denominator = maybe_of(decimal_of((int64_t)ratios));
    mpq_clears(exact, ratio, other, NULL);
    return result;
}

static struct result ratio_of(const struct computation *computation,
                              const struct indicator_sums *sums)
{
    struct result result = mean_of(computation, sums, 1);
    result.numerator = maybe_of(sums->numerator);
    result.denominator = maybe_of(sums->denominator);
    return result;
}

static struct result sum_of(const struct computation *computation,
                            const struct indicator_sums *sums)
{
    mpq_t exact;
    mpq_init(exact);
    rounding_set(exact, sums->numerator);
    struct result result = result_rounded(exact, computation->decimals);
    result.numerator = maybe_of(sums->numerator);
    mpq_clear(exact);
    return result;
}

/* What the norm asks for, less what is there for a shortage. */
static struct result against_norm(const struct computation *computation,
                                  const struct indicator_sums *sums)
{
    const bool shortage = computation->version->formula == FORMULA_SHORTAGE;
    if (computation->norm == NULL) return result_without(REASON_NO_NORM);
    mpq_t exact, other;
    mpq_inits(exact, other, NULL);
    rounding_set(exact, sums->numerator);
    rounding_set(other, computation->norm->value);
    mpq_div(exact, exact, other);
    if (shortage) {
        rounding_set(other, sums->denominator);
        mpq_sub(exact, exact, other);
    }
    struct result result = result_rounded(exact, computation->decimals);
    result.numerator = maybe_of(sums->numerator);
    result.denominator = maybe_of(shortage ? sums->denominator : computation->norm->value);
    mpq_clears(exact, other, NULL);
    return result;
}

struct result indicator_of_sums(const struct computation *computation,
                                const struct indicator_sums *sums, size_t count)
{
    switch (computation->version->formula) {
    case FORMULA_SUM: return sum_of(computation, sums);
    case FORMULA_RATIO: return ratio_of(computation, sums);
    case FORMULA_MEAN: return mean_of(computation, sums, count);
    case FORMULA_NEEDED:
    case FORMULA_SHORTAGE: return against_norm(computation, sums);
    case FORMULA_PERCENTILE:
    case FORMULA_QUARTILE:
    case FORMULA_COUNT: break;
    }
    return result_without(REASON_NO_DISTRIBUTION);
}
