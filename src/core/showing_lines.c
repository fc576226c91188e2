/*
 * Lines: which columns are added up anywhere in the answers about a monitor. Numerators and
 * denominators of all versions of all indicators, measures as a whole, and each column on its own,
 * since all of these can be asked for.
 */
#include <stdlib.h>
#include <string.h>

#include "core/showing_private.h"

/* The lines while they are listed. */
struct listing {
    struct showing *showing;
    const struct monitor *monitor;
    struct showing_line *lines;
    struct arena *arena;
};

int showing_compare(const void *a, const void *b)
{
    const unsigned left = *(const unsigned *)a;
    const unsigned right = *(const unsigned *)b;
    return (left > right) - (left < right);
}

const unsigned *showing_columns(const struct term *a, const struct term *b, struct arena *arena,
                                size_t *ret_count)
{
    const size_t more = b == NULL ? 0 : b->count;
    unsigned *columns = arena_array(arena, a->count + more, sizeof *columns);
    size_t kept = 0;
    for (size_t i = 0; i < a->count; i++)
        columns[i] = a->columns[i];
    for (size_t i = 0; i < more; i++)
        columns[a->count + i] = b->columns[i];
    qsort(columns, a->count + more, sizeof *columns, showing_compare);
    for (size_t i = 0; i < a->count + more; i++) {
        if (kept == 0 || columns[kept - 1] != columns[i]) columns[kept++] = columns[i];
    }
    *ret_count = kept;
    return columns;
}

static bool same_columns(const unsigned *a, size_t a_count, const unsigned *b, size_t b_count)
{
    return a_count == b_count && memcmp(a, b, a_count * sizeof *a) == 0;
}

size_t showing_find_line(const struct showing *showing, const struct showing_line *line)
{
    for (size_t i = 0; i < showing->line_count; i++) {
        const struct showing_line *other = &showing->lines[i];
        if (same_columns(other->needed, other->needed_count, line->needed, line->needed_count) &&
            same_columns(other->term, other->term_count, line->term, line->term_count))
            return i;
    }
    return showing->line_count;
}

static bool is_days(const struct listing *listing, unsigned column)
{
    return listing->monitor->columns[column].aspect == ASPECT_DAYS;
}

/* Days alone or none at all, and nothing that is no count to begin with. */
static bool term_adds_up(const struct listing *listing, const struct term *term)
{
    const struct column *columns = listing->monitor->columns;
    for (size_t i = 0; i < term->count; i++) {
        if (columns[term->columns[i]].measure->kind == MEASURE_STATED) return false;
        if (is_days(listing, term->columns[i]) != is_days(listing, term->columns[0])) return false;
    }
    return term->count > 0;
}

static void add_line(struct listing *listing, const struct term *term, const struct term *other,
                     bool published)
{
    struct showing *showing = listing->showing;
    struct arena *arena = listing->arena;
    if (!term_adds_up(listing, term)) return;
    struct showing_line line = {.days = is_days(listing, term->columns[0]), .published = published};
    line.needed = showing_columns(term, other, arena, &line.needed_count);
    line.term = showing_columns(term, NULL, arena, &line.term_count);
    if (line.term_count < term->count) return;
    if (showing_find_line(showing, &line) < showing->line_count) return;
    listing->lines = arena_room(arena, listing->lines, showing->line_count, sizeof line);
    listing->lines[showing->line_count++] = line;
    showing->lines = listing->lines;
}

static void add_indicator(struct listing *listing, const struct indicator *indicator)
{
    for (size_t i = 0; i < indicator->version_count; i++) {
        const struct version *version = &indicator->versions[i];
        add_line(listing, &version->numerator, &version->denominator, true);
        add_line(listing, &version->denominator, &version->numerator, true);
    }
}

/* A measure as a whole: how many, and of a waiting list how many days. */
static void add_measure(struct listing *listing, const struct measure *measure)
{
    const size_t aspects = measure->kind == MEASURE_WAITING ? 2 : 1;
    for (size_t aspect = 0; aspect < aspects; aspect++) {
        unsigned *columns = arena_array(listing->arena, measure->part_count, sizeof *columns);
        for (size_t i = 0; i < measure->part_count; i++)
            columns[i] = measure->parts[i].column + (unsigned)aspect;
        const struct term term = {.columns = columns, .count = measure->part_count};
        add_line(listing, &term, NULL, false);
    }
}

struct showing_line showing_companion_line(const struct showing_line *line, struct arena *arena)
{
    struct showing_line companion = *line;
    unsigned *columns = arena_array(arena, line->term_count, sizeof *columns);
    for (size_t i = 0; i < line->term_count; i++)
        columns[i] = line->term[i] - 1;
    companion.term = columns;
    companion.days = false;
    return companion;
}

void showing_list_lines(struct showing *showing, const struct monitor *monitor, struct arena *arena)
{
    struct listing listing = {.showing = showing, .monitor = monitor, .arena = arena};
    for (size_t i = 0; i < monitor->indicator_count; i++)
        add_indicator(&listing, &monitor->indicators[i]);
    for (size_t i = 0; i < monitor->measure_count; i++)
        add_measure(&listing, &monitor->measures[i]);
    for (size_t i = 0; i < monitor->column_count; i++) {
        const unsigned column = (unsigned)i;
        const struct term term = {.columns = &column, .count = 1};
        add_line(&listing, &term, NULL, false);
    }
}
