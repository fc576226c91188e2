/*
 * A receipt held against what a daemon says of the same revision: kenmerk, digest and chain head
 * must be the receipt's, and the delivery that the daemon gives must have that digest, computed
 * here. A delivery that was redacted since no longer has it; that is said and is no fault.
 */
#include "cli/verify_receipt.h"

#include "cli/answer_print.h"
#include "cli/command.h"
#include "codec/json_scan.h"
#include "codec/submission_json.h"

#include <stdio.h>
#include <string.h>

enum { TRIES = 3 };

static void put_path(struct text *path, const struct receipt_file *receipt)
{
    text_puts(path, "/v1/monitors/");
    http_put_part(path, slice_of(receipt->monitor));
    text_puts(path, "/peildata/");
    http_put_part(path, slice_of(receipt->peildatum));
    text_puts(path, "/aanleveringen/");
    http_put_part(path, slice_of(receipt->organisation));
    text_printf(path, "/revisies/%u", receipt->revision);
}

/* ---- what the daemon gave ---- */

/* A member of the answer as it is written: cJSON would read its numbers as doubles. */
static struct slice find_raw(struct slice body, const char *wanted, struct arena *arena)
{
    struct findings findings;
    struct scan scan;
    struct slice key, raw = {0};
    findings_init(&findings, arena);
    scan_init(&scan, body, arena, &findings);
    if (scan_peek(&scan) == SCAN_OBJECT && scan_open(&scan)) {
        while (scan_member(&scan, &key)) {
            const struct slice value = scan_skip(&scan);
            if (slice_is(key, wanted)) raw = value;
        }
    }
    const bool sound = !scan.broken;
    scan_done(&scan);
    return sound ? raw : (struct slice){0};
}

/* The digest of a delivery in canonical form; false if there is none to be read. */
static bool digest_delivery(struct slice body, struct arena *arena, struct digest *ret_digest)
{
    struct findings findings;
    struct text canonical = {0};
    const struct slice raw = find_raw(body, "aanlevering", arena);
    findings_init(&findings, arena);
    struct submission *submission =
        raw.len > 0 ? submission_json_read(arena_copy(arena, raw), &findings) : NULL;
    if (submission == NULL) return false;
    submission_json_write(&canonical, submission);
    submission_free(submission);
    *ret_digest = digest_of(text_slice(&canonical));
    text_done(&canonical);
    return findings.count == 0;
}

static struct slice text_of(const cJSON *json, const char *key)
{
    return slice_of(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, key)));
}

/* Whether a text of the answer is that of the receipt; if not, both are shown. */
static bool is_same(const cJSON *answer, const struct receipt_file *receipt, const char *key)
{
    const struct slice there = text_of(answer, key), here = text_of(receipt->json, key);
    if (slice_equal(there, here)) return true;
    printf("%s: the receipt says %.*s, the log says %.*s\n", key, (int)here.len, here.ptr,
           there.len > 0 ? (int)there.len : 7, there.len > 0 ? there.ptr : "nothing");
    return false;
}

static bool holds_delivery(const struct receipt_file *receipt, const cJSON *json, struct slice body)
{
    struct arena arena;
    struct digest digest;
    const struct slice redacted = text_of(json, "geredigeerd");
    if (redacted.len > 0) {
        printf(
            "its free texts were taken out later, by record %.*s: what is left of the delivery "
            "cannot be held against the digest\n",
            (int)redacted.len, redacted.ptr);
        return true;
    }
    arena_init(&arena);
    const bool read = digest_delivery(body, &arena, &digest);
    arena_done(&arena);
    if (read && digest_equal(&digest, &receipt->sha256)) return true;
    printf(read ? "aanlevering: what the daemon gives does not have the digest of the receipt\n"
                : "aanlevering: the daemon gives no delivery that can be read\n");
    return false;
}

static int compare(const struct receipt_file *receipt, const cJSON *json, struct slice body)
{
    static const char *const keys[] = {"kenmerk", "peildatum", "organisatie", "sha256", "keten"};
    bool same = true;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        same = is_same(json, receipt, keys[i]) && same;
    same = holds_delivery(receipt, json, body) && same;
    const struct slice id = text_of(receipt->json, "kenmerk");
    printf("record %.*s: %s\n", (int)id.len, id.ptr,
           same ? "ok, it is on the log unaltered" : "it is NOT on the log as the receipt says");
    return same ? COMMAND_FINE : COMMAND_REFUSED;
}

static int judge(const char *command, const struct receipt_file *receipt,
                 const struct http_answer *answer)
{
    if (answer->status != 200) {
        answer_print_refusal(stderr, command, answer);
        return http_answer_is_absent(answer) ? COMMAND_UNREACHABLE : COMMAND_REFUSED;
    }
    /* The scan wants a NUL behind its text. */
    struct text body = {0};
    text_put(&body, text_slice(&answer->body));
    text_putc(&body, '\0');
    const struct slice whole = slice_from(body.ptr, body.len - 1);
    cJSON *json = cJSON_ParseWithLength(whole.ptr, whole.len);
    int code = COMMAND_REFUSED;
    if (json != NULL)
        code = compare(receipt, json, whole);
    else
        fprintf(stderr, "%s: the answer is no JSON\n", command);
    cJSON_Delete(json);
    text_done(&body);
    return code;
}

int verify_receipt_at_daemon(const char *command, struct http_client *client,
                             const struct receipt_file *receipt)
{
    struct text path = {0};
    put_path(&path, receipt);
    const struct http_question question = {
        .method = "GET", .path = text_slice(&path), .accept = "application/json"};
    struct http_answer answer = http_client_ask(client, &question, TRIES);
    const int code = judge(command, receipt, &answer);
    http_answer_done(&answer);
    text_done(&path);
    return code;
}
