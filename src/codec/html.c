/*
 * The one writer of HTML. Its only state is whether a start tag is still open for attributes; the
 * first thing that is no attribute ends it. All five characters that mean something anywhere in
 * HTML are escaped everywhere, so that a text and an attribute need no rules of their own. It
 * cannot fail; a caller that does not close what it opened gets what it wrote.
 */
#include "codec/html.h"

void html_init(struct html *html, struct text *text)
{
    *html = (struct html){.text = text};
}

static void end_tag(struct html *html)
{
    if (html->tag) text_putc(html->text, '>');
    html->tag = false;
}

static void put_escaped(struct text *text, struct slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        switch (value.ptr[i]) {
        case '&': text_puts(text, "&amp;"); break;
        case '<': text_puts(text, "&lt;"); break;
        case '>': text_puts(text, "&gt;"); break;
        case '"': text_puts(text, "&quot;"); break;
        case '\'': text_puts(text, "&#39;"); break;
        default: text_putc(text, value.ptr[i]); break;
        }
    }
}

void html_open(struct html *html, const char *element)
{
    end_tag(html);
    text_putc(html->text, '<');
    text_puts(html->text, element);
    html->tag = true;
}

void html_close(struct html *html, const char *element)
{
    end_tag(html);
    text_puts(html->text, "</");
    text_puts(html->text, element);
    text_putc(html->text, '>');
}

void html_attribute(struct html *html, const char *name, struct slice value)
{
    text_putc(html->text, ' ');
    text_puts(html->text, name);
    text_puts(html->text, "=\"");
    put_escaped(html->text, value);
    text_putc(html->text, '"');
}

void html_put(struct html *html, struct slice value)
{
    end_tag(html);
    put_escaped(html->text, value);
}

void html_line(struct html *html)
{
    end_tag(html);
    text_putc(html->text, '\n');
}

void html_element(struct html *html, const char *element, struct slice value)
{
    html_open(html, element);
    html_put(html, value);
    html_close(html, element);
    html_line(html);
}

void html_paragraphs(struct html *html, struct slice lines)
{
    while (lines.len > 0) {
        struct slice line;
        slice_cut(lines, '\n', &line, &lines);
        html_element(html, "p", line);
    }
}

void html_raw(struct html *html, struct slice value)
{
    end_tag(html);
    text_put(html->text, value);
}
