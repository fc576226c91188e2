/*
 * Any bytes at all: the delivery reader answers without harm, and what it could read is written in
 * one form, which is read again without findings and written the same.
 */
#include <stdlib.h>

#include "codec/submission_json.h"
#include "fuzz/target.h"

/* Reads and writes; no submission gives an empty text. */
static void rewrite(struct slice body, struct text *text, size_t *ret_findings)
{
    struct arena arena;
    struct findings findings;
    arena_init(&arena);
    findings_init(&findings, &arena);
    struct submission *submission = submission_json_read(body, &findings);
    if (submission != NULL) submission_json_write(text, submission);
    if (submission == NULL && findings.count == 0) abort();
    *ret_findings = findings.count;
    submission_free(submission);
    arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text once = {0}, twice = {0};
    size_t findings = 0, more = 0;
    rewrite(slice_from((const char *)data, size), &once, &findings);
    if (findings == 0) {
        rewrite(text_slice(&once), &twice, &more);
        if (more > 0 || !slice_equal(text_slice(&once), text_slice(&twice))) abort();
    }
    text_done(&once);
    text_done(&twice);
    return 0;
}
