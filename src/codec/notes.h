#ifndef GIMON_CODEC_NOTES_H
#define GIMON_CODEC_NOTES_H

#include "codec/render.h"

/** What stands with or for a figure where a note below the table says more. */
#define MARK_BREAK      "‡"
#define MARK_INCOMPLETE "†"
#define MARK_MISSING    "–"

/** Appends text as one line: a line break in it becomes a blank. */
void notes_put_flat(struct text *text, struct slice value);

/** Whether a figure is taken over fewer organisations than were expected. */
bool notes_is_incomplete(const struct point *point);

/**
 * Appends what a reader must know to use the figures of a table, one line a note: series breaks
 * with their reason, incomplete response, why figures are missing, the periods of its columns, and
 * the source of the definition.
 */
void notes_put(struct text *text, const struct grid *grid);

/** Appends the series break of a point, with the reason of its definition, as one line. */
void notes_put_break(struct text *text, const struct point *point, struct slice name);

#endif
