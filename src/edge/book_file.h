#ifndef GIMON_EDGE_BOOK_FILE_H
#define GIMON_EDGE_BOOK_FILE_H

#include "base/text.h"
#include "codec/book.h"

/**
 * Writes a book as a workbook (ECMA-376, .xlsx). Equal books give equal bytes. Blocks, and touches
 * nothing but the book: for any thread, but one at a time (libxlsxwriter uses gmtime). False, and
 * nothing in `ret_bytes`, where the system has no room for its temporary files.
 */
bool book_file_write(const struct book *book, struct text *ret_bytes)
    __attribute__((warn_unused_result));

#endif
