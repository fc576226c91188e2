/*
 * A text grows by doubling and never fails: memory that runs out ends the process (memory.h).
 * Integers are written by hand, since printf takes most of the time of a large rendering.
 */
#include "base/text.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 256, DIGITS_MOST = 20 };

/* Makes room for `more` bytes and says where they go. */
static char *reserve(struct text *text, size_t more)
{
    size_t need = 0;
    if (__builtin_add_overflow(text->len, more, &need)) abort();
    if (need > text->room) {
        size_t room = text->room > 0 ? text->room : ROOM_FIRST;
        while (room < need && room <= SIZE_MAX / 2)
            room *= 2;
        text->room = room < need ? need : room;
        text->ptr = memory_resize(text->ptr, text->room);
    }
    return text->ptr + text->len;
}

void text_init(struct text *text)
{
    *text = (struct text){0};
}

void text_done(struct text *text)
{
    if (text == NULL) return;
    memory_free(text->ptr);
    text_init(text);
}

void text_clear(struct text *text)
{
    text->len = 0;
}

void text_reserve(struct text *text, size_t more)
{
    (void)reserve(text, more);
}

void text_put(struct text *text, struct slice bytes)
{
    if (bytes.len == 0) return;
    memcpy(reserve(text, bytes.len), bytes.ptr, bytes.len);
    text->len += bytes.len;
}

void text_puts(struct text *text, const char *string)
{
    text_put(text, slice_of(string));
}

void text_putc(struct text *text, char byte)
{
    *reserve(text, 1) = byte;
    text->len++;
}

void text_put_int(struct text *text, int64_t value)
{
    if (value < 0) text_putc(text, '-');
    /* Negating as unsigned is right for the least value too. */
    text_put_u64(text, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void text_put_u64(struct text *text, uint64_t value)
{
    char digits[DIGITS_MOST];
    size_t first = DIGITS_MOST;
    do {
        digits[--first] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    text_put(text, slice_from(digits + first, DIGITS_MOST - first));
}

void text_printf(struct text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    va_list again;
    va_copy(again, list);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0) abort();
    vsnprintf(reserve(text, (size_t)length + 1), (size_t)length + 1, format, list);
    text->len += (size_t)length;
    va_end(list);
}

struct slice text_slice(const struct text *text)
{
    return slice_from(text->ptr, text->len);
}

struct slice text_keep(struct text *text, struct arena *arena)
{
    const struct slice kept = arena_copy(arena, text_slice(text));
    text_done(text);
    return kept;
}
