/*
 * The status of figures: that of the newest edition that covers the peildatum if nothing changed
 * since, else provisional. What must not have changed is the figure itself: value, numerator,
 * denominator, over whom it is taken and by which version. So a remark, a new peildatum or a norm
 * takes nothing away from a figure that was published, and a withdrawal that is taken back gives it
 * back.
 *
 * Where neither the definitions nor a delivery for the peildatum changed, that is known at once;
 * else the figures are computed once more as the edition has them, and laid beside each other.
 */
#include "core/series.h"
#include "core/shown.h"

/* A series whose points get their status. */
struct stamping {
    const struct state *state;
    const struct question *question;
    const struct series *series;
    struct arena *arena;
};

static bool cell_changed(const struct cell *cell, struct record_id since, struct record_id until)
{
    for (size_t i = cell->event_count; i > 0; i--) {
        const struct event *event = &cell->events[i - 1];
        if (record_id_compare(event->id, since) <= 0) return false;
        if (record_id_compare(event->id, until) <= 0 && event_changes_figures(event)) return true;
    }
    return false;
}

/* Whether anything happened after the edition by which a figure of the peildatum may differ. */
static bool may_differ(const struct stamping *stamping, const struct edition *edition,
                       struct date date)
{
    const struct state *state = stamping->state;
    const struct record_id known = stamping->question->known;
    size_t count = 0;
    const struct cell *const *cells = state_cells(state, &count);
    if (state_rulebook(state, edition->known, NULL) != state_rulebook(state, known, NULL))
        return true;
    for (size_t i = 0; i < count; i++) {
        if (date_compare(cells[i]->peildatum, date) == 0 &&
            cell_changed(cells[i], edition->known, known))
            return true;
    }
    return false;
}

/* The same question about one peildatum, as of the edition. */
static struct series frozen_figures(const struct stamping *stamping, const struct edition *edition,
                                    struct date date)
{
    struct question question = *stamping->question;
    const struct rulebook *then = state_rulebook(stamping->state, edition->known, NULL);
    question.subjects = subjects_in(then, question.subjects, question.subject_count,
                                    stamping->arena, &question.subject_count);
    question.known = edition->known;
    question.has_from = question.has_to = true;
    question.from = question.to = date;
    return series_figures(stamping->state, &question, stamping->arena);
}

static bool same_place(const struct point *a, const struct point *b)
{
    return slice_equal(a->id, b->id) && slice_equal(a->organisation, b->organisation) &&
           slice_equal(a->region, b->region) && date_compare(a->peildatum, b->peildatum) == 0;
}

static bool same_figure(const struct point *a, const struct point *b)
{
    return maybe_equal(&a->value, &b->value) && maybe_equal(&a->numerator, &b->numerator) &&
           maybe_equal(&a->denominator, &b->denominator) && a->definition == b->definition &&
           a->received == b->received && a->expected == b->expected && a->reason == b->reason;
}

/* Both are in the same order, so the next one is almost always the one after the last. */
static const struct point *find_point(const struct series *series, const struct point *point,
                                      size_t *cursor)
{
    for (size_t i = 0; i < series->count; i++) {
        const size_t at = (*cursor + i) % series->count;
        if (!same_place(&series->points[at], point)) continue;
        *cursor = at + 1;
        return &series->points[at];
    }
    return NULL;
}

/* Gives the points of a peildatum the status of an edition; those that differ stay as they are. */
static void stamp(const struct stamping *stamping, const struct edition *edition, struct date date)
{
    const bool compare = may_differ(stamping, edition, date);
    struct series frozen = {0};
    size_t cursor = 0;
    if (compare) frozen = frozen_figures(stamping, edition, date);
    for (size_t i = 0; i < stamping->series->count; i++) {
        struct point *point = &stamping->series->points[i];
        if (date_compare(point->peildatum, date) != 0) continue;
        const struct point *then = compare ? find_point(&frozen, point, &cursor) : point;
        if (then != NULL && same_figure(then, point)) point->status = edition->status;
    }
}

/* The edition by which the points of a peildatum are judged; NULL if there is none. */
static const struct edition *edition_for(const struct stamping *stamping, struct date date)
{
    const struct question *question = stamping->question;
    if (question->edition != NULL) return question->edition;
    return editions_covering(state_editions(stamping->state), date, question->known);
}

/* The very last step, so that nothing exact is left behind. */
static void show(const struct question *question, const struct rulebook *rulebook,
                 const struct series *series)
{
    const struct shown_question shown = {
        .showings = question->shown, .edition = question->edition, .rulebook = rulebook};
    shown_points(&shown, series->points, series->count);
    if (series->changes != NULL) shown_changes(series->points, series->changes, series->count);
}

struct series series_answer(const struct state *state, const struct question *question,
                            struct arena *arena)
{
    const struct series series = series_figures(state, question, arena);
    const struct stamping stamping = {
        .state = state, .question = question, .series = &series, .arena = arena};
    const struct rulebook *rulebook = state_rulebook(state, question->known, NULL);
    for (size_t i = 0; rulebook != NULL && i < rulebook->monitor.peildatum_count; i++) {
        const struct date date = rulebook->monitor.peildata[i].date;
        const struct edition *edition = edition_for(&stamping, date);
        if (edition != NULL) stamp(&stamping, edition, date);
    }
    if (question->shown != NULL) show(question, rulebook, &series);
    return series;
}
