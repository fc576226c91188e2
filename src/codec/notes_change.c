/*
 * What a reader must know of the changes in a table: what they are taken from, over whom where that
 * is not everybody, and why there is none. It cannot fail.
 */
#include "codec/notes_change.h"

#include "codec/note.h"
#include "codec/render.h"

/** How many changes a table has of a kind; the kinds are what a reader must be told. */
static size_t count_changes(const struct grid *grid,
                            bool (*is)(const struct grid *grid, size_t row, size_t column))
{
    size_t count = 0;
    for (size_t row = 0; grid->changes != NULL && row < grid->row_count; row++) {
        for (size_t column = 1; column < grid->column_count; column++)
            count += is(grid, row, column);
    }
    return count;
}

static bool is_percentage(const struct grid *grid, size_t row, size_t column)
{
    return render_change(grid, row, column)->absolute.present &&
           slice_is(grid->rows[row].shown->indicator->unit, "%");
}

static bool has_no_percent(const struct grid *grid, size_t row, size_t column)
{
    const struct change *change = render_change(grid, row, column);
    return grid->table->percent && change->absolute.present && !change->percent.present &&
           !is_percentage(grid, row, column);
}

static bool is_across_break(const struct grid *grid, size_t row, size_t column)
{
    return render_is_national(grid, row) &&
           render_change(grid, row, column)->reason == REASON_OTHER_DEFINITION;
}

static bool is_of_members(const struct grid *grid, size_t row, size_t column)
{
    return !render_is_national(grid, row) && render_is_over_fewer(grid, row, column);
}

/**
 * `§ Kinderen sinds 1 april 2024: van 900 naar 950, over de 12 organisaties die op beide peildata
 * in het cijfer zitten.`
 */
static void put_common_note(struct text *text, const struct grid *grid, size_t row, size_t column)
{
    const struct change *change = render_change(grid, row, column);
    text_puts(text, MARK_COMMON " ");
    note_put_flat(text, render_row_name(grid->rows[row].shown));
    text_puts(text, " sinds ");
    date_put_dutch(text, grid->columns[column - 1]->date);
    text_puts(text, ": van ");
    decimal_put_dutch(text, change->previous.value);
    text_puts(text, " naar ");
    decimal_put_dutch(text, change->now.value);
    text_puts(text, ", over de organisaties die op beide peildata in het cijfer zitten (");
    text_put_u64(text, change->organisations);
    text_puts(text, ").\n");
}

static void put_common_notes(struct text *text, const struct grid *grid)
{
    for (size_t row = 0; row < grid->row_count; row++) {
        for (size_t column = 1; render_is_national(grid, row) && column < grid->column_count;
             column++) {
            if (render_is_over_fewer(grid, row, column)) put_common_note(text, grid, row, column);
        }
    }
    if (count_changes(grid, is_of_members) > 0)
        text_puts(text, MARK_COMMON
                  " In een regio: het verschil is alleen over de organisaties die "
                  "op beide peildata in het cijfer zitten.\n");
}

static void put_broken_notes(struct text *text, const struct grid *grid)
{
    const char *before = MARK_MISSING " Geen verschil over een reeksbreuk heen (";
    for (size_t row = 0; row < grid->row_count; row++) {
        for (size_t column = 1; column < grid->column_count; column++) {
            if (!is_across_break(grid, row, column)) continue;
            text_puts(text, before);
            note_put_flat(text, render_row_name(grid->rows[row].shown));
            text_putc(text, ' ');
            date_put(text, grid->columns[column]->date);
            before = ", ";
        }
    }
    text_puts(text, ").\n");
}

void notes_put_changes(struct text *text, const struct grid *grid)
{
    if (grid->changes == NULL || grid->column_count < 2) return;
    text_puts(text, "Het verschil is met de peildatum ervoor, van de afgeronde waarden");
    if (count_changes(grid, is_percentage) > 0)
        text_puts(text, "; bij een percentage in procentpunten en niet in %");
    text_puts(text, ".\n");
    put_common_notes(text, grid);
    if (count_changes(grid, is_across_break) > 0) put_broken_notes(text, grid);
    if (count_changes(grid, has_no_percent) > 0)
        text_puts(text, MARK_MISSING
                  " Een verschil in % is er alleen als de vorige waarde groter "
                  "is dan nul.\n");
}
