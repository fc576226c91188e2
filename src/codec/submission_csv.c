/*
 * Reads a delivery in CSV: this file finds the header, turns every row into a line with a cell for
 * each column, and says where something is wrong. What a line means is in submission_csv_lines.c,
 * what lines mean together in submission_csv_items.c. Nothing ends it early but a file that is no
 * CSV or has no usable header.
 */
#include "codec/submission_csv.h"

#include "base/nearest.h"
#include "codec/submission_csv_reader.h"
#include "core/cite.h"

static const struct slice COLUMN_NAMES[] = {
#define CSV_NAME(constant, name) [constant] = SLICE_LITERAL(name),
    CSV_COLUMNS(CSV_NAME)
#undef CSV_NAME
};

struct slice csv_column_name(enum csv_column column)
{
    return COLUMN_NAMES[column];
}

/* ---- findings ---- */

static struct slice place_of(const struct csv_reader *reader, const struct csv_cell *cell)
{
    return arena_print(reader->findings->arena, "regel %u, kolom %u", cell->line, cell->column);
}

void csv_report(struct csv_reader *reader, const struct csv_cell *cell, struct form_report report)
{
    const bool full = form_finding_full(reader->findings);
    report.line = cell->line;
    report.column = cell->column;
    report.found_is_text = true;
    if (report.found.len == 0) report.found = cell->text;
    if (report.pointer.len == 0 && !full) report.pointer = place_of(reader, cell);
    form_finding_add(reader->findings, &report);
}

static void put_measure_pointer(struct text *text, const struct csv_line *line)
{
    const struct slice region = line->cells[CSV_REGION].text;
    struct slice part, aspect;
    text_puts(text, region.len > 0 ? "/regios" : "/cijfers");
    if (region.len > 0) cite_pointer_put(text, region);
    cite_pointer_put(text, line->cells[CSV_MEASURE].text);
    slice_cut(line->cells[CSV_PART].text, '.', &part, &aspect);
    if (part.len > 0) cite_pointer_put(text, part);
    if (aspect.len > 0) cite_pointer_put(text, aspect);
}

/* The JSON pointer of the value on this line. */
static void put_pointer(struct text *text, const struct csv_line *line)
{
    const struct slice measure = line->cells[CSV_MEASURE].text;
    const struct slice part = line->cells[CSV_PART].text;
    const bool is_note = slice_is(measure, CSV_NOTE);
    if (!is_note && !slice_is(measure, CSV_DECLARED)) {
        put_measure_pointer(text, line);
        return;
    }
    text_puts(text, is_note ? "/toelichtingen" : "/opgegeven");
    if (part.len > 0) cite_pointer_put(text, part);
}

void csv_report_line(struct csv_reader *reader, const struct csv_line *line, enum csv_column column,
                     struct form_report report)
{
    struct text pointer = {0};
    const bool has_name = line->cells[CSV_MEASURE].text.len > 0;
    if (has_name && !form_finding_full(reader->findings)) put_pointer(&pointer, line);
    report.pointer = text_slice(&pointer);
    csv_report(reader, &line->cells[column], report);
    text_done(&pointer);
}

static void report_fault(struct csv_reader *reader, const struct csv_cell *cell)
{
    const bool is_control = cell->fault == CSV_CONTROL;
    csv_report(reader, cell,
               (struct form_report){
                   .problem = is_control ? FORM_CONTROL : FORM_QUOTE,
                   .allowed = is_control ? "zichtbare tekens" : NULL,
                   .message = is_control ? "Dit veld bevat een onzichtbaar stuurteken of een teken "
                                           "dat niet bestaat. Typ het veld opnieuw."
                                         : NULL,
               });
}

/* ---- the header ---- */

static enum csv_column column_of(struct slice name)
{
    for (unsigned i = 0; i < CSV_COLUMN_COUNT; i++) {
        if (slice_is_nocase(name, COLUMN_NAMES[i].ptr)) return (enum csv_column)i;
    }
    return CSV_COLUMN_COUNT;
}

static bool has_column(const struct csv_reader *reader, enum csv_column column)
{
    for (size_t i = 0; i < reader->position_count; i++) {
        if (reader->positions[i] == column) return true;
    }
    return false;
}

static void report_unknown_column(struct csv_reader *reader, const struct csv_cell *cell)
{
    struct form_report report = {.problem = FORM_UNKNOWN_COLUMN};
    const struct slice *nearest = nearest_word(cell->text, COLUMN_NAMES, CSV_COLUMN_COUNT);
    if (nearest != NULL) report.nearest = *nearest;
    csv_report(reader, cell, report);
}

/* Adds the next position; an unknown name is for later, when it is sure that this is a header. */
static void add_position(struct csv_reader *reader, const struct csv_cell *cell)
{
    const size_t count = reader->position_count;
    enum csv_column column = column_of(cell->text);
    if (column < CSV_COLUMN_COUNT && has_column(reader, column)) {
        csv_report(reader, cell, (struct form_report){.problem = FORM_DUPLICATE_COLUMN});
        column = CSV_COLUMN_COUNT;
    }
    reader->positions =
        arena_room(reader->arena, reader->positions, count, sizeof *reader->positions);
    reader->named = arena_room(reader->arena, reader->named, count, sizeof *reader->named);
    reader->positions[count] = column;
    reader->named[count] = cell->text.len > 0;
    reader->position_count++;
}

static bool need_column(struct csv_reader *reader, enum csv_column column,
                        const struct csv_cell *header)
{
    if (has_column(reader, column)) return true;
    const struct slice message =
        arena_print(reader->findings->arena,
                    "In de kopregel ontbreekt de kolom %s. Neem de kopregel van het sjabloon over.",
                    COLUMN_NAMES[column].ptr);
    csv_report(reader, header,
               (struct form_report){.problem = FORM_MISSING_COLUMN, .message = message.ptr});
    return false;
}

/* Goes to the first row with something in it and gives its cells; none at the end of the file. */
static size_t first_cells(struct csv_reader *reader, struct csv_cell **ret_cells)
{
    bool blank = true;
    size_t count = 0;
    *ret_cells = NULL;
    while (blank && csv_scan_row(&reader->scan)) {
        struct csv_cell cell;
        for (count = 0; csv_scan_cell(&reader->scan, &cell); count++) {
            *ret_cells = arena_room(reader->arena, *ret_cells, count, sizeof **ret_cells);
            (*ret_cells)[count] = cell;
            blank = blank && cell.text.len == 0;
        }
    }
    return count;
}

static bool read_header(struct csv_reader *reader)
{
    struct csv_cell *cells;
    const size_t count = first_cells(reader, &cells);
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        known += column_of(cells[i].text) < CSV_COLUMN_COUNT;
    if (known == 0) {
        const struct csv_cell start = {.line = 1, .column = 1};
        csv_report(reader, count > 0 ? &cells[0] : &start,
                   (struct form_report){.problem = FORM_NO_HEADER});
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const bool is_known = column_of(cells[i].text) < CSV_COLUMN_COUNT;
        if (!is_known && cells[i].text.len > 0) report_unknown_column(reader, &cells[i]);
        add_position(reader, &cells[i]);
    }
    const bool has_measure = need_column(reader, CSV_MEASURE, &cells[0]);
    const bool has_value = need_column(reader, CSV_VALUE, &cells[0]);
    return has_measure && has_value;
}

/* ---- the lines ---- */

/* What has been seen of a row. */
struct row_reading {
    struct csv_line line;
    bool faulty; /* a cell was not sound */
    bool spare;  /* more than there are columns was reported */
};

static void take_cell(struct csv_reader *reader, struct row_reading *row, size_t position,
                      const struct csv_cell *cell)
{
    const bool beyond = position >= reader->position_count;
    const enum csv_column column = beyond ? CSV_COLUMN_COUNT : reader->positions[position];
    if (cell->fault != CSV_SOUND) {
        report_fault(reader, cell);
        row->faulty = true;
    }
    if (column < CSV_COLUMN_COUNT) {
        row->line.cells[column] = *cell;
    } else if (cell->text.len > 0 && !row->spare && (beyond || !reader->named[position])) {
        csv_report(reader, cell, (struct form_report){.problem = FORM_SPARE_FIELD});
        row->spare = true;
    }
}

/* Cells that the row does not have are empty and stand behind its last. */
static void complete(struct row_reading *row, const struct csv_cell *last)
{
    for (unsigned i = 0; i < CSV_COLUMN_COUNT; i++) {
        struct csv_cell *cell = &row->line.cells[i];
        if (cell->line == 0) *cell = (struct csv_cell){.line = last->line, .column = last->column};
    }
}

static bool is_blank(const struct csv_line *line)
{
    for (unsigned i = 0; i < CSV_COLUMN_COUNT; i++) {
        if (line->cells[i].text.len > 0) return false;
    }
    return true;
}

static void read_rows(struct csv_reader *reader)
{
    while (csv_scan_row(&reader->scan)) {
        struct row_reading row = {.faulty = false};
        struct csv_cell cell = {.line = 0};
        for (size_t i = 0; csv_scan_cell(&reader->scan, &cell); i++)
            take_cell(reader, &row, i, &cell);
        complete(&row, &cell);
        if (!row.faulty && !is_blank(&row.line)) csv_read_line(reader, &row.line);
    }
}

/* ---- the whole ---- */

/* What people send by mistake, known by its first bytes; NULL if it is none of these. */
static const char *mistake_of(struct slice body)
{
    if (slice_starts(body, "PK\x03\x04") || slice_starts(body, "\xD0\xCF\x11\xE0"))
        return "Dit is een werkmap van Excel. Kies in Excel Opslaan als en dan CSV UTF-8 (door "
               "lijstscheidingsteken gescheiden), en stuur dat bestand.";
    if (slice_starts(body, "\xFF\xFE") || slice_starts(body, "\xFE\xFF"))
        return "Dit bestand is opgeslagen als Unicode-tekst (UTF-16). Kies in Excel Opslaan als en "
               "dan CSV UTF-8 (door lijstscheidingsteken gescheiden).";
    if (slice_starts(slice_trim(body), "{"))
        return "Dit lijkt op JSON en is gestuurd als CSV. Stuur het met Content-Type: "
               "application/json.";
    return NULL;
}

static bool is_csv(struct slice body, struct findings *findings)
{
    struct form_report report = {.problem = FORM_NOT_CSV, .line = 1, .column = 1};
    if (slice_trim(body).len == 0) {
        report.problem = FORM_EMPTY;
        report.allowed = "cijfer;deel;regio;sinds;waarde";
        report.message = "De aanlevering is leeg. Stuur het ingevulde sjabloon mee.";
    } else {
        report.message = mistake_of(body);
        if (report.message == NULL) return true;
    }
    report.pointer = slice_of("regel 1, kolom 1");
    form_finding_add(findings, &report);
    return false;
}

struct submission *submission_csv_read(const struct submission_csv *source,
                                       struct findings *findings)
{
    if (!is_csv(source->body, findings)) return NULL;
    struct submission *submission = submission_new();
    struct csv_reader reader = {
        .rulebook = source->rulebook,
        .arena = &submission->arena,
        .findings = findings,
    };
    const struct slice body = arena_copy(&submission->arena, source->body);
    csv_scan_init(&reader.scan, body, source->charset, &submission->arena);
    if (!read_header(&reader)) {
        submission_free(submission);
        return NULL;
    }
    submission->is_sheet = true;
    read_rows(&reader);
    csv_settle_items(&reader);
    submission_settle(submission, &reader.found);
    csv_report_twins(&reader, submission);
    return submission;
}
