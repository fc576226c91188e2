/*
 * A workbook as text, to be held against a golden file.
 */
#include "unit/book_text.h"

static void put_book_row(struct text *text, const struct book_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        const struct book_cell *cell = &row->cells[i];
        text_puts(text, i > 0 ? " | " : "");
        if (cell->kind == BOOK_HEADING) text_puts(text, "# ");
        if (cell->kind == BOOK_TEXT || cell->kind == BOOK_HEADING) text_puts(text, cell->text);
        if (cell->kind == BOOK_NUMBER) text_puts(text, "= ");
        if (cell->kind == BOOK_NUMBER) decimal_put_fixed(text, cell->number);
        if (cell->kind == BOOK_DATE) text_puts(text, "@ ");
        if (cell->kind == BOOK_DATE) date_put(text, cell->date);
    }
    text_putc(text, '\n');
}

void book_text_put(struct text *text, const struct book *book)
{
    moment_put(text, book->created);
    text_putc(text, '\n');
    for (size_t i = 0; i < BOOK_SHEETS; i++) {
        text_printf(text, "== %s\n", book->sheets[i].name);
        for (size_t row = 0; row < book->sheets[i].count; row++)
            put_book_row(text, &book->sheets[i].rows[row]);
    }
}
