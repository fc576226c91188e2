/*
 * What all renderings of figures agree on, so that JSON, CSV and Markdown cannot say different
 * things about the same point. Everything is a look-up in what was computed; nothing can fail.
 */
#include "codec/render.h"

const char *render_status(const struct point *point)
{
    (void)point; /* editions bring the other statuses */
    return "voorlopig";
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
