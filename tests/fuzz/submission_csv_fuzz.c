/*
 * Any bytes at all, as UTF-8 and as Windows-1252: the reader of deliveries in CSV answers without
 * harm, and what it could read without findings is written as CSV, which reads as the same
 * delivery. The questionnaire has every kind of measure, divided and not.
 */
#include <stdlib.h>

#include "codec/submission_csv.h"
#include "codec/submission_json.h"
#include "fuzz/target.h"

static const struct part PARTS[] = {
    {.id = SLICE_LITERAL("jeugdbescherming")}, {.id = SLICE_LITERAL("jeugdreclassering")},
    {.id = SLICE_LITERAL("jurist")},           {.id = SLICE_LITERAL("start")},
    {.id = SLICE_LITERAL("intern")},           {.id = SLICE_LITERAL("")},
};

static const struct measure MEASURES[] = {
    {.id = SLICE_LITERAL("clienten"), .parts = PARTS, .part_count = 2, .divided = true},
    {.id = SLICE_LITERAL("fte"),
     .kind = MEASURE_NUMBER,
     .decimals = 2,
     .parts = PARTS + 2,
     .part_count = 1,
     .divided = true},
    {.id = SLICE_LITERAL("wachtlijst"),
     .kind = MEASURE_WAITING,
     .parts = PARTS + 3,
     .part_count = 2,
     .divided = true},
    {.id = SLICE_LITERAL("lijst"), .kind = MEASURE_WAITING, .parts = PARTS + 5, .part_count = 1},
    {.id = SLICE_LITERAL("plaatsen"), .parts = PARTS + 5, .part_count = 1},
};

static const struct rulebook RULEBOOK = {
    .monitor = {.measures = MEASURES, .measure_count = sizeof MEASURES / sizeof MEASURES[0]},
};

/* The canonical form of what the bytes say, and as CSV; false where there are findings. */
static bool rewrite(struct slice body, enum csv_charset charset, struct text *ret_json,
                    struct text *ret_csv)
{
    const struct submission_csv source = {.body = body, .charset = charset, .rulebook = &RULEBOOK};
    struct arena arena;
    struct findings findings;
    arena_init(&arena);
    findings_init(&findings, &arena);
    struct submission *submission = submission_csv_read(&source, &findings);
    if (submission == NULL && findings.count == 0) abort();
    if (submission != NULL) {
        submission_json_write(ret_json, submission);
        submission_csv_write(ret_csv, submission);
    }
    const bool sound = findings.count == 0;
    submission_free(submission);
    arena_done(&arena);
    return sound;
}

static void try_charset(struct slice body, enum csv_charset charset)
{
    struct text json = {0}, csv = {0}, json_again = {0}, csv_again = {0};
    if (rewrite(body, charset, &json, &csv)) {
        if (!rewrite(text_slice(&csv), CSV_UTF8, &json_again, &csv_again)) abort();
        if (!slice_equal(text_slice(&json), text_slice(&json_again))) abort();
        if (!slice_equal(text_slice(&csv), text_slice(&csv_again))) abort();
    }
    text_done(&json);
    text_done(&csv);
    text_done(&json_again);
    text_done(&csv_again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct slice body = slice_from((const char *)data, size);
    try_charset(body, CSV_UTF8);
    try_charset(body, CSV_WINDOWS_1252);
    return 0;
}
