/*
 * A delivery as a value: settled into canonical order whatever order it was collected in, found
 * again by name, waiting rows merged without ever overflowing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "core/submission.h"

static void test_settled_entries_are_sorted_and_found(void **state)
{
    (void)state;
    static const char *const NAMES[][3] = {
        {"JZ02", "a", "y"}, {"", "b", ""}, {"JZ01", "a", "x"}, {"", "a", "y"}, {"", "a", "x"},
    };
    struct submission *submission = submission_new();
    struct collection collection = {.entry_count = 5};
    collection.entries = arena_array(&submission->arena, 5, sizeof *collection.entries);
    for (size_t i = 0; i < 5; i++) {
        collection.entries[i] = (struct entry){
            .region = slice_of(NAMES[i][0]),
            .measure = slice_of(NAMES[i][1]),
            .part = slice_of(NAMES[i][2]),
            .line = (unsigned)i + 1,
        };
    }
    submission_settle(submission, &collection);
    for (size_t i = 0; i < 5; i++) {
        const struct entry *entry = submission_find(submission, slice_of(NAMES[i][1]),
                                                    slice_of(NAMES[i][2]), slice_of(NAMES[i][0]));
        assert_non_null(entry);
        assert_int_equal(entry->line, i + 1);
    }
    assert_int_equal(submission->entries[0].line, 5);
    assert_int_equal(submission->entries[4].line, 1);
    assert_null(submission_find(submission, slice_of("a"), slice_of(""), slice_of("")));
    submission_free(submission);
}

/* What is kept stands on its own, and is what was read. */
static void test_a_packed_submission_says_the_same(void **state)
{
    (void)state;
    struct submission *submission = submission_new();
    struct waiting_row rows[] = {{.since = {.day = 7}, .count = 3},
                                 {.since = {.day = 9}, .count = 1}};
    struct entry entries[] = {
        {.measure = slice_of("a"), .part = slice_of("x"), .number = {.units = 1834}},
        {.measure = slice_of("a"),
         .part = slice_of("y"),
         .kind = VALUE_DATES,
         .rows = rows,
         .row_count = 2},
        {.measure = slice_of("b"), .part = slice_of("y"), .kind = VALUE_NOT_APPLICABLE},
        {.measure = slice_of("b"), .region = slice_of("JZ01"), .number = {.units = 5}},
    };
    struct declared declared[] = {{.indicator = slice_of("last"), .value = {.units = 124}}};
    struct note notes[] = {{.code = slice_of("algemeen"), .text = slice_of("proef")}};
    submission_settle(submission, &(struct collection){.entries = entries,
                                                       .entry_count = 4,
                                                       .declared = declared,
                                                       .declared_count = 1,
                                                       .notes = notes,
                                                       .note_count = 1});
    struct submission *packed = submission_pack(submission);
    submission_free(submission);
    rows[1].count = declared[0].value.units = 0;
    notes[0].code = (struct slice){0};

    assert_int_equal(packed->entry_count, 4);
    for (size_t i = 0; i < 4; i++) {
        const struct entry *found =
            submission_find(packed, entries[i].measure, entries[i].part, entries[i].region);
        assert_ptr_equal(found, &packed->entries[i]);
        assert_int_equal(found->kind, entries[i].kind);
        assert_int_equal(found->number.units, entries[i].number.units);
    }
    assert_int_equal(packed->entries[1].row_count, 2);
    assert_int_equal(packed->entries[1].rows[0].since.day, 7);
    assert_int_equal(packed->entries[1].rows[1].count, 1);
    assert_int_equal(packed->declared[0].value.units, 124);
    assert_true(slice_is(packed->declared[0].indicator, "last"));
    assert_true(slice_is(submission_note(packed, slice_of("algemeen")), "proef"));
    submission_free(packed);
}

static void test_an_empty_submission_has_nothing(void **state)
{
    (void)state;
    struct submission *submission = submission_new();
    assert_null(submission_find(submission, slice_of("a"), slice_of(""), slice_of("")));
    assert_int_equal(submission_note(submission, slice_of("sprong")).len, 0);
    struct submission *packed = submission_pack(submission);
    assert_int_equal(packed->entry_count + packed->declared_count + packed->note_count, 0);
    submission_free(packed);
    submission_free(submission);
    submission_free(NULL);
}

static void test_notes_are_found_by_code(void **state)
{
    (void)state;
    struct submission *submission = submission_new();
    struct note notes[] = {
        {.code = slice_of("sprong"), .text = slice_of("omdat")},
        {.code = slice_of("algemeen"), .text = slice_of("proef")},
    };
    submission_settle(submission, &(struct collection){.notes = notes, .note_count = 2});
    assert_true(slice_is(submission_note(submission, slice_of("sprong")), "omdat"));
    assert_true(slice_is(submission_note(submission, slice_of("algemeen")), "proef"));
    assert_int_equal(submission_note(submission, slice_of("spron")).len, 0);
    submission_free(submission);
}

static void test_names_sort_by_utf16_code_unit(void **state)
{
    (void)state;
    const struct slice private_use = slice_of("\xEE\x80\x80");       /* U+E000 */
    const struct slice last_in_plane = slice_of("\xEF\xBF\xBD");     /* U+FFFD */
    const struct slice beyond_plane = slice_of("\xF0\x90\x80\x80");  /* U+10000: D800 DC00 */
    const struct slice before_surrogates = slice_of("\xED\x9F\xBF"); /* U+D7FF */
    assert_true(submission_compare_names(beyond_plane, private_use) < 0);
    assert_true(submission_compare_names(beyond_plane, last_in_plane) < 0);
    assert_true(submission_compare_names(before_surrogates, beyond_plane) < 0);
    assert_true(submission_compare_names(private_use, last_in_plane) < 0);
    assert_true(submission_compare_names(slice_of("a"), slice_of("ab")) < 0);
    assert_int_equal(submission_compare_names(slice_of("ab"), slice_of("ab")), 0);
}

static struct waiting_row row(int32_t day, int64_t count)
{
    return (struct waiting_row){.since = {.day = day}, .count = count};
}

static void test_rows_settle_from_any_order(void **state)
{
    (void)state;
    struct waiting_row mixed[] = {row(3, 1), row(1, 2), row(3, 4), row(2, 0), row(1, 1)};
    struct waiting_row descending[] = {row(9, 1), row(5, 2), row(4, 0), row(2, 3)};
    bool overflow = false;
    assert_int_equal(waiting_rows_settle(mixed, 5, &overflow), 2);
    assert_int_equal(mixed[0].since.day, 1);
    assert_int_equal(mixed[0].count, 3);
    assert_int_equal(mixed[1].since.day, 3);
    assert_int_equal(mixed[1].count, 5);
    assert_int_equal(waiting_rows_settle(descending, 4, &overflow), 3);
    assert_int_equal(descending[0].since.day, 2);
    assert_int_equal(descending[2].since.day, 9);
    assert_int_equal(waiting_rows_settle(NULL, 0, &overflow), 0);
    assert_false(overflow);
}

static void test_rows_never_overflow(void **state)
{
    (void)state;
    struct waiting_row rows[20];
    bool overflow = false;
    for (size_t i = 0; i < 20; i++)
        rows[i] = row(7, WAITING_COUNT_MOST);
    assert_int_equal(waiting_rows_settle(rows, 20, &overflow), 1);
    assert_true(rows[0].count == WAITING_COUNT_MOST);
    assert_true(overflow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settled_entries_are_sorted_and_found),
        cmocka_unit_test(test_a_packed_submission_says_the_same),
        cmocka_unit_test(test_an_empty_submission_has_nothing),
        cmocka_unit_test(test_notes_are_found_by_code),
        cmocka_unit_test(test_names_sort_by_utf16_code_unit),
        cmocka_unit_test(test_rows_settle_from_any_order),
        cmocka_unit_test(test_rows_never_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
