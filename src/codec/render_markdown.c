/*
 * A table as Markdown, for people: Dutch numbers, columns that line up in a terminal too, and under
 * it what a reader must know to use a figure: `‡` where the definition changed, `†` where not all
 * organisations are in it, `–` where there is none and why. Two passes: measure, then write. It
 * cannot fail.
 */
#include "codec/markdown.h"
#include "codec/notes.h"
#include "codec/render.h"
#include "codec/render_mirror.h"

#include "base/arena.h"
#include "base/utf8.h"

/** `2024-10-01` at the head of a column: no column is narrower. */
enum { DATE_WIDTH = 10 };

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

static void put_label(struct text *text, const struct table_row *row)
{
    markdown_put_plain(text, render_row_name(row));
    if (row->indicator->unit.len == 0) return;
    text_puts(text, " (");
    markdown_put_plain(text, row->indicator->unit);
    text_putc(text, ')');
}

static void put_number(struct text *text, const struct point *point)
{
    if (point->value.present)
        decimal_put_dutch(text, point->value.value);
    else
        text_puts(text, MARK_MISSING);
}

static void put_marks(struct text *text, const struct point *point)
{
    if (notes_is_incomplete(point)) text_puts(text, MARK_INCOMPLETE);
    if (point->series_break) text_puts(text, MARK_BREAK);
}

/** The width of what a part of a cell would take. */
static size_t measure(struct layout *layout, const struct point *point,
                      void (*put)(struct text *text, const struct point *point))
{
    text_clear(&layout->scratch);
    put(&layout->scratch, point);
    return utf8_length(text_slice(&layout->scratch));
}

static size_t measure_label(struct layout *layout, const struct table_row *row)
{
    text_clear(&layout->scratch);
    put_label(&layout->scratch, row);
    return utf8_length(text_slice(&layout->scratch));
}

/** Marks stand one blank away from the number; a column without marks keeps no room for them. */
static size_t marks_room(const struct layout *layout, size_t column)
{
    return layout->marks[column] > 0 ? layout->marks[column] + 1 : 0;
}

static void measure_column(struct layout *layout, size_t column)
{
    for (size_t row = 0; row < layout->grid->table->row_count; row++) {
        const struct point *point = render_cell(layout->grid, row, column);
        size_t *number = &layout->numbers[column];
        size_t *marks = &layout->marks[column];
        *number = larger(*number, measure(layout, point, put_number));
        *marks = larger(*marks, measure(layout, point, put_marks));
    }
    layout->numbers[column] =
        larger(layout->numbers[column], DATE_WIDTH - marks_room(layout, column));
}

static void measure_grid(struct layout *layout, struct arena *arena)
{
    const struct grid *grid = layout->grid;
    layout->numbers = arena_array(arena, grid->column_count, sizeof *layout->numbers);
    layout->marks = arena_array(arena, grid->column_count, sizeof *layout->marks);
    for (size_t row = 0; row < grid->table->row_count; row++)
        layout->label = larger(layout->label, measure_label(layout, &grid->table->rows[row]));
    for (size_t column = 0; column < grid->column_count; column++)
        measure_column(layout, column);
}

static void put_heading(const struct layout *layout)
{
    const struct grid *grid = layout->grid;
    text_puts(layout->text, "# ");
    markdown_put_plain(layout->text, grid->table->name);
    text_puts(layout->text, "\n\n");
    markdown_put_plain(layout->text, grid->rulebook->monitor.name);
    text_puts(layout->text, ", landelijk");
    render_grid_status(layout->text, grid);
    text_puts(layout->text, ".\n\n");
}

static void put_dates(const struct layout *layout)
{
    text_puts(layout->text, "| ");
    put_repeated(layout->text, ' ', layout->label);
    for (size_t column = 0; column < layout->grid->column_count; column++) {
        const size_t width = layout->numbers[column] + marks_room(layout, column);
        text_puts(layout->text, " | ");
        put_repeated(layout->text, ' ', width - DATE_WIDTH);
        date_put(layout->text, layout->grid->columns[column]->date);
    }
    text_puts(layout->text, " |\n");
}

/** The line that makes it a table: the label to the left, figures to the right. */
static void put_ruler(const struct layout *layout)
{
    text_puts(layout->text, "|:");
    put_repeated(layout->text, '-', layout->label + 1);
    for (size_t column = 0; column < layout->grid->column_count; column++) {
        text_putc(layout->text, '|');
        put_repeated(layout->text, '-', layout->numbers[column] + marks_room(layout, column) + 1);
        text_putc(layout->text, ':');
    }
    text_puts(layout->text, "|\n");
}

static void put_cell(struct layout *layout, const struct point *point, size_t column)
{
    struct text *text = layout->text;
    text_puts(text, " | ");
    put_repeated(text, ' ', layout->numbers[column] - measure(layout, point, put_number));
    put_number(text, point);
    if (layout->marks[column] == 0) return;
    text_putc(text, ' ');
    put_marks(text, point);
    put_repeated(text, ' ', layout->marks[column] - measure(layout, point, put_marks));
}

static void put_row(struct layout *layout, size_t number)
{
    const struct table_row *row = &layout->grid->table->rows[number];
    text_puts(layout->text, "| ");
    put_label(layout->text, row);
    put_repeated(layout->text, ' ', layout->label - measure_label(layout, row));
    for (size_t column = 0; column < layout->grid->column_count; column++)
        put_cell(layout, render_cell(layout->grid, number, column), column);
    text_puts(layout->text, " |\n");
}

static void put_document(struct layout *layout)
{
    put_heading(layout);
    put_dates(layout);
    put_ruler(layout);
    for (size_t row = 0; row < layout->grid->table->row_count; row++)
        put_row(layout, row);
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
