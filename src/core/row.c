/*
 * A row: what one delivery says in the columns of the monitor's table. The definition decides, not
 * the deliverer: here waiting dates become "on the list" (more than the threshold of working days,
 * by the named calendar) and calendar days waited. A value that the column cannot hold exactly is
 * missing, never bent.
 */
#include "core/row.h"

static const struct figure FIGURE_MISSING = {.presence = PRESENCE_MISSING};
static const struct figure FIGURE_NOT_APPLICABLE = {.presence = PRESENCE_NOT_APPLICABLE};

static struct figure figure_of(int64_t units)
{
    return (struct figure){.presence = PRESENCE_VALUE, .units = units};
}

static struct figure figure_of_decimal(struct decimal value, uint8_t decimals)
{
    int64_t units = 0;
    return decimal_to_units(value, decimals, &units) ? figure_of(units) : FIGURE_MISSING;
}

/* The peildatum, and the latest day since which a child is on the list there. */
struct waiting_window {
    struct date peildatum;
    struct date last;
};

/* A part of a waiting list: who is on it fills the count, the days and the histogram. */
struct waiting {
    struct figure count;
    struct figure days;
    struct histogram histogram;
};

static struct waiting waiting_both(struct figure figure)
{
    return (struct waiting){.count = figure, .days = figure};
}

/* Dates ascend, so days waited descend: the histogram is filled from the end. */
static struct waiting waiting_of_dates(const struct entry *entry,
                                       const struct waiting_window *window, struct arena *arena)
{
    size_t listed = 0;
    while (listed < entry->row_count && entry->rows[listed].since.day <= window->last.day)
        listed++;

    struct waited *items = arena_array(arena, listed, sizeof *items);
    int64_t count = 0, days = 0, product = 0;
    for (size_t i = 0; i < listed; i++) {
        const struct waiting_row *row = &entry->rows[i];
        const int32_t waited = window->peildatum.day - row->since.day;
        items[listed - 1 - i] = (struct waited){.days = waited, .count = row->count};
        if (__builtin_add_overflow(count, row->count, &count) ||
            __builtin_mul_overflow(row->count, (int64_t)waited, &product) ||
            __builtin_add_overflow(days, product, &days))
            return waiting_both(FIGURE_MISSING);
    }
    return (struct waiting){
        .count = figure_of(count),
        .days = figure_of(days),
        .histogram = {.items = items, .count = listed},
    };
}

static struct waiting waiting_of(const struct entry *entry, const struct waiting_window *window,
                                 struct arena *arena)
{
    if (entry == NULL) return waiting_both(FIGURE_MISSING);
    switch (entry->kind) {
    case VALUE_NOT_APPLICABLE: return waiting_both(FIGURE_NOT_APPLICABLE);
    case VALUE_DATES: return waiting_of_dates(entry, window, arena);
    case VALUE_COUNT_DAYS:
        return (struct waiting){.count = figure_of_decimal(entry->count, 0),
                                .days = figure_of_decimal(entry->days, 0)};
    case VALUE_NUMBER: break;
    }
    return waiting_both(FIGURE_MISSING);
}

static struct figure figure_of_number(const struct entry *entry, uint8_t decimals)
{
    if (entry == NULL) return FIGURE_MISSING;
    if (entry->kind == VALUE_NOT_APPLICABLE) return FIGURE_NOT_APPLICABLE;
    return entry->kind == VALUE_NUMBER ? figure_of_decimal(entry->number, decimals)
                                       : FIGURE_MISSING;
}

/* One delivery, one region of it, and the row it becomes. */
struct filling {
    const struct submission *submission;
    struct slice region;
    struct date peildatum;
    struct arena *arena;
    struct row row;
};

static const struct entry *filling_entry(const struct filling *filling,
                                         const struct measure *measure, const struct part *part)
{
    return submission_find(filling->submission, measure->id, part->id, filling->region);
}

static void fill_numbers(struct filling *filling, const struct measure *measure)
{
    for (size_t i = 0; i < measure->part_count; i++) {
        const struct part *part = &measure->parts[i];
        filling->row.values[part->column] =
            figure_of_number(filling_entry(filling, measure, part), measure->decimals);
    }
}

static void fill_waiting(struct filling *filling, const struct measure *measure)
{
    const struct waiting_window window = {
        .peildatum = filling->peildatum,
        .last = calendar_waiting_since(measure->calendar, filling->peildatum, measure->threshold),
    };
    for (size_t i = 0; i < measure->part_count; i++) {
        const struct part *part = &measure->parts[i];
        const struct waiting waiting =
            waiting_of(filling_entry(filling, measure, part), &window, filling->arena);
        filling->row.values[part->column] = waiting.count;
        filling->row.values[part->column + 1] = waiting.days;
        filling->row.histograms[part->column] = waiting.histogram;
    }
}

struct row row_of(const struct rulebook *rulebook, const struct submission *submission,
                  struct slice region, struct date peildatum, struct arena *arena)
{
    const struct monitor *monitor = &rulebook->monitor;
    struct filling filling = {
        .submission = submission,
        .region = region,
        .peildatum = peildatum,
        .arena = arena,
        .row = {.values = arena_array(arena, monitor->column_count, sizeof(struct figure)),
                .histograms = arena_array(arena, monitor->column_count, sizeof(struct histogram))},
    };
    for (size_t i = 0; i < monitor->measure_count; i++) {
        if (monitor->measures[i].kind == MEASURE_WAITING)
            fill_waiting(&filling, &monitor->measures[i]);
        else
            fill_numbers(&filling, &monitor->measures[i]);
    }
    return filling.row;
}

bool row_delivers(const struct row *row, const struct term *term, bool *ret_value)
{
    for (size_t i = 0; i < term->count; i++) {
        const enum presence presence = row->values[term->columns[i]].presence;
        if (presence == PRESENCE_MISSING) return false;
        if (presence == PRESENCE_VALUE) *ret_value = true;
    }
    return true;
}
