#ifndef GIMON_CODEC_BOOK_H
#define GIMON_CODEC_BOOK_H

#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"

/*
 * A spreadsheet as a value: sheets of rows of cells, in which a number is a number and a date a
 * date. Everything is copied into one arena, so that it can be written down elsewhere, later and by
 * another thread, when what it was made of may have changed. Making one cannot fail.
 */

/** What a cell holds. */
enum book_kind { BOOK_NOTHING, BOOK_TEXT, BOOK_HEADING, BOOK_NUMBER, BOOK_DATE };

struct book_cell {
    enum book_kind kind;
    const char *text;      /**< BOOK_TEXT and BOOK_HEADING: UTF-8, NUL-terminated */
    struct decimal number; /**< shown with all its decimals */
    struct date date;
};

struct book_row {
    struct book_cell *cells;
    size_t count;
};

struct book_sheet {
    const char *name; /**< a literal of at most 31 letters, none of []:*?/\ */
    struct arena *arena;
    struct book_row *rows;
    size_t count;
};

/** The figures, and what a reader must know to use them. */
enum { BOOK_SHEETS = 2 };

struct book {
    struct moment created; /**< of the newest record that it can be made of */
    struct book_sheet sheets[BOOK_SHEETS];
};

/** An empty book in the arena, which must outlive it. */
struct book *book_new(struct arena *arena, struct moment created);

/** Begins a row; cells go to the newest one. */
void book_row(struct book_sheet *sheet);

/** One cell each. Text that no spreadsheet can hold (over 32767 bytes) is cut. */
void book_text(struct book_sheet *sheet, struct slice text);
void book_heading(struct book_sheet *sheet, const char *heading);
void book_number(struct book_sheet *sheet, struct decimal number);
void book_date(struct book_sheet *sheet, struct date date);
void book_skip(struct book_sheet *sheet);

/** A row of headings. */
void book_headings(struct book_sheet *sheet, const char *const *headings, size_t count);

#endif
