/*
 * What one line of a delivery in CSV means: a note, a declared indicator, or a value of a part of a
 * measure. Notes and declared indicators are whole by themselves; a value becomes an item, since a
 * waiting list takes several lines. An empty `waarde` is missing, and a line without it says
 * nothing, unless a date was filled in already.
 */
#include "codec/submission_csv_reader.h"

#include "base/nearest.h"
#include "base/utf8.h"

static const struct slice NO_TEXT = {.len = 0};
static const struct slice ASPECTS[] = {SLICE_LITERAL("aantal"), SLICE_LITERAL("dagen")};

enum { ASPECT_COUNT = sizeof ASPECTS / sizeof ASPECTS[0] };

/* ---- notes and declared indicators ---- */

/*
 * A note is taken as it was quoted. A spreadsheet would compute what begins like a formula, so the
 * writer puts an apostrophe before it, and here it is taken off again.
 */
static struct slice note_text(const struct csv_cell *cell)
{
    const struct slice text = cell->quoted ? cell->raw : cell->text;
    return csv_is_shielded(text) ? slice_from(text.ptr + 1, text.len - 1) : text;
}

static bool need_part(struct csv_reader *reader, const struct csv_line *line, const char *message)
{
    if (note_text(&line->cells[CSV_PART]).len > 0) return true;
    csv_report_line(reader, line, CSV_PART,
                    (struct form_report){.problem = FORM_EMPTY_FIELD, .message = message});
    return false;
}

static void add_note(struct csv_reader *reader, const struct csv_line *line, struct slice text)
{
    struct collection *const found = &reader->found;
    const struct note note = {
        .code = note_text(&line->cells[CSV_PART]),
        .text = text,
        .line = line->cells[CSV_VALUE].line,
        .column = line->cells[CSV_VALUE].column,
    };
    found->notes = arena_room(reader->arena, found->notes, found->note_count, sizeof note);
    found->notes[found->note_count++] = note;
}

static void read_note(struct csv_reader *reader, const struct csv_line *line)
{
    const struct slice text = note_text(&line->cells[CSV_VALUE]);
    if (slice_trim(text).len == 0) return;
    csv_need_empty(reader, line, CSV_REGION,
                   "Een toelichting heeft geen regio. Maak dit veld leeg.");
    csv_need_empty(reader, line, CSV_SINCE,
                   "Een toelichting heeft geen begindatum. Maak dit veld leeg.");
    if (!need_part(reader, line,
                   "Zet in de kolom deel bij welke bevinding deze toelichting hoort, zoals sprong, "
                   "of algemeen."))
        return;
    if (utf8_length(text) > FORM_NOTE_MOST) {
        csv_report_line(reader, line, CSV_VALUE, (struct form_report){.problem = FORM_LONG_NOTE});
        return;
    }
    add_note(reader, line, text);
}

/* How many decimals an indicator is shown with decides what a point may be. */
static unsigned indicator_decimals(const struct csv_reader *reader, struct slice id)
{
    const struct indicator *indicator = monitor_find_indicator(&reader->rulebook->monitor, id);
    return indicator != NULL ? indicator->decimals : 1;
}

static void add_declared(struct csv_reader *reader, const struct csv_line *line,
                         struct decimal value)
{
    struct collection *const found = &reader->found;
    const struct declared declared = {
        .indicator = line->cells[CSV_PART].text,
        .value = value,
        .line = line->cells[CSV_VALUE].line,
        .column = line->cells[CSV_VALUE].column,
    };
    found->declared =
        arena_room(reader->arena, found->declared, found->declared_count, sizeof declared);
    found->declared[found->declared_count++] = declared;
}

static void read_declared(struct csv_reader *reader, const struct csv_line *line)
{
    struct csv_number number;
    if (line->cells[CSV_VALUE].text.len == 0) return;
    csv_need_empty(reader, line, CSV_REGION,
                   "Een opgegeven indicator geldt voor het geheel. Maak de regio leeg.");
    csv_need_empty(reader, line, CSV_SINCE,
                   "Een opgegeven indicator heeft geen begindatum. Maak dit veld leeg.");
    if (!need_part(reader, line, "Zet in de kolom deel om welke indicator het gaat.")) return;
    if (csv_is_not_applicable(line->cells[CSV_VALUE].text)) {
        csv_report_line(reader, line, CSV_VALUE,
                        (struct form_report){
                            .problem = FORM_WRONG_KIND,
                            .allowed = "een getal of niets",
                            .message = "Een opgegeven indicator is een getal. Is zij er niet, maak "
                                       "dit veld dan leeg.",
                        });
        return;
    }
    if (csv_read_number(reader, line, indicator_decimals(reader, line->cells[CSV_PART].text),
                        &number))
        add_declared(reader, line, number.value);
}

/* ---- measures ---- */

static struct csv_item *add_item(struct csv_reader *reader, const struct csv_line *line,
                                 enum csv_item_kind kind, enum csv_column column)
{
    reader->items =
        arena_room(reader->arena, reader->items, reader->item_count, sizeof *reader->items);
    struct csv_item *item = &reader->items[reader->item_count];
    *item = (struct csv_item){
        .region = line->cells[CSV_REGION].text,
        .measure = line->cells[CSV_MEASURE].text,
        .part = line->cells[CSV_PART].text,
        .kind = kind,
        .not_applicable = csv_is_not_applicable(line->cells[CSV_VALUE].text),
        .cell = line->cells[column],
        .order = reader->item_count++,
    };
    return item;
}

/* The cell that a finding about the names on this line is about. */
static enum csv_column doubtful_name(const struct csv_reader *reader, const struct csv_line *line,
                                     const struct measure *measure, struct slice part)
{
    const struct slice region = line->cells[CSV_REGION].text;
    const bool no_region =
        region.len > 0 && (measure->regions == REGION_NONE ||
                           directory_find_region(&reader->rulebook->directory, region) == NULL);
    if (no_region) return CSV_REGION;
    return measure_find_part(measure, part) == NULL ? CSV_PART : CSV_VALUE;
}

/* Only the totals are asked for; a region that is left blank is not missed. */
static void add_blank(struct csv_reader *reader, const struct csv_line *line, struct slice part)
{
    struct collection *const found = &reader->found;
    if (line->cells[CSV_REGION].text.len > 0) return;
    found->blanks =
        arena_room(reader->arena, found->blanks, found->blank_count, sizeof *found->blanks);
    found->blanks[found->blank_count++] = (struct blank){
        .measure = line->cells[CSV_MEASURE].text,
        .part = part,
        .line = line->cells[CSV_VALUE].line,
        .column = line->cells[CSV_VALUE].column,
    };
}

static void read_value(struct csv_reader *reader, const struct csv_line *line,
                       const struct measure *measure)
{
    const struct slice part = line->cells[CSV_PART].text;
    const enum csv_column column = doubtful_name(reader, line, measure, part);
    csv_need_empty(reader, line, CSV_SINCE,
                   "Alleen een wachtlijst heeft begindatums. Maak dit veld leeg.");
    if (line->cells[CSV_VALUE].text.len == 0) {
        add_blank(reader, line, part);
        return;
    }
    struct csv_item *item = add_item(reader, line, CSV_ITEM_VALUE, column);
    if (!item->not_applicable)
        item->faulty = !csv_read_figure(reader, line, measure->decimals, &item->number);
}

/*
 * Takes `.aantal` or `.dagen` off a part, `aantal` or `dagen` off an undivided measure; false where
 * something else stands behind the point.
 */
static bool take_aspect(struct slice *part, enum csv_item_kind *ret_kind)
{
    struct slice before, behind;
    const bool has_point = slice_cut(*part, '.', &before, &behind);
    const struct slice aspect = has_point ? behind : before;
    const bool is_count = slice_equal(aspect, ASPECTS[0]);
    *ret_kind = CSV_ITEM_SINCE;
    if (!is_count && !slice_equal(aspect, ASPECTS[1])) return !has_point;
    *ret_kind = is_count ? CSV_ITEM_COUNT : CSV_ITEM_DAYS;
    *part = has_point ? before : NO_TEXT;
    return true;
}

static void report_aspect(struct csv_reader *reader, const struct csv_line *line)
{
    struct slice part, aspect;
    slice_cut(line->cells[CSV_PART].text, '.', &part, &aspect);
    const struct slice *nearest = nearest_word(aspect, ASPECTS, ASPECT_COUNT);
    csv_report_line(
        reader, line, CSV_PART,
        (struct form_report){
            .problem = FORM_UNKNOWN_NAME,
            .allowed = "aantal, dagen",
            .message = "Achter de punt hoort aantal of dagen te staan. Verbeter de naam.",
            .nearest = nearest != NULL ? *nearest : NO_TEXT,
        });
}

/* How many wait since a day: it goes into a list that has no room for others. */
static bool read_count(struct csv_reader *reader, const struct csv_line *line, int64_t *ret_count)
{
    struct csv_number number;
    int64_t count = 0;
    if (!csv_read_figure(reader, line, 0, &number)) return false;
    const bool whole = decimal_to_units(number.value, 0, &count);
    if (whole && count >= 0) {
        *ret_count = count;
        return true;
    }
    csv_report_line(reader, line, CSV_VALUE,
                    (struct form_report){.problem = whole ? FORM_NEGATIVE : FORM_NOT_WHOLE});
    return false;
}

static struct csv_item *read_waiting_since(struct csv_reader *reader, const struct csv_line *line,
                                           enum csv_column column)
{
    if (line->cells[CSV_VALUE].text.len == 0) {
        csv_report_line(reader, line, CSV_VALUE,
                        (struct form_report){
                            .problem = FORM_EMPTY_FIELD,
                            .allowed = "een heel getal vanaf 0",
                            .message = "Bij deze begindatum ontbreekt het aantal. Vul in hoeveel "
                                       "er sinds die dag wachten, of haal de datum weg.",
                        });
        return NULL;
    }
    const enum csv_column at = column == CSV_VALUE ? CSV_SINCE : column;
    struct csv_item *item = add_item(reader, line, CSV_ITEM_SINCE, at);
    const bool has_date = csv_read_since(reader, line, &item->since);
    const bool has_count = read_count(reader, line, &item->count);
    item->faulty = !has_date || !has_count;
    return item;
}

/* A line of a waiting list that says neither `aantal` nor `dagen`. */
static struct csv_item *read_waiting_whole(struct csv_reader *reader, const struct csv_line *line,
                                           enum csv_column column)
{
    if (csv_is_not_applicable(line->cells[CSV_VALUE].text)) {
        csv_need_empty(reader, line, CSV_SINCE,
                       "Wat niet van toepassing is, heeft geen begindatum. Maak dit veld leeg.");
        if (line->cells[CSV_SINCE].text.len > 0) return NULL;
        return add_item(reader, line, CSV_ITEM_VALUE, column);
    }
    if (line->cells[CSV_SINCE].text.len > 0) return read_waiting_since(reader, line, column);
    if (line->cells[CSV_VALUE].text.len == 0) return NULL;
    csv_report_line(reader, line, CSV_SINCE,
                    (struct form_report){
                        .problem = FORM_EMPTY_FIELD,
                        .allowed = "een datum als 2024-10-01 of 1-10-2024",
                        .message = "Bij dit aantal ontbreekt de dag waarop het wachten begon. Vul "
                                   "die in bij sinds, of geef .aantal en .dagen op eigen regels; "
                                   "wacht er niemand, geef dan .aantal met 0.",
                    });
    return NULL;
}

/* A line that says how many wait, or how many days together. */
static struct csv_item *read_waiting_sum(struct csv_reader *reader, const struct csv_line *line,
                                         enum csv_item_kind kind, enum csv_column column)
{
    csv_need_empty(reader, line, CSV_SINCE,
                   "Bij aantal en dagen hoort geen begindatum. Maak dit veld leeg.");
    if (line->cells[CSV_VALUE].text.len == 0) return NULL;
    struct csv_item *item = add_item(reader, line, kind, column);
    if (!item->not_applicable) item->faulty = !csv_read_figure(reader, line, 0, &item->number);
    return item;
}

static void read_waiting(struct csv_reader *reader, const struct csv_line *line,
                         const struct measure *measure)
{
    struct slice part = line->cells[CSV_PART].text;
    enum csv_item_kind kind;
    if (!take_aspect(&part, &kind)) {
        if (line->cells[CSV_VALUE].text.len > 0) report_aspect(reader, line);
        return;
    }
    const enum csv_column column = doubtful_name(reader, line, measure, part);
    struct csv_item *item = kind == CSV_ITEM_SINCE ? read_waiting_whole(reader, line, column)
                                                   : read_waiting_sum(reader, line, kind, column);
    if (item != NULL) {
        item->part = part;
    } else if (line->cells[CSV_VALUE].text.len == 0) {
        add_blank(reader, line, part);
    }
}

/* A name that is no measure may be one of ours that was misspelled; else core/check reports it. */
static void read_unknown(struct csv_reader *reader, const struct csv_line *line)
{
    static const struct slice RESERVED[] = {SLICE_LITERAL(CSV_NOTE), SLICE_LITERAL(CSV_DECLARED)};
    if (line->cells[CSV_VALUE].text.len == 0) return;
    const struct slice *nearest = nearest_word(line->cells[CSV_MEASURE].text, RESERVED, 2);
    if (nearest == NULL) {
        add_item(reader, line, CSV_ITEM_VALUE, CSV_MEASURE)->not_applicable = true;
        return;
    }
    csv_report(reader, &line->cells[CSV_MEASURE],
               (struct form_report){.problem = FORM_UNKNOWN_NAME,
                                    .allowed = CSV_NOTE ", " CSV_DECLARED,
                                    .nearest = *nearest});
}

void csv_read_line(struct csv_reader *reader, const struct csv_line *line)
{
    const struct slice name = line->cells[CSV_MEASURE].text;
    const struct measure *measure = monitor_find_measure(&reader->rulebook->monitor, name);
    if (name.len == 0) {
        csv_report(reader, &line->cells[CSV_MEASURE],
                   (struct form_report){
                       .problem = FORM_EMPTY_FIELD,
                       .message = "Op deze regel ontbreekt de naam van het cijfer. Vul die in of "
                                  "maak de hele regel leeg.",
                   });
    } else if (slice_is(name, CSV_NOTE)) {
        read_note(reader, line);
    } else if (slice_is(name, CSV_DECLARED)) {
        read_declared(reader, line);
    } else if (measure == NULL) {
        read_unknown(reader, line);
    } else if (measure->kind == MEASURE_WAITING) {
        read_waiting(reader, line, measure);
    } else {
        read_value(reader, line, measure);
    }
}
