/*
 * A delivery as a value: three sorted arrays in one arena. A reader collects in the order of its
 * file and settles once; from then on everything is found by halving. Nothing here can fail, and
 * what was not delivered is NULL or empty.
 */
#include "core/submission.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct submission *submission_new(void)
{
    struct submission *submission = memory_new(sizeof *submission);
    arena_init(&submission->arena);
    return submission;
}

void submission_free(struct submission *submission)
{
    if (submission == NULL) return;
    arena_done(&submission->arena);
    memory_free(submission);
}

static void copy_entry(struct arena *arena, struct entry *entry)
{
    const size_t size = entry->row_count * sizeof *entry->rows;
    struct waiting_row *rows = arena_array(arena, entry->row_count, sizeof *rows);
    if (size > 0) memcpy(rows, entry->rows, size);
    entry->measure = arena_copy(arena, entry->measure);
    entry->part = arena_copy(arena, entry->part);
    entry->region = arena_copy(arena, entry->region);
    entry->written = arena_copy(arena, entry->written);
    entry->rows = rows;
}

struct submission *submission_without_notes(const struct submission *submission)
{
    struct submission *copy = submission_new();
    struct arena *arena = &copy->arena;
    struct entry *entries = arena_array(arena, submission->entry_count, sizeof *entries);
    struct declared *declared = arena_array(arena, submission->declared_count, sizeof *declared);
    for (size_t i = 0; i < submission->entry_count; i++) {
        entries[i] = submission->entries[i];
        copy_entry(arena, &entries[i]);
    }
    for (size_t i = 0; i < submission->declared_count; i++) {
        declared[i] = submission->declared[i];
        declared[i].indicator = arena_copy(arena, declared[i].indicator);
    }
    copy->entries = entries;
    copy->entry_count = submission->entry_count;
    copy->declared = declared;
    copy->declared_count = submission->declared_count;
    return copy;
}

/*
 * UTF-8 sorts as code points do. UTF-16 puts U+E000 to U+FFFF (first byte EE or EF) behind all that
 * lies beyond the basic plane (first byte F0 to F4), since that begins with a surrogate.
 */
static int rank_utf16(unsigned char byte)
{
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte;
}

int submission_compare_names(struct slice a, struct slice b)
{
    const size_t shared = a.len < b.len ? a.len : b.len;
    for (size_t i = 0; i < shared; i++) {
        if (a.ptr[i] == b.ptr[i]) continue;
        return rank_utf16((unsigned char)a.ptr[i]) - rank_utf16((unsigned char)b.ptr[i]);
    }
    return (a.len > b.len) - (a.len < b.len);
}

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
    int order = submission_compare_names(a->region, b->region);
    if (order == 0) order = submission_compare_names(a->measure, b->measure);
    if (order == 0) order = submission_compare_names(a->part, b->part);
    return order;
}

static int compare_declared(const void *left, const void *right)
{
    const struct declared *a = left;
    const struct declared *b = right;
    return submission_compare_names(a->indicator, b->indicator);
}

static int compare_notes(const void *left, const void *right)
{
    const struct note *a = left;
    const struct note *b = right;
    return submission_compare_names(a->code, b->code);
}

static int compare_rows(const void *left, const void *right)
{
    const struct waiting_row *a = left;
    const struct waiting_row *b = right;
    return date_compare(a->since, b->since);
}

typedef int compare_function(const void *left, const void *right);

/* What comes from a canonical delivery is sorted already. */
static bool is_sorted(const char *items, size_t count, size_t size, compare_function *compare)
{
    for (size_t i = 1; i < count; i++) {
        if (compare(items + (i - 1) * size, items + i * size) > 0) return false;
    }
    return true;
}

static void sort(void *items, size_t count, size_t size, compare_function *compare)
{
    if (!is_sorted(items, count, size, compare)) qsort(items, count, size, compare);
}

void submission_settle(struct submission *submission, const struct collection *collection)
{
    sort(collection->entries, collection->entry_count, sizeof(struct entry), compare_entries);
    sort(collection->declared, collection->declared_count, sizeof(struct declared),
         compare_declared);
    sort(collection->notes, collection->note_count, sizeof(struct note), compare_notes);
    submission->entries = collection->entries;
    submission->entry_count = collection->entry_count;
    submission->declared = collection->declared;
    submission->declared_count = collection->declared_count;
    submission->notes = collection->notes;
    submission->note_count = collection->note_count;
    submission->blanks = collection->blanks;
    submission->blank_count = collection->blank_count;
}

static int64_t add_counts(int64_t a, int64_t b, bool *ret_overflow)
{
    if (a <= WAITING_COUNT_MOST - b) return a + b;
    *ret_overflow = true;
    return WAITING_COUNT_MOST;
}

/* The newest date often stands first: then turning round is all the sorting there is. */
static void reverse_descending(struct waiting_row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (rows[i - 1].since.day <= rows[i].since.day) return;
    }
    for (size_t i = 0; i < count / 2; i++) {
        const struct waiting_row row = rows[i];
        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = row;
    }
}

size_t waiting_rows_settle(struct waiting_row *rows, size_t count, bool *ret_overflow)
{
    reverse_descending(rows, count);
    sort(rows, count, sizeof *rows, compare_rows);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].count == 0) continue;
        if (kept > 0 && date_compare(rows[kept - 1].since, rows[i].since) == 0) {
            rows[kept - 1].count = add_counts(rows[kept - 1].count, rows[i].count, ret_overflow);
        } else {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

/* bsearch may not see the null pointer of an empty array. */
static const void *find(const void *wanted, const void *items, size_t count, size_t size,
                        compare_function *compare)
{
    return count > 0 ? bsearch(wanted, items, count, size, compare) : NULL;
}

const struct entry *submission_find(const struct submission *submission, struct slice measure,
                                    struct slice part, struct slice region)
{
    const struct entry wanted = {.measure = measure, .part = part, .region = region};
    return find(&wanted, submission->entries, submission->entry_count, sizeof wanted,
                compare_entries);
}

bool submission_has_region(const struct submission *submission, struct slice region)
{
    for (size_t i = 0; i < submission->entry_count; i++) {
        if (slice_equal(submission->entries[i].region, region)) return true;
    }
    return false;
}

struct slice submission_note(const struct submission *submission, struct slice code)
{
    const struct note wanted = {.code = code};
    const struct note *note =
        find(&wanted, submission->notes, submission->note_count, sizeof wanted, compare_notes);
    return note != NULL ? note->text : slice_from(NULL, 0);
}

const struct blank *submission_find_blank(const struct submission *submission, struct slice measure,
                                          const struct slice *part)
{
    for (size_t i = 0; i < submission->blank_count; i++) {
        const struct blank *blank = &submission->blanks[i];
        if (!slice_equal(blank->measure, measure)) continue;
        if (part == NULL || slice_equal(blank->part, *part)) return blank;
    }
    return NULL;
}
