#ifndef GIMON_TESTS_BOOK_TEXT_H
#define GIMON_TESTS_BOOK_TEXT_H

#include "codec/book.h"

/* Appends a book as lines, a cell's kind before what it holds: `#` a heading, `=` a number, `@` a
 * date. */
void book_text_put(struct text *text, const struct book *book);

#endif
