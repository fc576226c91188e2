/*
 * What faults have in common: how they quote, what they propose, and in which order they are told.
 * A message is one line that says what stands there and what may stand there.
 */
#include "codec/fault_text.h"

#include "base/nearest.h"
#include "base/text.h"

#include <stdlib.h>

enum { QUOTE_MOST = 60, LIST_MOST = 24 };

/** Where to cut so that no character is cut in two. */
static size_t cut_length(struct slice written)
{
    size_t len = written.len;
    if (len <= QUOTE_MOST) return len;
    len = QUOTE_MOST;
    while (len > 0 && ((unsigned char)written.ptr[len] & 0xC0) == 0x80)
        len--;
    return len;
}

static const char *keep(struct faults *faults, struct text *text)
{
    struct slice kept = arena_copy(faults->arena, text_slice(text));
    text_done(text);
    return kept.ptr;
}

const char *fault_quote(struct faults *faults, struct slice written)
{
    struct text text;
    size_t len = cut_length(written);
    text_init(&text);
    text_putc(&text, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)written.ptr[i];
        text_putc(&text, byte < 0x20 || byte == 0x7F ? ' ' : written.ptr[i]);
    }
    text_puts(&text, len < written.len ? "...\"" : "\"");
    return keep(faults, &text);
}

const char *fault_list(struct faults *faults, struct words words)
{
    struct text text;
    text_init(&text);
    for (size_t i = 0; i < words.count && i < LIST_MOST; i++) {
        if (i > 0) text_puts(&text, ", ");
        text_put(&text, words.items[i]);
    }
    if (words.count > LIST_MOST) text_printf(&text, ", ... (%zu in all)", words.count);
    return keep(faults, &text);
}

void fault_unknown(struct faults *faults, struct place place, const char *what, struct slice word,
                   struct words known)
{
    const char *quoted = fault_quote(faults, word);
    const struct slice *near = nearest_word(word, known.items, known.count);
    if (known.count == 0)
        faults_add(faults, place, "unknown %s %s. There is none here", what, quoted);
    else if (near != NULL)
        faults_add(faults, place, "unknown %s %s; did you mean %s? Allowed: %s", what, quoted,
                   fault_quote(faults, *near), fault_list(faults, known));
    else
        faults_add(faults, place, "unknown %s %s. Allowed: %s", what, quoted,
                   fault_list(faults, known));
}

static int compare_numbers(unsigned a, unsigned b)
{
    return (a > b) - (a < b);
}

static int compare_faults(const void *left, const void *right)
{
    const struct fault *a = left;
    const struct fault *b = right;
    int order = slice_compare(a->file, b->file);
    if (order == 0) order = compare_numbers(a->line, b->line);
    if (order == 0) order = compare_numbers(a->column, b->column);
    return order != 0 ? order : slice_compare(a->message, b->message);
}

void faults_order(struct faults *faults, size_t from)
{
    if (faults->count - from < 2) return;
    qsort(faults->items + from, faults->count - from, sizeof *faults->items, compare_faults);
    size_t kept = from + 1;
    for (size_t i = from + 1; i < faults->count; i++) {
        if (compare_faults(&faults->items[kept - 1], &faults->items[i]) != 0)
            faults->items[kept++] = faults->items[i];
    }
    faults->count = kept;
}
