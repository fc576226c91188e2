/*
 * The mirror report as JSON: who and when, then indicators and delivered figures in the words of a
 * series, then the findings as they were on arrival. A figure that is not there is an absent key
 * with its reason beside it. It cannot fail.
 */
#include "codec/json_writer.h"
#include "codec/render.h"
#include "codec/render_mirror.h"

static void put_maybe(struct json *json, const char *key, struct maybe number)
{
    if (number.present) json_decimal(json, key, number.value);
}

static void put_reason(struct json *json, const char *key, enum reason reason)
{
    if (reason != REASON_NONE) json_puts(json, key, reason_id(reason));
}

static void put_response(struct json *json, unsigned received, unsigned expected)
{
    json_open_object(json, "respons");
    json_int(json, "ontvangen", received);
    json_int(json, "verwacht", expected);
    json_close_object(json);
}

static void put_id(struct json *json, const char *key, struct record_id id)
{
    struct text text = {0};
    record_id_put(&text, id);
    json_text(json, key, text_slice(&text));
    text_done(&text);
}

static void put_about(struct json *json, const struct mirror *mirror)
{
    json_text(json, "monitor", mirror->rulebook->monitor.id);
    json_date(json, "peildatum", mirror->peildatum->date);
    if (mirror->previous != NULL) json_date(json, "vorigePeildatum", mirror->previous->date);
    json_text(json, "organisatie", mirror->organisation->id);
    json_text(json, "naam", mirror->organisation->name);
    put_id(json, "kenmerk", mirror->revision->id);
    json_int(json, "revisie", mirror->revision->number);
    json_moment(json, "ontvangenOp", record_id_moment(mirror->revision->id));
    put_response(json, mirror->received, mirror->expected);
}

/* `reeksbreukReden` says why the change is not to be trusted. */
static void put_definition(struct json *json, const struct point *point)
{
    const struct version *version = indicator_version_on(point->indicator, point->peildatum);
    if (point->definition > 0) json_int(json, "definitie", point->definition);
    json_bool(json, "reeksbreuk", point->series_break);
    if (point->series_break && version != NULL)
        json_text_if(json, "reeksbreukReden", version->reason);
}

static void put_previous(struct json *json, const struct mirror_row *row)
{
    if (!row->expected_before) return;
    put_maybe(json, "vorige", row->previous.value);
    put_reason(json, "vorigeReden", row->previous.reason);
    put_maybe(json, "verandering", row->change);
    put_maybe(json, "veranderingProcent", row->percent);
}

static void put_quarter(struct json *json, const struct mirror_row *row)
{
    if (row->quarter > 0) json_int(json, "kwart", row->quarter);
    if (row->quarter == 0)
        json_puts(json, "kwartReden",
                  row->compared < QUARTERS_LEAST ? "te-weinig-organisaties" : "geen-waarde");
    json_int(json, "kwartOnder", row->compared);
}

static void put_row(struct json *json, const struct mirror_row *row)
{
    const struct point *own = &row->own;
    json_open_object(json, NULL);
    json_text(json, row->column == NULL ? "indicator" : "cijfer", own->id);
    json_text(json, "naam", own->indicator->name);
    json_text(json, "eenheid", own->indicator->unit);
    put_maybe(json, "waarde", own->value);
    put_reason(json, "reden", own->reason);
    put_previous(json, row);
    put_definition(json, own);
    put_maybe(json, "norm", own->norm);
    put_quarter(json, row);
    put_response(json, row->received, row->expected);
    json_puts(json, "status", render_status(own));
    json_close_object(json);
}

void mirror_put_json(struct text *text, const struct mirror *mirror)
{
    const struct slice findings = mirror->revision->findings;
    struct json json;
    json_init(&json, text);
    json_open_object(&json, NULL);
    put_about(&json, mirror);
    json_open_array(&json, "indicatoren");
    for (size_t i = 0; i < mirror->indicator_count; i++)
        put_row(&json, &mirror->rows[i]);
    json_close_array(&json);
    json_open_array(&json, "cijfers");
    for (size_t i = mirror->indicator_count; i < mirror->row_count; i++)
        put_row(&json, &mirror->rows[i]);
    json_close_array(&json);
    json_raw(&json, "bevindingen", findings.len > 0 ? findings : slice_of("[]"));
    json_close_object(&json);
}
