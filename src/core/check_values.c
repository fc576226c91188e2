/*
 * A value held against the measure it is meant for: right kind, within range, no finer than asked,
 * no waiting that is too new, too old, too short or too long, nothing that looks like a person's
 * number. What is refused marks its columns, so that no sum is made with it.
 */
#include "core/check_values.h"

#include "core/bsn.h"
#include "core/cite.h"

static const struct {
    enum finding_code code;
    const char *message;
} PROBLEMS[] = {
#define VALUE_ROW(constant, id, sentence) [constant] = {.code = (id), .message = (sentence)},
    VALUE_PROBLEMS(VALUE_ROW)
#undef VALUE_ROW
};

static const char ALLOWED_WAITING[] =
    "[{\"sinds\": \"2024-09-02\", \"aantal\": 3}] of {\"aantal\": "
    "12, \"dagen\": 912}";

void check_refuse(struct checker *checker, const struct entry *entry, enum value_problem problem,
                  struct finding detail)
{
    if (checker->findings->truncated) return;
    struct finding finding = check_at_entry(checker, entry, SEVERITY_ERROR, PROBLEMS[problem].code);
    finding.message = slice_of(PROBLEMS[problem].message);
    finding.allowed = detail.allowed;
    if (detail.found.len > 0) finding.found = cite_excerpt(checker->findings->arena, detail.found);
    if (detail.line > 0) {
        finding.line = detail.line;
        finding.column = detail.column;
    }
    findings_add(checker->findings, &finding);
}

static void refuse_value(struct checker *checker, const struct value *value,
                         enum value_problem problem, struct finding detail)
{
    checker->refused[value->part->column] = true;
    if (value->measure->kind == MEASURE_WAITING) checker->refused[value->part->column + 1] = true;
    check_refuse(checker, value->entry, problem, detail);
}

static struct decimal most_of(const struct measure *measure)
{
    return (struct decimal){.units = measure->most, .decimals = measure->decimals};
}

static struct slice range_of(struct checker *checker, const struct measure *measure)
{
    const struct slice most = check_number(checker, most_of(measure));
    return arena_print(checker->findings->arena, "0 t/m %.*s", (int)most.len, most.ptr);
}

/* Only where such a number could not be a count: the measure's maximum is below 10^8. */
static bool looks_like_bsn(const struct measure *measure, struct decimal number)
{
    const struct decimal bound = decimal_of(100000000);
    if (decimal_compare(most_of(measure), bound) >= 0) return false;
    if (decimal_compare(number, bound) < 0) return false;
    struct text text = {0};
    decimal_put(&text, number);
    const bool like = bsn_is(text_slice(&text));
    text_done(&text);
    return like;
}

static struct slice decimals_allowed(struct checker *checker, uint8_t decimals)
{
    if (decimals == 0) return slice_of("een heel getal");
    return arena_print(checker->findings->arena, "hoogstens %u decimalen", (unsigned)decimals);
}

/* A number at a place of its own: BSN, range and decimals. Days are not bound by the maximum. */
struct number_check {
    struct decimal number;
    struct slice written; /**< empty: as it is */
    bool unbound;
    uint8_t decimals;
    unsigned line, column;
};

static bool check_number_value(struct checker *checker, const struct value *value,
                               const struct number_check *check)
{
    const struct measure *measure = value->measure;
    struct finding detail = {.line = check->line, .column = check->column};
    if (looks_like_bsn(measure, check->number)) {
        refuse_value(checker, value, VALUE_LIKE_BSN, detail);
        return false;
    }
    detail.found =
        check->written.len > 0 ? check->written : check_number_found(checker, check->number);
    if (check->number.units < 0 ||
        (!check->unbound && decimal_compare(check->number, most_of(measure)) > 0)) {
        detail.allowed = range_of(checker, measure);
        if (check->unbound) detail.allowed = slice_of("0 of meer");
        refuse_value(checker, value, VALUE_OUT_OF_RANGE, detail);
        return false;
    }
    int64_t units = 0;
    if (decimal_to_units(check->number, check->decimals, &units)) return true;
    detail.allowed = decimals_allowed(checker, check->decimals);
    refuse_value(checker, value, VALUE_TOO_FINE, detail);
    return false;
}

/*
 * The same day so many years earlier; 29 February becomes 28 where there is none. Not before the
 * first day that there is for us.
 */
static struct date years_before(struct date date, unsigned years)
{
    const struct civil first = {.year = DATE_YEAR_LEAST, .month = 1, .day = 1};
    struct civil civil = date_to_civil(date);
    struct date before = date;
    civil.year -= (int)years;
    if (date_from_civil(civil, &before)) return before;
    civil.day = 28;
    if (date_from_civil(civil, &before)) return before;
    return date_from_civil(first, &before) ? before : date;
}

/* The first day that someone may wait since. */
static struct date earliest_since(const struct checker *checker, const struct measure *measure)
{
    return years_before(checker->peildatum->date, measure->most_years);
}

static void check_since(struct checker *checker, const struct value *value,
                        const struct waiting_row *row)
{
    const struct date last = checker->peildatum->date;
    const struct date first = earliest_since(checker, value->measure);
    const bool future = date_compare(row->since, last) > 0;
    if (!future && date_compare(row->since, first) >= 0) return;
    if (checker->findings->truncated) return;
    const struct slice from = check_date(checker, first);
    const struct slice to = check_date(checker, last);
    refuse_value(checker, value, future ? VALUE_SINCE_FUTURE : VALUE_SINCE_PAST,
                 (struct finding){
                     .line = row->line,
                     .column = row->column,
                     .found = check_date(checker, row->since),
                     .allowed = arena_print(checker->findings->arena, "%.*s t/m %.*s",
                                            (int)from.len, from.ptr, (int)to.len, to.ptr),
                 });
}

static void check_dates(struct checker *checker, const struct value *value)
{
    int64_t sum = 0;
    for (size_t i = 0; i < value->entry->row_count; i++) {
        const struct waiting_row *row = &value->entry->rows[i];
        const struct number_check count = {
            .number = decimal_of(row->count),
            .line = row->line,
            .column = row->column,
        };
        check_since(checker, value, row);
        if (!check_number_value(checker, value, &count)) return;
        if (__builtin_add_overflow(sum, row->count, &sum)) sum = WAITING_COUNT_MOST;
    }
    check_number_value(checker, value, &(struct number_check){.number = decimal_of(sum)});
}

/*
 * The fewest calendar days in which more than `threshold` working days can pass. At least k =
 * threshold + 1 working days are needed; they come in runs of five at most, with a weekend between
 * two runs, so the shortest stretch holds floor((k - 1) / 5) weekends: k + 2 floor((k - 1) / 5).
 * Holidays only lengthen it. A threshold of 5 gives 8.
 */
static int64_t least_wait(unsigned threshold)
{
    return (int64_t)threshold + 1 + 2 * (int64_t)(threshold / 5);
}

/* Whether sum / count > bound, without a product that may not fit. */
static bool mean_above(int64_t sum, int64_t count, int64_t bound)
{
    return sum / count > bound || (sum / count == bound && sum % count > 0);
}

static void check_mean_wait(struct checker *checker, const struct value *value, int64_t count,
                            int64_t days)
{
    const int64_t least = least_wait(value->measure->threshold);
    const int64_t most =
        checker->peildatum->date.day - (int64_t)earliest_since(checker, value->measure).day;
    struct finding detail = {.found = check_number_found(checker, decimal_of(days))};
    if (count == 0) {
        if (days > 0) refuse_value(checker, value, VALUE_DAYS_ONLY, detail);
        return;
    }
    const bool is_short = days / count < least;
    if (!is_short && !mean_above(days, count, most)) return;
    struct arena *const arena = checker->findings->arena;
    detail.allowed =
        is_short
            ? arena_print(arena, "gemiddeld minstens %lld %s (meer dan %u %s)", (long long)least,
                          least == 1 ? "dag" : "dagen", value->measure->threshold,
                          value->measure->threshold == 1 ? "werkdag" : "werkdagen")
            : arena_print(arena, "gemiddeld hoogstens %lld dagen", (long long)most);
    refuse_value(checker, value, is_short ? VALUE_WAIT_SHORT : VALUE_WAIT_LONG, detail);
}

static void check_count_days(struct checker *checker, const struct value *value)
{
    int64_t count = 0, days = 0;
    const struct number_check checks[] = {
        {.number = value->entry->count},
        {.number = value->entry->days, .unbound = true},
    };
    const bool count_sound = check_number_value(checker, value, &checks[0]);
    const bool days_sound = check_number_value(checker, value, &checks[1]);
    if (!count_sound || !days_sound) return;
    if (!decimal_to_units(value->entry->count, 0, &count)) return;
    if (!decimal_to_units(value->entry->days, 0, &days)) return;
    check_mean_wait(checker, value, count, days);
}

void check_value(struct checker *checker, const struct value *value)
{
    const struct entry *entry = value->entry;
    const bool wants_waiting = value->measure->kind == MEASURE_WAITING;
    if (entry->kind == VALUE_NOT_APPLICABLE) return;
    if (wants_waiting != (entry->kind != VALUE_NUMBER)) {
        refuse_value(checker, value, VALUE_WRONG_KIND,
                     (struct finding){
                         .found = entry->written,
                         .allowed = slice_of(wants_waiting ? ALLOWED_WAITING : "een getal"),
                     });
    } else if (entry->kind == VALUE_DATES) {
        check_dates(checker, value);
    } else if (entry->kind == VALUE_COUNT_DAYS) {
        check_count_days(checker, value);
    } else {
        check_number_value(checker, value,
                           &(struct number_check){
                               .number = entry->number,
                               .written = entry->written,
                               .decimals = value->measure->decimals,
                           });
    }
}
