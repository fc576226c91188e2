/*
 * Findings on their way out: one object each, keys in the order of the contract, absent ones left
 * out. What was found is shown as it was written: a number that is exact stays a number, anything
 * else becomes a text, so that no reader can choke on `1e999` or half a value.
 */
#include "codec/findings_json.h"

#include <string.h>

static bool is_json_value(struct slice found)
{
    struct decimal ignored;
    return slice_is(found, "null") || slice_is(found, "true") || slice_is(found, "false") ||
           decimal_parse(found, &ignored) == DECIMAL_OK;
}

static void put_found(struct json *json, struct slice found)
{
    if (found.len == 0) return;
    if (is_json_value(found)) {
        json_raw(json, "waarde", found);
    } else {
        json_text(json, "waarde", found);
    }
}

static void put_finding(struct json *json, const struct finding *finding)
{
    json_open_object(json, NULL);
    json_text(json, "code", finding->code);
    json_puts(json, "ernst", severity_id(finding->severity));
    json_text_if(json, "toelichting", finding->explanation);
    json_text_if(json, "plaats", finding->place);
    if (finding->line > 0) {
        json_int(json, "regel", finding->line);
        json_int(json, "kolom", finding->column);
    }
    json_text_if(json, "melding", finding->message);
    put_found(json, finding->found);
    json_text_if(json, "verwacht", finding->allowed);
    json_close_object(json);
}

void findings_json_put(struct json *json, const char *key, const struct findings *findings)
{
    json_open_array(json, key);
    for (size_t i = 0; i < findings->count; i++)
        put_finding(json, &findings->items[i]);
    json_close_array(json);
}

void findings_json_write(struct text *text, const struct findings *findings)
{
    struct json json;
    json_init(&json, text);
    findings_json_put(&json, NULL, findings);
}

/* Inside a text every quote is escaped, so these bytes are nothing but the member itself. */
void findings_json_count(struct slice array, unsigned counts[SEVERITY_COUNT])
{
    static const struct slice MEMBER = SLICE_LITERAL("\"ernst\":\"");
    if (array.len == 0) return;
    const char *const end = array.ptr + array.len;
    const char *at = array.ptr;
    while (at < end && (at = memmem(at, (size_t)(end - at), MEMBER.ptr, MEMBER.len)) != NULL) {
        struct slice id, rest;
        enum severity severity = SEVERITY_COUNT;
        at += MEMBER.len;
        slice_cut(slice_from(at, (size_t)(end - at)), '"', &id, &rest);
        if (severity_parse(id, &severity)) counts[severity]++;
    }
}
