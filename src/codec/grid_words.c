/*
 * A table in words. A cell in which there can be no figure, because the organisation did not exist
 * yet or nobody works in the region, stays empty: a dash says that a figure could have been there.
 * It cannot fail.
 */
#include "codec/grid_words.h"

#include "codec/note.h"
#include "codec/render.h"

/* Columns that a peildatum takes, the first excepted. */
static size_t slots_each(const struct grid *grid)
{
    return grid->changes == NULL ? 1 : 1U + grid->table->absolute + grid->table->percent;
}

size_t grid_slot_count(const struct grid *grid)
{
    return grid->column_count == 0 ? 0 : 1 + (grid->column_count - 1) * slots_each(grid);
}

struct slot grid_slot(const struct grid *grid, size_t number)
{
    const size_t each = slots_each(grid);
    if (number == 0) return (struct slot){.column = 0, .kind = SLOT_VALUE};
    const size_t place = (number - 1) % each;
    return (struct slot){
        .column = 1 + (number - 1) / each,
        .kind = place == 0                            ? SLOT_VALUE
                : place == 1 && grid->table->absolute ? SLOT_ABSOLUTE
                                                      : SLOT_PERCENT,
    };
}

/* A figure that is there and not for these eyes has a mark of its own. */
static void put_maybe(struct text *text, const struct maybe *number, enum reason reason)
{
    if (number->present)
        decimal_put_dutch(text, number->value);
    else
        text_puts(text, reason == REASON_SUPPRESSED ? MARK_HIDDEN : MARK_MISSING);
}

/* A change says its direction. */
static void put_signed(struct text *text, const struct maybe *number, enum reason reason)
{
    if (number->present && number->value.units > 0) text_putc(text, '+');
    put_maybe(text, number, reason);
}

static void put_change(struct text *text, const struct change *change, enum slot_kind kind)
{
    put_signed(text, kind == SLOT_ABSOLUTE ? &change->absolute : &change->percent, change->reason);
}

void grid_put_cell(struct text *text, const struct grid *grid, size_t row, struct slot slot)
{
    const struct point *point = render_cell(grid, row, slot.column);
    if (grid_is_blank(grid, row, slot.column)) return;
    if (slot.kind == SLOT_VALUE)
        put_maybe(text, &point->value, point->reason);
    else
        put_change(text, render_change(grid, row, slot.column), slot.kind);
}

void grid_put_marks(struct text *text, const struct grid *grid, size_t row, struct slot slot)
{
    const struct point *point = render_cell(grid, row, slot.column);
    if (slot.kind == SLOT_VALUE) {
        if (note_is_incomplete(point)) text_puts(text, MARK_INCOMPLETE);
        if (point->series_break && !grid_is_blank(grid, row, slot.column))
            text_puts(text, MARK_BREAK);
    } else if (slot.kind == SLOT_ABSOLUTE || !grid->table->absolute) {
        if (render_is_over_fewer(grid, row, slot.column)) text_puts(text, MARK_COMMON);
    }
}

void grid_put_lead(struct text *text, const struct grid *grid)
{
    static const char *const levels[LEVEL_COUNT] = {
        [LEVEL_NATIONAL] = ", landelijk",
        [LEVEL_ORGANISATION] = ", per organisatie",
        [LEVEL_REGION] = ", per regio",
    };
    note_put_flat(text, grid->rulebook->monitor.name);
    text_puts(text, levels[grid->table->level]);
    render_grid_status(text, grid);
    text_putc(text, '.');
}

const char *grid_subject(const struct grid *grid)
{
    static const char *const subjects[LEVEL_COUNT] = {
        [LEVEL_NATIONAL] = "Indicator",
        [LEVEL_ORGANISATION] = "Organisatie",
        [LEVEL_REGION] = "Regio",
    };
    return subjects[grid->table->level];
}

struct slice grid_row_name(const struct grid *grid, size_t row)
{
    const struct grid_row *shown = &grid->rows[row];
    return render_has_groups(grid) ? shown->name : render_row_name(shown->shown);
}

struct slice grid_row_unit(const struct grid *grid, size_t row)
{
    if (render_has_groups(grid)) return slice_of("");
    return grid->rows[row].shown->indicator->unit;
}
