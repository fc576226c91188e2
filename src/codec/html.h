#ifndef GIMON_CODEC_HTML_H
#define GIMON_CODEC_HTML_H

#include "base/text.h"

/**
 * Writes HTML straight into a text. Names of elements and attributes are literals; everything else
 * is escaped here, so no caller can forget it. The caller opens and closes in pairs; an attribute
 * follows its html_open directly.
 */
struct html {
    struct text *text;
    bool tag; /**< a start tag still takes attributes */
};

/** A writer that appends to `text`. */
void html_init(struct html *html, struct text *text);

/** `<element>` and `</element>`; an element without content (`meta`) is not closed. */
void html_open(struct html *html, const char *element);
void html_close(struct html *html, const char *element);

/** An attribute of the element that was just opened. */
void html_attribute(struct html *html, const char *name, struct slice value);

/** Text, escaped. */
void html_put(struct html *html, struct slice value);

/** A new line in the source, for who reads it. */
void html_line(struct html *html);

/** A whole element with text in it, on a line of its own. */
void html_element(struct html *html, const char *element, struct slice value);

/** Each line of `lines` as a paragraph. */
void html_paragraphs(struct html *html, struct slice lines);

/** Text that is HTML or CSS already: only what this program itself wrote. */
void html_raw(struct html *html, struct slice value);

#endif
