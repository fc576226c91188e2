/*
 * What an analyst says, to and from JSON. Which keys a kind has stands in one table; a key is read
 * by its own function, and everything that does not fit is reported where it stands, all at once.
 * Requests and records have the same form, so what the log keeps is read by the same rules as what
 * came in.
 */
#include "codec/notice_json.h"

#include <stdlib.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "codec/json_scan.h"
#include "core/bsn.h"

/* A notice that is being read. */
struct reading {
    struct scan scan;
    struct notice *notice;
    size_t tolerated; /* so many findings were there already, or are about a text alone */
};

static void refuse_value(struct reading *reading, enum form_problem problem, const char *allowed,
                         const char *message)
{
    const struct scan_mark mark = scan_here(&reading->scan);
    const struct slice found = scan_skip(&reading->scan);
    if (reading->scan.broken) return;
    scan_report(&reading->scan, mark,
                (struct form_report){
                    .problem = problem, .found = found, .allowed = allowed, .message = message});
}

/* ---- values ---- */

static void read_aside(struct reading *reading)
{
    const bool word = scan_peek(&reading->scan) == SCAN_WORD;
    const struct slice found = word ? scan_peek_word(&reading->scan) : (struct slice){0};
    reading->notice->aside = slice_is(found, "true");
    if (reading->notice->aside || slice_is(found, "false"))
        scan_skip(&reading->scan);
    else
        refuse_value(reading, FORM_WRONG_KIND, "true of false",
                     "Schrijf true om de aanlevering terzijde te leggen of false om haar terug te "
                     "leggen.");
}

static void read_revision(struct reading *reading)
{
    const bool word = scan_peek(&reading->scan) == SCAN_WORD;
    uint64_t number = 0;
    if (!word || !slice_to_u64(scan_peek_word(&reading->scan), &number) || number > UINT32_MAX) {
        refuse_value(reading, FORM_WRONG_KIND, "een heel getal",
                     "Schrijf het nummer van de revisie waar dit over gaat, of laat deze regel "
                     "weg.");
        return;
    }
    reading->notice->has_revision = true;
    reading->notice->revision = (unsigned)number;
    scan_skip(&reading->scan);
}

static void read_until(struct reading *reading)
{
    const enum scan_kind kind = scan_peek(&reading->scan);
    const struct scan_mark mark = scan_here(&reading->scan);
    struct slice text;
    if (kind != SCAN_TEXT) {
        refuse_value(reading, FORM_WRONG_KIND, "een datum als \"2025-02-01\"",
                     "Schrijf de laatste dag als tekst, jaar-maand-dag.");
        return;
    }
    if (!scan_text(&reading->scan, &text) || date_parse(text, &reading->notice->until)) return;
    scan_report(&reading->scan, mark,
                (struct form_report){.problem = FORM_BAD_DATE, .found = text});
}

/*
 * A text that may not come in is still a text: a record whose text was emptied later says what it
 * said. One about a person is not repeated in its finding.
 */
static void check_text(struct reading *reading, struct scan_mark mark, struct slice text)
{
    struct form_report report = {.problem = FORM_PROBLEM_COUNT};
    if (slice_trim(text).len == 0) {
        report.problem = FORM_BLANK_NOTE;
        report.message = "Deze tekst is leeg. Schrijf in enkele woorden wat er is.";
    } else if (utf8_length(text) > FORM_NOTE_MOST) {
        report.problem = FORM_LONG_NOTE;
        report.found = text;
        report.message = "Deze tekst is te lang. Kort hem in tot hoogstens 1000 tekens.";
    } else if (bsn_in(text)) {
        report.problem = FORM_PERSON;
    }
    if (report.problem == FORM_PROBLEM_COUNT) return;
    scan_report(&reading->scan, mark, report);
    reading->tolerated++;
}

static void read_text(struct reading *reading)
{
    const enum scan_kind kind = scan_peek(&reading->scan);
    const struct scan_mark mark = scan_here(&reading->scan);
    if (kind != SCAN_TEXT) {
        refuse_value(reading, FORM_WRONG_KIND, "een tekst",
                     "Hier hoort een tekst. Zet haar tussen aanhalingstekens.");
        return;
    }
    if (!scan_text(&reading->scan, &reading->notice->text)) return;
    check_text(reading, mark, reading->notice->text);
}

/* ---- editions ---- */

enum { NAME_MOST = 64 };

/* It becomes part of addresses: small letters and digits with single - between. */
static bool is_name(struct slice text)
{
    bool joint = true; /* a `-` may not come now */
    for (size_t i = 0; i < text.len; i++) {
        const char byte = text.ptr[i];
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        if (!plain && (byte != '-' || joint)) return false;
        joint = !plain;
    }
    return text.len <= NAME_MOST && !joint;
}

/* The text that comes next; false where there is none, and then that is a finding. */
static bool take_text(struct reading *reading, const char *allowed, const char *message,
                      struct slice *ret_text)
{
    if (scan_peek(&reading->scan) == SCAN_TEXT) return scan_text(&reading->scan, ret_text);
    refuse_value(reading, FORM_WRONG_KIND, allowed, message);
    return false;
}

static void read_name(struct reading *reading)
{
    static const char allowed[] = "kleine letters en cijfers met een - ertussen";
    const struct scan_mark mark = scan_here(&reading->scan);
    struct slice text;
    if (!take_text(reading, allowed, "Schrijf de naam van de editie als tekst.", &text)) return;
    reading->notice->name = text;
    if (is_name(text) && !bsn_in(text)) return;
    scan_report(&reading->scan, mark,
                (struct form_report){.problem = FORM_WRONG_KIND,
                                     .found = text,
                                     .allowed = allowed,
                                     .message = "Dit kan geen naam zijn. Gebruik hoogstens 64 "
                                                "kleine letters en cijfers, met losse streepjes "
                                                "ertussen, zoals brief-2024-12-02."});
}

static void read_status(struct reading *reading)
{
    static const char allowed[] = "voorlopig, nader-voorlopig, definitief";
    static const char message[] =
        "Schrijf hoe vast de cijfers staan: voorlopig, nader-voorlopig "
        "of definitief.";
    const struct scan_mark mark = scan_here(&reading->scan);
    struct slice text;
    if (!take_text(reading, allowed, message, &text)) return;
    if (status_parse(text, &reading->notice->status)) return;
    scan_report(
        &reading->scan, mark,
        (struct form_report){
            .problem = FORM_WRONG_KIND, .found = text, .allowed = allowed, .message = message});
}

/* What it means depends on the log: who asks and the fold look at that. */
static void read_known(struct reading *reading)
{
    static const char allowed[] = "een moment of een kenmerk";
    static const char message[] =
        "Schrijf als tekst tot welk moment of kenmerk de editie gaat, of "
        "laat deze regel weg.";
    const struct scan_mark mark = scan_here(&reading->scan);
    struct slice text;
    if (!take_text(reading, allowed, message, &text)) return;
    reading->notice->known = text;
    if (text.len > 0) return;
    scan_report(
        &reading->scan, mark,
        (struct form_report){.problem = FORM_WRONG_KIND, .allowed = allowed, .message = message});
}

static int compare_dates(const void *left, const void *right)
{
    const struct date *a = left, *b = right;
    return date_compare(*a, *b);
}

static bool has_date(const struct notice *notice, struct date date)
{
    for (size_t i = 0; i < notice->peildatum_count; i++) {
        if (date_compare(notice->peildata[i], date) == 0) return true;
    }
    return false;
}

static void read_peildatum(struct reading *reading)
{
    struct notice *notice = reading->notice;
    const struct scan_mark mark = scan_here(&reading->scan);
    struct slice text;
    struct date date;
    if (!take_text(reading, "een datum als \"2024-10-01\"",
                   "Schrijf elke peildatum als tekst, jaar-maand-dag.", &text))
        return;
    if (!date_parse(text, &date) || has_date(notice, date)) {
        scan_report(&reading->scan, mark,
                    (struct form_report){.problem = FORM_BAD_DATE,
                                         .found = text,
                                         .message = "Dit is geen bestaande datum, of zij staat er "
                                                    "twee keer. Schrijf elke peildatum één keer, "
                                                    "als \"2024-10-01\"."});
        return;
    }
    notice->peildata = arena_room(&notice->arena, notice->peildata, notice->peildatum_count,
                                  sizeof *notice->peildata);
    notice->peildata[notice->peildatum_count++] = date;
}

static void read_peildata(struct reading *reading)
{
    static const char message[] =
        "Schrijf een lijst van peildata tussen [ en ], of laat deze "
        "regel weg als de editie over alle gaat.";
    const struct scan_mark mark = scan_here(&reading->scan);
    struct notice *notice = reading->notice;
    bool any = false;
    if (scan_peek(&reading->scan) != SCAN_ARRAY) {
        refuse_value(reading, FORM_WRONG_KIND, "[\"2024-10-01\"]", message);
        return;
    }
    if (!scan_open(&reading->scan)) return;
    while (scan_item(&reading->scan)) {
        any = true;
        read_peildatum(reading);
    }
    if (!any && !reading->scan.broken)
        scan_report(&reading->scan, mark,
                    (struct form_report){.problem = FORM_WRONG_KIND,
                                         .allowed = "[\"2024-10-01\"]",
                                         .message = message});
    if (notice->peildatum_count > 1)
        qsort(notice->peildata, notice->peildatum_count, sizeof *notice->peildata, compare_dates);
}

/* ---- the object ---- */

enum { MEMBERS_MOST = 5 };

static const struct member {
    const char *key;
    void (*read)(struct reading *reading);
    bool optional;
} MEMBERS[RECORD_KIND_COUNT][MEMBERS_MOST] = {
    [RECORD_SET_ASIDE] = {{.key = "terzijde", .read = read_aside},
                          {.key = "reden", .read = read_text},
                          {.key = "revisie", .read = read_revision, .optional = true}},
    [RECORD_REMARK] = {{.key = "opmerking", .read = read_text},
                       {.key = "revisie", .read = read_revision, .optional = true}},
    [RECORD_REOPENING] = {{.key = "tot", .read = read_until}, {.key = "reden", .read = read_text}},
    [RECORD_EDITION] = {{.key = "naam", .read = read_name},
                        {.key = "status", .read = read_status},
                        {.key = "bekendOp", .read = read_known, .optional = true},
                        {.key = "peildata", .read = read_peildata, .optional = true},
                        {.key = "toelichting", .read = read_text, .optional = true}},
};

/* The keys of a kind in words: `tot, reden`. */
static size_t known_keys(enum record_kind kind, struct slice *ret_known)
{
    size_t count = 0;
    while (count < MEMBERS_MOST && MEMBERS[kind][count].key != NULL) {
        ret_known[count] = slice_of(MEMBERS[kind][count].key);
        count++;
    }
    return count;
}

static void refuse_key(struct reading *reading, struct slice key)
{
    struct arena *arena = reading->scan.findings->arena;
    struct slice known[MEMBERS_MOST];
    const size_t count = known_keys(reading->notice->kind, known);
    const struct slice *nearest = nearest_word(key, known, count);
    struct slice allowed = known[0];
    for (size_t i = 1; i < count; i++)
        allowed = arena_print(arena, "%.*s, %s", (int)allowed.len, allowed.ptr, known[i].ptr);
    scan_report(&reading->scan, scan_key_mark(&reading->scan),
                (struct form_report){.problem = FORM_UNKNOWN_KEY,
                                     .found = key,
                                     .allowed = allowed.ptr,
                                     .nearest = nearest == NULL ? (struct slice){0} : *nearest});
    scan_skip(&reading->scan);
}

/* Reads one member and says which of the kind's it was; MEMBERS_MOST for none of them. */
static size_t read_member(struct reading *reading, struct slice key)
{
    const struct member *members = MEMBERS[reading->notice->kind];
    for (size_t i = 0; i < MEMBERS_MOST && members[i].key != NULL; i++) {
        if (!slice_is(key, members[i].key)) continue;
        members[i].read(reading);
        return i;
    }
    refuse_key(reading, key);
    return MEMBERS_MOST;
}

static void report_missing(struct reading *reading, const struct member *member,
                           struct scan_mark mark)
{
    struct arena *arena = reading->scan.findings->arena;
    const struct slice message =
        arena_print(arena, "Hier ontbreekt \"%s\". Zet het er met zijn waarde bij.", member->key);
    scan_report(&reading->scan, mark,
                (struct form_report){
                    .problem = FORM_MISSING_KEY, .allowed = member->key, .message = message.ptr});
}

static void read_members(struct reading *reading)
{
    const struct scan_mark mark = scan_here(&reading->scan);
    const struct member *members = MEMBERS[reading->notice->kind];
    bool seen[MEMBERS_MOST + 1] = {false};
    struct slice key;
    if (!scan_open(&reading->scan)) return;
    while (scan_member(&reading->scan, &key))
        seen[read_member(reading, key)] = true;
    if (reading->scan.broken) return;
    for (size_t i = 0; i < MEMBERS_MOST && members[i].key != NULL; i++) {
        if (!seen[i] && !members[i].optional) report_missing(reading, &members[i], mark);
    }
}

static bool read_notice(struct reading *reading)
{
    const enum scan_kind kind = scan_peek(&reading->scan);
    if (kind == SCAN_OBJECT)
        read_members(reading);
    else if (kind != SCAN_BROKEN)
        refuse_value(reading, FORM_NOT_OBJECT, "{\"reden\": \"...\"}",
                     "Hier horen namen met hun waarden te staan. Zet alles tussen { en }.");
    if (!reading->scan.broken) scan_finish(&reading->scan);
    return reading->scan.findings->count == reading->tolerated &&
           !reading->scan.findings->truncated;
}

struct notice *notice_json_read(enum record_kind kind, struct slice text, struct findings *findings)
{
    struct notice *notice = notice_new(kind);
    struct reading reading = {.notice = notice, .tolerated = findings->count};
    scan_init(&reading.scan, arena_copy(&notice->arena, text), &notice->arena, findings);
    const bool right = read_notice(&reading);
    scan_done(&reading.scan);
    if (right) return notice;
    notice_free(notice);
    return NULL;
}
