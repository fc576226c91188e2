/*
 * Editions as JSON: what is frozen, and the log's own word for it. It looks the same when it is
 * made and for ever after. It cannot fail.
 */
#include "codec/render_edition.h"

static void put_id(struct json *json, const char *key, struct record_id id)
{
    struct text text;
    text_init(&text);
    record_id_put(&text, id);
    json_text(json, key, text_slice(&text));
    text_done(&text);
}

static void put_head(struct json *json, const struct digest *head)
{
    struct text text;
    text_init(&text);
    digest_put(&text, head);
    json_text(json, "keten", text_slice(&text));
    text_done(&text);
}

static void put_peildata(struct json *json, const struct edition *edition)
{
    if (edition->peildatum_count == 0) return;
    json_open_array(json, "peildata");
    for (size_t i = 0; i < edition->peildatum_count; i++)
        json_date(json, NULL, edition->peildata[i]);
    json_close_array(json);
}

void render_edition_put(struct json *json, const struct edition *edition, struct slice monitor)
{
    json_text(json, "naam", edition->name);
    json_text(json, "monitor", monitor);
    json_puts(json, "status", status_id(edition->status));
    put_id(json, "bekendOp", edition->known);
    json_moment(json, "bekendOpMoment", record_id_moment(edition->known));
    put_peildata(json, edition);
    json_text_if(json, "toelichting", edition->note);
    put_id(json, "kenmerk", edition->id);
    json_moment(json, "ontvangenOp", record_id_moment(edition->id));
    json_text(json, "door", edition->by);
    json_text(json, "sha256", edition->sha256);
    put_head(json, &edition->head);
    if (edition->redacted.ms > 0) put_id(json, "geredigeerd", edition->redacted);
}

static void put_public(struct json *json, const struct edition *edition, struct slice monitor)
{
    json_text(json, "naam", edition->name);
    json_text(json, "monitor", monitor);
    json_puts(json, "status", status_id(edition->status));
    json_moment(json, "bekendOpMoment", record_id_moment(edition->known));
    put_peildata(json, edition);
    json_moment(json, "ontvangenOp", record_id_moment(edition->id));
}

static void put_object(struct json *json, const struct edition *edition, struct slice monitor,
                       enum edition_detail detail)
{
    json_open_object(json, NULL);
    if (detail == EDITION_WHOLE)
        render_edition_put(json, edition, monitor);
    else
        put_public(json, edition, monitor);
    json_close_object(json);
}

void render_edition_json(struct text *text, const struct edition *edition, struct slice monitor,
                         enum edition_detail detail)
{
    struct json json;
    json_init(&json, text);
    put_object(&json, edition, monitor, detail);
}

void render_editions_json(struct text *text, const struct editions *editions, struct slice monitor,
                          enum edition_detail detail)
{
    struct json json;
    json_init(&json, text);
    json_open_object(&json, NULL);
    json_open_array(&json, "edities");
    for (size_t i = 0; i < editions->count; i++)
        put_object(&json, editions->items[i], monitor, detail);
    json_close_array(&json);
    json_close_object(&json);
}
