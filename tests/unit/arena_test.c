/*
 * Arenas and the heap beneath them: memory comes zeroed and aligned, what was taken stays where it
 * is and as it is, arrays grow without losing an item, and faults live in them. That all is given
 * back is what the leak checker says when the program ends.
 */
#include "base/arena.h"
#include "base/fault.h"
#include "base/memory.h"

#include <stdalign.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool all_bytes_are(const unsigned char *bytes, size_t size, unsigned char value)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != value) return false;
    }
    return true;
}

static void memory_is_zeroed_aligned_and_never_shared(void **state)
{
    (void)state;
    enum { COUNT = 400 };
    unsigned char *taken[COUNT];
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT; i++) {
        taken[i] = arena_new(&arena, i * 7);
        assert_int_equal((uintptr_t)taken[i] % alignof(max_align_t), 0);
        assert_true(all_bytes_are(taken[i], i * 7, 0));
        memset(taken[i], (int)(i % 255) + 1, i * 7);
    }
    for (size_t i = 0; i < COUNT; i++)
        assert_true(all_bytes_are(taken[i], i * 7, (unsigned char)(i % 255 + 1)));
    arena_done(&arena);
}

static void large_pieces_leave_the_block_in_use_alone(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    unsigned char *large_first = arena_new(&arena, 3000000);
    const char *small = arena_new(&arena, 16);
    unsigned char *large = arena_new(&arena, 1000000);
    const char *next = arena_new(&arena, 16);
    assert_ptr_equal(next, small + 16);
    memset(large_first, 1, 3000000);
    memset(large, 1, 1000000);
    assert_int_equal(next[0], 0);
    arena_done(&arena);
}

static void an_arena_can_be_used_again_after_its_end(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    arena_done(&arena);
    assert_non_null(arena_new(&arena, 0));
    arena_done(&arena);
    assert_null(arena.blocks);
    assert_non_null(arena_array(&arena, 0, 8));
    arena_done(&arena);
    arena_done(NULL);
}

static void growing_arrays_keep_every_item(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    unsigned *items = NULL;
    for (unsigned count = 0; count < 1000; count++) {
        items = arena_room(&arena, items, count, sizeof(*items));
        items[count] = count;
    }
    for (unsigned i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    arena_done(&arena);
}

static void copies_and_prints_end_in_an_uncounted_nul(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const struct slice copy = arena_copy(&arena, slice_from("a\0bc", 3));
    assert_int_equal(copy.len, 3);
    assert_memory_equal(copy.ptr, "a\0b", 4);
    assert_string_equal(arena_copy(&arena, slice_of(NULL)).ptr, "");
    const struct slice printed = arena_print(&arena, "%s:%d", "regel", 12);
    assert_true(slice_is(printed, "regel:12"));
    assert_int_equal(printed.ptr[printed.len], 0);
    assert_int_equal(arena_print(&arena, "%5000d", 1).len, 5000);
    arena_done(&arena);
}

static void faults_keep_place_message_and_order(void **state)
{
    (void)state;
    struct arena arena;
    struct faults faults;
    arena_init(&arena);
    faults_init(&faults, &arena);
    assert_int_equal(faults.count, 0);
    for (unsigned line = 1; line <= 9; line++) {
        const struct place place = {.file = slice_of("gi.yaml"), .line = line, .column = 3};
        faults_add(&faults, place, "key %u is unknown", line);
    }
    assert_int_equal(faults.count, 9);
    assert_int_equal(faults.items[8].line, 9);
    assert_int_equal(faults.items[8].column, 3);
    assert_true(slice_is(faults.items[8].file, "gi.yaml"));
    assert_true(slice_is(faults.items[0].message, "key 1 is unknown"));
    arena_done(&arena);
}

static void room_on_the_heap_doubles(void **state)
{
    (void)state;
    unsigned *items = NULL;
    size_t room = 0;
    unsigned moves = 0;
    for (unsigned count = 0; count < 1000; count++) {
        const size_t before = room;
        items = memory_room(items, count, &room, sizeof(*items));
        moves += room != before;
        assert_true(room > count);
        items[count] = count;
    }
    assert_int_equal(items[999], 999);
    assert_true(moves <= 10);
    memory_free(items);
    memory_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_never_shared),
        cmocka_unit_test(large_pieces_leave_the_block_in_use_alone),
        cmocka_unit_test(an_arena_can_be_used_again_after_its_end),
        cmocka_unit_test(growing_arrays_keep_every_item),
        cmocka_unit_test(copies_and_prints_end_in_an_uncounted_nul),
        cmocka_unit_test(faults_keep_place_message_and_order),
        cmocka_unit_test(room_on_the_heap_doubles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
