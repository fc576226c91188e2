/*
 * Indicators: a formula over the rows of organisations becomes one figure. Sums are integers in the
 * smallest unit of the finest column (core/sum), what is no single quotient of two of them is an
 * exact fraction (GMP), rounding happens once at the end (core/rounding). A sum that no longer fits
 * 63 bits has no figure.
 *
 * Who counts (one rule for every formula): an organisation counts only if every column that the
 * formula needs is delivered or `null`; numerator and denominator run over the same organisations.
 * Without a value the reason says why.
 */
#include "core/indicator.h"

#include "base/memory.h"
#include "core/quarter.h"
#include "core/ratios.h"
#include "core/rounding.h"
#include "core/sum.h"

/* What has been added up over the organisations that count. */
struct tally {
    const struct computation *computation;
    struct sum numerator;
    struct sum denominator;
    struct ratios ratios; /* FORMULA_MEAN, FORMULA_QUARTILE: of each organisation */
    unsigned received;
    bool applicable; /* somebody delivered a value, not only null */
};

static void tally_init(struct tally *tally, const struct computation *computation)
{
    *tally = (struct tally){.computation = computation};
    tally->numerator = sum_of_none(computation->monitor, &computation->version->numerator);
    tally->denominator = sum_of_none(computation->monitor, &computation->version->denominator);
}

static void tally_done(struct tally *tally)
{
    ratios_done(&tally->ratios);
}

static bool row_counts(const struct version *version, const struct row *row, bool *ret_value)
{
    return row != NULL && row_delivers(row, &version->numerator, ret_value) &&
           row_delivers(row, &version->denominator, ret_value);
}

/* The ratio of one organisation, for figures over organisations; a zero denominator has none. */
static void tally_add_ratio(struct tally *tally, const struct row *row)
{
    const struct computation *computation = tally->computation;
    const struct version *version = computation->version;
    struct sum numerator = sum_of_none(computation->monitor, &version->numerator);
    struct sum denominator = sum_of_none(computation->monitor, &version->denominator);
    sum_add(&numerator, computation->monitor, &version->numerator, row);
    sum_add(&denominator, computation->monitor, &version->denominator, row);
    if (denominator.units == 0) return;

    mpq_t dividend, divisor;
    mpq_inits(dividend, divisor, NULL);
    sum_to_exact(&numerator, dividend);
    sum_to_exact(&denominator, divisor);
    ratios_add(&tally->ratios, dividend, divisor);
    mpq_clears(dividend, divisor, NULL);
}

static void tally_add(struct tally *tally, const struct row *row)
{
    const struct computation *computation = tally->computation;
    const struct version *version = computation->version;
    bool any_value = false;

    if (!row_counts(version, row, &any_value)) return;
    tally->received++;
    if (!any_value) return;
    tally->applicable = true;
    sum_add(&tally->numerator, computation->monitor, &version->numerator, row);
    sum_add(&tally->denominator, computation->monitor, &version->denominator, row);
    if (formula_is_spread(version->formula)) tally_add_ratio(tally, row);
}

static struct result result_without(enum reason reason)
{
    return (struct result){.reason = reason};
}

static struct result result_round(mpq_srcptr exact, uint8_t decimals)
{
    struct result result = {.reason = REASON_NONE, .value = {.present = true}};
    if (!rounding_apply(exact, decimals, &result.value.value))
        return result_without(REASON_NOT_APPLICABLE);
    return result;
}

/* factor * numerator / denominator, rounded; without a value where that does not fit. */
static struct result result_ratio(int64_t factor, struct decimal numerator,
                                  struct decimal denominator, uint8_t decimals)
{
    struct result result = {.reason = REASON_NONE, .value = {.present = true}};
    if (!rounding_ratio(factor, numerator, denominator, decimals, &result.value.value))
        return result_without(REASON_NOT_APPLICABLE);
    return result;
}

static struct result tally_sum(const struct tally *tally)
{
    const struct maybe sum = sum_to_decimal(&tally->numerator);
    if (!sum.present) return result_without(REASON_NOT_APPLICABLE);
    struct result result = result_ratio(1, sum.value, decimal_of(1), tally->computation->decimals);
    result.numerator = sum;
    return result;
}

static struct result tally_ratio(const struct tally *tally)
{
    const struct maybe numerator = sum_to_decimal(&tally->numerator);
    const struct maybe denominator = sum_to_decimal(&tally->denominator);
    struct result result = result_without(REASON_NOT_APPLICABLE);
    if (denominator.present && denominator.value.units == 0)
        result = result_without(REASON_ZERO_DENOMINATOR);
    else if (numerator.present && denominator.present)
        result = result_ratio(tally->computation->version->factor, numerator.value,
                              denominator.value, tally->computation->decimals);
    result.numerator = numerator;
    result.denominator = denominator;
    return result;
}

/* The mean or a quartile of the ratios, times the factor, rounded. */
static struct result tally_spread(struct tally *tally)
{
    const struct version *version = tally->computation->version;
    mpq_t exact, factor;
    mpq_inits(exact, factor, NULL);
    if (version->formula == FORMULA_QUARTILE)
        ratios_quartile(&tally->ratios, version->quartile, exact);
    else
        ratios_mean(&tally->ratios, exact);
    mpq_set_si(factor, version->factor, 1);
    mpq_mul(exact, exact, factor);
    struct result result = result_round(exact, tally->computation->decimals);
    mpq_clears(exact, factor, NULL);
    return result;
}

/*
 * Unweighted: every organisation counts once. The denominator is how many there are; too few of
 * them are no distribution to take a quartile of.
 */
static struct result tally_over_organisations(struct tally *tally)
{
    const bool quartile = tally->computation->version->formula == FORMULA_QUARTILE;
    const size_t count = tally->ratios.count;
    if (count == 0) return result_without(REASON_ZERO_DENOMINATOR);
    struct result result = result_without(REASON_NO_DISTRIBUTION);
    if (!quartile || count >= QUARTERS_LEAST) result = tally_spread(tally);
    result.denominator = (struct maybe){.present = true, .value = decimal_of((int64_t)count)};
    return result;
}

/* numerator / norm - denominator: the one difference of figures with decimals of their own. */
static struct result result_shortage(const struct computation *computation,
                                     struct decimal numerator, struct decimal denominator)
{
    mpq_t exact, other;
    mpq_inits(exact, other, NULL);
    rounding_set(exact, numerator);
    rounding_set(other, computation->norm->value);
    mpq_div(exact, exact, other);
    rounding_set(other, denominator);
    mpq_sub(exact, exact, other);
    const struct result result = result_round(exact, computation->decimals);
    mpq_clears(exact, other, NULL);
    return result;
}

/* What the norm asks for: numerator / norm, less what is there for a shortage. */
static struct result tally_against_norm(const struct tally *tally)
{
    const struct computation *computation = tally->computation;
    const struct maybe norm = {.present = true, .value = computation->norm->value};
    const bool shortage = computation->version->formula == FORMULA_SHORTAGE;
    const struct maybe numerator = sum_to_decimal(&tally->numerator);
    const struct maybe denominator = shortage ? sum_to_decimal(&tally->denominator) : norm;
    struct result result = result_without(REASON_NOT_APPLICABLE);
    if (numerator.present && denominator.present && shortage)
        result = result_shortage(computation, numerator.value, denominator.value);
    else if (numerator.present && denominator.present)
        result = result_ratio(1, numerator.value, norm.value, computation->decimals);
    result.numerator = numerator;
    result.denominator = denominator;
    return result;
}

/* The histograms that a percentile is taken over, and how many children are in them. */
struct spread {
    struct histogram *parts; /* none is empty */
    size_t count, room;
    wide children;
    int32_t least, most; /* days waited; meaningless without parts */
};

static void spread_add(struct spread *spread, struct histogram part)
{
    if (part.count == 0) return;
    const int32_t least = part.items[0].days, most = part.items[part.count - 1].days;
    if (spread->count == 0 || least < spread->least) spread->least = least;
    if (spread->count == 0 || most > spread->most) spread->most = most;
    for (size_t i = 0; i < part.count; i++)
        spread->children += part.items[i].count;
    spread->parts = memory_room(spread->parts, spread->count, &spread->room, sizeof *spread->parts);
    spread->parts[spread->count++] = part;
}

static struct spread spread_of(const struct version *version, struct sample sample)
{
    struct spread spread = {.count = 0};
    bool any_value = false;
    for (size_t i = 0; i < sample.count; i++) {
        if (!row_counts(version, sample.rows[i], &any_value)) continue;
        for (size_t j = 0; j < version->numerator.count; j++)
            spread_add(&spread, sample.rows[i]->histograms[version->numerator.columns[j]]);
    }
    return spread;
}

/* How many children waited that long or less. */
static wide spread_within(const struct spread *spread, int32_t days)
{
    wide children = 0;
    for (size_t i = 0; i < spread->count; i++) {
        const struct histogram *part = &spread->parts[i];
        for (size_t j = 0; j < part->count && part->items[j].days <= days; j++)
            children += part->items[j].count;
    }
    return children;
}

/*
 * Nearest rank: the smallest number of days d such that at least p of the children waited d or
 * less. It is looked for by halving the days, so that the histograms need not be merged. Children
 * known only by count have no days of their own and are left out.
 */
static int32_t spread_percentile(const struct spread *spread, unsigned percentile)
{
    int32_t low = spread->least, high = spread->most;
    while (low < high) {
        const int32_t middle = low + (int32_t)(((int64_t)high - low) / 2);
        if (spread_within(spread, middle) * 100 < spread->children * percentile)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct result percentile_of(const struct computation *computation, struct sample sample)
{
    struct spread spread = spread_of(computation->version, sample);
    struct result result = result_without(REASON_NO_DISTRIBUTION);
    if (spread.count > 0) {
        const int32_t days = spread_percentile(&spread, computation->version->percentile);
        result = result_ratio(1, decimal_of(days), decimal_of(1), computation->decimals);
    }
    result.denominator = sum_to_decimal(&(struct sum){.units = spread.children});
    memory_free(spread.parts);
    return result;
}

/* A published figure without numerator (`opgave`) is shown as delivered and never added up. */
static bool tally_adds_stated(const struct tally *tally)
{
    const struct computation *computation = tally->computation;
    const struct term *term = &computation->version->numerator;
    if (tally->received < 2) return false;
    for (size_t i = 0; i < term->count; i++) {
        if (computation->monitor->columns[term->columns[i]].measure->kind == MEASURE_STATED)
            return true;
    }
    return false;
}

static struct result tally_result(struct tally *tally, struct sample sample)
{
    if (tally->received == 0) return result_without(REASON_NOT_DELIVERED);
    if (!tally->applicable || tally_adds_stated(tally))
        return result_without(REASON_NOT_APPLICABLE);
    switch (tally->computation->version->formula) {
    case FORMULA_SUM: return tally_sum(tally);
    case FORMULA_RATIO: return tally_ratio(tally);
    case FORMULA_MEAN:
    case FORMULA_QUARTILE: return tally_over_organisations(tally);
    case FORMULA_PERCENTILE: return percentile_of(tally->computation, sample);
    case FORMULA_NEEDED:
    case FORMULA_SHORTAGE: return tally_against_norm(tally);
    case FORMULA_COUNT: break;
    }
    return result_without(REASON_NOT_APPLICABLE);
}

static bool formula_needs_norm(enum formula formula)
{
    return formula == FORMULA_NEEDED || formula == FORMULA_SHORTAGE;
}

bool indicator_counts(const struct version *version, const struct row *row)
{
    bool any_value = false;
    return row_counts(version, row, &any_value);
}

struct result indicator_compute(const struct computation *computation, struct sample sample)
{
    struct tally tally;
    tally_init(&tally, computation);
    for (size_t i = 0; i < sample.count; i++)
        tally_add(&tally, sample.rows[i]);

    bool normless = formula_needs_norm(computation->version->formula) && computation->norm == NULL;
    struct result result = normless ? result_without(REASON_NO_NORM) : tally_result(&tally, sample);
    result.received = tally.received;
    tally_done(&tally);
    return result;
}
