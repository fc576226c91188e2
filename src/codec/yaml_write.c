/*
 * Trees back to text. The text is JSON and YAML at once: every scalar is a string in double quotes,
 * and a code point that either of the two would fold, refuse or take for a line end is escaped. So
 * reading it again gives the tree it came from, which is what a `definitie` record relies on.
 */
#include "codec/yaml_tree.h"

/**
 * The code point at `text` where YAML would fold or refuse it when it stands there as itself (C1
 * controls, line and paragraph separators, byte order mark, non-characters), else 0. `ret_len` is
 * how many bytes it takes.
 */
static unsigned escaped_point(struct slice text, size_t *ret_len)
{
    const unsigned char *byte = (const unsigned char *)text.ptr;
    unsigned point = 0;
    *ret_len = 1;
    if (text.len >= 2 && byte[0] == 0xC2 && byte[1] < 0xA0) {
        point = byte[1];
        *ret_len = 2;
    } else if (text.len >= 3 && (byte[0] == 0xE2 || byte[0] == 0xEF)) {
        point = (byte[0] & 0x0FU) << 12 | (byte[1] & 0x3FU) << 6 | (byte[2] & 0x3FU);
        *ret_len = 3;
    }
    bool breaks = point == 0x2028 || point == 0x2029;
    bool refused = point == 0xFEFF || point == 0xFFFE || point == 0xFFFF;
    if (breaks || refused || *ret_len == 2) return point;
    *ret_len = 1;
    return 0;
}

static void put_byte(struct text *text, char byte)
{
    if (byte == '"' || byte == '\\') {
        text_putc(text, '\\');
        text_putc(text, byte);
    } else if (byte == '\n') {
        text_puts(text, "\\n");
    } else if (byte == '\t') {
        text_puts(text, "\\t");
    } else if ((unsigned char)byte < 0x20 || byte == 0x7F) {
        text_printf(text, "\\u%04x", (unsigned)byte);
    } else {
        text_putc(text, byte);
    }
}

void yaml_put_string(struct text *text, struct slice value)
{
    text_putc(text, '"');
    for (size_t i = 0; i < value.len;) {
        size_t len;
        unsigned point = escaped_point(slice_from(value.ptr + i, value.len - i), &len);
        if (point != 0)
            text_printf(text, "\\u%04x", point);
        else
            put_byte(text, value.ptr[i]);
        i += len;
    }
    text_putc(text, '"');
}

static void put_children(struct text *text, const struct node *node)
{
    text_putc(text, node->kind == NODE_MAP ? '{' : '[');
    for (size_t i = 0; i < node->count; i++) {
        if (i > 0) text_putc(text, ',');
        if (node->kind == NODE_MAP) {
            yaml_put_string(text, node->keys[i]);
            text_putc(text, ':');
        }
        node_put_canonical(text, &node->children[i]);
    }
    text_putc(text, node->kind == NODE_MAP ? '}' : ']');
}

void node_put_canonical(struct text *text, const struct node *node)
{
    if (node->kind != NODE_SCALAR)
        put_children(text, node);
    else if (node_is_null(node))
        text_puts(text, "null");
    else
        yaml_put_string(text, node->text);
}
