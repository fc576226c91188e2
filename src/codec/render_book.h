#ifndef GIMON_CODEC_RENDER_BOOK_H
#define GIMON_CODEC_RENDER_BOOK_H

#include "codec/book.h"
#include "codec/render.h"

/** What a book is when it has been written down. */
#define RENDER_BOOK_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/**
 * Figures as a workbook in Dutch: the figures on the first sheet, on the second by which definition
 * and from which source they are. `created` is the moment of the newest record that counts. Lives
 * in the arena and points at nothing outside it.
 */
struct book *render_book_grid(const struct grid *grid, struct moment created, struct arena *arena);
struct book *render_book_series(const struct series *series, const struct rulebook *rulebook,
                                struct moment created, struct arena *arena);

#endif
