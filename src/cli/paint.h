#ifndef GIMON_CLI_PAINT_H
#define GIMON_CLI_PAINT_H

#include <stdbool.h>
#include <stdio.h>

/** What a piece of text is about. */
enum paint { PAINT_PLAIN, PAINT_GOOD, PAINT_BAD, PAINT_CAREFUL, PAINT_ASIDE };

/** Whether the stream is a terminal that can move its cursor. */
bool paint_is_terminal(FILE *out);

/**
 * Writes text that may come from elsewhere: control characters become blanks, so that it cannot act
 * upon the terminal. Coloured on a terminal, unless NO_COLOR is set to something (no-color.org).
 */
void paint_text(FILE *out, enum paint paint, const char *text);

#endif
