/*
 * A measure is delivered by its parts; that it is not applicable may be said of the whole. Only the
 * definition knows the parts, so a reader cannot do this: it is done once when a delivery has been
 * read, and from there on, in the log as well, each part says it for itself.
 */
#include "core/division.h"

#include <stdlib.h>

/* Whether the neighbour speaks of the same measure in the same region. */
static bool is_alongside(const struct entry *entry, const struct entry *neighbour)
{
    return slice_equal(entry->measure, neighbour->measure) &&
           slice_equal(entry->region, neighbour->region);
}

/* Whether all that was said of a measure, in a region, is that it is not applicable. */
static bool is_whole_null(const struct submission *submission, size_t at)
{
    const struct entry *entry = &submission->entries[at];
    if (entry->kind != VALUE_NOT_APPLICABLE || entry->part.len > 0) return false;
    if (at > 0 && is_alongside(entry, entry - 1)) return false;
    return at + 1 == submission->entry_count || !is_alongside(entry, entry + 1);
}

/* The measure to divide an entry by; NULL if it is to stay as it is. */
static const struct measure *measure_to_divide(const struct submission *submission, size_t at,
                                               const struct monitor *monitor)
{
    if (!is_whole_null(submission, at)) return NULL;
    const struct measure *measure = monitor_find_measure(monitor, submission->entries[at].measure);
    return measure != NULL && measure->divided ? measure : NULL;
}

static int compare_parts(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
    return submission_compare_names(a->part, b->part);
}

/* The same for every part, in canonical order; returns how many. */
static size_t put_parts(struct entry *entries, const struct entry *whole,
                        const struct measure *measure, struct arena *arena)
{
    for (size_t i = 0; i < measure->part_count; i++) {
        entries[i] = *whole;
        entries[i].part = arena_copy(arena, measure->parts[i].id);
    }
    qsort(entries, measure->part_count, sizeof *entries, compare_parts);
    return measure->part_count;
}

/* How many entries there are once each whole has become its parts. */
static size_t count_divided(const struct submission *submission, const struct monitor *monitor)
{
    size_t count = 0;
    for (size_t i = 0; i < submission->entry_count; i++) {
        const struct measure *measure = measure_to_divide(submission, i, monitor);
        count += measure != NULL ? measure->part_count : 1;
    }
    return count;
}

static bool has_whole(const struct submission *submission, const struct monitor *monitor)
{
    for (size_t i = 0; i < submission->entry_count; i++) {
        if (measure_to_divide(submission, i, monitor) != NULL) return true;
    }
    return false;
}

void submission_divide(struct submission *submission, const struct monitor *monitor)
{
    if (!has_whole(submission, monitor)) return;
    struct arena *arena = &submission->arena;
    struct entry *entries = arena_array(arena, count_divided(submission, monitor), sizeof *entries);
    size_t count = 0;
    for (size_t i = 0; i < submission->entry_count; i++) {
        const struct measure *measure = measure_to_divide(submission, i, monitor);
        if (measure != NULL)
            count += put_parts(&entries[count], &submission->entries[i], measure, arena);
        else
            entries[count++] = submission->entries[i];
    }
    submission->entries = entries;
    submission->entry_count = count;
}
