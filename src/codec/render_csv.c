/*
 * Figures as CSV by RFC 4180: a header, CRLF, quotes where a field needs them. Numbers have all
 * their decimals, so a column reads evenly; the Dutch way has `;` between fields and a decimal
 * comma, as a Dutch spreadsheet wants it, and never a thousands point. A figure that is not there
 * is an empty field. It cannot fail.
 */
#include "codec/render.h"

#include <string.h>

/** A row in the making. */
struct csv {
    struct text *text;
    char separator;
    bool dutch;
    bool started; /**< the row has a field already */
};

static struct csv csv_over(struct text *text, enum language language)
{
    const bool dutch = language == LANGUAGE_DUTCH;
    return (struct csv){.text = text, .separator = dutch ? ';' : ',', .dutch = dutch};
}

static void next_field(struct csv *csv)
{
    if (csv->started) text_putc(csv->text, csv->separator);
    csv->started = true;
}

static void end_row(struct csv *csv)
{
    text_puts(csv->text, "\r\n");
    csv->started = false;
}

static bool needs_quotes(const struct csv *csv, struct slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        const char byte = value.ptr[i];
        if (byte == csv->separator || byte == '"' || byte == '\r' || byte == '\n') return true;
    }
    return false;
}

static void put_field(struct csv *csv, struct slice value)
{
    next_field(csv);
    if (!needs_quotes(csv, value)) {
        text_put(csv->text, value);
        return;
    }
    text_putc(csv->text, '"');
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '"') text_putc(csv->text, '"');
        text_putc(csv->text, value.ptr[i]);
    }
    text_putc(csv->text, '"');
}

static void put_int(struct csv *csv, unsigned value)
{
    next_field(csv);
    text_put_u64(csv->text, value);
}

static void put_date(struct csv *csv, struct date date)
{
    next_field(csv);
    date_put(csv->text, date);
}

static void put_maybe(struct csv *csv, struct maybe number)
{
    next_field(csv);
    if (!number.present) return;
    const size_t start = csv->text->len;
    decimal_put_fixed(csv->text, number.value);
    if (!csv->dutch) return;
    char *point = memchr(csv->text->ptr + start, '.', csv->text->len - start);
    if (point) *point = ',';
}

static void put_header(struct csv *csv, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put_field(csv, slice_of(names[i]));
}

static void put_point(struct csv *csv, const struct point *point)
{
    put_field(csv, point->id);
    put_field(csv, slice_of(level_id(point->level)));
    put_field(csv, point->organisation);
    put_field(csv, point->region);
    put_date(csv, point->peildatum);
    put_maybe(csv, point->value);
    put_maybe(csv, point->numerator);
    put_maybe(csv, point->denominator);
    if (point->definition > 0)
        put_int(csv, point->definition);
    else
        next_field(csv);
    put_field(csv, slice_of(point->series_break ? "true" : "false"));
    put_maybe(csv, point->norm);
    put_int(csv, point->received);
    put_int(csv, point->expected);
    put_field(csv, slice_of(render_status(point)));
    put_field(csv, slice_of(reason_id(point->reason)));
    end_row(csv);
}

static void put_series(struct text *text, const struct series *series, enum language language)
{
    static const char *const names[] = {
        "indicator", "niveau",           "organisatie",     "regio",     "peildatum",
        "waarde",    "teller",           "noemer",          "definitie", "reeksbreuk",
        "norm",      "responsOntvangen", "responsVerwacht", "status",    "reden",
    };
    struct csv csv = csv_over(text, language);
    put_header(&csv, names, sizeof names / sizeof names[0]);
    end_row(&csv);
    for (size_t i = 0; i < series->count; i++)
        put_point(&csv, &series->points[i]);
}

static void put_row(struct csv *csv, const struct grid *grid, size_t number)
{
    const struct table_row *row = &grid->table->rows[number];
    put_field(csv, row->indicator->id);
    put_field(csv, render_row_name(row));
    put_field(csv, row->indicator->unit);
    for (size_t column = 0; column < grid->column_count; column++)
        put_maybe(csv, render_cell(grid, number, column)->value);
    end_row(csv);
}

static void put_grid(struct text *text, const struct grid *grid, enum language language)
{
    static const char *const names[] = {"indicator", "naam", "eenheid"};
    struct csv csv = csv_over(text, language);
    put_header(&csv, names, sizeof names / sizeof names[0]);
    for (size_t column = 0; column < grid->column_count; column++)
        put_date(&csv, grid->columns[column]->date);
    end_row(&csv);
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
