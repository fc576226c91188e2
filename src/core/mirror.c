/*
 * The mirror report. Two questions are put to the series engine, everybody's figures on this
 * peildatum and the organisation's own on the preceding one; each row keeps its own two points and,
 * of all others, only how many there are and how many of them lie below. So nothing that another
 * organisation delivered can be read from a report, and no rendering can give it away.
 *
 * Changes and places are taken from the rounded values that are shown, so that who has the
 * figures can check them.
 */
#include "core/mirror.h"

#include "core/change.h"

/* A report in the making. */
struct mirroring {
    const struct state *state;
    const struct mirror_question *question;
    struct arena *arena;
    const struct subject *subjects;
    size_t subject_count;
    size_t indicator_count; /* the subjects that come first */
};

/* The points of one subject on one peildatum. */
struct line {
    const struct point *points;
    size_t count;
};

/* Indicators that say something about one organisation, then columns. */
static void choose_subjects(struct mirroring *mirroring, const struct rulebook *rulebook)
{
    size_t indicators = 0;
    const size_t columns = rulebook->monitor.column_count;
    const struct subject *first = subjects_of_one(rulebook, mirroring->arena, &indicators);
    const struct subject *then = subjects_of_columns(rulebook, mirroring->arena);
    struct subject *all = arena_array(mirroring->arena, indicators + columns, sizeof *all);
    for (size_t i = 0; i < indicators; i++)
        all[i] = first[i];
    for (size_t i = 0; i < columns; i++)
        all[indicators + i] = then[i];
    mirroring->subjects = all;
    mirroring->subject_count = indicators + columns;
    mirroring->indicator_count = indicators;
}

/*
 * The figures of one organisation, or of all where it is NULL. An edition says how firm those of
 * the report's own peildatum are; it need not hold the one before.
 */
static struct series ask(const struct mirroring *mirroring, struct date date,
                         const struct slice *organisation)
{
    const struct mirror_question *asked = mirroring->question;
    const bool own = date_compare(date, asked->peildatum) == 0;
    const struct question question = {
        .subjects = mirroring->subjects,
        .subject_count = mirroring->subject_count,
        .level = LEVEL_ORGANISATION,
        .organisations = organisation,
        .organisation_count = organisation == NULL ? 0 : 1,
        .has_from = true,
        .has_to = true,
        .from = date,
        .to = date,
        .known = asked->known,
        .edition = own ? asked->edition : NULL,
    };
    return series_answer(mirroring->state, &question, mirroring->arena);
}

/* Who is expected on a peildatum has one point a subject, so lines are equally long. */
static struct line line_of(const struct mirroring *mirroring, const struct series *series,
                           size_t subject)
{
    const size_t count = series->count / mirroring->subject_count;
    return (struct line){.points = series->points + subject * count, .count = count};
}

static const struct point *find_own(struct line line, struct slice organisation)
{
    for (size_t i = 0; i < line.count; i++) {
        if (slice_equal(line.points[i].organisation, organisation)) return &line.points[i];
    }
    return NULL;
}

/* Both values have the decimals of their subject. */
static void row_compare(struct mirror_row *row)
{
    if (!row->expected_before) return;
    const struct change change = change_of(&row->previous.value, &row->own.value);
    row->change = change.absolute;
    row->percent = change.percent;
}

/*
 * Nearest rank, unweighted (docs/decisions/0008). A value lies in the first quarter whose end it
 * does not pass, and it passes that end exactly if as many values as that rank lie below it. Equal
 * values share a quarter.
 */
static unsigned quarter_of(unsigned below, unsigned count)
{
    unsigned quarter = 1;
    while (below >= quarter_end(quarter, count))
        quarter++;
    return quarter;
}

static void row_place(struct mirror_row *row, struct line line)
{
    const struct maybe own = row->own.value;
    unsigned below = 0;
    for (size_t i = 0; i < line.count; i++) {
        const struct point *point = &line.points[i];
        row->expected += point->expected;
        row->received += point->received;
        if (!point->value.present) continue;
        row->compared++;
        below += own.present && decimal_compare(point->value.value, own.value) < 0;
    }
    if (own.present && row->compared >= QUARTERS_LEAST)
        row->quarter = quarter_of(below, row->compared);
}

static bool fill_rows(const struct mirroring *mirroring, const struct mirror *mirror,
                      struct mirror_row *rows)
{
    const struct column *columns = mirror->rulebook->monitor.columns;
    const struct slice own = mirror->organisation->id;
    const struct series all = ask(mirroring, mirror->peildatum->date, NULL);
    struct series before = {.count = 0};
    if (mirror->previous != NULL) before = ask(mirroring, mirror->previous->date, &own);

    for (size_t i = 0; i < mirroring->subject_count; i++) {
        struct mirror_row *row = &rows[i];
        const struct line line = line_of(mirroring, &all, i);
        const struct point *point = find_own(line, own);
        if (point == NULL) return false;
        row->own = *point;
        row->expected_before = before.count > 0;
        if (row->expected_before) row->previous = before.points[i];
        if (i >= mirroring->indicator_count) row->column = &columns[i - mirroring->indicator_count];
        row_compare(row);
        row_place(row, line);
    }
    return true;
}

/* Who, when and which delivery; false where one of them is not there. */
static bool find_delivery(const struct state *state, const struct mirror_question *question,
                          struct mirror *mirror)
{
    const struct rulebook *rulebook = state_rulebook(state, question->known, NULL);
    if (rulebook == NULL) return false;
    *mirror = (struct mirror){
        .rulebook = rulebook,
        .organisation = directory_find_organisation(&rulebook->directory, question->organisation),
        .peildatum = monitor_find_peildatum(&rulebook->monitor, question->peildatum),
        .revision =
            state_standing(state, question->peildatum, question->organisation, question->known),
        .received = series_delivered(state, rulebook, question->peildatum, question->known),
        .expected = rulebook_expected(rulebook, question->peildatum),
    };
    return mirror->organisation != NULL && mirror->peildatum != NULL && mirror->revision != NULL;
}

bool mirror_answer(const struct state *state, const struct mirror_question *question,
                   struct arena *arena, struct mirror *ret_mirror)
{
    struct mirroring mirroring = {.state = state, .question = question, .arena = arena};
    struct mirror mirror;
    if (!find_delivery(state, question, &mirror)) return false;

    choose_subjects(&mirroring, mirror.rulebook);
    struct mirror_row *rows = arena_array(arena, mirroring.subject_count, sizeof *rows);
    mirror.previous = monitor_preceding(&mirror.rulebook->monitor, mirror.peildatum);
    mirror.rows = rows;
    mirror.row_count = mirroring.subject_count;
    mirror.indicator_count = mirroring.indicator_count;
    if (!fill_rows(&mirroring, &mirror, rows)) return false;
    *ret_mirror = mirror;
    return true;
}
