#ifndef GIMON_CODEC_MARKDOWN_H
#define GIMON_CODEC_MARKDOWN_H

#include "base/text.h"

/** Appends text of a definition, with what Markdown would read as its own made plain. */
void markdown_put_plain(struct text *text, struct slice value);

/** Appends lines of such text, each as a paragraph with an empty line before it. */
void markdown_put_paragraphs(struct text *text, struct slice lines);

#endif
