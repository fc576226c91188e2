/*
 * What did the writer mean? The nearest word by edits, for messages such as `onbekend: bedoelde u
 * …`. Distances are of bytes; a swap of neighbours is one edit, and nothing is edited twice.
 */
#include "base/nearest.h"

#include "base/memory.h"

#include <string.h>

/* Three lines of the table of distances: the one being filled and the two above it. */
struct lines {
    size_t *current;
    size_t *above;
    size_t *higher;
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t longer_of(struct slice a, struct slice b)
{
    return a.len > b.len ? a.len : b.len;
}

static bool swapped(struct slice a, struct slice b, size_t i, size_t j)
{
    return i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1];
}

/* Fills line `i`: the distances of the first `i` bytes of `a` to every beginning of `b`. */
static void fill_line(const struct lines *lines, struct slice a, struct slice b, size_t i)
{
    lines->current[0] = i;
    for (size_t j = 1; j <= b.len; j++) {
        const size_t replaced = lines->above[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
        size_t best = least(lines->above[j], lines->current[j - 1]) + 1;
        best = least(best, replaced);
        if (swapped(a, b, i, j)) best = least(best, lines->higher[j - 2] + 1);
        lines->current[j] = best;
    }
}

static size_t distance(struct slice a, struct slice b)
{
    const size_t width = b.len + 1;
    size_t *table = memory_new(3 * width * sizeof(*table));
    struct lines lines = {.current = table, .above = table + width, .higher = table + 2 * width};
    for (size_t j = 0; j < width; j++)
        lines.current[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *const oldest = lines.higher;
        lines.higher = lines.above;
        lines.above = lines.current;
        lines.current = oldest;
        fill_line(&lines, a, b, i);
    }
    const size_t edits = lines.current[b.len];
    memory_free(table);
    return edits;
}

/* The difference in length alone: no fewer edits will do. */
static size_t distance_least(struct slice a, struct slice b)
{
    return a.len > b.len ? a.len - b.len : b.len - a.len;
}

/* Whether any candidate can be near at all; an endless word is not worth a table. */
static bool any_in_reach(struct slice word, const struct slice *candidates, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const size_t longer = longer_of(word, candidates[i]);
        if (distance_least(word, candidates[i]) <= longer / 3) return true;
    }
    return false;
}

const struct slice *nearest_word(struct slice word, const struct slice *candidates, size_t count)
{
    const struct slice *best = NULL;
    size_t best_edits = SIZE_MAX;
    if (!any_in_reach(word, candidates, count)) return NULL;
    for (size_t i = 0; i < count; i++) {
        if (distance_least(word, candidates[i]) >= best_edits) continue;
        const size_t edits = distance(word, candidates[i]);
        if (edits >= best_edits) continue;
        best_edits = edits;
        best = &candidates[i];
    }
    return best != NULL && best_edits <= longer_of(word, *best) / 3 ? best : NULL;
}
