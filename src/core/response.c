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

static const struct event *const *remarks_of(const struct cell *cell, struct arena *arena,
                                             size_t *ret_count)
{
    const struct event **remarks = arena_array(arena, cell->event_count, sizeof *remarks);
    *ret_count = 0;
    for (size_t i = 0; i < cell->event_count; i++) {
        if (cell->events[i].kind == RECORD_REMARK) remarks[(*ret_count)++] = &cell->events[i];
    }
    return remarks;
}

/* The newest event that is no remark; NULL if there is none. */
static const struct event *newest_ruling(const struct cell *cell)
{
    for (size_t i = cell->event_count; i > 0; i--) {
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

static struct response_row row_on(const struct organisation *organisation, const struct cell *cell,
                                  const struct peildatum *peildatum, struct date today,
                                  struct arena *arena)
{
    struct response_row row = {.organisation = organisation};
    const struct event *event = cell == NULL ? NULL : newest_ruling(cell);
    const bool overdue = after_due(peildatum, today);
    if (cell != NULL) row.remarks = remarks_of(cell, arena, &row.remark_count);
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

struct response response_on(const struct state *state, const struct rulebook *rulebook,
                            const struct peildatum *peildatum, struct date today,
                            struct arena *arena)
{
    const struct directory *directory = &rulebook->directory;
    struct response response = {
        .monitor = rulebook->monitor.id,
        .window = *peildatum,
        .reopening = state_reopening(state, peildatum->date, state_now()),
        .rows = arena_array(arena, directory->organisation_count, sizeof *response.rows),
    };
    for (size_t i = 0; i < directory->organisation_count; i++) {
        const struct organisation *organisation = &directory->organisations[i];
        if (!organisation_expected(organisation, rulebook->monitor.id, peildatum->date)) continue;
        const struct cell *cell = state_cell(state, peildatum->date, organisation->id);
        const struct response_row row = row_on(organisation, cell, peildatum, today, arena);
        response.received += row.status == RESPONSE_RECEIVED;
        response.rows[response.count++] = row;
        response.expected++;
    }
    return response;
}
