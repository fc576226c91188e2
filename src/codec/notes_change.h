#ifndef GIMON_CODEC_NOTES_CHANGE_H
#define GIMON_CODEC_NOTES_CHANGE_H

#include "core/grid.h"

/** Appends the notes on the changes of a table, one line each; nothing where it shows none. */
void notes_put_changes(struct text *text, const struct grid *grid);

#endif
