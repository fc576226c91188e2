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

/* Who a row is about, where a table has rows of members: both empty for the country. */
static void put_member(struct csv *csv, const struct grid *grid, const struct grid_row *row)
{
    if (grid->table->level == LEVEL_NATIONAL) return;
    csv_put(csv, row->member);
    csv_put(csv, row->name);
}

static void put_change(struct csv *csv, const struct grid *grid, size_t row, size_t column)
{
    if (grid->changes == NULL || column == 0) return;
    const struct change *change = render_change(grid, row, column);
    if (grid->table->absolute) put_maybe(csv, change->absolute);
    if (grid->table->percent) put_maybe(csv, change->percent);
    csv_put_int(csv, change->organisations);
}

static void put_row(struct csv *csv, const struct grid *grid, size_t number)
{
    const struct grid_row *row = &grid->rows[number];
    csv_put(csv, row->shown->indicator->id);
    csv_put(csv, render_row_name(row->shown));
    csv_put(csv, row->shown->indicator->unit);
    put_member(csv, grid, row);
    for (size_t column = 0; column < grid->column_count; column++) {
        put_maybe(csv, render_cell(grid, number, column)->value);
        put_change(csv, grid, number, column);
    }
    csv_end_row(csv);
}

/* `2024-10-01 verandering`: a column of its own for each kind, so that all keep one type. */
static void put_column(struct csv *csv, struct date date, const char *what)
{
    struct text name = {0};
    date_put(&name, date);
    text_puts(&name, what);
    csv_put(csv, text_slice(&name));
    text_done(&name);
}

static void put_columns(struct csv *csv, const struct grid *grid)
{
    for (size_t column = 0; column < grid->column_count; column++) {
        const struct date date = grid->columns[column]->date;
        csv_put_date(csv, date);
        if (grid->changes == NULL || column == 0) continue;
        if (grid->table->absolute) put_column(csv, date, " verandering");
        if (grid->table->percent) put_column(csv, date, " verandering in %");
        put_column(csv, date, " organisaties");
    }
}

static void put_grid(struct text *text, const struct grid *grid, enum language language)
{
    static const char *const names[] = {"indicator", "naam", "eenheid"};
    static const char *const members[LEVEL_COUNT][2] = {
        [LEVEL_ORGANISATION] = {"organisatie", "organisatieNaam"},
        [LEVEL_REGION] = {"regio", "regioNaam"},
    };
    struct csv csv = csv_over(text, language);
    csv_put_header(&csv, names, sizeof names / sizeof names[0]);
    if (grid->table->level != LEVEL_NATIONAL) csv_put_header(&csv, members[grid->table->level], 2);
    put_columns(&csv, grid);
    csv_end_row(&csv);
    for (size_t row = 0; row < grid->row_count; row++)
        put_row(&csv, grid, row);
}

const struct rendering render_csv = {
    .name = "csv",
    .media_type = "text/csv",
    .content_type = "text/csv; charset=utf-8",
    .series = put_series,
    .grid = put_grid,
};
