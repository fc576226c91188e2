/*
 * An arena is a chain of blocks, each zeroed when it comes from the heap and handed out from its
 * start. Blocks double in size up to a bound, so a small request costs one allocation and a large
 * one a few. What is larger than the next block gets a block of its own, behind the one in use.
 */
#include "base/arena.h"

#include "base/memory.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_FIRST = 4096 - 64, BLOCK_MOST = 256 * 1024, ROOM_FIRST = 4 };

struct arena_block {
    struct arena_block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

static struct arena_block *block_new(size_t size)
{
    size_t whole = 0;
    if (__builtin_add_overflow(sizeof(struct arena_block), size, &whole)) abort();
    struct arena_block *block = memory_new(whole);
    block->size = size;
    return block;
}

static void *block_take(struct arena_block *block, size_t size)
{
    void *taken = block->bytes + block->used;
    block->used += size;
    return taken;
}

static size_t next_size(const struct arena *arena)
{
    if (arena->blocks == NULL) return BLOCK_FIRST;
    const size_t twice = arena->blocks->size * 2;
    return twice < BLOCK_MOST ? twice : BLOCK_MOST;
}

/* Takes from a block of its own, so that what is left in the block in use is not lost. */
static void *take_apart(struct arena *arena, size_t size)
{
    struct arena_block *block = block_new(size);
    if (arena->blocks == NULL) {
        arena->blocks = block_new(BLOCK_FIRST);
    }
    block->next = arena->blocks->next;
    arena->blocks->next = block;
    return block_take(block, size);
}

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

void arena_done(struct arena *arena)
{
    if (arena == NULL) return;
    while (arena->blocks != NULL) {
        struct arena_block *block = arena->blocks;
        arena->blocks = block->next;
        memory_free(block);
    }
}

/* What a size takes: nothing takes room too, and everything ends where anything may begin. */
static size_t whole_grains(size_t size)
{
    const size_t grain = alignof(max_align_t);
    size_t whole = size > 0 ? size : 1;
    if (__builtin_add_overflow(whole, grain - 1, &whole)) abort();
    return whole - whole % grain;
}

void arena_reserve(struct arena *arena, const size_t *sizes, size_t count)
{
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        if (__builtin_add_overflow(all, whole_grains(sizes[i]), &all)) abort();
    }
    arena->blocks = block_new(all);
}

void *arena_new(struct arena *arena, size_t size)
{
    const size_t whole = whole_grains(size);
    struct arena_block *current = arena->blocks;
    if (current != NULL && current->size - current->used >= whole)
        return block_take(current, whole);
    const size_t fresh_size = next_size(arena);
    if (whole > fresh_size) return take_apart(arena, whole);
    struct arena_block *fresh = block_new(fresh_size);
    fresh->next = arena->blocks;
    arena->blocks = fresh;
    return block_take(fresh, whole);
}

void *arena_array(struct arena *arena, size_t count, size_t item_size)
{
    size_t size = 0;
    if (__builtin_mul_overflow(count, item_size, &size)) abort();
    return arena_new(arena, size);
}

void *arena_room(struct arena *arena, void *items, size_t count, size_t item_size)
{
    if (count == 0) return arena_array(arena, ROOM_FIRST, item_size);
    const bool full = count >= ROOM_FIRST && (count & (count - 1)) == 0;
    if (!full) return items;
    if (count > SIZE_MAX / 2) abort();
    void *wider = arena_array(arena, count * 2, item_size);
    memcpy(wider, items, count * item_size);
    return wider;
}

struct slice arena_copy(struct arena *arena, struct slice text)
{
    if (text.len == SIZE_MAX) abort();
    char *copy = arena_new(arena, text.len + 1);
    if (text.len > 0) memcpy(copy, text.ptr, text.len);
    return slice_from(copy, text.len);
}

struct slice arena_print_list(struct arena *arena, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0) abort();
    char *printed = arena_new(arena, (size_t)length + 1);
    vsnprintf(printed, (size_t)length + 1, format, list);
    return slice_from(printed, (size_t)length);
}

struct slice arena_print(struct arena *arena, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    const struct slice printed = arena_print_list(arena, format, list);
    va_end(list);
    return printed;
}
