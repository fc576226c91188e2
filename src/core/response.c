/*
 * Who is expected on a peildatum and where each stands. All of it follows from the newest event of
 * each organisation's cell, the due date and the day it is; nothing can fail.
 *
 * Late is what stands and came after the due date, also where an earlier revision came in time: the
 * figures that count are the late ones. `te-laat` is due and not there.
 */
#include "core/response.h"

static const char *const STATUS_IDS[] = {
#define RESPONSE_CONSTANT(constant, id) [constant] = (id),
    RESPONSE_STATUSES(RESPONSE_CONSTANT)
#undef RESPONSE_CONSTANT
};

const char *response_status_id(enum response_status status)
{
    return STATUS_IDS[status];
}

static bool after_due(const struct peildatum *peildatum, struct date day)
{
    return peildatum->has_due && date_compare(day, peildatum->due) > 0;
}

/* How many of a cell's events there are at `known` (inclusive); of no cell (NULL) none. */
static size_t events_at(const struct cell *cell, struct record_id known)
{
    const struct event *newest = cell_at(cell, known);
    return newest == NULL ? 0 : (size_t)(newest - cell->events) + 1;
}

static const struct event *const *remarks_of(const struct cell *cell, size_t count,
                                             struct arena *arena, size_t *ret_count)
{
    const struct event **remarks = arena_array(arena, count, sizeof *remarks);
    *ret_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (cell->events[i].kind == RECORD_REMARK) remarks[(*ret_count)++] = &cell->events[i];
    }
    return remarks;
}

/* The newest of the first `count` events that is no remark; NULL if there is none. */
static const struct event *newest_ruling(const struct cell *cell, size_t count)
{
    for (size_t i = count; i > 0; i--) {
        if (cell->events[i - 1].kind != RECORD_REMARK) return &cell->events[i - 1];
    }
    return NULL;
}

/* What an event that something came of says of its organisation. */
static void fill_row(struct response_row *row, const struct event *event)
{
    row->revision = event->revision;
    if (event->standing == NULL)
        row->status = RESPONSE_WITHDRAWN;
    else
        row->status = event->aside ? RESPONSE_ASIDE : RESPONSE_RECEIVED;
    if (row->status != RESPONSE_RECEIVED) row->ruling = event;
}

static struct response_row row_on(const struct state *state,
                                  const struct response_question *question,
                                  const struct organisation *organisation, struct arena *arena)
{
    const struct peildatum *peildatum = question->peildatum;
    const struct cell *cell = state_cell(state, peildatum->date, organisation->id);
    const size_t count = events_at(cell, question->known);
    const struct event *event = newest_ruling(cell, count);
    const bool overdue = after_due(peildatum, question->today);
    struct response_row row = {.organisation = organisation};
    row.remarks = remarks_of(cell, count, arena, &row.remark_count);
    if (event != NULL) {
        fill_row(&row, event);
        row.late =
            event->standing == NULL
                ? overdue
                : after_due(peildatum, moment_to_date(record_id_moment(event->standing->id)));
    } else {
        row.status = overdue ? RESPONSE_OVERDUE : RESPONSE_EXPECTED;
        row.late = overdue;
    }
    return row;
}

struct response response_on(const struct state *state, const struct response_question *question,
                            struct arena *arena)
{
    const struct rulebook *rulebook = question->rulebook;
    const struct directory *directory = &rulebook->directory;
    const struct date date = question->peildatum->date;
    struct response response = {
        .monitor = rulebook->monitor.id,
        .window = *question->peildatum,
        .reopening = state_reopening(state, date, question->known),
        .rows = arena_array(arena, directory->organisation_count, sizeof *response.rows),
    };
    for (size_t i = 0; i < directory->organisation_count; i++) {
        const struct organisation *organisation = &directory->organisations[i];
        if (!organisation_expected(organisation, rulebook->monitor.id, date)) continue;
        const struct response_row row = row_on(state, question, organisation, arena);
        response.received += row.status == RESPONSE_RECEIVED;
        response.rows[response.count++] = row;
        response.expected++;
    }
    return response;
}
