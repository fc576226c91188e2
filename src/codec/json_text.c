/*
 * The scanner's texts (RFC 8259, section 7). The happy path finds the closing quote and answers
 * with a slice of the input; only a text with escapes is copied, each escape becoming its UTF-8. A
 * text that is not sound (bytes that are no UTF-8, control characters, half a surrogate pair) is
 * reported and read past; one that does not end on its line breaks the scan.
 */
#include "base/utf8.h"
#include "codec/json_scan.h"

#include <string.h>

static const char MESSAGE_OPEN_TEXT[] =
    "Deze tekst begint met een aanhalingsteken en eindigt niet op dezelfde regel. Zet er een "
    "aanhalingsteken achter; schrijf een nieuwe regel in een tekst als \\n.";
enum { HIGH_FIRST = 0xD800, LOW_FIRST = 0xDC00, LOW_LAST = 0xDFFF, HEX_DIGITS = 4 };

/* The text still to be read and the room it is written to; never longer than it was. */
struct decoding {
    struct slice rest;
    char *out;
    size_t len;
};

static void pass(struct decoding *decoding, size_t count)
{
    decoding->rest = slice_from(decoding->rest.ptr + count, decoding->rest.len - count);
}

static void put(struct decoding *decoding, unsigned byte)
{
    decoding->out[decoding->len++] = (char)(unsigned char)byte;
}

static void put_point(struct decoding *decoding, unsigned point)
{
    if (point < 0x80) {
        put(decoding, point);
        return;
    }
    if (point < 0x800) {
        put(decoding, 0xC0U | point >> 6);
    } else if (point < 0x10000) {
        put(decoding, 0xE0U | point >> 12);
        put(decoding, 0x80U | (point >> 6 & 0x3FU));
    } else {
        put(decoding, 0xF0U | point >> 18);
        put(decoding, 0x80U | (point >> 12 & 0x3FU));
        put(decoding, 0x80U | (point >> 6 & 0x3FU));
    }
    put(decoding, 0x80U | (point & 0x3FU));
}

static int hex_value(char byte)
{
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    return -1;
}

/* Reads `\uXXXX`. */
static bool take_unit(struct decoding *decoding, unsigned *ret_unit)
{
    const struct slice rest = decoding->rest;
    unsigned unit = 0;
    if (rest.len < 2 + HEX_DIGITS || rest.ptr[0] != '\\' || rest.ptr[1] != 'u') return false;
    for (size_t i = 2; i < 2 + HEX_DIGITS; i++) {
        const int digit = hex_value(rest.ptr[i]);
        if (digit < 0) return false;
        unit = unit << 4 | (unsigned)digit;
    }
    pass(decoding, 2 + HEX_DIGITS);
    *ret_unit = unit;
    return true;
}

static enum form_problem take_unicode(struct decoding *decoding)
{
    unsigned unit = 0, low = 0;
    if (!take_unit(decoding, &unit)) return FORM_ESCAPE;
    if (unit < 0x20 && unit != '\n' && unit != '\r' && unit != '\t') return FORM_CONTROL;
    if (unit >= HIGH_FIRST && unit < LOW_FIRST) {
        if (!take_unit(decoding, &low)) return FORM_HALF_CHARACTER;
        if (low < LOW_FIRST || low > LOW_LAST) return FORM_HALF_CHARACTER;
        unit = 0x10000U + ((unit - HIGH_FIRST) << 10) + (low - LOW_FIRST);
    } else if (unit >= LOW_FIRST && unit <= LOW_LAST) {
        return FORM_HALF_CHARACTER;
    }
    put_point(decoding, unit);
    return FORM_PROBLEM_COUNT;
}

static enum form_problem take_escape(struct decoding *decoding)
{
    switch (decoding->rest.len > 1 ? decoding->rest.ptr[1] : '\0') {
    case 'n': put(decoding, '\n'); break;
    case 'r': put(decoding, '\r'); break;
    case 't': put(decoding, '\t'); break;
    case '"':
    case '\\':
    case '/': put(decoding, (unsigned char)decoding->rest.ptr[1]); break;
    case 'b':
    case 'f': return FORM_CONTROL;
    case 'u': return take_unicode(decoding);
    default: return FORM_ESCAPE;
    }
    pass(decoding, 2);
    return FORM_PROBLEM_COUNT;
}

/* Undoes the escapes; FORM_PROBLEM_COUNT where all is well, else the first problem. */
static enum form_problem unescape(struct slice raw, struct arena *arena, struct slice *ret_text)
{
    struct decoding decoding = {.rest = raw, .out = arena_new(arena, raw.len)};
    while (decoding.rest.len > 0) {
        if (decoding.rest.ptr[0] != '\\') {
            put(&decoding, (unsigned char)decoding.rest.ptr[0]);
            pass(&decoding, 1);
            continue;
        }
        const enum form_problem problem = take_escape(&decoding);
        if (problem != FORM_PROBLEM_COUNT) return problem;
    }
    *ret_text = slice_from(decoding.out, decoding.len);
    return FORM_PROBLEM_COUNT;
}

/*
 * The high bit of each byte that needs attention: control characters, quote, backslash, all beyond
 * ASCII. A borrow may flag bytes above the first that is flagged, never the first itself.
 */
static uint64_t special_bytes(uint64_t eight)
{
    const uint64_t ones = 0x0101010101010101U;
    const uint64_t quotes = eight ^ ones * '"';
    const uint64_t slashes = eight ^ ones * '\\';
    const uint64_t low = (eight - ones * 0x20) & ~eight;
    const uint64_t marks = ((quotes - ones) & ~quotes) | ((slashes - ones) & ~slashes);
    return (eight | low | marks) & ones * 0x80;
}

/* Eight bytes as a number whose lowest byte is the first. */
static uint64_t load_eight(const char *at)
{
    uint64_t eight = 0;
    memcpy(&eight, at, sizeof eight);
    const bool is_big = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;
    return is_big ? __builtin_bswap64(eight) : eight;
}

static bool is_plain(char byte)
{
    const unsigned char value = (unsigned char)byte;
    return value >= 0x20 && value < 0x80 && value != '"' && value != '\\';
}

/* Goes past everything in a text that needs no attention, eight bytes a step while they last. */
static const char *skip_plain(const char *at, const char *end)
{
    for (; end - at >= 8; at += 8) {
        const uint64_t special = special_bytes(load_eight(at));
        if (special != 0) return at + __builtin_ctzll(special) / 8;
    }
    while (is_plain(*at))
        at++;
    return at;
}

/* What stands between two quotes, and what kind of bytes it has. */
struct raw_text {
    struct slice bytes;
    bool has_escape;
    bool has_control;
    bool has_high;
};

/* Reads on from `at`, the first byte that is not plain, to the closing quote. */
static bool take_raw(struct scan *scan, const char *at, struct raw_text *ret_raw)
{
    struct raw_text raw = {.has_escape = false};
    const char *const begin = scan->at + 1;
    for (; *at != '"'; at = skip_plain(at + 1, scan->end)) {
        if (at == scan->end || *at == '\n' || *at == '\r') {
            scan_break(scan, at == scan->end ? at : scan->at, MESSAGE_OPEN_TEXT);
            return false;
        }
        raw.has_high |= (unsigned char)*at >= 0x80;
        raw.has_control |= (unsigned char)*at < 0x20;
        if (*at == '\\') {
            raw.has_escape = true;
            if (at[1] == '"' || at[1] == '\\') at++;
        }
    }
    raw.bytes = slice_from(begin, (size_t)(at - begin));
    scan->at = at + 1;
    *ret_raw = raw;
    return true;
}

/* The text without escapes; a problem of FORM_PROBLEM_COUNT is none. */
static enum form_problem decode(struct scan *scan, const struct raw_text *raw,
                                struct slice *ret_text)
{
    if (raw->has_control) return FORM_CONTROL;
    if (raw->has_high && !utf8_valid(raw->bytes)) return FORM_INVALID_UTF8;
    if (raw->has_escape) return unescape(raw->bytes, scan->arena, ret_text);
    *ret_text = raw->bytes;
    return FORM_PROBLEM_COUNT;
}

/* A text that holds more than plain ASCII, `at` being the first byte that is not. */
static bool read_rich_text(struct scan *scan, const char *at, struct slice *ret_text)
{
    const struct scan_mark mark = scan_here(scan);
    struct raw_text raw;
    if (!take_raw(scan, at, &raw)) return false;
    const enum form_problem problem = decode(scan, &raw, ret_text);
    if (problem == FORM_PROBLEM_COUNT) return true;
    scan_report(scan, mark, (struct form_report){.problem = problem, .found = raw.bytes});
    return false;
}

bool scan_text(struct scan *scan, struct slice *ret_text)
{
    const char *const begin = scan->at + 1;
    const char *const at = skip_plain(begin, scan->end);
    if (*at != '"') return read_rich_text(scan, at, ret_text);
    scan->at = at + 1;
    *ret_text = slice_from(begin, (size_t)(at - begin));
    return true;
}
