/*
 * Writes a delivery in its canonical form (docs/log.md; RFC 8785): what the log keeps and what its
 * digest is of. The arrays of a submission stand in canonical order already, so this walks them
 * once and opens and closes an object where region or measure changes. It cannot fail.
 */
#include "codec/submission_json.h"

#include "codec/json_writer.h"

static void write_rows(struct json *json, const struct entry *entry)
{
    json_open_array(json, NULL);
    for (size_t i = 0; i < entry->row_count; i++) {
        json_open_object(json, NULL);
        json_int(json, "aantal", entry->rows[i].count);
        json_date(json, "sinds", entry->rows[i].since);
        json_close_object(json);
    }
    json_close_array(json);
}

static void write_count_days(struct json *json, const struct entry *entry)
{
    if (entry->count.units == 0 && entry->days.units == 0) {
        json_open_array(json, NULL);
        json_close_array(json);
        return;
    }
    json_open_object(json, NULL);
    json_decimal(json, "aantal", entry->count);
    json_decimal(json, "dagen", entry->days);
    json_close_object(json);
}

static void write_value(struct json *json, const struct entry *entry)
{
    switch (entry->kind) {
    case VALUE_NUMBER: json_decimal(json, NULL, entry->number); break;
    case VALUE_NOT_APPLICABLE: json_null(json, NULL); break;
    case VALUE_DATES: write_rows(json, entry); break;
    case VALUE_COUNT_DAYS: write_count_days(json, entry); break;
    }
}

/* The first entry from `first` on that is about another measure or region. */
static size_t end_of_measure(const struct submission *submission, size_t first)
{
    const struct entry *entries = submission->entries;
    size_t end = first + 1;
    while (end < submission->entry_count &&
           slice_equal(entries[end].measure, entries[first].measure) &&
           slice_equal(entries[end].region, entries[first].region))
        end++;
    return end;
}

/* One measure: its value where it is undivided, else its parts. Returns where the next begins. */
static size_t write_measure(struct json *json, const struct submission *submission, size_t first)
{
    const struct entry *entries = submission->entries;
    const size_t end = end_of_measure(submission, first);
    json_key(json, entries[first].measure);
    if (entries[first].part.len == 0) {
        write_value(json, &entries[first]);
        return end;
    }
    json_open_object(json, NULL);
    for (size_t i = first; i < end; i++) {
        json_key(json, entries[i].part);
        write_value(json, &entries[i]);
    }
    json_close_object(json);
    return end;
}

/* All measures of one region; the totals are the region without a name. */
static size_t write_region(struct json *json, const struct submission *submission, size_t first)
{
    const struct slice region = submission->entries[first].region;
    size_t next = first;
    json_open_object(json, NULL);
    while (next < submission->entry_count && slice_equal(submission->entries[next].region, region))
        next = write_measure(json, submission, next);
    json_close_object(json);
    return next;
}

static void write_declared(struct json *json, const struct submission *submission)
{
    if (submission->declared_count == 0) return;
    json_open_object(json, "opgegeven");
    for (size_t i = 0; i < submission->declared_count; i++) {
        json_key(json, submission->declared[i].indicator);
        json_decimal(json, NULL, submission->declared[i].value);
    }
    json_close_object(json);
}

static void write_regions(struct json *json, const struct submission *submission, size_t first)
{
    if (first == submission->entry_count) return;
    json_open_object(json, "regios");
    for (size_t next = first; next < submission->entry_count;) {
        json_key(json, submission->entries[next].region);
        next = write_region(json, submission, next);
    }
    json_close_object(json);
}

static void write_notes(struct json *json, const struct submission *submission)
{
    if (submission->note_count == 0) return;
    json_open_object(json, "toelichtingen");
    for (size_t i = 0; i < submission->note_count; i++) {
        json_key(json, submission->notes[i].code);
        json_text(json, NULL, submission->notes[i].text);
    }
    json_close_object(json);
}

void submission_json_write(struct text *text, const struct submission *submission)
{
    struct json json;
    size_t first_region = 0;
    json_init(&json, text);
    json_open_object(&json, NULL);
    if (submission->entry_count > 0 && submission->entries[0].region.len == 0) {
        json_key(&json, slice_of("cijfers"));
        first_region = write_region(&json, submission, 0);
    }
    write_declared(&json, submission);
    write_regions(&json, submission, first_region);
    write_notes(&json, submission);
    json_close_object(&json);
}
