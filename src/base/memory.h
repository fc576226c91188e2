#ifndef GIMON_BASE_MEMORY_H
#define GIMON_BASE_MEMORY_H

#include <stddef.h>

/*
 * The only place that calls malloc. A process that has no memory left aborts here: everything
 * confirmed is in the log, so a fresh start is the best answer (docs/decisions/0006).
 */

/** `size` zeroed bytes on the heap, never NULL; freed with memory_free. */
void *memory_new(size_t size) __attribute__((warn_unused_result, malloc));

/** Like realloc, never NULL; new bytes are not zeroed. */
void *memory_resize(void *old, size_t size) __attribute__((warn_unused_result));

/**
 * Room for one more item in a growing array: returns `items`, moved if need be. `count` items are
 * in use, `*room` is the capacity and is updated; capacity doubles.
 */
void *memory_room(void *items, size_t count, size_t *room, size_t item_size)
    __attribute__((warn_unused_result));

/** Gives memory back; NULL is fine. */
void memory_free(void *old);

#endif
