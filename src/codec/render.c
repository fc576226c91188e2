/*
 * What all renderings of figures agree on, so that JSON, CSV and Markdown cannot say different
 * things about the same point. Everything is a look-up in what was computed; nothing can fail.
 */
#include "codec/render.h"

const char *render_status(const struct point *point)
{
    return status_id(point->status);
}

/* The weakest in the column: a published column in which one figure changed is not what it was. */
static enum status column_status(const struct grid *grid, size_t column)
{
    enum status weakest = STATUS_FINAL;
    for (size_t row = 0; row < grid->row_count; row++) {
        const enum status status = render_cell(grid, row, column)->status;
        if (status < weakest) weakest = status;
    }
    return weakest;
}

static size_t columns_with(const struct grid *grid, enum status status)
{
    size_t found = 0;
    for (size_t column = 0; column < grid->column_count; column++)
        found += column_status(grid, column) == status;
    return found;
}

/* ` (2024-04-01, 2024-10-01)` */
static void put_columns_with(struct text *text, const struct grid *grid, enum status status)
{
    const char *before = " (";
    for (size_t column = 0; column < grid->column_count; column++) {
        if (column_status(grid, column) != status) continue;
        text_puts(text, before);
        date_put(text, grid->columns[column]->date);
        before = ", ";
    }
    text_putc(text, ')');
}

void render_grid_status(struct text *text, const struct grid *grid)
{
    const char *before = "; status: ";
    if (grid->row_count == 0) return;
    for (unsigned status = STATUS_COUNT; status > 0; status--) {
        const size_t found = columns_with(grid, (enum status)(status - 1));
        if (found == 0) continue;
        text_puts(text, before);
        text_puts(text, status_id((enum status)(status - 1)));
        if (found < grid->column_count) put_columns_with(text, grid, (enum status)(status - 1));
        before = ", ";
    }
}

struct slice render_row_name(const struct table_row *row)
{
    return row->name.len > 0 ? row->name : row->indicator->name;
}

const struct source *render_source(const struct grid *grid)
{
    const struct monitor *monitor = &grid->rulebook->monitor;
    for (size_t i = 0; i < monitor->source_count; i++) {
        if (slice_equal(monitor->sources[i].id, grid->table->source)) return &monitor->sources[i];
    }
    return NULL;
}

const struct point *render_cell(const struct grid *grid, size_t row, size_t column)
{
    return &grid->points[row * grid->column_count + column];
}

const struct change *render_change(const struct grid *grid, size_t row, size_t column)
{
    return &grid->changes[row * grid->column_count + column];
}

bool render_has_groups(const struct grid *grid)
{
    return grid->table->level != LEVEL_NATIONAL;
}

bool render_begins_group(const struct grid *grid, size_t row)
{
    return row == 0 || grid->rows[row - 1].shown != grid->rows[row].shown;
}

bool render_is_national(const struct grid *grid, size_t row)
{
    return grid->rows[row].level == LEVEL_NATIONAL;
}

bool render_is_over_fewer(const struct grid *grid, size_t row, size_t column)
{
    if (grid->changes == NULL || column == 0) return false;
    const struct change *change = render_change(grid, row, column);
    return change->absolute.present &&
           (change->organisations < render_cell(grid, row, column)->received ||
            change->organisations < render_cell(grid, row, column - 1)->received);
}
