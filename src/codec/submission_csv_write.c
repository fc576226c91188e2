/*
 * Writes a delivery, or the template for one, as Excel in the Netherlands opens it with a double
 * click: `;` between fields and a decimal comma, because those are the list separator and decimal
 * sign of Windows there, and a BOM, because without one Excel takes UTF-8 for Windows-1252. The
 * order is that of the submission, which is canonical. It cannot fail.
 */
#include "codec/submission_csv.h"

#include "codec/csv_writer.h"
#include "codec/submission_csv_reader.h"

static const char BOM[] = "\xEF\xBB\xBF";

/* ---- what a spreadsheet would compute ---- */

static size_t apostrophes(struct slice text)
{
    size_t count = 0;
    while (count < text.len && text.ptr[count] == '\'')
        count++;
    return count;
}

/*
 * A text that begins like a formula is computed when a spreadsheet opens the file: harmless for
 * `- eerste punt`, which becomes an error and is lost, and not harmless for a formula that somebody
 * else wrote. An apostrophe before it makes it text. Texts that have apostrophes there get one too,
 * so that taking one off always gives back what was written.
 */
static bool needs_shield(struct slice text)
{
    const size_t at = apostrophes(text);
    if (at == text.len) return false;
    const char byte = text.ptr[at];
    return byte == '=' || byte == '+' || byte == '-' || byte == '@' || byte == '\t' || byte == '\r';
}

bool csv_is_shielded(struct slice text)
{
    return text.len > 0 && text.ptr[0] == '\'' && needs_shield(text);
}

/* A free text. */
static void put_free(struct csv *csv, struct slice value)
{
    struct text text = {0};
    if (needs_shield(value)) text_putc(&text, '\'');
    text_put(&text, value);
    csv_put(csv, text_slice(&text));
    text_done(&text);
}

/* ---- lines ---- */

/* What stands before the value. */
struct line_head {
    struct slice measure, part, region;
    const char *aspect; /* `aantal`, `dagen` or NULL */
    const struct date *since;
};

static void put_part(struct csv *csv, struct slice part, const char *aspect)
{
    struct text text = {0};
    text_put(&text, part);
    if (part.len > 0 && aspect != NULL) text_putc(&text, '.');
    if (aspect != NULL) text_puts(&text, aspect);
    csv_put(csv, text_slice(&text));
    text_done(&text);
}

/* All of a line but its value, which the caller puts. */
static void begin_line(struct csv *csv, struct line_head head)
{
    csv_put(csv, head.measure);
    put_part(csv, head.part, head.aspect);
    csv_put(csv, head.region);
    if (head.since != NULL) {
        csv_put_date(csv, *head.since);
    } else {
        csv_skip(csv);
    }
}

static void put_number(struct csv *csv, struct line_head head, struct decimal value)
{
    begin_line(csv, head);
    csv_put_fixed(csv, decimal_shortest(value));
    csv_end_row(csv);
}

static struct csv begin_file(struct text *text)
{
    struct csv csv = csv_over(text, LANGUAGE_DUTCH);
    text_puts(text, BOM);
    for (unsigned i = 0; i < CSV_COLUMN_COUNT; i++)
        csv_put(&csv, csv_column_name((enum csv_column)i));
    csv_end_row(&csv);
    return csv;
}

/* ---- a delivery ---- */

static void put_sum(struct csv *csv, struct line_head head, const struct entry *entry)
{
    head.aspect = "aantal";
    put_number(csv, head, entry->count);
    head.aspect = "dagen";
    put_number(csv, head, entry->days);
}

static void put_dates(struct csv *csv, struct line_head head, const struct entry *entry)
{
    for (size_t i = 0; i < entry->row_count; i++) {
        head.since = &entry->rows[i].since;
        put_number(csv, head, decimal_of(entry->rows[i].count));
    }
    if (entry->row_count > 0) return;
    head.aspect = "aantal";
    put_number(csv, head, decimal_of(0));
}

static void put_entry(struct csv *csv, const struct entry *entry)
{
    const struct line_head head = {
        .measure = entry->measure, .part = entry->part, .region = entry->region};
    switch (entry->kind) {
    case VALUE_NUMBER: put_number(csv, head, entry->number); break;
    case VALUE_DATES: put_dates(csv, head, entry); break;
    case VALUE_COUNT_DAYS: put_sum(csv, head, entry); break;
    case VALUE_NOT_APPLICABLE:
        begin_line(csv, head);
        csv_puts(csv, "n.v.t.");
        csv_end_row(csv);
        break;
    }
}

static void put_note(struct csv *csv, const struct note *note)
{
    csv_puts(csv, CSV_NOTE);
    put_free(csv, note->code);
    csv_skip(csv);
    csv_skip(csv);
    put_free(csv, note->text);
    csv_end_row(csv);
}

void submission_csv_write(struct text *text, const struct submission *submission)
{
    struct csv csv = begin_file(text);
    for (size_t i = 0; i < submission->entry_count; i++)
        put_entry(&csv, &submission->entries[i]);
    for (size_t i = 0; i < submission->declared_count; i++) {
        const struct declared *declared = &submission->declared[i];
        put_number(
            &csv,
            (struct line_head){.measure = slice_of(CSV_DECLARED), .part = declared->indicator},
            declared->value);
    }
    for (size_t i = 0; i < submission->note_count; i++)
        put_note(&csv, &submission->notes[i]);
}

/* ---- the template ---- */

static void put_blank(struct csv *csv, struct slice measure, struct slice part, const char *aspect)
{
    begin_line(csv, (struct line_head){.measure = measure, .part = part, .aspect = aspect});
    csv_skip(csv);
    csv_end_row(csv);
}

/* A waiting list: the line to copy for each date, and the two that may be filled in instead. */
static void put_blank_part(struct csv *csv, const struct measure *measure, struct slice part)
{
    put_blank(csv, measure->id, part, NULL);
    if (measure->kind != MEASURE_WAITING) return;
    put_blank(csv, measure->id, part, "aantal");
    put_blank(csv, measure->id, part, "dagen");
}

/* A line for every reason that the definition may ask for, one for deliveries after closing, and
 * one for anything else. */
static void put_blank_notes(struct csv *csv, const struct monitor *monitor)
{
    for (size_t i = 0; i < monitor->check_count; i++) {
        const struct check *check = &monitor->checks[i];
        if (check->severity == SEVERITY_EXPLAIN)
            put_blank(csv, slice_of(CSV_NOTE), check->code, NULL);
    }
    put_blank(csv, slice_of(CSV_NOTE), slice_of("gesloten"), NULL);
    put_blank(csv, slice_of(CSV_NOTE), slice_of("algemeen"), NULL);
}

void submission_csv_template(struct text *text, const struct monitor *monitor)
{
    struct csv csv = begin_file(text);
    for (size_t i = 0; i < monitor->measure_count; i++) {
        const struct measure *measure = &monitor->measures[i];
        for (size_t j = 0; j < measure->part_count; j++)
            put_blank_part(&csv, measure, measure->parts[j].id);
    }
    put_blank_notes(&csv, monitor);
}
