#ifndef GIMON_CODEC_MARKDOWN_TABLE_H
#define GIMON_CODEC_MARKDOWN_TABLE_H

#include "base/arena.h"
#include "base/text.h"

/**
 * A table in the making: cells come in reading order, the names of the columns first, and are
 * padded when all of them are there, so that it lines up in a terminal too.
 */
struct markdown_table {
    struct arena *arena; /**< of the cells */
    size_t columns;      /**< the first is a name and stands left, all others right */
    struct slice *cells;
    size_t cell_count;
};

/** Adds the next cell, with what Markdown would read as its own made plain. */
void markdown_table_add(struct markdown_table *table, struct slice cell);

/** Appends the table. */
void markdown_table_put(struct text *text, const struct markdown_table *table);

#endif
