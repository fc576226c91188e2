/*
 * A table or a series as a workbook. The first sheet begins with its headings, so that a pivot
 * table can be made of it at once; what a figure means and where it comes from stands on the second
 * one: every version of each definition, the norms, and the notes that the page has too. A figure
 * that is not there is an empty cell. It cannot fail.
 */
#include "codec/render_book.h"

#include "codec/formula_text.h"
#include "codec/notes.h"

/** The second sheet being written. */
struct guide {
    struct book_sheet *sheet;
    const struct monitor *monitor;
};

/* ---- figures ---- */

static void put_maybe(struct book_sheet *sheet, struct maybe number)
{
    if (number.present)
        book_number(sheet, number.value);
    else
        book_skip(sheet);
}

static void put_count(struct book_sheet *sheet, unsigned count)
{
    book_number(sheet, decimal_of(count));
}

static void put_point(struct book_sheet *sheet, const struct point *point)
{
    book_row(sheet);
    book_text(sheet, point->id);
    book_text(sheet, point->indicator->name);
    book_text(sheet, slice_of(level_id(point->level)));
    book_text(sheet, point->organisation);
    book_text(sheet, point->region);
    book_date(sheet, point->peildatum);
    put_maybe(sheet, point->value);
    book_text(sheet, point->indicator->unit);
    put_maybe(sheet, point->numerator);
    put_maybe(sheet, point->denominator);
    if (point->definition > 0)
        put_count(sheet, point->definition);
    else
        book_skip(sheet);
    book_text(sheet, slice_of(point->series_break ? "ja" : "nee"));
    put_maybe(sheet, point->norm);
    put_count(sheet, point->received);
    put_count(sheet, point->expected);
    book_text(sheet, slice_of(render_status(point)));
    book_text(sheet, slice_of(reason_id(point->reason)));
}

static void put_series(struct book_sheet *sheet, const struct series *series)
{
    static const char *const headings[] = {
        "Indicator",
        "Naam",
        "Niveau",
        "Organisatie",
        "Regio",
        "Peildatum",
        "Waarde",
        "Eenheid",
        "Teller",
        "Noemer",
        "Definitie",
        "Reeksbreuk",
        "Norm",
        "Respons ontvangen",
        "Respons verwacht",
        "Status",
        "Reden",
    };
    sheet->name = "Reeksen";
    book_headings(sheet, headings, sizeof headings / sizeof headings[0]);
    for (size_t i = 0; i < series->count; i++)
        put_point(sheet, &series->points[i]);
}

/** Who a row is about, where a table has rows of members. */
static void put_member(struct book_sheet *sheet, const struct grid *grid,
                       const struct grid_row *row)
{
    if (grid->table->level == LEVEL_NATIONAL) return;
    book_text(sheet, row->member);
    book_text(sheet, row->name);
}

static void put_change(struct book_sheet *sheet, const struct grid *grid, size_t row, size_t column)
{
    if (grid->changes == NULL || column == 0) return;
    const struct change *change = render_change(grid, row, column);
    if (grid->table->absolute) put_maybe(sheet, change->absolute);
    if (grid->table->percent) put_maybe(sheet, change->percent);
    put_count(sheet, change->organisations);
}

static void put_row(struct book_sheet *sheet, const struct grid *grid, size_t number)
{
    const struct grid_row *row = &grid->rows[number];
    book_row(sheet);
    book_text(sheet, render_row_name(row->shown));
    book_text(sheet, row->shown->indicator->unit);
    put_member(sheet, grid, row);
    for (size_t column = 0; column < grid->column_count; column++) {
        put_maybe(sheet, render_cell(grid, number, column)->value);
        put_change(sheet, grid, number, column);
    }
}

/** The peildata, each but the first with its changes to the right of it. */
static void put_columns(struct book_sheet *sheet, const struct grid *grid)
{
    for (size_t column = 0; column < grid->column_count; column++) {
        book_date(sheet, grid->columns[column]->date);
        if (grid->changes == NULL || column == 0) continue;
        if (grid->table->absolute) book_heading(sheet, "Verandering");
        if (grid->table->percent) book_heading(sheet, "Verandering in %");
        book_heading(sheet, "Organisaties");
    }
}

static void put_grid(struct book_sheet *sheet, const struct grid *grid)
{
    static const char *const headings[] = {"Indicator", "Eenheid"};
    static const char *const members[LEVEL_COUNT][2] = {
        [LEVEL_ORGANISATION] = {"Organisatie", "Naam"},
        [LEVEL_REGION] = {"Regio", "Naam"},
    };
    sheet->name = "Tabel";
    book_headings(sheet, headings, sizeof headings / sizeof headings[0]);
    for (size_t i = 0; grid->table->level != LEVEL_NATIONAL && i < 2; i++)
        book_heading(sheet, members[grid->table->level][i]);
    put_columns(sheet, grid);
    for (size_t row = 0; row < grid->row_count; row++)
        put_row(sheet, grid, row);
}

/* ---- what they mean ---- */

/** A word and what it says, in a row of their own. */
static void put_fact(struct book_sheet *sheet, const char *word, struct slice fact)
{
    book_row(sheet);
    book_heading(sheet, word);
    book_text(sheet, fact);
}

static const struct source *find_source(const struct monitor *monitor, struct slice id)
{
    for (size_t i = 0; i < monitor->source_count; i++) {
        if (slice_equal(monitor->sources[i].id, id)) return &monitor->sources[i];
    }
    return NULL;
}

/** `Verzamelbrief Jeugdbescherming, Kamerstukken …`; an unknown id says itself. */
static void put_source(const struct guide *guide, struct slice id)
{
    const struct source *source = find_source(guide->monitor, id);
    struct text text = {0};
    text_put(&text, source ? source->title : id);
    if (source && source->reference.len > 0) {
        text_puts(&text, ", ");
        text_put(&text, source->reference);
    }
    book_text(guide->sheet, text_slice(&text));
    text_done(&text);
}

static void put_formula(const struct guide *guide, const struct version *version)
{
    struct text text = {0};
    formula_put(&text, guide->monitor, version);
    book_text(guide->sheet, text_slice(&text));
    text_done(&text);
}

static void put_version(const struct guide *guide, struct slice id,
                        const struct indicator *indicator, const struct version *version)
{
    struct book_sheet *sheet = guide->sheet;
    book_row(sheet);
    book_text(sheet, id);
    book_text(sheet, indicator->name);
    book_text(sheet, indicator->unit);
    put_count(sheet, version->number);
    if (version->has_from)
        book_date(sheet, version->from);
    else
        book_skip(sheet);
    put_formula(guide, version);
    book_text(sheet, version->description.len > 0 ? version->description : indicator->description);
    book_text(sheet, version->reason);
    put_source(guide, version->source);
}

static void put_definition_headings(const struct guide *guide)
{
    static const char *const headings[] = {
        "Indicator",
        "Naam",
        "Eenheid",
        "Definitie",
        "Vanaf peildatum",
        "Formule",
        "Omschrijving",
        "Reden van de reeksbreuk",
        "Bron",
    };
    book_row(guide->sheet);
    book_headings(guide->sheet, headings, sizeof headings / sizeof headings[0]);
}

static void put_definition(const struct guide *guide, struct slice id,
                           const struct indicator *indicator)
{
    for (size_t i = 0; i < indicator->version_count; i++)
        put_version(guide, id, indicator, &indicator->versions[i]);
}

static void put_norm(const struct guide *guide, const struct norm *norm)
{
    struct book_sheet *sheet = guide->sheet;
    book_row(sheet);
    book_text(sheet, norm->indicator->id);
    book_text(sheet, norm->indicator->name);
    book_text(sheet, norm->indicator->unit);
    book_number(sheet, norm->value);
    book_date(sheet, norm->from);
    book_text(sheet, norm->description);
    put_source(guide, norm->source);
}

static void put_norms(const struct guide *guide)
{
    static const char *const headings[] = {"Norm van", "Naam",         "Eenheid", "Norm",
                                           "Vanaf",    "Omschrijving", "Bron"};
    if (guide->monitor->norm_count == 0) return;
    book_row(guide->sheet);
    book_headings(guide->sheet, headings, sizeof headings / sizeof headings[0]);
    for (size_t i = 0; i < guide->monitor->norm_count; i++)
        put_norm(guide, &guide->monitor->norms[i]);
}

static void begin_guide(const struct guide *guide, struct moment created)
{
    struct text text = {0};
    guide->sheet->name = "Toelichting";
    put_fact(guide->sheet, "Monitor", guide->monitor->name);
    moment_put_dutch(&text, created);
    put_fact(guide->sheet, "Bekend op", text_slice(&text));
    text_done(&text);
}

/** The notes of the page, one a row. */
static void put_notes(const struct guide *guide, const struct grid *grid)
{
    struct text notes = {0};
    struct slice line, rest;
    notes_put(&notes, grid);
    for (rest = text_slice(&notes); rest.len > 0;) {
        slice_cut(rest, '\n', &line, &rest);
        book_row(guide->sheet);
        book_text(guide->sheet, line);
    }
    text_done(&notes);
}

static void put_table_source(const struct guide *guide, const struct grid *grid)
{
    const struct source *source = render_source(grid);
    put_fact(guide->sheet, "Tabel", grid->table->name);
    if (!source) return;
    book_row(guide->sheet);
    book_heading(guide->sheet, "Bron");
    put_source(guide, source->id);
    if (source->has_date) book_date(guide->sheet, source->date);
}

/** Whether a row above shows the same indicator. */
static bool is_shown_above(const struct grid *grid, size_t row)
{
    for (size_t above = 0; above < row; above++) {
        if (grid->table->rows[above].indicator == grid->table->rows[row].indicator) return true;
    }
    return false;
}

struct book *render_book_grid(const struct grid *grid, struct moment created, struct arena *arena)
{
    struct book *book = book_new(arena, created);
    const struct guide guide = {.sheet = &book->sheets[1], .monitor = &grid->rulebook->monitor};
    put_grid(&book->sheets[0], grid);
    begin_guide(&guide, created);
    put_table_source(&guide, grid);
    put_notes(&guide, grid);
    put_definition_headings(&guide);
    for (size_t row = 0; row < grid->table->row_count; row++) {
        const struct indicator *indicator = grid->table->rows[row].indicator;
        if (!is_shown_above(grid, row)) put_definition(&guide, indicator->id, indicator);
    }
    put_norms(&guide);
    return book;
}

struct book *render_book_series(const struct series *series, const struct rulebook *rulebook,
                                struct moment created, struct arena *arena)
{
    struct book *book = book_new(arena, created);
    const struct guide guide = {.sheet = &book->sheets[1], .monitor = &rulebook->monitor};
    struct slice before = {0};
    put_series(&book->sheets[0], series);
    begin_guide(&guide, created);
    put_definition_headings(&guide);
    for (size_t i = 0; i < series->count; i++) {
        const struct point *point = &series->points[i]; /* ordered by subject */
        if (!slice_equal(point->id, before)) put_definition(&guide, point->id, point->indicator);
        before = point->id;
    }
    put_norms(&guide);
    return book;
}
