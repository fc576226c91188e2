/*
 * Figures as CSV: a header, then one row a point, or one a row of the table. Numbers have all their
 * decimals, so a column reads evenly. A figure that is not there is an empty field. It cannot fail.
 */
#include "codec/render.h"

static void put_maybe(struct csv *csv, struct maybe number)
{
    if (number.present)
        csv_put_fixed(csv, number.value);
    else
        csv_skip(csv);
}

static void put_point(struct csv *csv, const struct point *point)
{
    csv_put(csv, point->id);
    csv_put(csv, slice_of(level_id(point->level)));
    csv_put(csv, point->organisation);
    csv_put(csv, point->region);
    csv_put_date(csv, point->peildatum);
    put_maybe(csv, point->value);
    put_maybe(csv, point->numerator);
    put_maybe(csv, point->denominator);
    if (point->definition > 0)
        csv_put_int(csv, point->definition);
    else
        csv_skip(csv);
    csv_put(csv, slice_of(point->series_break ? "true" : "false"));
    put_maybe(csv, point->norm);
    csv_put_int(csv, point->received);
    csv_put_int(csv, point->expected);
    csv_put(csv, slice_of(render_status(point)));
    csv_put(csv, slice_of(reason_id(point->reason)));
    csv_end_row(csv);
}

static void put_series(struct text *text, const struct series *series, enum language language)
{
    static const char *const names[] = {
        "indicator", "niveau",           "organisatie",     "regio",     "peildatum",
        "waarde",    "teller",           "noemer",          "definitie", "reeksbreuk",
        "norm",      "responsOntvangen", "responsVerwacht", "status",    "reden",
    };
    struct csv csv = csv_over(text, language);
    csv_put_header(&csv, names, sizeof names / sizeof names[0]);
    csv_end_row(&csv);
    for (size_t i = 0; i < series->count; i++)
        put_point(&csv, &series->points[i]);
}

static void put_row(struct csv *csv, const struct grid *grid, size_t number)
{
    const struct table_row *row = &grid->table->rows[number];
    csv_put(csv, row->indicator->id);
    csv_put(csv, render_row_name(row));
    csv_put(csv, row->indicator->unit);
    for (size_t column = 0; column < grid->column_count; column++)
        put_maybe(csv, render_cell(grid, number, column)->value);
    csv_end_row(csv);
}

static void put_grid(struct text *text, const struct grid *grid, enum language language)
{
    static const char *const names[] = {"indicator", "naam", "eenheid"};
    struct csv csv = csv_over(text, language);
    csv_put_header(&csv, names, sizeof names / sizeof names[0]);
    for (size_t column = 0; column < grid->column_count; column++)
        csv_put_date(&csv, grid->columns[column]->date);
    csv_end_row(&csv);
    for (size_t row = 0; row < grid->table->row_count; row++)
        put_row(&csv, grid, row);
}

const struct rendering render_csv = {
    .name = "csv",
    .media_type = "text/csv",
    .content_type = "text/csv; charset=utf-8",
    .series = put_series,
    .grid = put_grid,
};
