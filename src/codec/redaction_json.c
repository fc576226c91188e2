/*
 * What a `geredigeerd` record says, there and back: which record, its digest before and of what was
 * left, and why. Members that are not known here are passed over; without the three that matter
 * there is no redaction.
 */
#include "codec/redaction_json.h"

#include "base/memory.h"
#include "codec/json_scan.h"
#include "codec/json_writer.h"

static void put_digest(struct json *json, const char *key, const struct digest *digest)
{
    struct text hex = {0};
    digest_put(&hex, digest);
    json_text(json, key, text_slice(&hex));
    text_done(&hex);
}

void redaction_json_write(struct text *text, const struct redaction *redaction, struct slice reason)
{
    struct text id = {0};
    struct json json;
    record_id_put(&id, redaction->target);
    json_init(&json, text);
    json_open_object(&json, NULL);
    json_text(&json, "kenmerk", text_slice(&id));
    json_text(&json, "reden", reason);
    put_digest(&json, "rest", &redaction->rest);
    put_digest(&json, "was", &redaction->was);
    json_close_object(&json);
    text_done(&id);
}

/* What has been read so far. */
struct found {
    struct redaction redaction;
    bool target, was, rest;
};

static void take_member(struct found *found, struct slice key, struct slice value)
{
    if (slice_is(key, "kenmerk"))
        found->target = record_id_parse(value, &found->redaction.target);
    else if (slice_is(key, "was"))
        found->was = digest_parse(value, &found->redaction.was);
    else if (slice_is(key, "rest"))
        found->rest = digest_parse(value, &found->redaction.rest);
}

static bool read_members(struct scan *scan, struct found *found)
{
    struct slice key, value;
    if (scan_peek(scan) != SCAN_OBJECT || !scan_open(scan)) return false;
    while (scan_member(scan, &key)) {
        if (scan_peek(scan) != SCAN_TEXT) {
            scan_skip(scan);
        } else if (scan_text(scan, &value)) {
            take_member(found, key, value);
        }
    }
    scan_finish(scan);
    return !scan->broken && found->target && found->was && found->rest;
}

struct redaction *redaction_json_read(struct slice content)
{
    struct arena arena;
    struct findings findings;
    struct scan scan;
    struct found found = {0};
    arena_init(&arena);
    findings_init(&findings, &arena);
    /* The scan wants a NUL behind its text. */
    scan_init(&scan, arena_copy(&arena, content), &arena, &findings);
    const bool sound = read_members(&scan, &found) && findings.count == 0;
    scan_done(&scan);
    arena_done(&arena);
    if (!sound) return NULL;
    struct redaction *redaction = memory_new(sizeof *redaction);
    *redaction = found.redaction;
    return redaction;
}
