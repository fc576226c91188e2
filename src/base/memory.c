/*
 * The heap, in one place. Whoever asks gets memory: when there is none left the process aborts,
 * and so does a size that does not fit, since no caller could do better.
 */
#include "base/memory.h"

#include <stdlib.h>

static void *or_abort(void *fresh)
{
    if (fresh == NULL) abort();
    return fresh;
}

void *memory_new(size_t size)
{
    return or_abort(calloc(1, size > 0 ? size : 1));
}

void *memory_resize(void *old, size_t size)
{
    return or_abort(realloc(old, size > 0 ? size : 1));
}

void *memory_room(void *items, size_t count, size_t *room, size_t item_size)
{
    if (count < *room) return items;
    size_t wider = 0;
    size_t size = 0;
    if (__builtin_mul_overflow(*room > 0 ? *room : 4U, 2U, &wider)) abort();
    if (__builtin_mul_overflow(wider, item_size, &size)) abort();
    void *moved = memory_resize(items, size);
    *room = wider;
    return moved;
}

void memory_free(void *old)
{
    free(old);
}
