/*
 * `peildata` and `controles`: when is delivered, and what a delivery is held against beyond its
 * bounds. Faults: a peildatum twice, a window or period that ends before it begins, a check with a
 * key too many or too few, a code twice.
 */
#include "codec/rulebook_parts.h"

#include <stdlib.h>

enum {
    PEILDATUM_DATE,
    PEILDATUM_PERIOD,
    PEILDATUM_FROM,
    PEILDATUM_OPENING,
    PEILDATUM_DUE,
    PEILDATUM_CLOSING,
    PEILDATUM_KEYS
};

/* A period in a file always has a word: PERIOD_NONE is what stands nowhere. */
static const struct slice PERIODS[] = {
#define DEFINITION_WORD(constant, word, months) [constant] = SLICE_LITERAL(word),
    DEFINITION_PERIODS(DEFINITION_WORD)
#undef DEFINITION_WORD
};

static const struct schema_key PEILDATUM_TABLE[] = {
    [PEILDATUM_DATE] = {.name = SLICE_LITERAL("datum"), .type = SCHEMA_DATE, .required = true},
    [PEILDATUM_PERIOD] = {.name = SLICE_LITERAL("periode"),
                          .type = SCHEMA_CHOICE,
                          .choices = {PERIODS + 1, PERIOD_COUNT - 1}},
    [PEILDATUM_FROM] = {.name = SLICE_LITERAL("van"), .type = SCHEMA_DATE},
    [PEILDATUM_OPENING] = {.name = SLICE_LITERAL("opening"), .type = SCHEMA_DATE},
    [PEILDATUM_DUE] = {.name = SLICE_LITERAL("uiterlijk"), .type = SCHEMA_DATE},
    [PEILDATUM_CLOSING] = {.name = SLICE_LITERAL("sluiting"), .type = SCHEMA_DATE},
};
static const struct schema PEILDATUM_SCHEMA = {.keys = PEILDATUM_TABLE, .count = PEILDATUM_KEYS};

static const struct slice CHECK_KINDS[] = {
#define DEFINITION_ID(constant, id) [constant] = SLICE_LITERAL(id),
    DEFINITION_CHECKS(DEFINITION_ID)
#undef DEFINITION_ID
};
static const struct slice SEVERITIES[] = {
#define FINDING_ID(constant, id) [constant] = SLICE_LITERAL(id),
    FINDING_SEVERITIES(FINDING_ID)
#undef FINDING_ID
};

enum {
    CHECK_CODE,
    CHECK_KIND,
    CHECK_SEVERITY,
    CHECK_LEFT,
    CHECK_RIGHT,
    CHECK_PERCENT,
    CHECK_ABSOLUTE,
    CHECK_WHAT,
    CHECK_TODO,
    CHECK_KEYS
};

static const struct schema_key CHECK_TABLE[] = {
    [CHECK_CODE] = {.name = SLICE_LITERAL("code"), .type = SCHEMA_TEXT, .required = true},
    [CHECK_KIND] = {.name = SLICE_LITERAL("soort"),
                    .type = SCHEMA_CHOICE,
                    .required = true,
                    .choices = {CHECK_KINDS, CHECK_KIND_COUNT}},
    [CHECK_SEVERITY] = {.name = SLICE_LITERAL("ernst"),
                        .type = SCHEMA_CHOICE,
                        .required = true,
                        .choices = {SEVERITIES, SEVERITY_COUNT}},
    [CHECK_LEFT] = {.name = SLICE_LITERAL("links"), .type = SCHEMA_TEXTS, .required = true},
    [CHECK_RIGHT] = {.name = SLICE_LITERAL("rechts"), .type = SCHEMA_TEXTS},
    [CHECK_PERCENT] = {.name = SLICE_LITERAL("procent"), .type = SCHEMA_WHOLE, .most = 100000},
    [CHECK_ABSOLUTE] = {.name = SLICE_LITERAL("absoluut"),
                        .type = SCHEMA_DECIMAL,
                        .most = 1000000000000},
    [CHECK_WHAT] = {.name = SLICE_LITERAL("wat"), .type = SCHEMA_TEXT, .required = true},
    [CHECK_TODO] = {.name = SLICE_LITERAL("doe"), .type = SCHEMA_TEXT, .required = true},
};
static const struct schema CHECK_SCHEMA = {.keys = CHECK_TABLE, .count = CHECK_KEYS};

/** A key of a check and the kinds that have it, and cannot do without. */
struct check_key {
    size_t key;
    unsigned kinds; /**< bit (1u << enum check_kind) */
};

static const struct check_key CHECK_KIND_KEYS[] = {
    {CHECK_RIGHT, 1U << CHECK_AT_MOST | 1U << CHECK_EQUAL},
    {CHECK_PERCENT, 1U << CHECK_JUMP},
    {CHECK_ABSOLUTE, 1U << CHECK_JUMP},
};

static void check_order(const struct making *making, const struct schema_value *earlier,
                        const struct schema_value *later, const char *why)
{
    if (earlier->present && later->present && date_compare(later->date, earlier->date) < 0)
        faults_add(making->faults, later->place, "%s", why);
}

static int compare_peildata(const void *left, const void *right)
{
    const struct peildatum *a = left;
    const struct peildatum *b = right;
    return date_compare(a->date, b->date);
}

static bool has_peildatum(const struct peildatum *peildata, size_t count, struct date date)
{
    for (size_t i = 0; i < count; i++) {
        if (date_compare(peildata[i].date, date) == 0) return true;
    }
    return false;
}

/** What the figures of a peildatum are about: a period in a word, or from a day on, or neither. */
static void read_period(const struct making *making, const struct schema_value *values,
                        struct peildatum *peildatum)
{
    const struct schema_value *word = &values[PEILDATUM_PERIOD];
    const struct schema_value *from = &values[PEILDATUM_FROM];
    if (word->present)
        schema_refuse(&PEILDATUM_SCHEMA, values, PEILDATUM_FROM,
                      "\"periode\" says already on which day it begins", making->faults);
    check_order(making, from, &values[PEILDATUM_DATE], "\"datum\" lies before \"van\"");
    peildatum->has_from = word->present || from->present;
    peildatum->from = from->date;
    if (!word->present) return;
    peildatum->period = (enum period)(word->number + 1);
    peildatum->from = period_first_day(peildatum->period, peildatum->date);
}

/** Reads one peildatum; false where it has no date to keep it by. */
static bool read_peildatum(const struct making *making, const struct node *node,
                           struct peildatum *ret_peildatum)
{
    struct schema_value values[PEILDATUM_KEYS];
    if (!schema_read(&PEILDATUM_SCHEMA, node, "a peildatum", making->faults, values)) return false;
    check_order(making, &values[PEILDATUM_OPENING], &values[PEILDATUM_DUE],
                "\"uiterlijk\" lies before \"opening\"");
    check_order(making, &values[PEILDATUM_DUE], &values[PEILDATUM_CLOSING],
                "\"sluiting\" lies before \"uiterlijk\"");
    check_order(making, &values[PEILDATUM_OPENING], &values[PEILDATUM_CLOSING],
                "\"sluiting\" lies before \"opening\"");
    *ret_peildatum = (struct peildatum){.date = values[PEILDATUM_DATE].date,
                                        .has_opening = values[PEILDATUM_OPENING].present,
                                        .has_due = values[PEILDATUM_DUE].present,
                                        .has_closing = values[PEILDATUM_CLOSING].present,
                                        .opening = values[PEILDATUM_OPENING].date,
                                        .due = values[PEILDATUM_DUE].date,
                                        .closing = values[PEILDATUM_CLOSING].date};
    read_period(making, values, ret_peildatum);
    return values[PEILDATUM_DATE].present;
}

void peildata_read(const struct making *making, const struct schema_value *list)
{
    struct peildatum *peildata =
        arena_array(&making->rulebook->arena, schema_count(list), sizeof *peildata);
    size_t count = 0;
    for (size_t i = 0; i < schema_count(list); i++) {
        const struct node *node = &list->node->children[i];
        if (!read_peildatum(making, node, &peildata[count])) continue;
        if (has_peildatum(peildata, count, peildata[count].date))
            faults_add(making->faults, node->place, "this peildatum stands here already");
        count++;
    }
    if (count > 1) qsort(peildata, count, sizeof *peildata, compare_peildata);
    making->rulebook->monitor.peildata = peildata;
    making->rulebook->monitor.peildatum_count = count;
}

static void check_kind_keys(const struct making *making, const struct schema_value *values)
{
    enum check_kind kind = (enum check_kind)values[CHECK_KIND].number;
    for (size_t i = 0; i < sizeof CHECK_KIND_KEYS / sizeof *CHECK_KIND_KEYS; i++) {
        bool needed = (CHECK_KIND_KEYS[i].kinds & 1U << kind) != 0;
        struct slice why = arena_print(making->faults->arena, "soort %s %s it", check_kind_id(kind),
                                       needed ? "needs" : "has no use for");
        if (needed)
            schema_need(&CHECK_SCHEMA, values, CHECK_KIND_KEYS[i].key, why.ptr, making->faults);
        else
            schema_refuse(&CHECK_SCHEMA, values, CHECK_KIND_KEYS[i].key, why.ptr, making->faults);
    }
}

/** A sum of columns, and so without stated figures, unless it is one column on its own. */
static void check_side(const struct making *making, const struct schema_value *list,
                       const struct term *term, bool summed)
{
    if (list->present && list->node->count == 0)
        faults_add(making->faults, list->place, "this list is empty");
    if (summed && term->count > 1 &&
        term_has_kind(&making->rulebook->monitor, term, MEASURE_STATED))
        faults_add(making->faults, list->place,
                   "a measure of soort opgave is shown as delivered and never added up");
}

static void check_code(const struct making *making, const struct schema_value *value,
                       const struct check *checks, size_t count)
{
    if (!value->present || !schema_check_id(value->text, ID_KEBAB, value->place, making->faults))
        return;
    if (slice_is(value->text, "algemeen"))
        faults_add(making->faults, value->place,
                   "a code cannot be \"algemeen\": remarks about a whole delivery stand there");
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(checks[i].code, value->text))
            faults_add(making->faults, value->place, "there is a check with this code already");
    }
}

static void read_check(const struct making *making, const struct schema_value *values,
                       struct check *check)
{
    check->code = values[CHECK_CODE].text;
    check->kind = (enum check_kind)values[CHECK_KIND].number;
    check->severity = (enum severity)values[CHECK_SEVERITY].number;
    check->left = term_reference(making, &values[CHECK_LEFT]);
    check->right = term_reference(making, &values[CHECK_RIGHT]);
    check->percent = (unsigned)values[CHECK_PERCENT].number;
    check->absolute = values[CHECK_ABSOLUTE].decimal;
    check->what = values[CHECK_WHAT].text;
    check->todo = values[CHECK_TODO].text;
    check_side(making, &values[CHECK_LEFT], &check->left, check->kind != CHECK_JUMP);
    check_side(making, &values[CHECK_RIGHT], &check->right, true);
    if (values[CHECK_KIND].present) check_kind_keys(making, values);
}

void checks_read(const struct making *making, const struct schema_value *list)
{
    size_t count = schema_count(list);
    struct check *checks = arena_array(&making->rulebook->arena, count, sizeof *checks);
    for (size_t i = 0; i < count; i++) {
        struct schema_value values[CHECK_KEYS];
        if (!schema_read(&CHECK_SCHEMA, &list->node->children[i], "a check", making->faults,
                         values))
            continue;
        check_code(making, &values[CHECK_CODE], checks, i);
        read_check(making, values, &checks[i]);
    }
    making->rulebook->monitor.checks = checks;
    making->rulebook->monitor.check_count = count;
}
