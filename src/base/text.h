#ifndef GIMON_BASE_TEXT_H
#define GIMON_BASE_TEXT_H

#include "base/arena.h"

/** A text that grows: what every rendering writes to. Zero-initialised is empty. */
struct text {
    char *ptr;
    size_t len;
    size_t room;
};

/** An empty text; allocates nothing until written to. */
void text_init(struct text *text);

/** Frees the bytes; the text is empty again. */
void text_done(struct text *text);

/** Forgets the content and keeps the room. */
void text_clear(struct text *text);

/** Makes room for so many bytes more at once, where it is known how many will come. */
void text_reserve(struct text *text, size_t more);

/** Appends the bytes. */
void text_put(struct text *text, struct slice bytes);

/** Appends a NUL-terminated string. */
void text_puts(struct text *text, const char *string);

/** Appends one byte. */
void text_putc(struct text *text, char byte);

/** Appends an integer in decimal. */
void text_put_int(struct text *text, int64_t value);

/** Appends an unsigned integer in decimal. */
void text_put_u64(struct text *text, uint64_t value);

/** Appends formatted; for the slow path, integers and slices have their own functions. */
void text_printf(struct text *text, const char *format, ...)
    __attribute__((nonnull(2), format(printf, 2, 3)));

/** Moves what has been written into the arena, with a NUL behind it; the text is empty again. */
struct slice text_keep(struct text *text, struct arena *arena) __attribute__((warn_unused_result));

/** What has been written; valid until the next write. */
struct slice text_slice(const struct text *text);

#endif
