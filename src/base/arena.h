#ifndef GIMON_BASE_ARENA_H
#define GIMON_BASE_ARENA_H

#include "base/slice.h"

#include <stdarg.h>

struct arena_block;

/** Memory that is released in one stroke: one arena a request, a submission, a rulebook. */
struct arena {
    struct arena_block *blocks;
};

/** An empty arena; allocates nothing until asked. */
void arena_init(struct arena *arena);

/** Frees everything taken from the arena; the arena is empty again and may be used. */
void arena_done(struct arena *arena);

/** Gives an empty arena one block that holds just these `count` sizes, each taken once. */
void arena_reserve(struct arena *arena, const size_t *sizes, size_t count);

/** `size` zeroed bytes, aligned for any type, alive until arena_done. Never NULL. */
void *arena_new(struct arena *arena, size_t size) __attribute__((warn_unused_result));

/** A zeroed array of `count` items of `item_size` bytes; at least one byte long. */
void *arena_array(struct arena *arena, size_t count, size_t item_size)
    __attribute__((warn_unused_result));

/**
 * Room for one more item in an array that grows in the arena: `items`, or a larger copy of its
 * `count` items (the old one stays until the end). Capacity follows from `count`: powers of two
 * from 4 on, so no capacity is kept; call it before every append.
 */
void *arena_room(struct arena *arena, void *items, size_t count, size_t item_size)
    __attribute__((warn_unused_result));

/** A copy of the bytes, followed by a NUL that is not counted. */
struct slice arena_copy(struct arena *arena, struct slice text) __attribute__((warn_unused_result));

/** printf into the arena. */
struct slice arena_print(struct arena *arena, const char *format, ...)
    __attribute__((warn_unused_result, format(printf, 2, 3)));

/** vprintf into the arena. */
struct slice arena_print_list(struct arena *arena, const char *format, va_list list)
    __attribute__((warn_unused_result, nonnull(2), format(printf, 2, 0)));

#endif
