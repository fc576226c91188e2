/*
 * "Not applicable" of a whole becomes that of each part, in canonical order and in place; what is
 * no such thing stays as it was delivered.
 */
#include "core/division.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/text.h"

static const struct part PARTS[] = {{.id = SLICE_LITERAL("vertrokken")},
                                    {.id = SLICE_LITERAL("inDienst")}};
static const struct part WHOLE[] = {{.id = SLICE_LITERAL("")}};
static const struct measure MEASURES[] = {
    {.id = SLICE_LITERAL("verloop"), .divided = true, .parts = PARTS, .part_count = 2},
    {.id = SLICE_LITERAL("plaatsen"), .parts = WHOLE, .part_count = 1},
};
static const struct monitor MONITOR = {.measures = MEASURES, .measure_count = 2};

/* `region/measure/part`, null without `=`; every entry at a line of its own. */
static struct entry entry_of(const char *words, unsigned line)
{
    struct slice value, rest;
    struct entry entry = {.line = line, .kind = VALUE_NOT_APPLICABLE};
    if (slice_cut(slice_of(words), '=', &rest, &value)) entry.kind = VALUE_NUMBER;
    assert_true(slice_cut(rest, '/', &entry.region, &rest));
    assert_true(slice_cut(rest, '/', &entry.measure, &entry.part));
    return entry;
}

/* The entries once divided, one a line, each with the line it came from. */
static void check_divided(const char *const *words, size_t count, const char *expected)
{
    struct submission *submission = submission_new();
    struct collection collection = {.entry_count = count};
    struct text text = {0};
    collection.entries = arena_array(&submission->arena, count, sizeof *collection.entries);
    for (size_t i = 0; i < count; i++)
        collection.entries[i] = entry_of(words[i], (unsigned)i + 1);
    submission_settle(submission, &collection);
    submission_divide(submission, &MONITOR);
    for (size_t i = 0; i < submission->entry_count; i++) {
        const struct entry *entry = &submission->entries[i];
        text_printf(&text, "%.*s/%.*s/%.*s%s %u\n", (int)entry->region.len, entry->region.ptr,
                    (int)entry->measure.len, entry->measure.ptr, (int)entry->part.len,
                    entry->part.ptr, entry->kind == VALUE_NUMBER ? "=" : "", entry->line);
        assert_ptr_equal(submission_find(submission, entry->measure, entry->part, entry->region),
                         entry);
    }
    text_putc(&text, '\0');
    assert_string_equal(text.ptr, expected);
    text_done(&text);
    submission_free(submission);
}

static void test_a_whole_becomes_its_parts_in_totals_and_regions(void **state)
{
    static const char *const WORDS[] = {"/verloop/", "JZ01/verloop/", "/plaatsen/=1", "/zaken/"};
    (void)state;
    check_divided(WORDS, 4,
                  "/plaatsen/= 3\n/verloop/inDienst 1\n/verloop/vertrokken 1\n/zaken/ 4\n"
                  "JZ01/verloop/inDienst 2\nJZ01/verloop/vertrokken 2\n");
}

static void test_what_is_not_divided_stays(void **state)
{
    static const char *const WORDS[] = {"/plaatsen/", "/verloop/=7", "/onbekend/"};
    (void)state;
    check_divided(WORDS, 3, "/onbekend/ 3\n/plaatsen/ 1\n/verloop/= 2\n");
}

static void test_a_whole_beside_a_part_stays(void **state)
{
    static const char *const WORDS[] = {"/verloop/", "/verloop/inDienst=7", "JZ01/verloop/"};
    (void)state;
    check_divided(WORDS, 3,
                  "/verloop/ 1\n/verloop/inDienst= 2\n"
                  "JZ01/verloop/inDienst 3\nJZ01/verloop/vertrokken 3\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_becomes_its_parts_in_totals_and_regions),
        cmocka_unit_test(test_what_is_not_divided_stays),
        cmocka_unit_test(test_a_whole_beside_a_part_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
