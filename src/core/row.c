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

/* Children on the list at the peildatum, or the calendar days they waited. */
static struct figure figure_of_dates(const struct column *column, const struct entry *entry,
                                     struct date peildatum)
{
    const struct measure *measure = column->measure;
    struct date last = calendar_waiting_since(measure->calendar, peildatum, measure->threshold);
    int64_t sum = 0;

    for (size_t i = 0; i < entry->row_count && entry->rows[i].since.day <= last.day; i++) {
        const struct waiting_row *row = &entry->rows[i];
        int64_t weight =
            column->aspect == ASPECT_DAYS ? (int64_t)peildatum.day - row->since.day : 1;
        int64_t part = 0;
        if (__builtin_mul_overflow(row->count, weight, &part) ||
            __builtin_add_overflow(sum, part, &sum))
            return FIGURE_MISSING;
    }
    return figure_of(sum);
}

static struct figure figure_of_waiting(const struct column *column, const struct entry *entry,
                                       struct date peildatum)
{
    if (entry->kind == VALUE_DATES) return figure_of_dates(column, entry, peildatum);
    if (entry->kind == VALUE_COUNT_DAYS)
        return figure_of_decimal(column->aspect == ASPECT_DAYS ? entry->days : entry->count, 0);
    return FIGURE_MISSING;
}

struct figure row_value(const struct column *column, const struct entry *entry,
                        struct date peildatum)
{
    if (entry == NULL) return FIGURE_MISSING;
    if (entry->kind == VALUE_NOT_APPLICABLE) return FIGURE_NOT_APPLICABLE;
    if (column->measure->kind == MEASURE_WAITING)
        return figure_of_waiting(column, entry, peildatum);
    if (entry->kind == VALUE_NUMBER) return figure_of_decimal(entry->number, column->decimals);
    return FIGURE_MISSING;
}

/* Dates ascend, so days waited descend: filled from the end. */
static struct histogram histogram_of(const struct measure *measure, const struct entry *entry,
                                     struct date peildatum, struct arena *arena)
{
    struct date last = calendar_waiting_since(measure->calendar, peildatum, measure->threshold);
    size_t count = 0;
    while (count < entry->row_count && entry->rows[count].since.day <= last.day)
        count++;

    struct waited *items = arena_array(arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        items[count - 1 - i] = (struct waited){
            .days = peildatum.day - entry->rows[i].since.day,
            .count = entry->rows[i].count,
        };
    }
    return (struct histogram){.items = items, .count = count};
}

struct row row_of(const struct rulebook *rulebook, const struct submission *submission,
                  struct slice region, struct date peildatum, struct arena *arena)
{
    const struct monitor *monitor = &rulebook->monitor;
    struct row row = {
        .values = arena_array(arena, monitor->column_count, sizeof *row.values),
        .histograms = arena_array(arena, monitor->column_count, sizeof *row.histograms),
    };

    for (size_t i = 0; i < monitor->column_count; i++) {
        const struct column *column = &monitor->columns[i];
        const struct entry *entry =
            submission_find(submission, column->measure->id, column->part->id, region);
        row.values[i] = row_value(column, entry, peildatum);
        if (column->measure->kind == MEASURE_WAITING && column->aspect == ASPECT_VALUE &&
            entry != NULL && entry->kind == VALUE_DATES)
            row.histograms[i] = histogram_of(column->measure, entry, peildatum, arena);
    }
    return row;
}
