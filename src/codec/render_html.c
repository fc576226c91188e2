/*
 * A table as a page: the figures of the Markdown rendering with the same marks and notes, in the
 * frame of html_page. A table for people is Dutch. It cannot fail.
 */
#include "codec/html_page.h"
#include "codec/notes.h"
#include "codec/render.h"
#include "codec/render_mirror.h"

static void put_figure(struct text *text, const struct point *point)
{
    if (point->value.present)
        decimal_put_dutch(text, point->value.value);
    else
        text_puts(text, MARK_MISSING);
}

static const char *marks_of(const struct point *point)
{
    if (notes_is_incomplete(point))
        return point->series_break ? MARK_INCOMPLETE MARK_BREAK : MARK_INCOMPLETE;
    return point->series_break ? MARK_BREAK : "";
}

/* `GI-monitor, landelijk; status: voorlopig.` */
static void put_lead(struct text *text, const struct grid *grid)
{
    notes_put_flat(text, grid->rulebook->monitor.name);
    text_puts(text, ", landelijk");
    render_grid_status(text, grid);
    text_putc(text, '.');
}

static void put_columns(struct html *html, const struct grid *grid)
{
    struct text date = {0};
    html_table_column(html, slice_of("Indicator"), false);
    for (size_t column = 0; column < grid->column_count; column++) {
        text_clear(&date);
        date_put_dutch(&date, grid->columns[column]->date);
        html_table_column(html, text_slice(&date), true);
    }
    text_done(&date);
}

static void put_cell(struct html *html, const struct grid *grid, size_t row, size_t column)
{
    const struct point *point = render_cell(grid, row, column);
    struct text date = {0}, figure = {0};
    date_put_dutch(&date, grid->columns[column]->date);
    put_figure(&figure, point);
    html_cell(html, &(struct html_cell){
                        .column = text_slice(&date),
                        .value = text_slice(&figure),
                        .mark = slice_of(marks_of(point)),
                        .numeric = true,
                    });
    text_done(&date);
    text_done(&figure);
}

static void put_row(struct html *html, const struct grid *grid, size_t number)
{
    const struct table_row *row = &grid->table->rows[number];
    html_row_open(html, render_row_name(row), row->indicator->unit);
    for (size_t column = 0; column < grid->column_count; column++)
        put_cell(html, grid, number, column);
    html_row_close(html);
}

static void put_table(struct html *html, const struct grid *grid)
{
    struct text lead = {0};
    put_lead(&lead, grid);
    html_table_open(html, text_slice(&lead));
    put_columns(html, grid);
    html_table_body(html);
    for (size_t row = 0; row < grid->table->row_count; row++)
        put_row(html, grid, row);
    html_table_close(html);
    text_done(&lead);
}

static void put_notes(struct html *html, const struct grid *grid)
{
    struct text notes = {0};
    notes_put(&notes, grid);
    html_paragraphs(html, text_slice(&notes));
    text_done(&notes);
}

static void put_grid(struct text *text, const struct grid *grid, enum language language)
{
    (void)language;
    struct html html;
    html_init(&html, text);
    html_page_open(&html, grid->table->name);
    html_element(&html, "h1", grid->table->name);
    put_table(&html, grid);
    put_notes(&html, grid);
    html_page_close(&html);
}

const struct rendering render_html = {
    .name = "html",
    .media_type = "text/html",
    .content_type = "text/html; charset=utf-8",
    .series = NULL, /* a series is for machines: JSON and CSV */
    .grid = put_grid,
    .mirror = mirror_put_html,
};
