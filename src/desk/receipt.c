/*
 * What a deliverer keeps as proof: which revision stands, what the log says of it (time, digest,
 * chain), what was found, what changed against the revision it replaced, and the figures that
 * follow from it beside those of the preceding peildatum.
 *
 * Everything is taken as of the revision's own record: the rulebook then in force and what then
 * stood on the preceding peildatum. What that rulebook does not know (an organisation that has left
 * the register since the delivery was checked) is left out.
 */
#include "desk/receipt.h"

#include "codec/json_writer.h"
#include "core/row.h"
#include "core/series.h"

static const char *outcome_word(enum outcome outcome)
{
    if (outcome == OUTCOME_NEW) return "nieuw";
    return outcome == OUTCOME_CHANGED ? "gewijzigd" : "ongewijzigd";
}

static void put_id(struct json *json, const char *key, struct record_id id)
{
    struct text text;
    text_init(&text);
    record_id_put(&text, id);
    json_text(json, key, text_slice(&text));
    text_done(&text);
}

static void put_digest(struct json *json, const char *key, const struct digest *digest)
{
    struct text text;
    text_init(&text);
    digest_put(&text, digest);
    json_text(json, key, text_slice(&text));
    text_done(&text);
}

static void put_record(struct json *json, const struct receipt *receipt)
{
    const struct revision *revision = receipt->revision;
    put_id(json, "kenmerk", revision->id);
    json_text(json, "monitor", receipt->monitor);
    json_date(json, "peildatum", receipt->peildatum);
    json_text(json, "organisatie", receipt->organisation);
    json_int(json, "revisie", revision->number);
    json_puts(json, "uitkomst", outcome_word(receipt->outcome));
    json_moment(json, "ontvangenOp", record_id_moment(revision->id));
    json_text(json, "door", revision->by);
    json_text(json, "sha256", revision->sha256);
    put_digest(json, "keten", &revision->head);
    json_raw(json, "bevindingen", revision->findings.len > 0 ? revision->findings : slice_of("[]"));
}

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

static void put_changes(struct json *json, const struct receipt *receipt,
                        const struct rulebook *rulebook, struct arena *arena)
{
    const struct slice total = {0};
    const struct row was =
        row_of(rulebook, receipt->before->submission, total, receipt->peildatum, arena);
    const struct row becomes =
        row_of(rulebook, receipt->revision->submission, total, receipt->peildatum, arena);
    for (size_t i = 0; i < rulebook->monitor.column_count; i++) {
        const struct column *column = &rulebook->monitor.columns[i];
        if (figures_equal(&was.values[i], &becomes.values[i])) continue;
        json_open_object(json, NULL);
        json_text(json, "cijfer", column->id);
        put_figure(json, "was", &was.values[i], column->decimals);
        put_figure(json, "wordt", &becomes.values[i], column->decimals);
        json_close_object(json);
    }
}

/* ---- the figures that follow ---- */

/* The figures of what stood on the preceding peildatum; none if nothing stood there. */
static struct series preceding_series(const struct receipt *receipt,
                                      const struct rulebook *rulebook,
                                      const struct organisation *organisation, struct arena *arena)
{
    const struct peildatum *peildatum =
        monitor_find_peildatum(&rulebook->monitor, receipt->peildatum);
    const struct peildatum *before =
        peildatum == NULL ? NULL : monitor_preceding(&rulebook->monitor, peildatum);
    if (before == NULL) return (struct series){0};
    const struct revision *standing =
        state_standing(receipt->state, before->date, organisation->id, receipt->revision->id);
    if (standing == NULL) return (struct series){0};
    return series_of_submission(rulebook, organisation, standing->submission, before->date, arena);
}

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

static void put_indicators(struct json *json, const struct receipt *receipt,
                           const struct rulebook *rulebook, struct arena *arena)
{
    const struct organisation *organisation =
        directory_find_organisation(&rulebook->directory, receipt->organisation);
    if (organisation == NULL) return;
    const struct series series = series_of_submission(
        rulebook, organisation, receipt->revision->submission, receipt->peildatum, arena);
    const struct series preceding = preceding_series(receipt, rulebook, organisation, arena);
    for (size_t i = 0; i < series.count; i++)
        put_indicator(json, &series.points[i], find_point(&preceding, series.points[i].id));
}

void receipt_write(struct text *text, const struct receipt *receipt, struct arena *arena)
{
    const struct rulebook *rulebook = state_rulebook(receipt->state, receipt->revision->id, NULL);
    struct json json;
    json_init(&json, text);
    json_open_object(&json, NULL);
    put_record(&json, receipt);
    json_open_array(&json, "verschil");
    if (rulebook != NULL && receipt->before != NULL) put_changes(&json, receipt, rulebook, arena);
    json_close_array(&json);
    json_open_array(&json, "indicatoren");
    if (rulebook != NULL) put_indicators(&json, receipt, rulebook, arena);
    json_close_array(&json);
    json_close_object(&json);
}
