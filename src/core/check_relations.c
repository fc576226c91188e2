/*
 * The checks that a definition asks for itself (definition.h): sums that must not pass other sums
 * or must be equal to them, sums that must be above zero, and values that must not jump against
 * what stands on the preceding peildatum. Where a column that a check needs is missing or was
 * refused, that check says nothing.
 */
#include "core/check_kit.h"

#include "core/rounding.h"

/* Columns added up. */
struct sum {
    struct decimal value;
    bool any;      /**< there is at least one value */
    bool complete; /**< and every column was delivered, `null` included */
};

/* A check being carried out. */
struct relation {
    struct checker *checker;
    const struct check *check;
    const struct row *row;
};

static uint8_t finest(const struct monitor *monitor, const struct term *term)
{
    uint8_t decimals = 0;
    for (size_t i = 0; i < term->count; i++) {
        const uint8_t own = monitor->columns[term->columns[i]].decimals;
        if (own > decimals) decimals = own;
    }
    return decimals;
}

/* Adds a column; a sum that does not fit is not complete. */
static void add_column(const struct relation *relation, unsigned column, struct sum *sum)
{
    const struct figure figure = relation->row->values[column];
    int64_t units = 0;
    if (relation->checker->refused[column] || figure.presence == PRESENCE_MISSING) {
        sum->complete = false;
        return;
    }
    if (figure.presence == PRESENCE_NOT_APPLICABLE) return;
    const struct decimal value = {figure.units,
                                  relation->checker->monitor->columns[column].decimals};
    if (!decimal_to_units(value, sum->value.decimals, &units) ||
        __builtin_add_overflow(sum->value.units, units, &sum->value.units)) {
        sum->complete = false;
        return;
    }
    sum->any = true;
}

static struct sum sum_term(const struct relation *relation, const struct term *term)
{
    struct sum sum = {
        .value = {.decimals = finest(relation->checker->monitor, term)},
        .complete = true,
    };
    for (size_t i = 0; i < term->count; i++)
        add_column(relation, term->columns[i], &sum);
    return sum;
}

/* What to do, as long as there is no reason yet. */
static struct slice todo_of(const struct relation *relation)
{
    const struct check *check = relation->check;
    const bool explained = check->severity != SEVERITY_ERROR &&
                           submission_note(relation->checker->submission, check->code).len > 0;
    return explained ? slice_of("") : check->todo;
}

/* What is wrong and what to do, as the definition says it. */
static struct slice message_of(const struct relation *relation)
{
    const struct check *check = relation->check;
    const struct slice todo = todo_of(relation);
    return arena_print(relation->checker->findings->arena, "%.*s%s%.*s", (int)check->what.len,
                       check->what.ptr, todo.len > 0 ? " " : "", (int)todo.len, todo.ptr);
}

/* A finding about the left side: at its part if it is one, else at its measure. */
static struct finding finding_of(const struct relation *relation)
{
    const struct check *check = relation->check;
    const struct column *column = &relation->checker->monitor->columns[check->left.columns[0]];
    return check_at_column(relation->checker, column, check->left.count > 1, check->severity,
                           check->code);
}

static void check_at_most(const struct relation *relation)
{
    struct checker *checker = relation->checker;
    const struct sum left = sum_term(relation, &relation->check->left);
    const struct sum right = sum_term(relation, &relation->check->right);
    if (!left.any || !right.any || !right.complete) return;
    if (decimal_compare(left.value, right.value) <= 0) return;
    const struct slice most = check_number(checker, right.value);
    struct finding finding = finding_of(relation);
    finding.message = message_of(relation);
    finding.found = check_number_found(checker, left.value);
    finding.allowed =
        arena_print(checker->findings->arena, "hoogstens %.*s", (int)most.len, most.ptr);
    findings_add(checker->findings, &finding);
}

static void check_equal(const struct relation *relation)
{
    struct checker *checker = relation->checker;
    const struct sum left = sum_term(relation, &relation->check->left);
    const struct sum right = sum_term(relation, &relation->check->right);
    if (!left.any || !left.complete || !right.any || !right.complete) return;
    if (decimal_compare(left.value, right.value) == 0) return;
    struct finding finding = finding_of(relation);
    finding.message = message_of(relation);
    finding.found = check_number_found(checker, left.value);
    finding.allowed = check_number(checker, right.value);
    findings_add(checker->findings, &finding);
}

static void check_above_zero(const struct relation *relation)
{
    struct checker *checker = relation->checker;
    const struct sum left = sum_term(relation, &relation->check->left);
    if (!left.any || !left.complete || left.value.units > 0) return;
    struct finding finding = finding_of(relation);
    finding.message = message_of(relation);
    finding.found = check_number_found(checker, left.value);
    finding.allowed = slice_of("meer dan 0");
    findings_add(checker->findings, &finding);
}

/* ---- jumps ---- */

/* A value and what it was, in smallest units. */
struct jump {
    const struct column *column;
    int64_t was, is;
    int64_t room; /**< a change of so much is no jump */
};

/* percent of value, rounded down; as much as fits. */
static int64_t part_of(int64_t value, unsigned percent)
{
    int64_t whole = 0;
    if (__builtin_mul_overflow(value / 100, (int64_t)percent, &whole)) return INT64_MAX;
    return __builtin_add_overflow(whole, value % 100 * percent / 100, &whole) ? INT64_MAX : whole;
}

/* The larger of the two bounds: a jump passes both. What is finer than a unit makes no difference.
 */
static int64_t room_of(const struct check *check, const struct column *column, int64_t was)
{
    const int64_t share = part_of(was, check->percent);
    struct decimal absolute = decimal_shortest(check->absolute);
    int64_t fixed = 0;
    for (; absolute.decimals > column->decimals; absolute.decimals--)
        absolute.units /= 10;
    if (!decimal_to_units(absolute, column->decimals, &fixed)) fixed = INT64_MAX;
    return share > fixed ? share : fixed;
}

/* `31,2%`; where nothing stood before there is no percentage, and the difference is said. */
static struct slice change_of(struct checker *checker, const struct jump *jump)
{
    const uint8_t decimals = jump->column->decimals;
    const struct decimal was = {jump->was, decimals};
    const struct decimal change = {
        jump->is > jump->was ? jump->is - jump->was : jump->was - jump->is, decimals};
    struct decimal percentage;
    if (!rounding_ratio(100, change, was, 1, &percentage)) return check_number(checker, change);
    const struct slice number = check_number(checker, percentage);
    return arena_print(checker->findings->arena, "%.*s%%", (int)number.len, number.ptr);
}

/* `1834 is 31,2% meer dan op 1 april 2024 (1398).`, and what to do while there is no reason yet. */
static struct slice jump_message(const struct relation *relation, const struct jump *jump,
                                 struct date before)
{
    struct checker *checker = relation->checker;
    const uint8_t decimals = jump->column->decimals;
    const struct slice is = check_number(checker, (struct decimal){jump->is, decimals});
    const struct slice was = check_number(checker, (struct decimal){jump->was, decimals});
    const struct slice change = change_of(checker, jump);
    const struct slice day = check_day(checker, before);
    const struct slice todo = todo_of(relation);
    return arena_print(checker->findings->arena, "%.*s is %.*s %s dan op %.*s (%.*s).%s%.*s",
                       (int)is.len, is.ptr, (int)change.len, change.ptr,
                       jump->is > jump->was ? "meer" : "minder", (int)day.len, day.ptr,
                       (int)was.len, was.ptr, todo.len > 0 ? " " : "", (int)todo.len, todo.ptr);
}

/* `1049 t/m 1747`. */
static struct slice jump_allowed(struct checker *checker, const struct jump *jump)
{
    const uint8_t decimals = jump->column->decimals;
    int64_t high = 0;
    if (__builtin_add_overflow(jump->was, jump->room, &high)) high = INT64_MAX;
    const int64_t low = jump->was > jump->room ? jump->was - jump->room : 0;
    const struct slice from = check_number(checker, (struct decimal){low, decimals});
    const struct slice to = check_number(checker, (struct decimal){high, decimals});
    return arena_print(checker->findings->arena, "%.*s t/m %.*s", (int)from.len, from.ptr,
                       (int)to.len, to.ptr);
}

static void check_jump(const struct relation *relation, unsigned number, struct figure was,
                       struct date before)
{
    struct checker *checker = relation->checker;
    const struct figure is = relation->row->values[number];
    const struct column *column = &checker->monitor->columns[number];
    if (checker->refused[number] || is.presence != PRESENCE_VALUE) return;
    if (was.presence != PRESENCE_VALUE) return;
    const struct jump jump = {
        .column = column,
        .was = was.units,
        .is = is.units,
        .room = room_of(relation->check, column, was.units),
    };
    const int64_t change = is.units > was.units ? is.units - was.units : was.units - is.units;
    if (change <= jump.room) return;
    struct finding finding =
        check_at_column(checker, column, false, relation->check->severity, relation->check->code);
    finding.message = jump_message(relation, &jump, before);
    finding.found = check_number_found(checker, (struct decimal){is.units, column->decimals});
    finding.allowed = jump_allowed(checker, &jump);
    findings_add(checker->findings, &finding);
}

static void check_jumps(const struct relation *relation)
{
    const struct checker *checker = relation->checker;
    const struct peildatum *before = monitor_preceding(checker->monitor, checker->peildatum);
    if (before == NULL) return;
    const struct revision *standing =
        state_counting(checker->state, before->date, checker->organisation->id, state_now());
    if (standing == NULL) return;
    const struct row was = row_of(checker->rulebook, standing->submission, slice_of(NULL),
                                  before->date, checker->findings->arena);
    const struct term *left = &relation->check->left;
    for (size_t i = 0; i < left->count; i++)
        check_jump(relation, left->columns[i], was.values[left->columns[i]], before->date);
}

/* How each kind is carried out. */
static void (*const CHECKS[])(const struct relation *relation) = {
    [CHECK_AT_MOST] = check_at_most,
    [CHECK_EQUAL] = check_equal,
    [CHECK_ABOVE_ZERO] = check_above_zero,
    [CHECK_JUMP] = check_jumps,
};

void check_relations(struct checker *checker)
{
    const struct row row = row_of(checker->rulebook, checker->submission, slice_of(NULL),
                                  checker->peildatum->date, checker->findings->arena);
    for (size_t i = 0; i < checker->monitor->check_count; i++) {
        const struct check *check = &checker->monitor->checks[i];
        const struct relation relation = {.checker = checker, .check = check, .row = &row};
        CHECKS[check->kind](&relation);
    }
}
