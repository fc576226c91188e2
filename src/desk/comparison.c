/*
 * A delivery beside others: what differs from what stood before it, what differs from the preceding
 * peildatum, and the figures that follow from it beside those of then. Receipts and try-outs show
 * the same, by the rulebook and the log as of one record. What that rulebook does not know (an
 * organisation that has left the register since the delivery was checked) is left out.
 */
#include "desk/comparison.h"

#include "core/row.h"
#include "core/series.h"

/* ---- what changed ---- */

/* Missing is an absent key, "niet van toepassing" is null. */
static void put_figure(struct json *json, const char *key, const struct figure *figure,
                       uint8_t decimals)
{
    const struct decimal value = {.units = figure->units, .decimals = decimals};
    if (figure->presence == PRESENCE_NOT_APPLICABLE) json_null(json, key);
    if (figure->presence == PRESENCE_VALUE) json_decimal(json, key, value);
}

static bool figures_equal(const struct figure *a, const struct figure *b)
{
    if (a->presence != b->presence) return false;
    return a->presence != PRESENCE_VALUE || a->units == b->units;
}

/* One column of a delivery, then and now. */
static void put_change(struct json *json, const struct column *column, const struct figure *was,
                       const struct figure *becomes)
{
    if (figures_equal(was, becomes)) return;
    json_open_object(json, NULL);
    json_text(json, "cijfer", column->id);
    put_figure(json, "was", was, column->decimals);
    put_figure(json, "wordt", becomes, column->decimals);
    json_close_object(json);
}

static void put_changes(struct json *json, const struct comparison *comparison,
                        const struct submission *earlier, struct date date)
{
    const struct rulebook *rulebook = comparison->rulebook;
    const struct slice total = {0};
    const struct row was = row_of(rulebook, earlier, total, date, comparison->arena);
    const struct row becomes =
        row_of(rulebook, comparison->submission, total, comparison->peildatum, comparison->arena);
    for (size_t i = 0; i < rulebook->monitor.column_count; i++)
        put_change(json, &rulebook->monitor.columns[i], &was.values[i], &becomes.values[i]);
}

void comparison_put_changes(struct json *json, const char *key, const struct comparison *comparison,
                            const struct submission *was)
{
    json_open_array(json, key);
    if (comparison->rulebook != NULL && was != NULL)
        put_changes(json, comparison, was, comparison->peildatum);
    json_close_array(json);
}

/* ---- the preceding peildatum ---- */

/* What counted there, and when that was; NULL if nothing did. */
static const struct submission *preceding(const struct comparison *comparison,
                                          struct date *ret_date)
{
    if (comparison->rulebook == NULL) return NULL;
    const struct monitor *monitor = &comparison->rulebook->monitor;
    const struct peildatum *peildatum = monitor_find_peildatum(monitor, comparison->peildatum);
    const struct peildatum *before =
        peildatum == NULL ? NULL : monitor_preceding(monitor, peildatum);
    if (before == NULL) return NULL;
    const struct revision *counting = state_counting(comparison->state, before->date,
                                                     comparison->organisation, comparison->known);
    if (counting == NULL) return NULL;
    *ret_date = before->date;
    return counting->submission;
}

void comparison_put_course(struct json *json, const char *key, const struct comparison *comparison)
{
    struct date date;
    const struct submission *before = preceding(comparison, &date);
    json_open_array(json, key);
    if (before != NULL) put_changes(json, comparison, before, date);
    json_close_array(json);
}

/* ---- the figures that follow ---- */

static const struct point *find_point(const struct series *series, struct slice id)
{
    for (size_t i = 0; i < series->count; i++) {
        if (slice_equal(series->points[i].id, id)) return &series->points[i];
    }
    return NULL;
}

static void put_indicator(struct json *json, const struct point *point,
                          const struct point *preceding)
{
    json_open_object(json, NULL);
    json_text(json, "indicator", point->id);
    if (point->value.present)
        json_decimal(json, "waarde", point->value.value);
    else
        json_puts(json, "reden", reason_id(point->reason));
    if (preceding != NULL && preceding->value.present)
        json_decimal(json, "vorige", preceding->value.value);
    json_close_object(json);
}

static void put_indicators(struct json *json, const struct comparison *comparison,
                           const struct organisation *organisation)
{
    struct date date;
    const struct submission *before = preceding(comparison, &date);
    const struct series series =
        series_of_submission(comparison->rulebook, organisation, comparison->submission,
                             comparison->peildatum, comparison->arena);
    struct series earlier = {.count = 0};
    if (before != NULL)
        earlier = series_of_submission(comparison->rulebook, organisation, before, date,
                                       comparison->arena);
    for (size_t i = 0; i < series.count; i++)
        put_indicator(json, &series.points[i], find_point(&earlier, series.points[i].id));
}

void comparison_put_indicators(struct json *json, const char *key,
                               const struct comparison *comparison)
{
    const struct organisation *organisation =
        comparison->rulebook == NULL ? NULL
                                     : directory_find_organisation(&comparison->rulebook->directory,
                                                                   comparison->organisation);
    json_open_array(json, key);
    if (organisation != NULL) put_indicators(json, comparison, organisation);
    json_close_array(json);
}
