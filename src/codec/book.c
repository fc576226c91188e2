/*
 * Cells one after the other, each copied into the book's arena. The newest row takes them; there is
 * always one, since whoever writes begins with book_row.
 */
#include "codec/book.h"

/* The most that a cell can hold (ECMA-376; counted in bytes here, which is never more letters). */
enum { TEXT_MOST = 32767 };

struct book *book_new(struct arena *arena, struct moment created)
{
    struct book *book = arena_new(arena, sizeof *book);
    book->created = created;
    for (size_t i = 0; i < BOOK_SHEETS; i++)
        book->sheets[i].arena = arena;
    return book;
}

void book_row(struct book_sheet *sheet)
{
    sheet->rows = arena_room(sheet->arena, sheet->rows, sheet->count, sizeof *sheet->rows);
    sheet->rows[sheet->count++] = (struct book_row){0};
}

static void put(struct book_sheet *sheet, struct book_cell cell)
{
    struct book_row *row = &sheet->rows[sheet->count - 1];
    row->cells = arena_room(sheet->arena, row->cells, row->count, sizeof *row->cells);
    row->cells[row->count++] = cell;
}

/* Cut between letters. */
static struct slice cut(struct slice text)
{
    const int continues = 0x80, mask = 0xC0;
    if (text.len <= TEXT_MOST) return text;
    text.len = TEXT_MOST;
    while (text.len > 0 && (text.ptr[text.len] & mask) == continues)
        text.len--;
    return text;
}

void book_text(struct book_sheet *sheet, struct slice text)
{
    if (text.len == 0) {
        book_skip(sheet);
        return;
    }
    const struct slice copy = arena_copy(sheet->arena, cut(text));
    put(sheet, (struct book_cell){.kind = BOOK_TEXT, .text = copy.ptr});
}

void book_heading(struct book_sheet *sheet, const char *heading)
{
    const struct slice copy = arena_copy(sheet->arena, slice_of(heading));
    put(sheet, (struct book_cell){.kind = BOOK_HEADING, .text = copy.ptr});
}

void book_number(struct book_sheet *sheet, struct decimal number)
{
    put(sheet, (struct book_cell){.kind = BOOK_NUMBER, .number = number});
}

void book_date(struct book_sheet *sheet, struct date date)
{
    put(sheet, (struct book_cell){.kind = BOOK_DATE, .date = date});
}

void book_skip(struct book_sheet *sheet)
{
    put(sheet, (struct book_cell){.kind = BOOK_NOTHING});
}

void book_headings(struct book_sheet *sheet, const char *const *headings, size_t count)
{
    book_row(sheet);
    for (size_t i = 0; i < count; i++)
        book_heading(sheet, headings[i]);
}
