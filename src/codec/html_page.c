/*
 * The frame of a page and its tables. A narrow screen shows each row as a card, with the name of
 * the column in front of each value; that takes the layout of a table away, so the roles are said
 * explicitly and stay. Nothing is fetched and no script runs. It cannot fail.
 */
#include "codec/html_page.h"

static void put_meta(struct html *html, const char *name, const char *content)
{
    html_open(html, "meta");
    html_attribute(html, "name", slice_of(name));
    html_attribute(html, "content", slice_of(content));
    html_line(html);
}

static void put_style(struct html *html)
{
    html_open(html, "style");
    html_raw(html, html_style());
    html_close(html, "style");
    html_line(html);
}

void html_page_open(struct html *html, struct slice title)
{
    html_raw(html, slice_of("<!DOCTYPE html>\n"));
    html_open(html, "html");
    html_attribute(html, "lang", slice_of("nl"));
    html_line(html);
    html_raw(html, slice_of("<head>\n<meta charset=\"utf-8\">\n"));
    put_meta(html, "viewport", "width=device-width, initial-scale=1");
    html_element(html, "title", title);
    put_style(html);
    html_raw(html, slice_of("</head>\n<body>\n<main>\n"));
}

void html_page_close(struct html *html)
{
    html_raw(html, slice_of("</main>\n</body>\n</html>\n"));
}

/* ---- tables ---- */

static void open_with_role(struct html *html, const char *element, const char *role)
{
    html_open(html, element);
    html_attribute(html, "role", slice_of(role));
}

static void mark_numeric(struct html *html, bool numeric)
{
    if (numeric) html_attribute(html, "class", slice_of("getal"));
}

void html_table_open(struct html *html, struct slice caption)
{
    open_with_role(html, "table", "table");
    html_line(html);
    html_element(html, "caption", caption);
    open_with_role(html, "thead", "rowgroup");
    html_line(html);
    open_with_role(html, "tr", "row");
    html_line(html);
}

void html_table_column(struct html *html, struct slice name, bool numeric)
{
    open_with_role(html, "th", "columnheader");
    html_attribute(html, "scope", slice_of("col"));
    mark_numeric(html, numeric);
    html_put(html, name);
    html_close(html, "th");
    html_line(html);
}

void html_table_body(struct html *html)
{
    html_raw(html, slice_of("</tr>\n</thead>\n"));
    open_with_role(html, "tbody", "rowgroup");
    html_line(html);
}

void html_table_close(struct html *html)
{
    html_raw(html, slice_of("</tbody>\n</table>\n"));
}

void html_table_group(struct html *html, struct slice name, size_t columns)
{
    struct text span = {0};
    text_put_u64(&span, columns);
    html_raw(html, slice_of("</tbody>\n"));
    open_with_role(html, "tbody", "rowgroup");
    html_line(html);
    open_with_role(html, "tr", "row");
    html_attribute(html, "class", slice_of("groep"));
    open_with_role(html, "th", "rowheader");
    html_attribute(html, "scope", slice_of("rowgroup"));
    html_attribute(html, "colspan", text_slice(&span));
    html_put(html, name);
    html_raw(html, slice_of("</th></tr>\n"));
    text_done(&span);
}

void html_row_open(struct html *html, struct slice name, struct slice detail)
{
    open_with_role(html, "tr", "row");
    html_line(html);
    open_with_role(html, "th", "rowheader");
    html_attribute(html, "scope", slice_of("row"));
    html_put(html, name);
    if (detail.len > 0) {
        html_put(html, slice_of(" "));
        html_open(html, "small");
        html_put(html, detail);
        html_close(html, "small");
    }
    html_close(html, "th");
    html_line(html);
}

void html_row_close(struct html *html)
{
    html_close(html, "tr");
    html_line(html);
}

void html_cell(struct html *html, const struct html_cell *cell)
{
    open_with_role(html, "td", "cell");
    html_attribute(html, "data-kolom", cell->column);
    mark_numeric(html, cell->numeric);
    html_put(html, cell->value);
    if (cell->mark.len > 0) {
        html_open(html, "span");
        html_attribute(html, "class", slice_of("teken"));
        html_put(html, cell->mark);
        html_close(html, "span");
    }
    html_close(html, "td");
    html_line(html);
}
