/*
 * A table as Markdown, for people: Dutch numbers, columns that line up in a terminal too, and under
 * it what a reader must know to use a figure: `‡` where the definition changed, `†` where not all
 * organisations are in it, `–` where there is none and why, `.` where it is not shown. Two passes:
 * measure, then write. It cannot fail.
 */
#include "codec/grid_words.h"
#include "codec/markdown.h"
#include "codec/notes.h"
#include "codec/render.h"
#include "codec/render_mirror.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

/** `2024-10-01` at the head of a column: no column is narrower. */
enum { DATE_WIDTH = 10 };

/** What stands above the changes; which peildata they are between, their place says. */
static const char *const CHANGE_NAMES[] = {
    [SLOT_VALUE] = "",
    [SLOT_ABSOLUTE] = "verschil",
    [SLOT_PERCENT] = "in %",
};

/** The table with the widths of its columns, in code points. */
struct layout {
    const struct grid *grid;
    struct text *text;
    struct text scratch; /**< where a cell is written to be measured */
    size_t label;
    size_t *numbers; /**< of each column: what stands to the left ... */
    size_t *marks;   /**< ... and the marks to the right of it */
};

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void put_repeated(struct text *text, char byte, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_putc(text, byte);
}

static void put_unit(struct text *text, struct slice unit)
{
    if (unit.len == 0) return;
    text_puts(text, " (");
    markdown_put_plain(text, unit);
    text_putc(text, ')');
}

static void put_label(struct text *text, const struct grid *grid, size_t row)
{
    markdown_put_plain(text, grid_row_name(grid, row));
    put_unit(text, grid_row_unit(grid, row));
}

/** The width of what a part of a cell would take. */
static size_t measure(struct layout *layout, size_t row, size_t column,
                      void (*put)(struct text *text, const struct grid *grid, size_t row,
                                  struct slot slot))
{
    text_clear(&layout->scratch);
    put(&layout->scratch, layout->grid, row, grid_slot(layout->grid, column));
    return utf8_length(text_slice(&layout->scratch));
}

static size_t measure_label(struct layout *layout, size_t row)
{
    text_clear(&layout->scratch);
    put_label(&layout->scratch, layout->grid, row);
    return utf8_length(text_slice(&layout->scratch));
}

/** Marks stand one blank away from the number; a column without marks keeps no room for them. */
static size_t marks_room(const struct layout *layout, size_t column)
{
    return layout->marks[column] > 0 ? layout->marks[column] + 1 : 0;
}

static size_t heading_width(const struct grid *grid, size_t column)
{
    const enum slot_kind kind = grid_slot(grid, column).kind;
    return kind == SLOT_VALUE ? DATE_WIDTH : strlen(CHANGE_NAMES[kind]);
}

static void measure_column(struct layout *layout, size_t column)
{
    for (size_t row = 0; row < layout->grid->row_count; row++) {
        size_t *number = &layout->numbers[column];
        size_t *marks = &layout->marks[column];
        *number = larger(*number, measure(layout, row, column, grid_put_cell));
        *marks = larger(*marks, measure(layout, row, column, grid_put_marks));
    }
    const size_t heading = heading_width(layout->grid, column), room = marks_room(layout, column);
    if (heading > room) layout->numbers[column] = larger(layout->numbers[column], heading - room);
}

static void measure_grid(struct layout *layout, struct arena *arena)
{
    const struct grid *grid = layout->grid;
    layout->numbers = arena_array(arena, grid_slot_count(grid), sizeof *layout->numbers);
    layout->marks = arena_array(arena, grid_slot_count(grid), sizeof *layout->marks);
    if (render_has_groups(grid)) layout->label = strlen(grid_subject(grid));
    for (size_t row = 0; row < grid->row_count; row++)
        layout->label = larger(layout->label, measure_label(layout, row));
    for (size_t column = 0; column < grid_slot_count(grid); column++)
        measure_column(layout, column);
}

static void put_heading(struct layout *layout)
{
    text_puts(layout->text, "# ");
    markdown_put_plain(layout->text, layout->grid->table->name);
    text_puts(layout->text, "\n\n");
    text_clear(&layout->scratch);
    grid_put_lead(&layout->scratch, layout->grid);
    markdown_put_plain(layout->text, text_slice(&layout->scratch));
    text_puts(layout->text, "\n\n");
}

/** The indicator above the table of its members. */
static void put_group(const struct layout *layout, size_t row)
{
    const struct table_row *shown = layout->grid->rows[row].shown;
    if (row > 0) text_putc(layout->text, '\n');
    text_puts(layout->text, "## ");
    markdown_put_plain(layout->text, render_row_name(shown));
    put_unit(layout->text, shown->indicator->unit);
    text_puts(layout->text, "\n\n");
}

static void put_dates(const struct layout *layout)
{
    const struct grid *grid = layout->grid;
    const char *subject = render_has_groups(grid) ? grid_subject(grid) : "";
    text_puts(layout->text, "| ");
    text_puts(layout->text, subject);
    put_repeated(layout->text, ' ', layout->label - strlen(subject));
    for (size_t column = 0; column < grid_slot_count(grid); column++) {
        const size_t width = layout->numbers[column] + marks_room(layout, column);
        const struct slot slot = grid_slot(grid, column);
        text_puts(layout->text, " | ");
        put_repeated(layout->text, ' ', width - heading_width(grid, column));
        text_puts(layout->text, CHANGE_NAMES[slot.kind]);
        if (slot.kind == SLOT_VALUE) date_put(layout->text, grid->columns[slot.column]->date);
    }
    text_puts(layout->text, " |\n");
}

/** The line that makes it a table: the label to the left, figures to the right. */
static void put_ruler(const struct layout *layout)
{
    text_puts(layout->text, "|:");
    put_repeated(layout->text, '-', layout->label + 1);
    for (size_t column = 0; column < grid_slot_count(layout->grid); column++) {
        text_putc(layout->text, '|');
        put_repeated(layout->text, '-', layout->numbers[column] + marks_room(layout, column) + 1);
        text_putc(layout->text, ':');
    }
    text_puts(layout->text, "|\n");
}

static void put_cell(struct layout *layout, size_t row, size_t column)
{
    struct text *text = layout->text;
    const struct slot slot = grid_slot(layout->grid, column);
    text_puts(text, " | ");
    put_repeated(text, ' ', layout->numbers[column] - measure(layout, row, column, grid_put_cell));
    grid_put_cell(text, layout->grid, row, slot);
    if (layout->marks[column] == 0) return;
    text_putc(text, ' ');
    grid_put_marks(text, layout->grid, row, slot);
    put_repeated(text, ' ', layout->marks[column] - measure(layout, row, column, grid_put_marks));
}

static void put_row(struct layout *layout, size_t row)
{
    text_puts(layout->text, "| ");
    put_label(layout->text, layout->grid, row);
    put_repeated(layout->text, ' ', layout->label - measure_label(layout, row));
    for (size_t column = 0; column < grid_slot_count(layout->grid); column++)
        put_cell(layout, row, column);
    text_puts(layout->text, " |\n");
}

/** One table, or one an indicator where each has members. */
static void put_tables(struct layout *layout)
{
    const struct grid *grid = layout->grid;
    for (size_t row = 0; row < grid->row_count; row++) {
        const bool begins = render_has_groups(grid) ? render_begins_group(grid, row) : row == 0;
        if (begins) {
            if (render_has_groups(grid)) put_group(layout, row);
            put_dates(layout);
            put_ruler(layout);
        }
        put_row(layout, row);
    }
}

static void put_document(struct layout *layout)
{
    put_heading(layout);
    put_tables(layout);
    text_clear(&layout->scratch);
    notes_put(&layout->scratch, layout->grid);
    markdown_put_paragraphs(layout->text, text_slice(&layout->scratch));
}

static void put_grid(struct text *text, const struct grid *grid, enum language language)
{
    (void)language; /* a table for people is Dutch */
    struct arena arena;
    struct layout layout = {.grid = grid, .text = text};
    arena_init(&arena);
    measure_grid(&layout, &arena);
    put_document(&layout);
    text_done(&layout.scratch);
    arena_done(&arena);
}

const struct rendering render_markdown = {
    .name = "md",
    .media_type = "text/markdown",
    .content_type = "text/markdown; charset=utf-8",
    .series = NULL, /* a series is for machines: JSON and CSV */
    .grid = put_grid,
    .mirror = mirror_put_markdown,
};
