/*
 * A book as a workbook, by libxlsxwriter. Happy path: a format for each kind of cell, the sheets,
 * their cells; then the file, which is memory and never has a name, is read back. It is made of the
 * book alone: the moment of creation is the book's and not ours. The library remembers no error but
 * answers with it, so each answer is kept until the end, and the first one spoils the whole.
 */
#include "edge/book_file.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { WIDTH_LEAST = 10, WIDTH_MOST = 48, DATE_WIDTH = 12, PATH_ROOM = 32 };

/** What is being written. */
struct writing {
    lxw_workbook *workbook;
    lxw_worksheet *worksheet;
    lxw_format *heading;
    lxw_format *date;
    lxw_format *heading_date;
    lxw_format *numbers[DECIMAL_MOST + 1]; /**< by decimals */
    bool failed;
};

static void note(struct writing *writing, lxw_error error)
{
    if (error != LXW_NO_ERROR) writing->failed = true;
}

/* `#,##0.00`: the reader's language decides how the point and the comma look. */
static lxw_format *number_format(lxw_workbook *workbook, int decimals)
{
    char pattern[PATH_ROOM];
    lxw_format *format = workbook_add_format(workbook);
    snprintf(pattern, sizeof pattern, "#,##0%s%.*s", decimals > 0 ? "." : "", decimals,
             "000000000");
    format_set_num_format(format, pattern);
    return format;
}

static lxw_format *date_format(lxw_workbook *workbook)
{
    lxw_format *format = workbook_add_format(workbook);
    format_set_num_format(format, "dd-mm-yyyy");
    format_set_align(format, LXW_ALIGN_RIGHT);
    return format;
}

static void make_formats(struct writing *writing)
{
    writing->heading = workbook_add_format(writing->workbook);
    format_set_bold(writing->heading);
    writing->date = date_format(writing->workbook);
    writing->heading_date = date_format(writing->workbook);
    format_set_bold(writing->heading_date);
    for (int decimals = 0; decimals <= DECIMAL_MOST; decimals++)
        writing->numbers[decimals] = number_format(writing->workbook, decimals);
}

/* Nearest to the exact value: one division of two whole numbers that a double can hold. */
static double to_double(struct decimal number)
{
    double scale = 1;
    for (uint8_t i = 0; i < number.decimals; i++)
        scale *= 10;
    return (double)number.units / scale;
}

static lxw_datetime to_datetime(struct date date)
{
    const struct civil civil = date_to_civil(date);
    return (lxw_datetime){.year = civil.year, .month = civil.month, .day = civil.day};
}

static void put_date(struct writing *writing, struct date date, lxw_row_t row, lxw_col_t column)
{
    lxw_datetime when = to_datetime(date);
    lxw_format *format = row == 0 ? writing->heading_date : writing->date;
    note(writing, worksheet_write_datetime(writing->worksheet, row, column, &when, format));
}

static void put_cell(struct writing *writing, const struct book_cell *cell, lxw_row_t row,
                     lxw_col_t column)
{
    lxw_worksheet *sheet = writing->worksheet;
    switch (cell->kind) {
    case BOOK_NOTHING: break;
    case BOOK_TEXT:
        note(writing, worksheet_write_string(sheet, row, column, cell->text, NULL));
        break;
    case BOOK_HEADING:
        note(writing, worksheet_write_string(sheet, row, column, cell->text, writing->heading));
        break;
    case BOOK_NUMBER:
        note(writing, worksheet_write_number(sheet, row, column, to_double(cell->number),
                                             writing->numbers[cell->number.decimals]));
        break;
    case BOOK_DATE: put_date(writing, cell->date, row, column); break;
    }
}

static size_t width_of(const struct book_cell *cell)
{
    switch (cell->kind) {
    case BOOK_TEXT:
    case BOOK_HEADING: return slice_of(cell->text).len + 1;
    case BOOK_DATE: return DATE_WIDTH;
    case BOOK_NOTHING:
    case BOOK_NUMBER: break;
    }
    return WIDTH_LEAST;
}

/* Wide enough for what is in the column, within reason; false where no row has that column. */
static bool find_width(const struct book_sheet *sheet, size_t column, size_t *ret_width)
{
    size_t width = 0;
    for (size_t row = 0; row < sheet->count; row++) {
        if (sheet->rows[row].count <= column) continue;
        const size_t wanted = width_of(&sheet->rows[row].cells[column]);
        if (wanted > width) width = wanted;
    }
    *ret_width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
    return width > 0;
}

static void set_widths(struct writing *writing, const struct book_sheet *sheet)
{
    size_t width;
    for (size_t column = 0; find_width(sheet, column, &width); column++)
        note(writing, worksheet_set_column(writing->worksheet, (lxw_col_t)column, (lxw_col_t)column,
                                           (double)width, NULL));
}

static void put_sheet(struct writing *writing, const struct book_sheet *sheet)
{
    writing->worksheet = workbook_add_worksheet(writing->workbook, sheet->name);
    if (!writing->worksheet) {
        writing->failed = true;
        return;
    }
    for (size_t row = 0; row < sheet->count; row++) {
        for (size_t column = 0; column < sheet->rows[row].count; column++)
            put_cell(writing, &sheet->rows[row].cells[column], (lxw_row_t)row, (lxw_col_t)column);
    }
    set_widths(writing, sheet);
}

/* `path` names a file that is open; true if the whole book is in it. */
static bool write_to(const char *path, const struct book *book)
{
    struct writing writing = {.workbook = workbook_new(path)};
    lxw_doc_properties properties = {.created = (time_t)(book->created.ms / 1000)};
    if (!writing.workbook) return false;
    note(&writing, workbook_set_properties(writing.workbook, &properties));
    make_formats(&writing);
    for (size_t i = 0; i < BOOK_SHEETS; i++)
        put_sheet(&writing, &book->sheets[i]);
    if (!writing.failed)
        worksheet_freeze_panes(
            workbook_get_worksheet_by_name(writing.workbook, book->sheets[0].name), 1, 0);
    note(&writing, workbook_close(writing.workbook)); /* frees it too, whatever it answers */
    return !writing.failed;
}

static bool read_back(int file, struct text *ret_bytes)
{
    enum { CHUNK = 16384 };
    struct text bytes = {0};
    char chunk[CHUNK];
    off_t at = 0;
    ssize_t got;
    while ((got = pread(file, chunk, sizeof chunk, at)) > 0) {
        text_put(&bytes, slice_from(chunk, (size_t)got));
        at += got;
    }
    if (got < 0) {
        text_done(&bytes);
        return false;
    }
    *ret_bytes = bytes;
    return true;
}

bool book_file_write(const struct book *book, struct text *ret_bytes)
{
    char path[PATH_ROOM];
    const int file = memfd_create("workbook", MFD_CLOEXEC);
    if (file < 0) return false;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    const bool written = write_to(path, book) && read_back(file, ret_bytes);
    close(file);
    return written;
}
