/*
 * What a mirror report says, in words. A figure that is not there is never a zero and never an
 * empty cell: the reason stands in its place. The notes explain what stands in the tables and
 * nothing else, so a report without a series break does not speak of one. It cannot fail.
 */
#include "codec/mirror_words.h"

#include "codec/findings_json.h"
#include "codec/note.h"
#include "codec/render.h"

static const char *const FACT_NAMES[] = {
#define MIRROR_CONSTANT(constant, name) [constant] = (name),
    MIRROR_FACTS(MIRROR_CONSTANT)
#undef MIRROR_CONSTANT
};

static const char *const COLUMN_NAMES[] = {
#define MIRROR_CONSTANT(constant, name) [constant] = (name),
    MIRROR_COLUMNS(MIRROR_CONSTANT)
#undef MIRROR_CONSTANT
};

/* ---- the whole ---- */

void mirror_put_title(struct text *text, const struct mirror *mirror)
{
    text_puts(text, "Spiegelrapport ");
    note_put_flat(text, mirror->organisation->name);
}

const char *mirror_fact_name(enum mirror_fact fact)
{
    return FACT_NAMES[fact];
}

static void put_response(struct text *text, unsigned received, unsigned expected)
{
    text_put_u64(text, received);
    text_puts(text, " van ");
    text_put_u64(text, expected);
}

void mirror_put_fact(struct text *text, const struct mirror *mirror, enum mirror_fact fact)
{
    const struct revision *revision = mirror->revision;
    switch (fact) {
    case MIRROR_FACT_ORGANISATION: note_put_flat(text, mirror->organisation->name); break;
    case MIRROR_FACT_MONITOR: note_put_flat(text, mirror->rulebook->monitor.name); break;
    case MIRROR_FACT_PEILDATUM: date_put_dutch(text, mirror->peildatum->date); break;
    case MIRROR_FACT_PREVIOUS:
        if (mirror->previous != NULL) date_put_dutch(text, mirror->previous->date);
        break;
    case MIRROR_FACT_RECEIVED: moment_put_dutch(text, record_id_moment(revision->id)); break;
    case MIRROR_FACT_REVISION: text_put_u64(text, revision->number); break;
    case MIRROR_FACT_REFERENCE: record_id_put(text, revision->id); break;
    case MIRROR_FACT_RESPONSE:
        put_response(text, mirror->received, mirror->expected);
        text_puts(text, mirror->expected == 1 ? " organisatie" : " organisaties");
        text_puts(text, mirror->received == 1 ? " heeft aangeleverd" : " hebben aangeleverd");
        break;
    case MIRROR_FACT_STATUS:
        if (mirror->row_count > 0) text_puts(text, render_status(&mirror->rows[0].own));
        break;
    case MIRROR_FACT_COUNT: break;
    }
}

void mirror_sections(const struct mirror *mirror, struct mirror_section ret_sections[])
{
    const size_t indicators = mirror->indicator_count;
    const bool before = mirror->previous != NULL;
    const struct mirror_section section = {
        .mirror = mirror,
        .shows = {[MIRROR_OWN] = true,
                  [MIRROR_PREVIOUS] = before,
                  [MIRROR_CHANGE] = before,
                  [MIRROR_PERCENT] = before,
                  [MIRROR_QUARTER] = true,
                  [MIRROR_RESPONSE] = true},
    };
    ret_sections[0] = ret_sections[1] = section;
    ret_sections[0].title = "Indicatoren";
    ret_sections[0].subject = "Indicator";
    ret_sections[0].rows = mirror->rows;
    ret_sections[0].row_count = indicators;
    ret_sections[0].shows[MIRROR_NORM] = ret_sections[0].shows[MIRROR_DEFINITION] = true;
    ret_sections[1].title = "Aangeleverde cijfers";
    ret_sections[1].subject = "Cijfer";
    ret_sections[1].rows = mirror->rows + indicators;
    ret_sections[1].row_count = mirror->row_count - indicators;
}

/* ---- a table ---- */

void mirror_put_caption(struct text *text, const struct mirror_section *section)
{
    text_puts(text, section->title);
    text_puts(text, " van ");
    note_put_flat(text, section->mirror->organisation->name);
    text_puts(text, " op ");
    date_put_dutch(text, section->mirror->peildatum->date);
}

void mirror_put_column(struct text *text, const struct mirror_section *section,
                       enum mirror_column column)
{
    const struct mirror *mirror = section->mirror;
    if (column == MIRROR_OWN)
        date_put_dutch(text, mirror->peildatum->date);
    else if (column == MIRROR_PREVIOUS)
        date_put_dutch(text, mirror->previous->date);
    else
        text_puts(text, COLUMN_NAMES[column]);
}

struct slice mirror_row_name(const struct mirror_row *row)
{
    return row->own.indicator->name;
}

const struct measure *mirror_row_group(const struct mirror_row *row)
{
    const bool part = row->column != NULL && row->column->measure->divided;
    return part ? row->column->measure : NULL;
}

static void put_maybe(struct text *text, struct maybe number)
{
    if (number.present)
        decimal_put_dutch(text, number.value);
    else
        text_puts(text, MARK_MISSING);
}

/* A change says its direction. */
static void put_signed(struct text *text, struct maybe number)
{
    if (number.present && number.value.units > 0) text_putc(text, '+');
    put_maybe(text, number);
}

static void put_figure(struct text *text, const struct point *point)
{
    static const char *const words[REASON_COUNT] = {
        [REASON_NONE] = "",
        [REASON_NOT_DELIVERED] = "niet aangeleverd",
        [REASON_NOT_APPLICABLE] = "n.v.t.",
        [REASON_ZERO_DENOMINATOR] = "noemer nul",
        [REASON_SUPPRESSED] = "onderdrukt",
        [REASON_NO_NORM] = "geen norm",
        [REASON_NO_DISTRIBUTION] = "geen verdeling",
        [REASON_OTHER_DEFINITION] = "andere definitie",
        [REASON_SET_ASIDE] = "terzijde gelegd",
    };
    if (point->value.present)
        decimal_put_dutch(text, point->value.value);
    else
        text_puts(text, words[point->reason]);
}

static void put_quarter(struct text *text, const struct mirror_row *row)
{
    if (row->quarter > 0)
        text_put_u64(text, row->quarter);
    else
        text_puts(text, MARK_MISSING);
    text_puts(text, " (");
    text_put_u64(text, row->compared);
    text_putc(text, ')');
}

static void put_definition(struct text *text, const struct mirror_row *row)
{
    if (row->own.definition > 0)
        text_put_u64(text, row->own.definition);
    else
        text_puts(text, MARK_MISSING);
}

void mirror_put_cell(struct text *text, const struct mirror_row *row, enum mirror_column column)
{
    switch (column) {
    case MIRROR_OWN: put_figure(text, &row->own); break;
    case MIRROR_PREVIOUS:
        if (row->expected_before)
            put_figure(text, &row->previous);
        else
            text_puts(text, "niet verwacht");
        break;
    case MIRROR_CHANGE: put_signed(text, row->change); break;
    case MIRROR_PERCENT: put_signed(text, row->percent); break;
    case MIRROR_NORM: put_maybe(text, row->own.norm); break;
    case MIRROR_QUARTER: put_quarter(text, row); break;
    case MIRROR_RESPONSE: put_response(text, row->received, row->expected); break;
    case MIRROR_DEFINITION: put_definition(text, row); break;
    case MIRROR_COLUMN_COUNT: break;
    }
}

const char *mirror_cell_mark(const struct mirror_row *row, enum mirror_column column)
{
    const bool marked = column == MIRROR_DEFINITION ||
                        (column == MIRROR_CHANGE && row->change.present) ||
                        (column == MIRROR_PERCENT && row->percent.present);
    return marked && row->own.series_break ? MARK_BREAK : "";
}

/* ---- notes ---- */

static bool is_percentage(const struct mirror_row *row)
{
    return row->change.present && slice_is(row->own.indicator->unit, "%");
}

static bool has_no_percent(const struct mirror_row *row)
{
    return row->change.present && !row->percent.present;
}

static bool is_not_applicable(const struct mirror_row *row)
{
    return row->own.reason == REASON_NOT_APPLICABLE ||
           (row->expected_before && row->previous.reason == REASON_NOT_APPLICABLE);
}

static bool has_change(const struct mirror_row *row)
{
    return row->change.present;
}

static bool has_too_few(const struct mirror_row *row)
{
    return row->compared < QUARTERS_LEAST;
}

static bool any_row(const struct mirror *mirror, bool (*is)(const struct mirror_row *row))
{
    for (size_t i = 0; i < mirror->row_count; i++) {
        if (is(&mirror->rows[i])) return true;
    }
    return false;
}

static void put_norm_note(struct text *text, const struct mirror *mirror,
                          const struct mirror_row *row)
{
    const struct norm *norm =
        monitor_norm_on(&mirror->rulebook->monitor, row->own.indicator, mirror->peildatum->date);
    if (norm == NULL || norm->description.len == 0) return;
    text_puts(text, "Norm, ");
    note_put_flat(text, mirror_row_name(row));
    text_puts(text, ": ");
    note_put_flat(text, norm->description);
    text_putc(text, '\n');
}

static void put_change_notes(struct text *text, const struct mirror *mirror)
{
    if (!any_row(mirror, has_change)) return;
    text_puts(text, "De verandering is het verschil van de afgeronde waarden die hier staan");
    if (any_row(mirror, is_percentage)) text_puts(text, "; bij een percentage in procentpunten");
    text_puts(text, ".\n");
    if (any_row(mirror, has_no_percent))
        text_puts(text,
                  "Een verandering in procenten is er alleen als de vorige waarde groter is "
                  "dan nul.\n");
}

static void put_quarter_notes(struct text *text, const struct mirror *mirror)
{
    text_puts(text,
              "Kwart: 1 is het kwart van de organisaties met de laagste waarden, 4 dat met "
              "de hoogste; laag of hoog is niet hetzelfde als goed of slecht. Tussen haakjes "
              "staat hoeveel organisaties een waarde hebben. De grenzen staan er niet bij, "
              "want een grens is het cijfer van een andere organisatie.\n");
    if (!any_row(mirror, has_too_few)) return;
    text_puts(text, "Met minder dan ");
    text_put_u64(text, QUARTERS_LEAST);
    text_puts(text, " organisaties met een waarde is er geen kwart.\n");
}

void mirror_put_notes(struct text *text, const struct mirror *mirror)
{
    for (size_t i = 0; i < mirror->row_count; i++) {
        const struct mirror_row *row = &mirror->rows[i];
        if (row->own.series_break) note_put_break(text, &row->own, mirror_row_name(row));
    }
    for (size_t i = 0; i < mirror->indicator_count; i++)
        put_norm_note(text, mirror, &mirror->rows[i]);
    put_change_notes(text, mirror);
    put_quarter_notes(text, mirror);
    text_puts(text,
              "Respons: van hoeveel van de verwachte organisaties dit cijfer er is, of niet "
              "van toepassing is.\n");
    if (any_row(mirror, is_not_applicable))
        text_puts(text, "n.v.t.: niet van toepassing, en zo aangeleverd.\n");
}

/* ---- findings ---- */

void mirror_findings(const struct mirror *mirror, struct findings *findings)
{
    findings_json_read(mirror->revision->findings, findings);
}

void mirror_put_place(struct text *text, const struct finding *finding)
{
    note_put_flat(text, finding->place);
    if (finding->line == 0) return;
    if (finding->place.len > 0) text_puts(text, ", ");
    text_puts(text, "regel ");
    text_put_u64(text, finding->line);
}
