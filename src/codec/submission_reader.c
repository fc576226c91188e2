/*
 * The values of a delivery: a number, null, waiting dates, or a count with days. Each function
 * reads exactly one value and leaves the scan behind it, also when the value does not fit; what
 * does not fit is reported once, where it stands.
 */
#include "codec/submission_reader.h"

#include "base/nearest.h"

static const char ALLOWED_ROW[] = "{\"sinds\": \"2024-09-02\", \"aantal\": 3}";
static const struct slice PAIR_KEYS[] = {SLICE_LITERAL("aantal"), SLICE_LITERAL("dagen")};
static const struct slice ROW_KEYS[] = {SLICE_LITERAL("sinds"), SLICE_LITERAL("aantal")};

void reader_refuse_kind(struct reader *reader, const char *allowed, const char *message)
{
    const struct scan_mark mark = scan_here(&reader->scan);
    const struct slice found = scan_skip(&reader->scan);
    if (reader->scan.broken) return;
    scan_report(
        &reader->scan, mark,
        (struct form_report){
            .problem = FORM_WRONG_KIND, .found = found, .allowed = allowed, .message = message});
}

/* `sinds, aantal`, with a NUL behind it. */
static const char *list_names(struct arena *arena, const struct slice *names, size_t count)
{
    struct text text = {0};
    for (size_t i = 0; i < count; i++) {
        if (i > 0) text_puts(&text, ", ");
        text_put(&text, names[i]);
    }
    const struct slice list = arena_copy(arena, text_slice(&text));
    text_done(&text);
    return list.ptr;
}

void reader_refuse_key(struct reader *reader, struct slice key, const struct slice *known,
                       size_t count)
{
    struct findings *const findings = reader->scan.findings;
    struct form_report report = {.problem = FORM_UNKNOWN_KEY, .found = key};
    if (!form_finding_full(findings)) {
        const struct slice *nearest = nearest_word(key, known, count);
        if (nearest != NULL) report.nearest = *nearest;
        report.allowed = list_names(findings->arena, known, count);
    }
    scan_report(&reader->scan, scan_key_mark(&reader->scan), report);
    scan_skip(&reader->scan);
}

bool reader_open_object(struct reader *reader, const char *allowed, const char *message)
{
    const enum scan_kind kind = scan_peek(&reader->scan);
    if (kind == SCAN_OBJECT) return scan_open(&reader->scan);
    if (kind != SCAN_BROKEN) reader_refuse_kind(reader, allowed, message);
    return false;
}

static bool is_literal(struct slice word)
{
    return slice_is(word, "null") || slice_is(word, "true") || slice_is(word, "false");
}

/* What a word has against being a number; FORM_PROBLEM_COUNT if nothing. */
static enum form_problem problem_of_word(struct slice word, struct decimal *ret_value)
{
    switch (decimal_parse(word, ret_value)) {
    case DECIMAL_OK: return FORM_PROBLEM_COUNT;
    case DECIMAL_TOO_LARGE: return FORM_TOO_LARGE;
    case DECIMAL_TOO_FINE: return FORM_TOO_FINE;
    case DECIMAL_NO_NUMBER: break;
    }
    return is_literal(word) ? FORM_WRONG_KIND : FORM_NO_NUMBER;
}

/* Reads a word that must be a number. */
static bool read_number_word(struct reader *reader, struct reader_number *ret_number)
{
    struct reader_number number = {.mark = scan_here(&reader->scan)};
    number.written = scan_word(&reader->scan);
    struct form_report report = {.found = number.written};
    report.problem = problem_of_word(number.written, &number.value);
    if (report.problem == FORM_PROBLEM_COUNT) {
        *ret_number = number;
        return true;
    }
    if (report.problem == FORM_WRONG_KIND) {
        report.allowed = "een getal";
        report.message = "Hier hoort een getal. Schrijf het getal of haal de naam weg.";
    }
    scan_report(&reader->scan, number.mark, report);
    return false;
}

bool reader_read_number(struct reader *reader, struct reader_number *ret_number)
{
    const enum scan_kind kind = scan_peek(&reader->scan);
    if (kind == SCAN_WORD) return read_number_word(reader, ret_number);
    if (kind == SCAN_BROKEN) return false;
    reader_refuse_kind(reader, "een getal",
                       kind == SCAN_TEXT
                           ? "Dit is tekst, maar hier hoort een getal. Schrijf het getal zonder "
                             "aanhalingstekens."
                           : "Hier hoort een getal. Schrijf alleen het getal, zonder haakjes.");
    return false;
}

/* Adds an entry of the measure and region being read. */
static struct entry *add_entry(struct reader *reader, struct slice part, struct scan_mark mark)
{
    struct collection *const found = &reader->found;
    found->entries =
        arena_room(reader->arena, found->entries, found->entry_count, sizeof *found->entries);
    struct entry *entry = &found->entries[found->entry_count++];
    *entry = (struct entry){
        .measure = reader->measure,
        .part = part,
        .region = reader->region,
        .line = mark.line,
        .column = mark.column,
    };
    return entry;
}

enum reader_pair reader_pair_of(struct slice key)
{
    if (slice_equal(key, PAIR_KEYS[PAIR_COUNT])) return PAIR_COUNT;
    return slice_equal(key, PAIR_KEYS[PAIR_DAYS]) ? PAIR_DAYS : PAIR_NONE;
}

void reader_add_waiting(struct reader *reader, struct slice part, struct scan_mark mark,
                        const struct reader_waiting *waiting)
{
    if (reader->scan.broken) return;
    if (!waiting->seen[PAIR_COUNT] || !waiting->seen[PAIR_DAYS]) {
        scan_report(&reader->scan, mark,
                    (struct form_report){
                        .problem = FORM_MISSING_KEY,
                        .message = "Bij wachtenden horen twee getallen: \"aantal\" en \"dagen\", "
                                   "de som van hun wachtdagen. Vul in wat ontbreekt; is dit geen "
                                   "wachtlijst, schrijf dan alleen het getal.",
                        .allowed = "{\"aantal\": 12, \"dagen\": 912}",
                    });
        return;
    }
    if (waiting->faulty) return;
    struct entry *entry = add_entry(reader, part, mark);
    entry->kind = VALUE_DATES; /* nobody waits, which is the empty list */
    if (waiting->values[PAIR_COUNT].units == 0 && waiting->values[PAIR_DAYS].units == 0) return;
    entry->kind = VALUE_COUNT_DAYS;
    entry->count = waiting->values[PAIR_COUNT];
    entry->days = waiting->values[PAIR_DAYS];
}

/* `{"aantal": 12, "dagen": 912}` as the value of a part. */
static void read_count_days(struct reader *reader, struct slice part)
{
    const struct scan_mark mark = scan_here(&reader->scan);
    struct reader_waiting waiting = {.faulty = false};
    struct reader_number number;
    struct slice key;
    if (!scan_open(&reader->scan)) return;
    while (scan_member(&reader->scan, &key)) {
        const enum reader_pair pair = reader_pair_of(key);
        if (pair == PAIR_NONE) {
            reader_refuse_key(reader, key, PAIR_KEYS, PAIR_NONE);
            continue;
        }
        waiting.seen[pair] = true;
        if (reader_read_number(reader, &number)) {
            waiting.values[pair] = number.value;
        } else {
            waiting.faulty = true;
        }
    }
    reader_add_waiting(reader, part, mark, &waiting);
}

static bool read_since(struct reader *reader, struct date *ret_date)
{
    struct slice text = {.len = 0};
    const enum scan_kind kind = scan_peek(&reader->scan);
    const struct scan_mark mark = scan_here(&reader->scan);
    if (kind == SCAN_BROKEN) return false;
    if (kind != SCAN_TEXT) {
        reader_refuse_kind(reader, "een datum als \"2024-10-01\"",
                           "Hier hoort een datum. Schrijf die tussen aanhalingstekens, zoals "
                           "\"2024-10-01\".");
        return false;
    }
    if (!scan_text(&reader->scan, &text)) return false;
    if (date_parse(text, ret_date)) return true;
    scan_report(&reader->scan, mark, (struct form_report){.problem = FORM_BAD_DATE, .found = text});
    return false;
}

static bool read_count(struct reader *reader, int64_t *ret_count)
{
    struct reader_number number;
    int64_t count = 0;
    if (!reader_read_number(reader, &number)) return false;
    const bool whole = decimal_to_units(number.value, 0, &count);
    if (whole && count >= 0) {
        *ret_count = count;
        return true;
    }
    scan_report(&reader->scan, number.mark,
                (struct form_report){.problem = whole ? FORM_NEGATIVE : FORM_NOT_WHOLE,
                                     .found = number.written});
    return false;
}

/* What has been read of a waiting row. */
struct row_reading {
    struct waiting_row row;
    bool seen_since, seen_count, faulty;
};

static void read_row_member(struct reader *reader, struct slice key, struct row_reading *reading)
{
    if (slice_equal(key, ROW_KEYS[0])) {
        reading->seen_since = true;
        if (!read_since(reader, &reading->row.since)) reading->faulty = true;
    } else if (slice_equal(key, ROW_KEYS[1])) {
        reading->seen_count = true;
        if (!read_count(reader, &reading->row.count)) reading->faulty = true;
    } else {
        reader_refuse_key(reader, key, ROW_KEYS, sizeof ROW_KEYS / sizeof ROW_KEYS[0]);
    }
}

/* One row of waiting dates; false if there is none to keep. */
static bool read_row(struct reader *reader, struct waiting_row *ret_row)
{
    struct row_reading reading = {.faulty = false};
    struct slice key;
    scan_peek(&reader->scan);
    const struct scan_mark mark = scan_here(&reader->scan);
    if (!reader_open_object(reader, ALLOWED_ROW,
                            "Elke regel van een wachtlijst is een begindatum met een aantal. Zet "
                            "die samen tussen { en }."))
        return false;
    while (scan_member(&reader->scan, &key))
        read_row_member(reader, key, &reading);
    if (reader->scan.broken) return false;
    if (!reading.seen_since || !reading.seen_count) {
        scan_report(&reader->scan, mark,
                    (struct form_report){
                        .problem = FORM_MISSING_KEY,
                        .message = "Deze regel van de wachtlijst is niet volledig. Vul zowel "
                                   "\"sinds\" als \"aantal\" in.",
                        .allowed = ALLOWED_ROW,
                    });
        return false;
    }
    reading.row.line = mark.line;
    reading.row.column = mark.column;
    *ret_row = reading.row;
    return !reading.faulty;
}

/* `[{"sinds": ..., "aantal": ...}, ...]` as the value of a part. */
static void read_rows(struct reader *reader, struct slice part)
{
    const struct scan_mark mark = scan_here(&reader->scan);
    struct waiting_row *rows = NULL;
    struct waiting_row row;
    size_t count = 0;
    bool overflow = false;
    if (!scan_open(&reader->scan)) return;
    while (scan_item(&reader->scan)) {
        if (!read_row(reader, &row)) continue;
        rows = arena_room(reader->arena, rows, count, sizeof *rows);
        rows[count++] = row;
    }
    if (reader->scan.broken) return;
    struct entry *entry = add_entry(reader, part, mark);
    entry->kind = VALUE_DATES;
    entry->rows = rows;
    entry->row_count = waiting_rows_settle(rows, count, &overflow);
    if (overflow) scan_report(&reader->scan, mark, (struct form_report){.problem = FORM_TOO_LARGE});
}

/* A number or null. */
static void read_word(struct reader *reader, struct slice part)
{
    struct scan *const scan = &reader->scan;
    const struct scan_mark mark = scan_here(scan);
    struct reader_number number;
    if (*scan->at == 'n' && slice_is(scan_peek_word(scan), "null")) {
        scan_word(scan);
        add_entry(reader, part, mark)->kind = VALUE_NOT_APPLICABLE;
    } else if (read_number_word(reader, &number)) {
        struct entry *entry = add_entry(reader, part, mark);
        entry->kind = VALUE_NUMBER;
        entry->number = number.value;
        entry->written = number.written;
    }
}

void reader_read_value(struct reader *reader, struct slice part)
{
    switch (scan_peek(&reader->scan)) {
    case SCAN_WORD: read_word(reader, part); break;
    case SCAN_ARRAY: read_rows(reader, part); break;
    case SCAN_OBJECT: read_count_days(reader, part); break;
    case SCAN_TEXT:
        reader_refuse_kind(reader, "een getal of null",
                           "Dit is tekst, maar hier hoort een getal. Schrijf het getal zonder "
                           "aanhalingstekens; is het niet van toepassing, schrijf dan null.");
        break;
    case SCAN_BROKEN: break;
    }
}
