/*
 * Findings on their way out: one object each, keys in the order of the contract, absent ones left
 * out. What was found is shown as it was written: a number that is exact stays a number, anything
 * else becomes a text, so that no reader can choke on `1e999` or half a value.
 */
#include "codec/findings_json.h"

#include "codec/json_scan.h"

#include <string.h>

static bool is_json_value(struct slice found)
{
    struct decimal ignored;
    return slice_is(found, "null") || slice_is(found, "true") || slice_is(found, "false") ||
           decimal_parse(found, &ignored) == DECIMAL_OK;
}

static void put_found(struct json *json, const struct finding *finding)
{
    if (finding->found.len == 0) return;
    if (!finding->found_is_text && is_json_value(finding->found)) {
        json_raw(json, "waarde", finding->found);
    } else {
        json_text(json, "waarde", finding->found);
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
    put_found(json, finding);
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

/* ---- and back ---- */

/* The member of a finding that a key names; NULL for one that is no text. */
static struct slice *text_member(struct finding *finding, struct slice key)
{
    if (slice_is(key, "code")) return &finding->code;
    if (slice_is(key, "toelichting")) return &finding->explanation;
    if (slice_is(key, "plaats")) return &finding->place;
    if (slice_is(key, "melding")) return &finding->message;
    if (slice_is(key, "waarde")) return &finding->found;
    if (slice_is(key, "verwacht")) return &finding->allowed;
    return NULL;
}

static unsigned to_number(struct slice word)
{
    uint64_t number = 0;
    return slice_to_u64(word, &number) && number <= UINT32_MAX ? (unsigned)number : 0;
}

/* Reads one member; `waarde` is a text or a word as it is written. */
static void read_member(struct scan *scan, struct slice key, struct finding *finding)
{
    struct slice value;
    struct slice *const member = text_member(finding, key);
    if (scan_peek(scan) != SCAN_TEXT) {
        value = scan_skip(scan);
        if (member != NULL) *member = value;
        if (slice_is(key, "regel")) finding->line = to_number(value);
        if (slice_is(key, "kolom")) finding->column = to_number(value);
        return;
    }
    if (!scan_text(scan, &value)) return;
    if (member != NULL) *member = value;
    if (slice_is(key, "ernst") && !severity_parse(value, &finding->severity))
        finding->severity = SEVERITY_COUNT;
}

static void read_finding(struct scan *scan, struct findings *findings)
{
    struct finding finding = {.severity = SEVERITY_COUNT};
    struct slice key;
    if (scan_peek(scan) != SCAN_OBJECT) {
        scan_skip(scan);
        return;
    }
    if (!scan_open(scan)) return;
    while (scan_member(scan, &key))
        read_member(scan, key, &finding);
    if (finding.code.len > 0 && finding.severity != SEVERITY_COUNT)
        findings_add(findings, &finding);
}

void findings_json_read(struct slice array, struct findings *findings)
{
    struct findings faults; /* of the text itself; nobody can mend it any more */
    struct scan scan;
    findings_init(&faults, findings->arena);
    scan_init(&scan, arena_copy(findings->arena, array), findings->arena, &faults);
    if (scan_peek(&scan) == SCAN_ARRAY && scan_open(&scan)) {
        while (scan_item(&scan))
            read_finding(&scan, findings);
    }
    scan_done(&scan);
}

/* ---- counting ---- */

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
