#ifndef GIMON_CODEC_CSV_SCAN_H
#define GIMON_CODEC_CSV_SCAN_H

#include "base/arena.h"

/*
 * A one-pass reader of CSV as spreadsheets write it, pulled along by the caller: row by row, cell
 * by cell, always knowing line and column. It knows nothing of what the cells mean.
 *
 * Taken are: `;` or `,` between cells (the first line decides, or a line `sep=;` before it), a BOM,
 * CRLF, LF or CR, cells in quotes with doubled quotes and line ends in them, UTF-8 and, where the
 * bytes are none, Windows-1252. What cannot be read in a cell is told by its fault; the rest of the
 * file is still read.
 */

/** What the sender says that the bytes are. */
enum csv_charset {
    CSV_UTF8, /**< or nothing said: bytes that are no UTF-8 are read as Windows-1252 */
    CSV_WINDOWS_1252,
};

/** What is wrong with the form of a cell. */
enum csv_fault {
    CSV_SOUND,
    CSV_OPEN_QUOTE,  /**< begins with a quote that is never closed; read to the end of its line */
    CSV_AFTER_QUOTE, /**< something stands behind the closing quote */
    CSV_CONTROL,     /**< a control character other than tab and line ends, or no character */
};

/** A cell. Texts are UTF-8 whatever the file is, and live as long as the body and the arena. */
struct csv_cell {
    struct slice text; /**< without blanks around it, no-break spaces included */
    struct slice raw;  /**< with them */
    bool quoted;
    enum csv_fault fault;
    unsigned line, column; /**< of its first byte that is no blank; in bytes, as it was sent */
};

struct csv_scan {
    const char *at;
    const char *end;
    const char *line_start;
    unsigned line;
    char separator;
    bool windows;
    bool in_row;
    struct arena *arena;
};

/** Starts at the first row of `body`, which must live as long as anything read from it. */
void csv_scan_init(struct csv_scan *scan, struct slice body, enum csv_charset charset,
                   struct arena *arena);

/** Goes to the next row, which may be blank; false at the end. */
bool csv_scan_row(struct csv_scan *scan) __attribute__((warn_unused_result));

/** Reads the next cell of the row; false at its end. */
bool csv_scan_cell(struct csv_scan *scan, struct csv_cell *ret_cell)
    __attribute__((warn_unused_result));

#endif
