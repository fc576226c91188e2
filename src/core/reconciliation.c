/*
 * Computed against published. A computed figure is rounded once, from the exact one, to the
 * decimals that were printed, so what was rounded rightly is equal and everything else is not. The
 * difference is taken from what is shown, so that a reader can check it.
 *
 * The edition gives the figures, the newest definitions give the documents: a letter is printed
 * after its figures were frozen. A figure that the edition does not have says so and why.
 */
#include "core/reconciliation.h"

#include "core/rounding.h"

static const char *const JUDGEMENT_IDS[] = {
#define RECONCILIATION_CONSTANT(constant, id) [constant] = (id),
    RECONCILIATION_JUDGEMENTS(RECONCILIATION_CONSTANT)
#undef RECONCILIATION_CONSTANT
};

const char *judgement_id(enum judgement judgement)
{
    return JUDGEMENT_IDS[judgement];
}

/* A reconciliation in the making. */
struct reconciling {
    const struct state *state;
    const struct edition *edition;
    struct arena *arena;
    const struct publication *publication;
    struct reconciliation_row *rows;
    size_t count;
};

/* `judged` is the computed figure with the decimals that were printed. */
static void add_row(struct reconciling *reconciling, struct reconciliation_row row,
                    struct maybe judged)
{
    row.publication = reconciling->publication;
    row.difference.present =
        row.computed.present &&
        decimal_subtract(row.computed.value, row.published, &row.difference.value);
    if (!judged.present)
        row.judgement = JUDGEMENT_MISSING;
    else
        row.judgement = decimal_compare(judged.value, row.published) == 0 ? JUDGEMENT_EQUAL
                                                                          : JUDGEMENT_DIFFERENT;
    reconciling->rows = arena_room(reconciling->arena, reconciling->rows, reconciling->count,
                                   sizeof *reconciling->rows);
    reconciling->rows[reconciling->count++] = row;
}

/* ---- against the edition ---- */

/* The national figures of a line's indicator as the edition has them. */
static struct series figures_of(const struct reconciling *reconciling,
                                const struct published_line *line)
{
    const struct record_id known = reconciling->edition->known;
    const struct rulebook *rulebook = state_rulebook(reconciling->state, known, NULL);
    struct subject *subject = arena_new(reconciling->arena, sizeof *subject);
    if (!subject_find(rulebook, line->indicator->id, reconciling->arena, subject))
        return (struct series){0};
    subject->decimals = line->decimals;
    const struct question question = {
        .subjects = subject,
        .subject_count = 1,
        .level = LEVEL_NATIONAL,
        .known = known,
        .edition = reconciling->edition,
    };
    return series_figures(reconciling->state, &question, reconciling->arena);
}

static const struct point *find_point(const struct series *series, struct date date)
{
    for (size_t i = 0; i < series->count; i++) {
        if (date_compare(series->points[i].peildatum, date) == 0) return &series->points[i];
    }
    return NULL;
}

static void hold_line(struct reconciling *reconciling, const struct published_line *line)
{
    const struct series series = figures_of(reconciling, line);
    for (size_t i = 0; i < line->figure_count; i++) {
        const struct published_figure *figure = &line->figures[i];
        if (!edition_covers(reconciling->edition, figure->peildatum)) continue;
        const struct point *point = find_point(&series, figure->peildatum);
        struct reconciliation_row row = {
            .line = line,
            .peildatum = figure->peildatum,
            .published = figure->value,
            .reason = REASON_OTHER_DEFINITION,
        };
        if (point != NULL) {
            row.computed = point->value;
            row.reason = point->reason;
        }
        add_row(reconciling, row, row.computed);
    }
}

/* ---- against itself ---- */

/* The sum of what lines say of a peildatum; false where one of them says nothing. */
static bool add_up(const struct published_sum *sum, struct date date, struct decimal *ret_sum)
{
    *ret_sum = decimal_of(0);
    for (size_t i = 0; i < sum->count; i++) {
        const struct published_figure *figure = published_line_on(sum->lines[i], date);
        if (figure == NULL || !decimal_add(*ret_sum, figure->value, ret_sum)) return false;
    }
    return true;
}

static struct maybe divide(const struct published_check *check, struct decimal numerator,
                           struct decimal denominator, uint8_t decimals)
{
    struct maybe result = {.present = false};
    result.present = rounding_ratio(check->factor, numerator, denominator, decimals, &result.value);
    return result;
}

static void hold_check_on(struct reconciling *reconciling, const struct published_check *check,
                          const struct published_figure *figure)
{
    struct decimal numerator, denominator;
    struct reconciliation_row row = {
        .line = check->line,
        .check = check,
        .peildatum = figure->peildatum,
        .published = figure->value,
        .reason = REASON_NONE,
    };
    if (!add_up(&check->numerator, figure->peildatum, &numerator) ||
        !add_up(&check->denominator, figure->peildatum, &denominator))
        return;
    if (check->denominator.count == 0) denominator = decimal_of(1);
    row.computed = divide(check, numerator, denominator, check->decimals);
    if (!row.computed.present) row.reason = REASON_ZERO_DENOMINATOR;
    add_row(reconciling, row, divide(check, numerator, denominator, check->line->decimals));
}

static void hold_check(struct reconciling *reconciling, const struct published_check *check)
{
    for (size_t i = 0; i < check->line->figure_count; i++) {
        const struct published_figure *figure = &check->line->figures[i];
        if (edition_covers(reconciling->edition, figure->peildatum))
            hold_check_on(reconciling, check, figure);
    }
}

/* ---- the whole ---- */

static void hold_publication(struct reconciling *reconciling, const struct publication *publication)
{
    reconciling->publication = publication;
    for (size_t i = 0; i < publication->line_count; i++)
        hold_line(reconciling, &publication->lines[i]);
    for (size_t i = 0; i < publication->check_count; i++)
        hold_check(reconciling, &publication->checks[i]);
}

struct reconciliation reconciliation_answer(const struct state *state,
                                            const struct edition *edition, struct record_id known,
                                            struct arena *arena)
{
    struct reconciling reconciling = {.state = state, .edition = edition, .arena = arena};
    struct reconciliation reconciliation = {.edition = edition,
                                            .rulebook = state_rulebook(state, known, NULL)};
    const struct rulebook *rulebook = reconciliation.rulebook;
    for (size_t i = 0; rulebook != NULL && i < rulebook->publication_count; i++)
        hold_publication(&reconciling, &rulebook->publications[i]);
    for (size_t i = 0; i < reconciling.count; i++)
        reconciliation.counts[reconciling.rows[i].judgement]++;
    reconciliation.rows = reconciling.rows;
    reconciliation.count = reconciling.count;
    return reconciliation;
}
