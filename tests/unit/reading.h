#ifndef GIMON_TESTS_READING_H
#define GIMON_TESTS_READING_H

#include "core/finding.h"
#include "core/submission.h"

/* Deliveries of one value, reason or waiting list. */
#define NUMBER(word) "{\"cijfers\": {\"a\": " word "}}"
#define NOTE(text)   "{\"toelichtingen\": {\"sprong\": \"" text "\"}}"
#define ROWS(rows)   "{\"cijfers\": {\"w\": {\"d\": [" rows "]}}}"

/* What a reading came to. */
struct reading {
    struct arena arena;
    struct findings findings;
    struct submission *submission;
};

/* Reads a delivery; reading_done gives everything back. */
void reading_of(struct reading *reading, struct slice body);
void reading_of_text(struct reading *reading, const char *body);
void reading_done(struct reading *reading);

/* Fails where the text is another, and shows it. */
void reading_expect_text(struct slice slice, const char *expected);

#endif
