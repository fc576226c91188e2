/*
 * The words around a table, one line a note and nothing escaped, so that every rendering for people
 * says the same. Each note begins with the mark that stands in the table. It cannot fail.
 */
#include "codec/notes.h"

void notes_put_flat(struct text *text, struct slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        const char byte = value.ptr[i];
        text_putc(text, byte == '\n' || byte == '\r' ? ' ' : byte);
    }
}

bool notes_is_incomplete(const struct point *point)
{
    return point->value.present && point->received < point->expected;
}

/* `‡ Reeksbreuk op 1 oktober 2024, Workload per fte: ...` with the reason of the definition. */
void notes_put_break(struct text *text, const struct point *point, struct slice name)
{
    const struct version *version = indicator_version_on(point->indicator, point->peildatum);
    text_puts(text, MARK_BREAK " Reeksbreuk op ");
    date_put_dutch(text, point->peildatum);
    text_puts(text, ", ");
    notes_put_flat(text, name);
    text_puts(text, ": ");
    if (version && version->reason.len > 0)
        notes_put_flat(text, version->reason);
    else
        text_puts(text, "de definitie is gewijzigd.");
    text_putc(text, '\n');
}

static void put_break_notes(struct text *text, const struct grid *grid)
{
    for (size_t row = 0; row < grid->table->row_count; row++) {
        for (size_t column = 0; column < grid->column_count; column++) {
            const struct point *point = render_cell(grid, row, column);
            if (point->series_break)
                notes_put_break(text, point, render_row_name(&grid->table->rows[row]));
        }
    }
}

static bool same_response(const struct point *a, const struct point *b)
{
    return a->received == b->received && a->expected == b->expected;
}

/** Whether another figure of the column is taken over another number of organisations. */
static bool response_varies(const struct grid *grid, const struct point *point, size_t column)
{
    for (size_t row = 0; row < grid->table->row_count; row++) {
        const struct point *other = render_cell(grid, row, column);
        if (other->value.present && !same_response(other, point)) return true;
    }
    return false;
}

static void put_rows_alike(struct text *text, const struct grid *grid, const struct point *point,
                           size_t column)
{
    const char *before = " (";
    for (size_t row = 0; row < grid->table->row_count; row++) {
        const struct point *other = render_cell(grid, row, column);
        if (!other->value.present || !same_response(other, point)) continue;
        text_puts(text, before);
        notes_put_flat(text, render_row_name(&grid->table->rows[row]));
        before = ", ";
    }
    text_putc(text, ')');
}

/** `† Op 1 oktober 2024: 12 van 13 organisaties.`, naming the rows where rows differ. */
static void put_response_note(struct text *text, const struct grid *grid, const struct point *point,
                              size_t column)
{
    text_puts(text, MARK_INCOMPLETE " Op ");
    date_put_dutch(text, point->peildatum);
    text_puts(text, ": ");
    text_put_u64(text, point->received);
    text_puts(text, " van ");
    text_put_u64(text, point->expected);
    text_puts(text, " organisaties");
    if (response_varies(grid, point, column)) put_rows_alike(text, grid, point, column);
    text_puts(text, ".\n");
}

/** Whether a row above says the same of this column already. */
static bool response_is_noted(const struct grid *grid, size_t row, size_t column)
{
    const struct point *point = render_cell(grid, row, column);
    for (size_t above = 0; above < row; above++) {
        const struct point *other = render_cell(grid, above, column);
        if (other->value.present && same_response(other, point)) return true;
    }
    return false;
}

static void put_response_notes(struct text *text, const struct grid *grid)
{
    for (size_t column = 0; column < grid->column_count; column++) {
        for (size_t row = 0; row < grid->table->row_count; row++) {
            const struct point *point = render_cell(grid, row, column);
            if (notes_is_incomplete(point) && !response_is_noted(grid, row, column))
                put_response_note(text, grid, point, column);
        }
    }
}

static bool row_has_reason(const struct grid *grid, size_t row, enum reason reason)
{
    for (size_t column = 0; column < grid->column_count; column++) {
        if (render_cell(grid, row, column)->reason == reason) return true;
    }
    return false;
}

static bool grid_has_reason(const struct grid *grid, enum reason reason)
{
    for (size_t row = 0; row < grid->table->row_count; row++) {
        if (row_has_reason(grid, row, reason)) return true;
    }
    return false;
}

/** ` (Personeelsverloop 2022-12-01 2023-05-01, Ziekteverzuim 2022-12-01)` */
static void put_places(struct text *text, const struct grid *grid, enum reason reason)
{
    const char *before = " (";
    for (size_t row = 0; row < grid->table->row_count; row++) {
        if (!row_has_reason(grid, row, reason)) continue;
        text_puts(text, before);
        notes_put_flat(text, render_row_name(&grid->table->rows[row]));
        before = ", ";
        for (size_t column = 0; column < grid->column_count; column++) {
            if (render_cell(grid, row, column)->reason != reason) continue;
            text_putc(text, ' ');
            date_put(text, grid->columns[column]->date);
        }
    }
    text_putc(text, ')');
}

/** One note a reason. Where there is more than one, all but the usual one name their places. */
static void put_missing_notes(struct text *text, const struct grid *grid)
{
    static const char *const sentences[REASON_COUNT] = {
        [REASON_NONE] = "",
        [REASON_NOT_DELIVERED] = "Niet aangeleverd",
        [REASON_NOT_APPLICABLE] = "Niet van toepassing",
        [REASON_ZERO_DENOMINATOR] = "Niet te berekenen: de noemer is nul",
        [REASON_SUPPRESSED] = "Niet getoond: de aantallen zijn te klein",
        [REASON_NO_NORM] = "Er gold nog geen norm",
        [REASON_NO_DISTRIBUTION] = "Niet te berekenen: de verdeling ontbreekt of is te klein",
        [REASON_OTHER_DEFINITION] = "Niet te vergelijken: een andere definitie",
        [REASON_SET_ASIDE] = "Terzijde gelegd",
    };
    unsigned reasons = 0;
    for (enum reason reason = REASON_NONE + 1; reason < REASON_COUNT; reason++)
        reasons += grid_has_reason(grid, reason);
    for (enum reason reason = REASON_NONE + 1; reason < REASON_COUNT; reason++) {
        if (!grid_has_reason(grid, reason)) continue;
        text_puts(text, MARK_MISSING " ");
        text_puts(text, sentences[reason]);
        if (reasons > 1 && reason != REASON_NOT_DELIVERED) put_places(text, grid, reason);
        text_puts(text, ".\n");
    }
}

/** `30 april 2024: kwartaal vanaf 1 februari 2024.`; a peildatum without a period says nothing. */
static void put_period_notes(struct text *text, const struct grid *grid)
{
    for (size_t column = 0; column < grid->column_count; column++) {
        const struct peildatum *peildatum = grid->columns[column];
        if (!peildatum->has_from) continue;
        date_put_dutch(text, peildatum->date);
        text_puts(text, ": ");
        text_puts(text,
                  peildatum->period == PERIOD_NONE ? "periode" : period_word(peildatum->period));
        text_puts(text, " vanaf ");
        date_put_dutch(text, peildatum->from);
        text_puts(text, ".\n");
    }
}

static void put_source_note(struct text *text, const struct grid *grid)
{
    const struct source *source = render_source(grid);
    if (!source) return;
    text_puts(text, "Bron van de definitie: ");
    notes_put_flat(text, source->title);
    if (source->reference.len > 0) {
        text_puts(text, ", ");
        notes_put_flat(text, source->reference);
    }
    if (source->has_date) {
        text_puts(text, ", ");
        date_put_dutch(text, source->date);
    }
    text_puts(text, ".\n");
}

void notes_put(struct text *text, const struct grid *grid)
{
    put_break_notes(text, grid);
    put_response_notes(text, grid);
    put_missing_notes(text, grid);
    put_period_notes(text, grid);
    put_source_note(text, grid);
}
