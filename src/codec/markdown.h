#ifndef GIMON_CODEC_MARKDOWN_H
#define GIMON_CODEC_MARKDOWN_H

#include "codec/render.h"

/** What stands with or for a figure where a note below the table says more. */
#define MARK_BREAK      "‡"
#define MARK_INCOMPLETE "†"
#define MARK_MISSING    "–"

/** Appends text of a definition, with what Markdown would read as its own made plain. */
void markdown_put_plain(struct text *text, struct slice value);

/** Whether a figure is taken over fewer organisations than were expected. */
bool markdown_is_incomplete(const struct point *point);

/**
 * Appends what a reader must know to use the figures of a table: series breaks with their reason,
 * incomplete response, why figures are missing, and the source of the table's definition.
 */
void markdown_put_notes(struct text *text, const struct grid *grid);

#endif
