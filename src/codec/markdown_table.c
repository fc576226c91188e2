/* A table in Markdown: cells are collected, measured in code points and written padded. */
#include "codec/markdown_table.h"

#include "base/utf8.h"
#include "codec/markdown.h"

/* A ruler needs three dashes or two and a colon. */
enum { WIDTH_LEAST = 3 };

void markdown_table_add(struct markdown_table *table, struct slice cell)
{
    struct text text = {0};
    markdown_put_plain(&text, cell);
    table->cells = arena_room(table->arena, table->cells, table->cell_count, sizeof *table->cells);
    table->cells[table->cell_count++] = arena_copy(table->arena, text_slice(&text));
    text_done(&text);
}

static size_t width_of(const struct markdown_table *table, size_t column)
{
    size_t width = WIDTH_LEAST;
    for (size_t i = column; i < table->cell_count; i += table->columns) {
        const size_t length = utf8_length(table->cells[i]);
        width = length > width ? length : width;
    }
    return width;
}

static void put_repeated(struct text *text, char byte, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_putc(text, byte);
}

static void put_cell(struct text *text, struct slice cell, size_t width, bool left)
{
    const size_t blanks = width - utf8_length(cell);
    text_puts(text, "| ");
    if (!left) put_repeated(text, ' ', blanks);
    text_put(text, cell);
    if (left) put_repeated(text, ' ', blanks);
    text_putc(text, ' ');
}

static void put_ruler(struct text *text, const size_t *widths, size_t columns)
{
    for (size_t column = 0; column < columns; column++) {
        text_puts(text, column == 0 ? "|:" : "|-");
        put_repeated(text, '-', widths[column]);
        text_putc(text, column == 0 ? '-' : ':');
    }
    text_puts(text, "|\n");
}

void markdown_table_put(struct text *text, const struct markdown_table *table)
{
    size_t *widths = arena_array(table->arena, table->columns, sizeof *widths);
    for (size_t column = 0; column < table->columns; column++)
        widths[column] = width_of(table, column);
    for (size_t i = 0; i < table->cell_count; i++) {
        const size_t column = i % table->columns;
        put_cell(text, table->cells[i], widths[column], column == 0);
        if (column + 1 < table->columns) continue;
        text_puts(text, "|\n");
        if (i + 1 == table->columns) put_ruler(text, widths, table->columns);
    }
}
