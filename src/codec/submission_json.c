/*
 * Reads a delivery in one pass over its bytes. One copy of the body goes into the submission's
 * arena and everything read is a slice of it. The grammar (that of submission_schema) is walked by
 * one function a level; each reports what does not fit there, reads past it and goes on, so that a
 * deliverer sees everything at once. Only what is no JSON ends it early, and then there is no
 * submission.
 */
#include "codec/submission_json.h"

#include "base/utf8.h"
#include "codec/submission_reader.h"

_Static_assert((int)SUBMISSION_JSON_DEPTH == (int)SCAN_DEPTH, "the scanner keeps the depth");

/* The parts turned out to be `aantal` and `dagen`: takes their entries back and makes one. */
static void join_waiting(struct reader *reader, size_t first, struct scan_mark mark,
                         struct reader_waiting *waiting)
{
    size_t numbers = 0;
    for (size_t i = first; i < reader->found.entry_count; i++) {
        const struct entry *entry = &reader->found.entries[i];
        if (entry->kind == VALUE_NUMBER) {
            waiting->values[reader_pair_of(entry->part)] = entry->number;
            numbers++;
            continue;
        }
        scan_report(&reader->scan, (struct scan_mark){.line = entry->line, .column = entry->column},
                    (struct form_report){
                        .problem = FORM_WRONG_KIND,
                        .allowed = "{\"aantal\": 12, \"dagen\": 912}",
                        .message = "Bij \"aantal\" en bij \"dagen\" hoort een getal. Vul beide "
                                   "in; is het geheel niet van toepassing, schrijf dan null in "
                                   "plaats van alles tussen { en }.",
                    });
    }
    waiting->faulty = numbers < PAIR_NONE;
    reader->found.entry_count = first;
    reader_add_waiting(reader, slice_of(NULL), mark, waiting);
}

/* `{}` where something was to be said: it must not pass for nothing said. */
static void refuse_empty(struct reader *reader, struct scan_mark mark)
{
    if (reader->scan.broken) return;
    scan_report(&reader->scan, mark,
                (struct form_report){
                    .problem = FORM_MISSING_KEY,
                    .message = "Tussen deze haakjes staat niets. Vul in wat hier hoort of haal de "
                               "naam weg.",
                    .allowed = "ten minste een waarde",
                });
}

/*
 * The parts of a measure by name. Without a definition only the names can tell an undivided
 * waiting list from parts: it has `aantal` and `dagen` and nothing else.
 */
static void read_parts(struct reader *reader)
{
    const struct scan_mark mark = scan_here(&reader->scan);
    const size_t first = reader->found.entry_count;
    struct reader_waiting waiting = {.faulty = false};
    bool has_pair = false, has_parts = false;
    struct slice part;
    if (!scan_open(&reader->scan)) return;
    while (scan_member(&reader->scan, &part)) {
        const enum reader_pair pair = reader_pair_of(part);
        if (pair == PAIR_NONE) {
            has_parts = true;
        } else {
            has_pair = waiting.seen[pair] = true;
        }
        reader_read_value(reader, part);
    }
    if (!has_pair && !has_parts) refuse_empty(reader, mark);
    if (has_pair && !has_parts) join_waiting(reader, first, mark, &waiting);
}

static void read_measures(struct reader *reader)
{
    if (!reader_open_object(
            reader, "{\"clienten\": {...}, ...}",
            "Hier horen cijfers te staan, elk bij zijn naam. Zet ze tussen { en }."))
        return;
    while (scan_member(&reader->scan, &reader->measure)) {
        if (scan_peek(&reader->scan) == SCAN_OBJECT) {
            read_parts(reader);
        } else {
            reader_read_value(reader, slice_of(NULL));
        }
    }
}

static void read_figures(struct reader *reader)
{
    reader->region = slice_of(NULL);
    read_measures(reader);
}

static void read_regions(struct reader *reader)
{
    if (!reader_open_object(
            reader, "{\"JZ01\": {...}, ...}",
            "Hier horen regio's te staan, elk bij haar code. Zet ze tussen { en }."))
        return;
    while (scan_member(&reader->scan, &reader->region)) {
        const bool is_object = scan_peek(&reader->scan) == SCAN_OBJECT;
        const struct scan_mark mark = scan_here(&reader->scan);
        const size_t before = reader->found.entry_count;
        const size_t findings = reader->scan.findings->count;
        read_measures(reader);
        if (is_object && reader->found.entry_count == before &&
            reader->scan.findings->count == findings)
            refuse_empty(reader, mark);
    }
}

static void add_declared(struct reader *reader, struct slice indicator,
                         const struct reader_number *number)
{
    struct collection *const found = &reader->found;
    found->declared =
        arena_room(reader->arena, found->declared, found->declared_count, sizeof *found->declared);
    found->declared[found->declared_count++] = (struct declared){
        .indicator = indicator,
        .value = number->value,
        .line = number->mark.line,
        .column = number->mark.column,
    };
}

static void read_declared(struct reader *reader)
{
    struct slice indicator;
    struct reader_number number;
    if (!reader_open_object(reader, "{\"workload\": 12.4}",
                            "Hier horen uw eigen indicatoren te staan, elk bij zijn naam. Zet ze "
                            "tussen { en }."))
        return;
    while (scan_member(&reader->scan, &indicator)) {
        if (reader_read_number(reader, &number)) add_declared(reader, indicator, &number);
    }
}

static void add_note(struct reader *reader, struct slice code, struct slice text,
                     struct scan_mark mark)
{
    struct collection *const found = &reader->found;
    found->notes = arena_room(reader->arena, found->notes, found->note_count, sizeof *found->notes);
    found->notes[found->note_count++] = (struct note){
        .code = code,
        .text = text,
        .line = mark.line,
        .column = mark.column,
    };
}

static void read_note(struct reader *reader, struct slice code)
{
    struct slice text;
    const enum scan_kind kind = scan_peek(&reader->scan);
    const struct scan_mark mark = scan_here(&reader->scan);
    if (kind == SCAN_BROKEN) return;
    if (kind != SCAN_TEXT) {
        reader_refuse_kind(reader, "een tekst",
                           "Een toelichting is een tekst. Zet haar tussen aanhalingstekens.");
        return;
    }
    if (!scan_text(&reader->scan, &text)) return;
    if (slice_trim(text).len == 0) {
        scan_report(&reader->scan, mark, (struct form_report){.problem = FORM_BLANK_NOTE});
    } else if (utf8_length(text) > FORM_NOTE_MOST) {
        scan_report(&reader->scan, mark,
                    (struct form_report){.problem = FORM_LONG_NOTE, .found = text});
    } else {
        add_note(reader, code, text, mark);
    }
}

static void read_notes(struct reader *reader)
{
    struct slice code;
    if (!reader_open_object(reader, "{\"sprong\": \"...\"}",
                            "Hier horen toelichtingen te staan, elk bij de code van een bevinding. "
                            "Zet ze tussen { en }."))
        return;
    while (scan_member(&reader->scan, &code))
        read_note(reader, code);
}

static const struct slice SECTION_KEYS[] = {
    SLICE_LITERAL("cijfers"),
    SLICE_LITERAL("regios"),
    SLICE_LITERAL("opgegeven"),
    SLICE_LITERAL("toelichtingen"),
};

enum { SECTION_COUNT = sizeof SECTION_KEYS / sizeof SECTION_KEYS[0] };

static void (*const SECTION_READERS[SECTION_COUNT])(struct reader *) = {
    read_figures,
    read_regions,
    read_declared,
    read_notes,
};

static void read_section(struct reader *reader, struct slice key)
{
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (!slice_equal(key, SECTION_KEYS[i])) continue;
        SECTION_READERS[i](reader);
        return;
    }
    reader_refuse_key(reader, key, SECTION_KEYS, SECTION_COUNT);
}

/* RFC 8259 forbids a BOM; without it the rest is still a delivery. */
static void pass_bom(struct scan *scan)
{
    if (!slice_starts(slice_from(scan->at, (size_t)(scan->end - scan->at)), "\xEF\xBB\xBF")) return;
    scan_report(scan, scan_here(scan), (struct form_report){.problem = FORM_BOM});
    scan->at += 3;
}

/* What Windows calls Unicode: two bytes a character, and a mark that says in which order. */
static bool is_utf16(struct slice body)
{
    return slice_starts(body, "\xFF\xFE") || slice_starts(body, "\xFE\xFF");
}

/* The whole body; false if it is no JSON or no object. */
static bool read_delivery(struct reader *reader)
{
    struct scan *const scan = &reader->scan;
    struct slice key;
    pass_bom(scan);
    const enum scan_kind kind = scan_peek(scan);
    if (kind != SCAN_OBJECT) {
        if (kind != SCAN_BROKEN)
            scan_report(scan, scan_here(scan), (struct form_report){.problem = FORM_NOT_OBJECT});
        return false;
    }
    if (!scan_open(scan)) return false;
    while (scan_member(scan, &key))
        read_section(reader, key);
    scan_finish(scan);
    return !scan->broken;
}

struct submission *submission_json_read(struct slice body, struct findings *findings)
{
    const bool is_empty = slice_trim(body).len == 0;
    if (is_empty || is_utf16(body)) {
        form_finding_add(findings, &(struct form_report){
                                       .problem = is_empty ? FORM_EMPTY : FORM_INVALID_UTF8,
                                       .line = 1,
                                       .column = 1,
                                   });
        return NULL;
    }
    struct submission *submission = submission_new();
    struct reader reader = {.arena = &submission->arena};
    scan_init(&reader.scan, arena_copy(&submission->arena, body), &submission->arena, findings);
    const bool read = read_delivery(&reader);
    scan_done(&reader.scan);
    if (!read) {
        submission_free(submission);
        return NULL;
    }
    submission_settle(submission, &reader.found);
    return submission;
}
