/*
 * The words around a table, one line a note and nothing escaped, so that every rendering for people
 * says the same. Each note begins with the mark that stands in the table. It cannot fail.
 */
#include "codec/notes.h"

#include "codec/note.h"
#include "codec/notes_change.h"
#include "core/remainder.h"

static void put_break_notes(struct text *text, const struct grid *grid)
{
    for (size_t row = 0; row < grid->row_count; row++) {
        for (size_t column = 0; column < grid->column_count; column++) {
            const struct point *point = render_cell(grid, row, column);
            if (point->series_break && render_is_national(grid, row))
                note_put_break(text, point, render_row_name(grid->rows[row].shown));
        }
    }
}

/* ---- response ---- */

static bool same_response(const struct point *a, const struct point *b)
{
    return a->received == b->received && a->expected == b->expected;
}

/** Whether the figure of a row over the country says the same of its column. */
static bool says_alike(const struct grid *grid, size_t row, const struct point *point,
                       size_t column)
{
    const struct point *other = render_cell(grid, row, column);
    return render_is_national(grid, row) && other->value.present && same_response(other, point);
}

/** Whether another figure of the column is taken over another number of organisations. */
static bool response_varies(const struct grid *grid, const struct point *point, size_t column)
{
    for (size_t row = 0; row < grid->row_count; row++) {
        const struct point *other = render_cell(grid, row, column);
        if (render_is_national(grid, row) && other->value.present && !same_response(other, point))
            return true;
    }
    return false;
}

static void put_rows_alike(struct text *text, const struct grid *grid, const struct point *point,
                           size_t column)
{
    const char *before = " (";
    for (size_t row = 0; row < grid->row_count; row++) {
        if (!says_alike(grid, row, point, column)) continue;
        text_puts(text, before);
        note_put_flat(text, render_row_name(grid->rows[row].shown));
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
    text_puts(text, point->expected == 1 ? " organisatie" : " organisaties");
    if (response_varies(grid, point, column)) put_rows_alike(text, grid, point, column);
    text_puts(text, ".\n");
}

/** Whether a row above says the same of this column already. */
static bool response_is_noted(const struct grid *grid, size_t row, size_t column)
{
    const struct point *point = render_cell(grid, row, column);
    for (size_t above = 0; above < row; above++) {
        if (says_alike(grid, above, point, column)) return true;
    }
    return false;
}

static bool any_region_is_incomplete(const struct grid *grid)
{
    for (size_t row = 0; row < grid->row_count; row++) {
        for (size_t column = 0; column < grid->column_count; column++) {
            if (!render_is_national(grid, row) &&
                note_is_incomplete(render_cell(grid, row, column)))
                return true;
        }
    }
    return false;
}

/** Of regions it is said once for all: nearly every one is served by somebody who gave none. */
static void put_response_notes(struct text *text, const struct grid *grid)
{
    for (size_t column = 0; column < grid->column_count; column++) {
        for (size_t row = 0; row < grid->row_count; row++) {
            const struct point *point = render_cell(grid, row, column);
            if (render_is_national(grid, row) && note_is_incomplete(point) &&
                !response_is_noted(grid, row, column))
                put_response_note(text, grid, point, column);
        }
    }
    if (any_region_is_incomplete(grid))
        text_puts(text, MARK_INCOMPLETE
                  " In een regio: niet alle organisaties die er worden "
                  "verwacht, zitten in dit cijfer.\n");
}

/* ---- what is missing ---- */

static bool cell_has_reason(const struct grid *grid, size_t row, size_t column, enum reason reason)
{
    return render_cell(grid, row, column)->reason == reason && !grid_is_blank(grid, row, column);
}

static bool row_has_reason(const struct grid *grid, size_t row, enum reason reason)
{
    for (size_t column = 0; column < grid->column_count; column++) {
        if (cell_has_reason(grid, row, column, reason)) return true;
    }
    return false;
}

static bool grid_has_reason(const struct grid *grid, enum reason reason)
{
    for (size_t row = 0; row < grid->row_count; row++) {
        if (row_has_reason(grid, row, reason)) return true;
    }
    return false;
}

/** The row after the last one of a group. */
static size_t group_end(const struct grid *grid, size_t row)
{
    do
        row++;
    while (row < grid->row_count && !render_begins_group(grid, row));
    return row;
}

/** Whether all rows of a group lack their figures for this reason on the same peildata. */
static bool group_is_alike(const struct grid *grid, size_t first, enum reason reason)
{
    for (size_t row = first + 1; row < group_end(grid, first); row++) {
        for (size_t column = 0; column < grid->column_count; column++) {
            if (cell_has_reason(grid, row, column, reason) !=
                cell_has_reason(grid, first, column, reason))
                return false;
        }
    }
    return true;
}

/** `Personeelsverloop 2022-12-01 2023-05-01`; a member that stands alone has its name behind it. */
static void put_place(struct text *text, const struct grid *grid, size_t row, bool alone,
                      enum reason reason)
{
    note_put_flat(text, render_row_name(grid->rows[row].shown));
    if (alone) {
        text_puts(text, ", ");
        note_put_flat(text, grid->rows[row].name);
    }
    for (size_t column = 0; column < grid->column_count; column++) {
        if (!cell_has_reason(grid, row, column, reason)) continue;
        text_putc(text, ' ');
        date_put(text, grid->columns[column]->date);
    }
}

/** ` (Personeelsverloop 2022-12-01 2023-05-01, Ziekteverzuim 2022-12-01)` */
static void put_places(struct text *text, const struct grid *grid, enum reason reason)
{
    const char *before = " (";
    bool alike = false;
    for (size_t row = 0; row < grid->row_count; row++) {
        const bool first = render_begins_group(grid, row);
        if (first) alike = group_is_alike(grid, row, reason);
        if ((alike && !first) || !row_has_reason(grid, row, reason)) continue;
        text_puts(text, before);
        put_place(text, grid, row, !alike, reason);
        before = render_has_groups(grid) ? "; " : ", ";
    }
    text_putc(text, ')');
}

/** What is not shown has a mark of its own, so its places speak for themselves. */
static bool has_own_mark(enum reason reason)
{
    return reason == REASON_SUPPRESSED;
}

/** One note a reason. Where a mark has more than one, all but the usual one name their places. */
static void put_missing_notes(struct text *text, const struct grid *grid)
{
    static const char *const sentences[REASON_COUNT] = {
        [REASON_NONE] = "",
        [REASON_NOT_DELIVERED] = "Niet aangeleverd",
        [REASON_NOT_APPLICABLE] = "Niet van toepassing",
        [REASON_ZERO_DENOMINATOR] = "Niet te berekenen: de noemer is nul",
        [REASON_SUPPRESSED] = "Niet getoond: te klein, of een te klein aantal zou eruit volgen",
        [REASON_NO_NORM] = "Er gold nog geen norm",
        [REASON_NO_DISTRIBUTION] = "Niet te berekenen: de verdeling ontbreekt of is te klein",
        [REASON_OTHER_DEFINITION] = "Niet te vergelijken: een andere definitie",
        [REASON_SET_ASIDE] = "Terzijde gelegd",
    };
    unsigned reasons = 0;
    for (enum reason reason = REASON_NONE + 1; reason < REASON_COUNT; reason++)
        reasons += grid_has_reason(grid, reason) && !has_own_mark(reason);
    for (enum reason reason = REASON_NONE + 1; reason < REASON_COUNT; reason++) {
        if (!grid_has_reason(grid, reason)) continue;
        text_puts(text, has_own_mark(reason) ? MARK_HIDDEN " " : MARK_MISSING " ");
        text_puts(text, sentences[reason]);
        if (reasons > 1 && reason != REASON_NOT_DELIVERED && !has_own_mark(reason))
            put_places(text, grid, reason);
        text_puts(text, ".\n");
    }
}

/** `Zonder cijfers en daarom niet in de tabel: 2 regio's: Groningen, Drenthe.` */
static void put_silent_note(struct text *text, const struct grid *grid)
{
    const char *before = ": ";
    if (grid->silent_count == 0) return;
    if (grid->silent_count == grid->rulebook->directory.region_count) {
        text_puts(text, "Van geen enkele regio is een cijfer aangeleverd.\n");
        return;
    }
    text_puts(text, "Zonder cijfers en daarom niet in de tabel: ");
    text_put_u64(text, grid->silent_count);
    text_puts(text, grid->silent_count == 1 ? " regio" : " regio's");
    for (size_t i = 0; i < grid->silent_count; i++) {
        text_puts(text, before);
        note_put_flat(text, grid->silent[i]->name);
        before = ", ";
    }
    text_puts(text, ".\n");
}

/** What the line is that stands below the regions. */
static void put_remainder_note(struct text *text, const struct grid *grid)
{
    bool any = false;
    for (size_t row = 0; row < grid->row_count; row++)
        any = any || slice_is(grid->rows[row].member, REMAINDER_ID);
    if (any)
        text_puts(text, REMAINDER_NAME
                  ": wat organisaties wel in totaal leverden, maar niet naar "
                  "regio; regio's en niet toegedeeld zijn samen het landelijke "
                  "aantal.\n");
}

/* ---- the table as a whole ---- */

/** What everybody may see is not what was counted: by which rule, and that it is so on purpose. */
static void put_public_note(struct text *text, const struct grid *grid)
{
    if (grid->rule == NULL) return;
    text_puts(text, "Openbare cijfers: aantallen zijn afgerond op veelvouden van ");
    text_put_u64(text, (uint64_t)grid->rule->base);
    text_puts(text, ", aantallen onder ");
    text_put_u64(text, (uint64_t)grid->rule->threshold);
    text_puts(text,
              " worden niet getoond, en wat een verhouding of gemiddelde is, is berekend met "
              "de afgeronde aantallen.\n");
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
    note_put_flat(text, source->title);
    if (source->reference.len > 0) {
        text_puts(text, ", ");
        note_put_flat(text, source->reference);
    }
    if (source->has_date) {
        text_puts(text, ", ");
        date_put_dutch(text, source->date);
    }
    text_puts(text, ".\n");
}

void notes_put(struct text *text, const struct grid *grid)
{
    put_public_note(text, grid);
    put_break_notes(text, grid);
    put_response_notes(text, grid);
    put_missing_notes(text, grid);
    put_remainder_note(text, grid);
    put_silent_note(text, grid);
    notes_put_changes(text, grid);
    put_period_notes(text, grid);
    put_source_note(text, grid);
}
