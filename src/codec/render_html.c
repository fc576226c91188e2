/*
 * A table as a page: the figures of the Markdown rendering with the same marks and notes, in the
 * frame of html_page. The members of an indicator are a group of rows under a heading of their own.
 * A table for people is Dutch. It cannot fail.
 */
#include "codec/grid_words.h"
#include "codec/html_page.h"
#include "codec/notes.h"
#include "codec/render.h"
#include "codec/render_mirror.h"

/* `1 oktober 2024`; a change `Sinds 1 april 2024`, in per cent `Sinds 1 april 2024 in %`. */
static void put_column_name(struct text *text, const struct grid *grid, struct slot slot)
{
    if (slot.kind == SLOT_VALUE) {
        date_put_dutch(text, grid->columns[slot.column]->date);
        return;
    }
    text_puts(text, "Sinds ");
    date_put_dutch(text, grid->columns[slot.column - 1]->date);
    if (slot.kind == SLOT_PERCENT) text_puts(text, " in %");
}

static void put_columns(struct html *html, const struct grid *grid)
{
    struct text name = {0};
    html_table_column(html, slice_of(grid_subject(grid)), false);
    for (size_t i = 0; i < grid_slot_count(grid); i++) {
        text_clear(&name);
        put_column_name(&name, grid, grid_slot(grid, i));
        html_table_column(html, text_slice(&name), true);
    }
    text_done(&name);
}

static void put_cell(struct html *html, const struct grid *grid, size_t row, struct slot slot)
{
    struct text name = {0}, figure = {0}, mark = {0};
    put_column_name(&name, grid, slot);
    grid_put_cell(&figure, grid, row, slot);
    grid_put_marks(&mark, grid, row, slot);
    html_cell(html, &(struct html_cell){
                        .column = text_slice(&name),
                        .value = text_slice(&figure),
                        .mark = text_slice(&mark),
                        .numeric = true,
                    });
    text_done(&name);
    text_done(&figure);
    text_done(&mark);
}

static void put_group(struct html *html, const struct grid *grid, size_t row)
{
    struct text name = {0};
    const struct table_row *shown = grid->rows[row].shown;
    text_put(&name, render_row_name(shown));
    if (shown->indicator->unit.len > 0) {
        text_puts(&name, " (");
        text_put(&name, shown->indicator->unit);
        text_putc(&name, ')');
    }
    html_table_group(html, text_slice(&name), grid_slot_count(grid) + 1);
    text_done(&name);
}

static void put_row(struct html *html, const struct grid *grid, size_t number)
{
    if (render_has_groups(grid) && render_begins_group(grid, number)) put_group(html, grid, number);
    html_row_open(html, grid_row_name(grid, number), grid_row_unit(grid, number));
    for (size_t i = 0; i < grid_slot_count(grid); i++)
        put_cell(html, grid, number, grid_slot(grid, i));
    html_row_close(html);
}

static void put_table(struct html *html, const struct grid *grid)
{
    struct text lead = {0};
    grid_put_lead(&lead, grid);
    html_table_open(html, text_slice(&lead));
    put_columns(html, grid);
    html_table_body(html);
    for (size_t row = 0; row < grid->row_count; row++)
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
