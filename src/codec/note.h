#ifndef GIMON_CODEC_NOTE_H
#define GIMON_CODEC_NOTE_H

#include "core/point.h"

/** What stands with or for a figure where a note below the table says more. */
#define MARK_BREAK      "‡"
#define MARK_INCOMPLETE "†"
#define MARK_MISSING    "–"
#define MARK_HIDDEN     "."
#define MARK_COMMON     "§"

/** Appends text as one line: a line break in it becomes a blank. */
void note_put_flat(struct text *text, struct slice value);

/** Whether a figure is taken over fewer organisations than were expected. */
bool note_is_incomplete(const struct point *point);

/** Appends the series break of a point, with the reason of its definition, as one line. */
void note_put_break(struct text *text, const struct point *point, struct slice name);

#endif
