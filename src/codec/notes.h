#ifndef GIMON_CODEC_NOTES_H
#define GIMON_CODEC_NOTES_H

#include "codec/render.h"

/**
 * Appends what a reader must know to use the figures of a table, one line a note: the rule by which
 * the public sees them, series breaks with their reason, incomplete response, why figures are
 * missing, what is attributed to no region and which regions have no figures, the changes, the
 * periods of its columns, and the source of the definition.
 */
void notes_put(struct text *text, const struct grid *grid);

#endif
