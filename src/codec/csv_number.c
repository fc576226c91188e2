/*
 * A number as people write it in a spreadsheet, put into JSON's grammar, which base/decimal reads.
 * The comma is always the decimal comma, so all there is to decide is what the points before it
 * are. What can be read in two ways is read in neither.
 */
#include "codec/csv_number.h"

enum { GROUP = 3 };

/* Longer than any number that could fit. */
enum { TEXT_MOST = 64 };

/* What the points in the part before the comma are. */
enum points { POINTS_NONE, POINTS_THOUSANDS, POINT_DECIMAL, POINTS_AMBIGUOUS, POINTS_WRONG };

/* A number taken apart. */
struct pieces {
    struct slice whole; /* before the comma, points included, without the sign */
    struct slice fraction;
    bool negative;
    bool has_comma;
};

static bool is_digits(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
    }
    return text.len > 0;
}

static struct pieces take_apart(struct slice text)
{
    struct pieces pieces = {.negative = slice_starts(text, "-")};
    if (pieces.negative) text = slice_from(text.ptr + 1, text.len - 1);
    pieces.has_comma = slice_cut(text, ',', &pieces.whole, &pieces.fraction);
    return pieces;
}

/* `1.834.567`: one to three digits that do not begin with a zero, then threes. */
static bool is_grouped(struct slice whole)
{
    struct slice group, rest;
    bool more = slice_cut(whole, '.', &group, &rest);
    if (group.len > GROUP || group.len == 0 || group.ptr[0] == '0') return false;
    while (more) {
        more = slice_cut(rest, '.', &group, &rest);
        if (group.len != GROUP) return false;
    }
    return true;
}

/* Digits with points between them; says how many points and how many digits follow the last. */
static bool count_points(struct slice whole, size_t *ret_points, size_t *ret_last)
{
    struct slice group, rest = whole;
    size_t points = 0;
    for (bool more = true; more; points += more) {
        more = slice_cut(rest, '.', &group, &rest);
        if (!is_digits(group)) return false;
    }
    *ret_points = points;
    *ret_last = group.len;
    return true;
}

static enum points points_of(const struct pieces *pieces, unsigned decimals)
{
    size_t points = 0, last = 0;
    if (!count_points(pieces->whole, &points, &last)) return POINTS_WRONG;
    if (points == 0) return POINTS_NONE;
    if (pieces->has_comma) return is_grouped(pieces->whole) ? POINTS_THOUSANDS : POINTS_WRONG;
    if (last != GROUP) return points == 1 ? POINT_DECIMAL : POINTS_WRONG;
    return decimals == 0 && is_grouped(pieces->whole) ? POINTS_THOUSANDS : POINTS_AMBIGUOUS;
}

static void put_without_points(struct text *text, struct slice whole)
{
    for (size_t i = 0; i < whole.len; i++) {
        if (whole.ptr[i] != '.') text_putc(text, whole.ptr[i]);
    }
}

/* The number in JSON's grammar. */
static struct slice spell(const struct pieces *pieces, enum points points, struct arena *arena)
{
    struct text text = {0};
    if (pieces->negative) text_putc(&text, '-');
    if (points == POINT_DECIMAL) {
        text_put(&text, pieces->whole);
    } else {
        put_without_points(&text, pieces->whole);
    }
    if (pieces->has_comma) {
        text_putc(&text, '.');
        text_put(&text, pieces->fraction);
    }
    const struct slice plain = arena_copy(arena, text_slice(&text));
    text_done(&text);
    return plain;
}

enum csv_number_answer csv_number_parse(struct slice text, unsigned decimals, struct arena *arena,
                                        struct csv_number *ret_number)
{
    const struct pieces pieces = take_apart(text);
    if (pieces.has_comma && !is_digits(pieces.fraction)) return CSV_NUMBER_NONE;
    const enum points points = points_of(&pieces, decimals);
    if (points == POINTS_WRONG) return CSV_NUMBER_NONE;
    if (text.len > TEXT_MOST) return CSV_NUMBER_TOO_LARGE;
    if (points == POINTS_AMBIGUOUS) return CSV_NUMBER_AMBIGUOUS;
    struct csv_number number = {.has_comma = pieces.has_comma};
    number.plain = spell(&pieces, points, arena);
    switch (decimal_parse(number.plain, &number.value)) {
    case DECIMAL_OK: *ret_number = number; return CSV_NUMBER_OK;
    case DECIMAL_NO_NUMBER: return CSV_NUMBER_NONE;
    case DECIMAL_TOO_LARGE: return CSV_NUMBER_TOO_LARGE;
    case DECIMAL_TOO_FINE: return CSV_NUMBER_TOO_FINE;
    }
    return CSV_NUMBER_NONE;
}

struct slice csv_number_choice(struct slice text, struct arena *arena)
{
    struct text choice = {0};
    size_t last = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '.') last = i;
    }
    const struct slice whole = slice_from(text.ptr, last);
    const struct slice fraction = slice_from(text.ptr + last + 1, text.len - last - 1);
    if (is_grouped(text)) {
        put_without_points(&choice, text);
        text_puts(&choice, " of ");
    }
    put_without_points(&choice, whole);
    text_putc(&choice, ',');
    text_put(&choice, fraction);
    const struct slice kept = arena_copy(arena, text_slice(&choice));
    text_done(&choice);
    return kept;
}
