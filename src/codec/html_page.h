#ifndef GIMON_CODEC_HTML_PAGE_H
#define GIMON_CODEC_HTML_PAGE_H

#include "codec/html.h"

/*
 * What all pages have in common: a Dutch document with its own style, and tables that a screen
 * reader, a narrow screen and a sheet of paper can all use.
 */

/** The style that stands in every page, byte for byte; a content security policy names its hash. */
struct slice html_style(void);

/** Everything up to the content, and everything after it. */
void html_page_open(struct html *html, struct slice title);
void html_page_close(struct html *html);

/** A table with its caption, up to its header cells; rows follow html_table_body. */
void html_table_open(struct html *html, struct slice caption);
void html_table_body(struct html *html);
void html_table_close(struct html *html);

/** A header cell above a column; `numeric` puts it, as its figures, to the right. */
void html_table_column(struct html *html, struct slice name, bool numeric);

/** A row over the whole width that says what the rows below it have in common. */
void html_table_group(struct html *html, struct slice name, size_t columns);

/** A row and the header cell it begins with; `detail` (a unit) may be empty. */
void html_row_open(struct html *html, struct slice name, struct slice detail);
void html_row_close(struct html *html);

/** A cell below the first column. */
struct html_cell {
    struct slice column; /**< the name above it, for screens too narrow to show that */
    struct slice value;
    struct slice mark; /**< stands behind the value without moving it; or empty */
    bool numeric;
};

/** Appends a cell of the row that is open. */
void html_cell(struct html *html, const struct html_cell *cell);

#endif
