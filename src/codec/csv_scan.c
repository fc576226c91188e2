/*
 * Separators, quotes and line ends are ASCII in UTF-8 and in Windows-1252 alike, so cells are cut
 * out of the bytes as they were sent and decoded one by one: lines and columns are those of the
 * file. Nothing fails; a quote that is not closed ends with its line, so that one forgotten quote
 * does not hide the rest of the file.
 */
#include "codec/csv_scan.h"

#include "base/text.h"
#include "base/utf8.h"
#include "base/windows1252.h"

#include <string.h>

static const char BOM[] = "\xEF\xBB\xBF";

/* Blanks that are no ASCII: no-break space, its narrow and figure forms, zero width, BOM. */
static const struct slice WIDE_BLANKS[] = {
    SLICE_LITERAL("\xC2\xA0"),     SLICE_LITERAL("\xE2\x80\xAF"), SLICE_LITERAL("\xE2\x80\x87"),
    SLICE_LITERAL("\xE2\x80\x8B"), SLICE_LITERAL("\xEF\xBB\xBF"),
};

enum { WIDE_BLANK_COUNT = sizeof WIDE_BLANKS / sizeof WIDE_BLANKS[0] };

static size_t left(const struct csv_scan *scan)
{
    return (size_t)(scan->end - scan->at);
}

static struct slice rest(const struct csv_scan *scan)
{
    return slice_from(scan->at, left(scan));
}

/* ---- the beginning ---- */

static struct slice first_line(const struct csv_scan *scan)
{
    struct slice line = slice_trim(rest(scan));
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == '\r' || line.ptr[i] == '\n') line.len = i;
    }
    return line;
}

static char separator_of(struct slice header)
{
    struct slice before, behind;
    return slice_cut(header, ';', &before, &behind) ? ';' : ',';
}

static void start_line(struct csv_scan *scan)
{
    scan->line++;
    scan->line_start = scan->at;
}

/* Goes past a line end, of whichever kind. */
static void pass_line_end(struct csv_scan *scan)
{
    if (*scan->at == '\r' && left(scan) > 1 && scan->at[1] == '\n') scan->at++;
    scan->at++;
    start_line(scan);
}

static bool at_line_end(const struct csv_scan *scan)
{
    return scan->at == scan->end || *scan->at == '\r' || *scan->at == '\n';
}

/* Excel's hint `sep=;` stands on a line of its own and says what separates. */
static bool pass_hint(struct csv_scan *scan)
{
    static const char HINT[] = "sep=";
    const size_t len = sizeof HINT - 1;
    const struct slice line = first_line(scan);
    if (line.ptr != scan->at || line.len != len + 1) return false;
    if (!slice_is_nocase(slice_from(line.ptr, len), HINT)) return false;
    if (line.ptr[len] != ';' && line.ptr[len] != ',') return false;
    scan->separator = line.ptr[len];
    scan->at += line.len;
    if (scan->at < scan->end) pass_line_end(scan);
    return true;
}

void csv_scan_init(struct csv_scan *scan, struct slice body, enum csv_charset charset,
                   struct arena *arena)
{
    const bool has_bom = slice_starts(body, BOM);
    const char *const begin = has_bom ? body.ptr + sizeof BOM - 1 : body.ptr;
    *scan = (struct csv_scan){
        .at = begin,
        .end = body.ptr + body.len,
        .line_start = begin,
        .line = 1,
        .windows = !utf8_valid(body) || (charset == CSV_WINDOWS_1252 && !has_bom),
        .arena = arena,
    };
    if (!pass_hint(scan)) scan->separator = separator_of(first_line(scan));
}

/* ---- cells ---- */

static struct slice drop(struct slice text, size_t before, size_t behind)
{
    return slice_from(text.ptr + before, text.len - before - behind);
}

/* One wide blank less at either end; the same text where there is none. */
static struct slice drop_wide_blank(struct slice text)
{
    for (size_t i = 0; i < WIDE_BLANK_COUNT; i++) {
        const struct slice blank = WIDE_BLANKS[i];
        if (text.len < blank.len) continue;
        if (slice_equal(slice_from(text.ptr, blank.len), blank)) return drop(text, blank.len, 0);
        if (slice_equal(slice_from(text.ptr + text.len - blank.len, blank.len), blank))
            return drop(text, 0, blank.len);
    }
    return text;
}

static struct slice trim(struct slice text)
{
    struct slice trimmed = slice_trim(text);
    for (size_t len = trimmed.len + 1; trimmed.len < len;) {
        len = trimmed.len;
        trimmed = slice_trim(drop_wide_blank(trimmed));
    }
    return trimmed;
}

/* Two quotes in quotes are one. */
static struct slice undouble(struct slice text, struct arena *arena)
{
    if (text.len == 0 || memchr(text.ptr, '"', text.len) == NULL) return text;
    char *bytes = arena_new(arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bytes[len++] = text.ptr[i];
        if (text.ptr[i] == '"') i++;
    }
    return slice_from(bytes, len);
}

static bool has_control(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char byte = (unsigned char)text.ptr[i];
        if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return true;
    }
    return false;
}

/* The bytes of a cell as UTF-8; false where one of them is no character. */
static bool decode(const struct csv_scan *scan, struct slice bytes, struct slice *ret_text)
{
    struct text text = {0};
    if (!scan->windows) {
        *ret_text = bytes;
        return true;
    }
    const bool sound = windows1252_put(&text, bytes);
    if (sound) *ret_text = arena_copy(scan->arena, text_slice(&text));
    text_done(&text);
    return sound;
}

/* Makes a cell of its bytes, quotes taken off. */
static void fill(const struct csv_scan *scan, struct slice bytes, struct csv_cell *cell)
{
    cell->raw = slice_of(NULL);
    if (has_control(bytes) || !decode(scan, bytes, &cell->raw)) {
        if (cell->fault == CSV_SOUND) cell->fault = CSV_CONTROL;
    }
    cell->text = trim(cell->raw);
}

/* Where the next separator or line end is. */
static const char *end_of_cell(const struct csv_scan *scan, const char *at)
{
    while (at < scan->end && *at != scan->separator && *at != '\r' && *at != '\n')
        at++;
    return at;
}

/* The quote that closes the one at `open`; NULL where there is none. */
static const char *closing_quote(const struct csv_scan *scan, const char *open)
{
    for (const char *at = open + 1; at < scan->end; at++) {
        if (*at != '"') continue;
        if (at + 1 == scan->end || at[1] != '"') return at;
        at++;
    }
    return NULL;
}

/* Counts the line ends that stand in quotes. */
static void pass_to(struct csv_scan *scan, const char *to)
{
    while (scan->at < to) {
        if (at_line_end(scan)) {
            pass_line_end(scan);
        } else {
            scan->at++;
        }
    }
}

static const char *skip_ascii_blanks(const struct csv_scan *scan, const char *at)
{
    while (at < scan->end && (*at == ' ' || *at == '\t'))
        at++;
    return at;
}

/* A quote that is closed nowhere, or only by the quote of another cell some lines below. */
static void read_open(struct csv_scan *scan, struct csv_cell *cell)
{
    const char *const open = scan->at;
    cell->fault = CSV_OPEN_QUOTE;
    while (!at_line_end(scan))
        scan->at++;
    fill(scan, slice_from(open, (size_t)(scan->at - open)), cell);
}

static bool has_line_end(const char *from, const char *to)
{
    while (from < to && *from != '\r' && *from != '\n')
        from++;
    return from < to;
}

static void read_quoted(struct csv_scan *scan, struct csv_cell *cell)
{
    const char *const open = scan->at;
    const char *const close = closing_quote(scan, open);
    if (close == NULL) {
        read_open(scan, cell);
        return;
    }
    const char *const behind = skip_ascii_blanks(scan, close + 1);
    const char *const end = end_of_cell(scan, behind);
    if (end > behind && has_line_end(open, close)) {
        read_open(scan, cell);
        return;
    }
    pass_to(scan, end);
    if (end > behind) cell->fault = CSV_AFTER_QUOTE;
    cell->quoted = true;
    fill(scan, undouble(slice_from(open + 1, (size_t)(close - open - 1)), scan->arena), cell);
}

static void read_plain(struct csv_scan *scan, const char *begin, struct csv_cell *cell)
{
    scan->at = end_of_cell(scan, scan->at);
    fill(scan, slice_from(begin, (size_t)(scan->at - begin)), cell);
}

bool csv_scan_row(struct csv_scan *scan)
{
    scan->in_row = scan->at < scan->end;
    return scan->in_row;
}

bool csv_scan_cell(struct csv_scan *scan, struct csv_cell *ret_cell)
{
    if (!scan->in_row) return false;
    const char *const begin = scan->at;
    scan->at = skip_ascii_blanks(scan, begin);
    *ret_cell = (struct csv_cell){
        .line = scan->line,
        .column = (unsigned)(scan->at - scan->line_start) + 1,
    };
    if (scan->at < scan->end && *scan->at == '"') {
        read_quoted(scan, ret_cell);
    } else {
        read_plain(scan, begin, ret_cell);
    }
    scan->in_row = !at_line_end(scan);
    if (scan->in_row) {
        scan->at++; /* the separator */
    } else if (scan->at < scan->end) {
        pass_line_end(scan);
    }
    return true;
}
