/*
 * What an analyst says, in its canonical form (RFC 8785): keys in order, only those that are there.
 * It cannot fail.
 */
#include "codec/json_writer.h"
#include "codec/notice_json.h"

static void put_edition(struct json *json, const struct notice *notice)
{
    json_text_if(json, "bekendOp", notice->known);
    json_text(json, "naam", notice->name);
    if (notice->peildatum_count > 0) json_open_array(json, "peildata");
    for (size_t i = 0; i < notice->peildatum_count; i++)
        json_date(json, NULL, notice->peildata[i]);
    if (notice->peildatum_count > 0) json_close_array(json);
    json_puts(json, "status", status_id(notice->status));
    json_text_if(json, "toelichting", notice->text);
}

static void put_other(struct json *json, const struct notice *notice)
{
    json_text(json, notice->kind == RECORD_REMARK ? "opmerking" : "reden", notice->text);
    if (notice->has_revision) json_int(json, "revisie", notice->revision);
    if (notice->kind == RECORD_SET_ASIDE) json_bool(json, "terzijde", notice->aside);
    if (notice->kind == RECORD_REOPENING) json_date(json, "tot", notice->until);
}

void notice_json_write(struct text *text, const struct notice *notice)
{
    struct json json;
    json_init(&json, text);
    json_open_object(&json, NULL);
    if (notice->kind == RECORD_EDITION)
        put_edition(&json, notice);
    else
        put_other(&json, notice);
    json_close_object(&json);
}
