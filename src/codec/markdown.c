/*
 * Text in Markdown: what a definition or a deliverer wrote means itself and nothing else. Notes are
 * one paragraph each, so that they read as well in a terminal as on a page. It cannot fail.
 */
#include "codec/markdown.h"

void markdown_put_plain(struct text *text, struct slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        const char byte = value.ptr[i];
        switch (byte) {
        case '|':
        case '\\':
        case '*':
        case '_':
        case '`':
        case '<':
        case '[':
            text_putc(text, '\\');
            text_putc(text, byte);
            break;
        case '\n':
        case '\r': text_putc(text, ' '); break;
        default: text_putc(text, byte); break;
        }
    }
}

void markdown_put_paragraphs(struct text *text, struct slice lines)
{
    while (lines.len > 0) {
        struct slice line;
        slice_cut(lines, '\n', &line, &lines);
        text_putc(text, '\n');
        markdown_put_plain(text, line);
        text_putc(text, '\n');
    }
}
