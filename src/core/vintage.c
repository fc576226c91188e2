/*
 * The history of figures. A figure can only change where a record changed a delivery of its
 * peildatum or the definitions, so it is computed as known at each of those and nowhere else; what
 * was given then is what is given now, since nothing on the log is ever lost.
 *
 * A national figure appears with the first of many deliveries and moves with each of the others.
 * That is no revision: what counts is what happened after everybody who was expected had delivered
 * (`complete`). Where that never was, the first value has to do.
 */
#include "core/vintage.h"

#include <stdlib.h>

/* A record by which figures of one peildatum may have changed. */
struct turn {
    struct record_id id;
    struct slice organisation; /* whose; empty: everybody's */
};

/* A line in the making: how often it changed after its first and its first complete value. */
struct tally {
    struct vintage_line *line;
    unsigned after_first;
    unsigned after_complete;
};

/* A history in the making. */
struct chronicle {
    const struct state *state;
    const struct question *question;
    struct arena *arena;
    struct tally *tallies;
    size_t count;
};

/* ---- turns ---- */

static int compare_turns(const void *left, const void *right)
{
    const struct turn *a = left, *b = right;
    return record_id_compare(a->id, b->id);
}

static struct turn *add_turn(const struct chronicle *chronicle, struct turn *turns, size_t *count,
                             struct turn turn)
{
    if (record_id_compare(turn.id, chronicle->question->known) > 0) return turns;
    turns = arena_room(chronicle->arena, turns, *count, sizeof *turns);
    turns[(*count)++] = turn;
    return turns;
}

static struct turn *add_cell(const struct chronicle *chronicle, struct turn *turns, size_t *count,
                             const struct cell *cell)
{
    for (size_t i = 0; i < cell->event_count; i++) {
        const struct event *event = &cell->events[i];
        if (event_changes_figures(event))
            turns = add_turn(chronicle, turns, count,
                             (struct turn){.id = event->id, .organisation = cell->organisation});
    }
    return turns;
}

static struct turn *turns_of(const struct chronicle *chronicle, struct date date, size_t *ret_count)
{
    struct turn *turns = NULL;
    struct turn adoption = {0};
    size_t cells = 0;
    const struct cell *const *cell = state_cells(chronicle->state, &cells);
    *ret_count = 0;
    for (size_t i = 0; state_adopted(chronicle->state, i, &adoption.id) != NULL; i++)
        turns = add_turn(chronicle, turns, ret_count, adoption);
    for (size_t i = 0; i < cells; i++) {
        if (date_compare(cell[i]->peildatum, date) == 0)
            turns = add_cell(chronicle, turns, ret_count, cell[i]);
    }
    if (*ret_count > 1) qsort(turns, *ret_count, sizeof *turns, compare_turns);
    return turns;
}

/* ---- what was given then ---- */

/* One peildatum as known at a turn; of organisations only the one whose turn it is. */
static struct series figures_at(const struct chronicle *chronicle, const struct turn *turn,
                                struct date date, struct arena *scratch)
{
    struct question question = *chronicle->question;
    const struct rulebook *then = state_rulebook(chronicle->state, turn->id, NULL);
    if (then == NULL) return (struct series){0};
    question.subjects = subjects_in(then, question.subjects, question.subject_count, scratch,
                                    &question.subject_count);
    question.known = turn->id;
    question.edition = NULL;
    question.has_from = question.has_to = true;
    question.from = question.to = date;
    if (question.level == LEVEL_ORGANISATION && turn->organisation.len > 0) {
        question.organisations = &turn->organisation;
        question.organisation_count = 1;
    }
    return series_figures(chronicle->state, &question, scratch);
}

static struct vintage vintage_of(const struct point *point, struct record_id id)
{
    if (point == NULL)
        return (struct vintage){.present = true, .id = id, .reason = REASON_OTHER_DEFINITION};
    return (struct vintage){
        .present = true,
        .id = id,
        .value = point->value,
        .reason = point->reason,
        .received = point->received,
        .expected = point->expected,
    };
}

/* Takes in how a figure stood after a turn. */
static void observe(struct tally *tally, const struct vintage *now)
{
    struct vintage_line *line = tally->line;
    const bool changed = line->latest.present && !maybe_equal(&line->latest.value, &now->value);
    tally->after_first += changed && line->first.present;
    tally->after_complete += changed && line->complete.present;
    if (now->value.present && !line->first.present) line->first = *now;
    if (now->value.present && !line->complete.present && now->received == now->expected)
        line->complete = *now;

    const struct record_id since = changed || !line->latest.present ? now->id : line->latest.id;
    line->latest = *now;
    line->latest.id = since;
}

/* Both are in the same order, so the next one is almost always the one after the last. */
static const struct point *find_point(const struct series *series, const struct vintage_line *line,
                                      size_t *cursor)
{
    for (size_t i = 0; i < series->count; i++) {
        const size_t at = (*cursor + i) % series->count;
        const struct point *point = &series->points[at];
        if (!slice_equal(point->id, line->id) ||
            !slice_equal(point->organisation, line->organisation))
            continue;
        *cursor = at + 1;
        return point;
    }
    return NULL;
}

/* Whether a turn can have changed the line: at the level of organisations only its own. */
static bool concerns(const struct turn *turn, const struct vintage_line *line)
{
    return line->level == LEVEL_NATIONAL || turn->organisation.len == 0 ||
           slice_equal(turn->organisation, line->organisation);
}

static void take_turn(const struct chronicle *chronicle, const struct turn *turn, struct date date)
{
    struct arena scratch;
    size_t cursor = 0;
    arena_init(&scratch);
    const struct series series = figures_at(chronicle, turn, date, &scratch);
    for (size_t i = 0; i < chronicle->count; i++) {
        struct tally *tally = &chronicle->tallies[i];
        if (date_compare(tally->line->peildatum, date) != 0 || !concerns(turn, tally->line))
            continue;
        const struct vintage now = vintage_of(find_point(&series, tally->line, &cursor), turn->id);
        observe(tally, &now);
    }
    arena_done(&scratch);
}

/* ---- the whole ---- */

/* What the latest is held against: the first complete value, else the first there was. */
static const struct vintage *basis_of(const struct vintage_line *line)
{
    return line->complete.present ? &line->complete : &line->first;
}

static void conclude(const struct tally *tally)
{
    struct vintage_line *line = tally->line;
    const struct maybe basis = basis_of(line)->value, latest = line->latest.value;
    line->revisions = line->complete.present ? tally->after_complete : tally->after_first;
    line->difference.present = basis.present && latest.present &&
                               decimal_subtract(latest.value, basis.value, &line->difference.value);
}

/* One line for each figure that the question gives at its own `known`. */
static struct vintages lines_of(struct chronicle *chronicle)
{
    const struct series series =
        series_figures(chronicle->state, chronicle->question, chronicle->arena);
    struct vintages vintages = {
        .lines = arena_array(chronicle->arena, series.count, sizeof *vintages.lines),
        .count = series.count,
    };
    chronicle->tallies = arena_array(chronicle->arena, series.count, sizeof *chronicle->tallies);
    chronicle->count = series.count;
    for (size_t i = 0; i < series.count; i++) {
        const struct point *point = &series.points[i];
        chronicle->tallies[i].line = &vintages.lines[i];
        vintages.lines[i] = (struct vintage_line){
            .id = point->id,
            .level = point->level,
            .organisation = point->organisation,
            .peildatum = point->peildatum,
        };
    }
    return vintages;
}

struct vintages vintages_answer(const struct state *state, const struct question *question,
                                struct arena *arena)
{
    const struct rulebook *rulebook = state_rulebook(state, question->known, NULL);
    struct chronicle chronicle = {.state = state, .question = question, .arena = arena};
    const struct vintages vintages = lines_of(&chronicle);
    for (size_t i = 0; rulebook != NULL && i < rulebook->monitor.peildatum_count; i++) {
        const struct date date = rulebook->monitor.peildata[i].date;
        size_t count = 0;
        const struct turn *turns = turns_of(&chronicle, date, &count);
        for (size_t j = 0; j < count; j++)
            take_turn(&chronicle, &turns[j], date);
    }
    for (size_t i = 0; i < chronicle.count; i++)
        conclude(&chronicle.tallies[i]);
    return vintages;
}
