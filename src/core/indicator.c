/*
 * Indicators: a formula over the rows of organisations becomes one figure. Sums are integers in the
 * smallest unit of the finest column, quotients are exact fractions (GMP), rounding happens once at
 * the end (core/rounding).
 *
 * Who counts (one rule for every formula): an organisation counts only if every column that the
 * formula needs is delivered or `null`; numerator and denominator run over the same organisations.
 * Without a value the reason says why.
 */
#include "core/indicator.h"

#include <stdlib.h>

#include "base/memory.h"
#include "core/quarter.h"
#include "core/ratios.h"
#include "core/rounding.h"

/* A sum of columns in units of 10^-decimals. */
struct sum {
    mpz_t units;
    mpz_t scratch;
    uint8_t decimals;
};

static const unsigned long POWERS_OF_TEN[DECIMAL_MOST + 1] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
};

/* What has been added up over the organisations that count. */
struct tally {
    const struct computation *computation;
    struct sum numerator;
    struct sum denominator;
    struct ratios ratios; /* FORMULA_MEAN, FORMULA_QUARTILE: of each organisation */
    unsigned received;
    bool applicable; /* somebody delivered a value, not only null */
};

static uint8_t term_decimals(const struct monitor *monitor, const struct term *term)
{
    uint8_t most = 0;
    for (size_t i = 0; i < term->count; i++) {
        uint8_t decimals = monitor->columns[term->columns[i]].decimals;
        most = decimals > most ? decimals : most;
    }
    return most;
}

static void sum_init(struct sum *sum, const struct monitor *monitor, const struct term *term)
{
    mpz_inits(sum->units, sum->scratch, NULL);
    sum->decimals = term_decimals(monitor, term);
}

static void sum_done(struct sum *sum)
{
    mpz_clears(sum->units, sum->scratch, NULL);
}

/* Adds the term's columns of one row; what is not a value adds nothing. */
static void sum_add(struct sum *sum, const struct monitor *monitor, const struct term *term,
                    const struct row *row)
{
    for (size_t i = 0; i < term->count; i++) {
        const struct figure *figure = &row->values[term->columns[i]];
        if (figure->presence != PRESENCE_VALUE) continue;
        unsigned shift = (unsigned)(sum->decimals - monitor->columns[term->columns[i]].decimals);
        unsigned long scale = POWERS_OF_TEN[shift];
        mpz_set_si(sum->scratch, figure->units);
        mpz_addmul_ui(sum->units, sum->scratch, scale);
    }
}

static void sum_to_exact(const struct sum *sum, mpq_ptr ret_exact)
{
    mpz_set(mpq_numref(ret_exact), sum->units);
    mpz_ui_pow_ui(mpq_denref(ret_exact), 10, sum->decimals);
    mpq_canonicalize(ret_exact);
}

/* Absent where it does not fit 63 bits: no figure is bent to be shown. */
static struct maybe sum_to_decimal(const struct sum *sum)
{
    if (!mpz_fits_slong_p(sum->units)) return (struct maybe){.present = false};
    struct decimal value = {.units = mpz_get_si(sum->units), .decimals = sum->decimals};
    return (struct maybe){.present = true, .value = value};
}

static void tally_init(struct tally *tally, const struct computation *computation)
{
    *tally = (struct tally){.computation = computation};
    sum_init(&tally->numerator, computation->monitor, &computation->version->numerator);
    sum_init(&tally->denominator, computation->monitor, &computation->version->denominator);
}

static void tally_done(struct tally *tally)
{
    sum_done(&tally->numerator);
    sum_done(&tally->denominator);
    ratios_done(&tally->ratios);
}

/* Whether every column of the term is there; sets `ret_value` if any of them is a value. */
static bool term_delivered(const struct term *term, const struct row *row, bool *ret_value)
{
    for (size_t i = 0; i < term->count; i++) {
        enum presence presence = row->values[term->columns[i]].presence;
        if (presence == PRESENCE_MISSING) return false;
        if (presence == PRESENCE_VALUE) *ret_value = true;
    }
    return true;
}

static bool row_counts(const struct version *version, const struct row *row, bool *ret_value)
{
    return row != NULL && term_delivered(&version->numerator, row, ret_value) &&
           term_delivered(&version->denominator, row, ret_value);
}

/* The ratio of one organisation, for figures over organisations; a zero denominator has none. */
static void tally_add_ratio(struct tally *tally, const struct row *row)
{
    const struct computation *computation = tally->computation;
    struct sum numerator, denominator;
    sum_init(&numerator, computation->monitor, &computation->version->numerator);
    sum_init(&denominator, computation->monitor, &computation->version->denominator);
    sum_add(&numerator, computation->monitor, &computation->version->numerator, row);
    sum_add(&denominator, computation->monitor, &computation->version->denominator, row);

    if (mpz_sgn(denominator.units) != 0) {
        mpq_t dividend, divisor;
        mpq_inits(dividend, divisor, NULL);
        sum_to_exact(&numerator, dividend);
        sum_to_exact(&denominator, divisor);
        ratios_add(&tally->ratios, dividend, divisor);
        mpq_clears(dividend, divisor, NULL);
    }
    sum_done(&numerator);
    sum_done(&denominator);
}

static bool formula_is_over_organisations(enum formula formula)
{
    return formula == FORMULA_MEAN || formula == FORMULA_QUARTILE;
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
    if (formula_is_over_organisations(version->formula)) tally_add_ratio(tally, row);
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

static struct result tally_sum(const struct tally *tally)
{
    mpq_t exact;
    mpq_init(exact);
    sum_to_exact(&tally->numerator, exact);
    struct result result = result_round(exact, tally->computation->decimals);
    mpq_clear(exact);
    result.numerator = sum_to_decimal(&tally->numerator);
    return result;
}

static struct result tally_ratio(const struct tally *tally)
{
    struct result result = result_without(REASON_ZERO_DENOMINATOR);
    if (mpz_sgn(tally->denominator.units) != 0) {
        mpq_t exact, other;
        mpq_inits(exact, other, NULL);
        sum_to_exact(&tally->numerator, exact);
        sum_to_exact(&tally->denominator, other);
        mpq_div(exact, exact, other);
        mpq_set_si(other, tally->computation->version->factor, 1);
        mpq_mul(exact, exact, other);
        result = result_round(exact, tally->computation->decimals);
        mpq_clears(exact, other, NULL);
    }
    result.numerator = sum_to_decimal(&tally->numerator);
    result.denominator = sum_to_decimal(&tally->denominator);
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

/* What the norm asks for: numerator / norm, less what is there for a shortage. */
static struct result tally_against_norm(const struct tally *tally)
{
    const struct computation *computation = tally->computation;
    bool shortage = computation->version->formula == FORMULA_SHORTAGE;
    mpq_t exact, other;
    mpq_inits(exact, other, NULL);

    sum_to_exact(&tally->numerator, exact);
    rounding_set(other, computation->norm->value);
    mpq_div(exact, exact, other);
    if (shortage) {
        sum_to_exact(&tally->denominator, other);
        mpq_sub(exact, exact, other);
    }
    struct result result = result_round(exact, computation->decimals);
    mpq_clears(exact, other, NULL);
    result.numerator = sum_to_decimal(&tally->numerator);
    result.denominator = shortage
                             ? sum_to_decimal(&tally->denominator)
                             : (struct maybe){.present = true, .value = computation->norm->value};
    return result;
}

static int waited_compare(const void *a, const void *b)
{
    const struct waited *left = a;
    const struct waited *right = b;
    return (left->days > right->days) - (left->days < right->days);
}

/* All counts per day of the rows that count, merged; `ret_children` is how many they are. */
static struct waited *histogram_merge(const struct version *version, struct sample sample,
                                      size_t *ret_count, int64_t *ret_children)
{
    struct waited *items = NULL;
    size_t count = 0, room = 0;
    int64_t children = 0;
    bool any_value = false;

    for (size_t i = 0; i < sample.count; i++) {
        if (!row_counts(version, sample.rows[i], &any_value)) continue;
        for (size_t j = 0; j < version->numerator.count; j++) {
            struct histogram part = sample.rows[i]->histograms[version->numerator.columns[j]];
            for (size_t k = 0; k < part.count; k++) {
                items = memory_room(items, count, &room, sizeof *items);
                items[count++] = part.items[k];
                children += part.items[k].count;
            }
        }
    }
    if (count > 0) qsort(items, count, sizeof *items, waited_compare);
    *ret_count = count;
    *ret_children = children;
    return items;
}

/*
 * Nearest rank: the smallest number of days d such that at least p of the children waited d or
 * less. Children known only by count have no days of their own and are left out.
 */
static struct result percentile_of(const struct computation *computation, struct sample sample)
{
    size_t count = 0;
    int64_t children = 0, passed = 0;
    struct waited *items = histogram_merge(computation->version, sample, &count, &children);
    struct result result = result_without(REASON_NO_DISTRIBUTION);
    int64_t percentile = (int64_t)computation->version->percentile;

    for (size_t i = 0; i < count; i++) {
        passed += items[i].count;
        if (passed * 100 < children * percentile) continue;
        mpq_t exact;
        mpq_init(exact);
        mpq_set_si(exact, items[i].days, 1);
        result = result_round(exact, computation->decimals);
        mpq_clear(exact);
        break;
    }
    result.denominator = (struct maybe){.present = true, .value = decimal_of(children)};
    memory_free(items);
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
