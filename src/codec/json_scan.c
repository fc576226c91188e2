/*
 * The scanner under the delivery reader. The happy path touches every byte once: blanks count
 * lines, texts without escapes and words are slices of the input, a NUL behind the input spares the
 * bounds check. Line and column follow from the last line end, a pointer is only made for a
 * finding. What can be read past is reported and read past; what cannot breaks the scan for good.
 */
#include "codec/json_scan.h"

#include "base/memory.h"
#include "core/cite.h"

#include <stdlib.h>
#include <string.h>

/* Up to so many keys are compared each with each. */
enum { KEYS_FEW = 8 };

static const char MESSAGE_END[] =
    "De aanlevering houdt hier op terwijl er nog iets moet komen. Controleer of het hele bestand "
    "is verstuurd en of er geen }, ] of aanhalingsteken ontbreekt.";
static const char MESSAGE_VALUE[] =
    "Hier hoort een waarde te staan: een getal, een tekst tussen aanhalingstekens, { of [. Vul "
    "die in of haal de naam ervoor weg.";
static const char MESSAGE_KEY[] =
    "Hier hoort een naam tussen rechte dubbele aanhalingstekens te staan, zoals \"cijfers\". Zet "
    "die aanhalingstekens om de naam.";
static const char MESSAGE_COLON[] =
    "Na deze naam hoort een dubbele punt te staan en daarna de waarde. Zet de dubbele punt erbij.";
static const char MESSAGE_COMMA[] =
    "Hier ontbreekt een leesteken. Zet een komma als er nog iets volgt, of een } of ] als dit het "
    "laatste was.";
static const char MESSAGE_LAST_COMMA[] =
    "Na de laatste waarde staat nog een komma. Haal die komma weg.";
static const char MESSAGE_DECIMAL_COMMA[] =
    "Een getal met decimalen krijgt hier een punt en geen komma. Schrijf bijvoorbeeld 12.6.";
static const char MESSAGE_MORE[] =
    "Na het einde van de aanlevering staat nog iets. Haal alles achter de laatste } weg.";

void scan_init(struct scan *scan, struct slice text, struct arena *arena, struct findings *findings)
{
    *scan = (struct scan){
        .at = text.ptr,
        .end = text.ptr + text.len,
        .line_start = text.ptr,
        .line = 1,
        .arena = arena,
        .findings = findings,
    };
}

void scan_done(struct scan *scan)
{
    memory_free(scan->keys);
    scan->keys = NULL;
    scan->key_count = scan->key_room = 0;
}

struct scan_mark scan_here(const struct scan *scan)
{
    return (struct scan_mark){
        .at = scan->at,
        .line = scan->line,
        .column = (unsigned)(scan->at - scan->line_start) + 1,
    };
}

struct scan_mark scan_key_mark(const struct scan *scan)
{
    return scan->levels[scan->depth - 1].mark;
}

static void put_pointer(const struct scan *scan, struct text *text)
{
    for (unsigned i = 0; i < scan->depth; i++) {
        const struct scan_level *level = &scan->levels[i];
        if (!level->inside) continue;
        if (level->is_array) {
            text_printf(text, "/%zu", level->index);
        } else {
            cite_pointer_put(text, level->key);
        }
    }
}

void scan_report(struct scan *scan, struct scan_mark mark, struct form_report report)
{
    struct text pointer = {0};
    if (!form_finding_full(scan->findings)) put_pointer(scan, &pointer);
    report.pointer = text_slice(&pointer);
    report.line = mark.line;
    report.column = mark.column;
    form_finding_add(scan->findings, &report);
    text_done(&pointer);
}

static struct slice rest_of_line(const struct scan *scan, const char *at)
{
    const size_t left = (size_t)(scan->end - at);
    const char *line_end = left > 0 ? memchr(at, '\n', left) : NULL;
    return slice_trim(slice_from(at, line_end != NULL ? (size_t)(line_end - at) : left));
}

/* The only way out of the middle: from here on there is nothing more. */
static void end_scan(struct scan *scan)
{
    scan->broken = true;
    scan->at = scan->end;
}

void scan_break(struct scan *scan, const char *at, const char *message)
{
    if (scan->broken) return;
    scan->at = at;
    scan_report(scan, scan_here(scan),
                (struct form_report){
                    .problem = FORM_NOT_JSON,
                    .message = at == scan->end ? MESSAGE_END : message,
                    .found = rest_of_line(scan, at),
                });
    end_scan(scan);
}

static void skip_blanks(struct scan *scan)
{
    const char *at = scan->at;
    for (;;) {
        while (*at == ' ')
            at++;
        if (*at == '\n') {
            scan->line++;
            scan->line_start = at + 1;
        } else if (*at != '\t' && *at != '\r') {
            break;
        }
        at++;
    }
    scan->at = at;
}

static bool ends_word(char byte)
{
    switch (byte) {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case ',':
    case ':':
    case '"':
    case '[':
    case ']':
    case '{':
    case '}': return true;
    default: return false;
    }
}

enum scan_kind scan_peek(struct scan *scan)
{
    if (scan->broken) return SCAN_BROKEN;
    skip_blanks(scan);
    switch (*scan->at) {
    case '{': return SCAN_OBJECT;
    case '[': return SCAN_ARRAY;
    case '"': return SCAN_TEXT;
    default: break;
    }
    if (scan->at < scan->end && !ends_word(*scan->at)) return SCAN_WORD;
    scan_break(scan, scan->at, MESSAGE_VALUE);
    return SCAN_BROKEN;
}

struct slice scan_peek_word(const struct scan *scan)
{
    const char *at = scan->at;
    while (at < scan->end && !ends_word(*at))
        at++;
    return slice_from(scan->at, (size_t)(at - scan->at));
}

struct slice scan_word(struct scan *scan)
{
    const struct slice word = scan_peek_word(scan);
    scan->at += word.len;
    return word;
}

bool scan_open(struct scan *scan)
{
    if (scan->depth == SCAN_DEPTH) {
        scan_report(scan, scan_here(scan), (struct form_report){.problem = FORM_TOO_DEEP});
        end_scan(scan);
        return false;
    }
    scan->levels[scan->depth++] = (struct scan_level){
        .is_array = *scan->at == '[',
        .first_key = scan->key_count,
    };
    scan->at++;
    return true;
}

/* Stands before the next member or item; false at the closing bracket, which is passed. */
static bool next_in(struct scan *scan, struct scan_level *level)
{
    const char closing = level->is_array ? ']' : '}';
    if (scan->broken) return false;
    level->inside = false;
    skip_blanks(scan);
    if (*scan->at == closing) {
        scan->at++;
        return false;
    }
    if (level->begun) {
        if (*scan->at != ',') {
            scan_break(scan, scan->at, MESSAGE_COMMA);
            return false;
        }
        const char *const comma = scan->at++;
        skip_blanks(scan);
        if (*scan->at == closing) {
            scan_break(scan, comma, MESSAGE_LAST_COMMA);
            return false;
        }
    }
    level->begun = true;
    return true;
}

static int compare_keys(const void *left, const void *right)
{
    const struct scan_key *a = left;
    const struct scan_key *b = right;
    const int order = slice_compare(a->name, b->name);
    return order != 0 ? order : (a->mark.at > b->mark.at) - (a->mark.at < b->mark.at);
}

static void report_duplicate(struct scan *scan, struct scan_level *level,
                             const struct scan_key *key)
{
    level->inside = true;
    level->key = key->name;
    scan_report(scan, key->mark,
                (struct form_report){.problem = FORM_DUPLICATE_KEY, .found = key->name});
}

static bool stands_before(const struct scan_key *keys, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (slice_equal(keys[i].name, keys[at].name)) return true;
    }
    return false;
}

/* Few keys, nearly always, are held against each other; many are sorted, so that a hostile body
   costs no square. */
static void report_duplicates(struct scan *scan, struct scan_level *level)
{
    const size_t count = scan->key_count - level->first_key;
    if (count < 2) return;
    struct scan_key *const keys = scan->keys + level->first_key;
    const bool few = count <= KEYS_FEW;
    if (!few) qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 1; i < count; i++) {
        if (few ? stands_before(keys, i) : slice_equal(keys[i - 1].name, keys[i].name))
            report_duplicate(scan, level, &keys[i]);
    }
}

static void close_level(struct scan *scan, struct scan_level *level)
{
    if (!level->is_array) report_duplicates(scan, level);
    scan->key_count = level->first_key;
    scan->depth--;
}

/* Reads the key and its colon; false if the key was reported or the scan broke. */
static bool take_key(struct scan *scan, struct scan_level *level)
{
    const struct scan_mark mark = scan_here(scan);
    if (*scan->at != '"') {
        const bool digit = *scan->at >= '0' && *scan->at <= '9';
        scan_break(scan, scan->at, digit && level->begun ? MESSAGE_DECIMAL_COMMA : MESSAGE_KEY);
        return false;
    }
    struct slice key = {.len = 0};
    const bool sound = scan_text(scan, &key);
    if (sound && key.len == 0)
        scan_report(scan, mark, (struct form_report){.problem = FORM_EMPTY_KEY});
    if (scan->broken) return false;
    skip_blanks(scan);
    if (*scan->at != ':') {
        scan_break(scan, scan->at, MESSAGE_COLON);
        return false;
    }
    scan->at++;
    level->key = key;
    level->mark = mark;
    return sound && key.len > 0;
}

static void push_key(struct scan *scan, const struct scan_level *level)
{
    scan->keys = memory_room(scan->keys, scan->key_count, &scan->key_room, sizeof *scan->keys);
    scan->keys[scan->key_count++] = (struct scan_key){.name = level->key, .mark = level->mark};
}

bool scan_member(struct scan *scan, struct slice *ret_key)
{
    struct scan_level *level = &scan->levels[scan->depth - 1];
    while (next_in(scan, level)) {
        if (take_key(scan, level)) {
            push_key(scan, level);
            level->inside = true;
            *ret_key = level->key;
            return true;
        }
        scan_skip(scan);
    }
    if (!scan->broken) close_level(scan, level);
    return false;
}

bool scan_item(struct scan *scan)
{
    struct scan_level *level = &scan->levels[scan->depth - 1];
    const bool first = !level->begun;
    if (next_in(scan, level)) {
        level->index = first ? 0 : level->index + 1;
        level->inside = true;
        return true;
    }
    if (!scan->broken) close_level(scan, level);
    return false;
}

/* A word nobody asked for must still be one that JSON has. */
static void skip_word(struct scan *scan)
{
    const struct scan_mark mark = scan_here(scan);
    const struct slice word = scan_word(scan);
    struct decimal ignored;
    if (slice_is(word, "null") || slice_is(word, "true") || slice_is(word, "false")) return;
    if (decimal_parse(word, &ignored) != DECIMAL_NO_NUMBER) return;
    scan_report(scan, mark, (struct form_report){.problem = FORM_NO_NUMBER, .found = word});
}

static void skip_text(struct scan *scan)
{
    struct slice ignored;
    if (!scan_text(scan, &ignored)) return; /* and that has been reported */
}

static void skip_container(struct scan *scan, bool is_array)
{
    struct slice key;
    if (!scan_open(scan)) return;
    while (is_array ? scan_item(scan) : scan_member(scan, &key))
        scan_skip(scan);
}

struct slice scan_skip(struct scan *scan)
{
    const enum scan_kind kind = scan_peek(scan);
    const char *const begin = scan->at;
    switch (kind) {
    case SCAN_OBJECT:
    case SCAN_ARRAY: skip_container(scan, kind == SCAN_ARRAY); break;
    case SCAN_TEXT: skip_text(scan); break;
    case SCAN_WORD: skip_word(scan); break;
    case SCAN_BROKEN: break;
    }
    return slice_from(begin, (size_t)(scan->at - begin));
}

void scan_finish(struct scan *scan)
{
    if (scan->broken) return;
    skip_blanks(scan);
    if (scan->at < scan->end) scan_break(scan, scan->at, MESSAGE_MORE);
}
