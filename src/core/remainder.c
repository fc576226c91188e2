/*
 * The remainder: what an organisation delivered in total less what it gave by region. A region
 * counts in a figure only if every column of it is there (core/indicator), and only then is it
 * taken off: so the same delivery may leave one remainder for a part and another for the whole, and
 * each of them closes its own sum.
 *
 * A region is a part of a total. Where a total is missing or `null`, its regions say nothing either
 * (remainder_bind): they would add up to more than the country has.
 *
 * Waiting lists are subtracted by day waited. Where a region knows only count and days, or has a
 * day that the total has not, nobody knows how long those who are left have waited: the remainder
 * then has a count and days, and no distribution. What does not fit is missing, never bent.
 */
#include "core/remainder.h"

#include "core/indicator.h"

static bool column_adds_up(const struct column *column)
{
    return column->measure->regions == REGION_ADDS_UP && column->measure->kind != MEASURE_STATED;
}

bool remainder_exists_of(const struct monitor *monitor, const struct term *term)
{
    for (size_t i = 0; i < term->count; i++) {
        if (!column_adds_up(&monitor->columns[term->columns[i]])) return false;
    }
    return true;
}

bool remainder_exists(const struct monitor *monitor, const struct version *version)
{
    return remainder_exists_of(monitor, &version->numerator) &&
           remainder_exists_of(monitor, &version->denominator);
}

void remainder_bind(const struct monitor *monitor, const struct row *total, struct row *region)
{
    for (size_t i = 0; i < monitor->column_count; i++) {
        if (monitor->columns[i].measure->regions != REGION_ADDS_UP) continue;
        if (total->values[i].presence == PRESENCE_VALUE) continue;
        if (region->values[i].presence == PRESENCE_MISSING) continue;
        region->values[i] = total->values[i];
        region->histograms[i] = (struct histogram){0};
    }
}

/* Takes the days of a region off, in place: both ascend. False where the total has not as many. */
static bool take_days(struct waited *days, size_t count, const struct histogram *region)
{
    size_t at = 0;
    for (size_t i = 0; i < region->count; i++) {
        while (at < count && days[at].days < region->items[i].days)
            at++;
        if (at == count || days[at].days != region->items[i].days) return false;
        days[at].count -= region->items[i].count;
        if (days[at].count < 0) return false;
    }
    return true;
}

/* Somebody waits in it and it does not say how long. */
static bool lacks_days(const struct row *region, unsigned column)
{
    const struct figure *figure = &region->values[column];
    return figure->presence == PRESENCE_VALUE && figure->units > 0 &&
           region->histograms[column].count == 0;
}

/* What is left of a distribution; without one where it cannot be told. */
static struct histogram distribution_left(const struct histogram *total, unsigned column,
                                          const struct regional_rows *counting, struct arena *arena)
{
    struct waited *days = arena_array(arena, total->count, sizeof *days);
    size_t kept = 0;
    for (size_t i = 0; i < total->count; i++)
        days[i] = total->items[i];
    for (size_t i = 0; i < counting->count; i++) {
        const struct row *region = counting->rows[i];
        if (lacks_days(region, column) ||
            !take_days(days, total->count, &region->histograms[column]))
            return (struct histogram){0};
    }
    for (size_t i = 0; i < total->count; i++) {
        if (days[i].count > 0) days[kept++] = days[i];
    }
    return (struct histogram){.items = days, .count = kept};
}

static struct figure figure_left(struct figure total, unsigned column,
                                 const struct regional_rows *counting)
{
    for (size_t i = 0; total.presence == PRESENCE_VALUE && i < counting->count; i++) {
        const struct figure *region = &counting->rows[i]->values[column];
        if (region->presence != PRESENCE_VALUE) continue;
        if (__builtin_sub_overflow(total.units, region->units, &total.units))
            total.presence = PRESENCE_MISSING;
    }
    return total;
}

static void fill_term(const struct term *term, const struct row *total,
                      const struct regional_rows *counting, struct row *row, struct arena *arena)
{
    for (size_t i = 0; i < term->count; i++) {
        const unsigned column = term->columns[i];
        const struct histogram *histogram = &total->histograms[column];
        row->values[column] = figure_left(total->values[column], column, counting);
        if (histogram->count > 0)
            row->histograms[column] = distribution_left(histogram, column, counting, arena);
    }
}

/* The regions that are in a figure of this version already. */
static struct regional_rows regions_counting(const struct version *version,
                                             const struct regional_rows *regional,
                                             struct arena *arena)
{
    struct regional_rows counting = {
        .rows = arena_array(arena, regional->count, sizeof(struct row *)),
    };
    for (size_t i = 0; i < regional->count; i++) {
        if (indicator_counts(version, regional->rows[i]))
            counting.rows[counting.count++] = regional->rows[i];
    }
    return counting;
}

const struct row *remainder_of(const struct monitor *monitor, const struct version *version,
                               const struct row *total, const struct regional_rows *regional,
                               struct arena *arena)
{
    if (total == NULL || regional->count == 0) return total;
    const struct regional_rows counting = regions_counting(version, regional, arena);
    if (counting.count == 0) return total;

    struct row *row = arena_new(arena, sizeof *row);
    row->values = arena_array(arena, monitor->column_count, sizeof *row->values);
    row->histograms = arena_array(arena, monitor->column_count, sizeof *row->histograms);
    fill_term(&version->numerator, total, &counting, row, arena);
    fill_term(&version->denominator, total, &counting, row, arena);
    return row;
}
