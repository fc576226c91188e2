/* Reading a delivery in a test and giving everything back. */
#include "unit/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "codec/submission_json.h"

void reading_of(struct reading *reading, struct slice body)
{
    arena_init(&reading->arena);
    findings_init(&reading->findings, &reading->arena);
    reading->submission = submission_json_read(body, &reading->findings);
}

void reading_of_text(struct reading *reading, const char *body)
{
    reading_of(reading, slice_of(body));
}

void reading_done(struct reading *reading)
{
    submission_free(reading->submission);
    arena_done(&reading->arena);
}

void reading_expect_text(struct slice slice, const char *expected)
{
    if (slice_is(slice, expected)) return;
    fail_msg("\"%.*s\" is not \"%s\"", (int)slice.len, slice.ptr, expected);
}
