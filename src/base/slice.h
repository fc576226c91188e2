#ifndef GIMON_BASE_SLICE_H
#define GIMON_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * A run of bytes that somebody else owns: pointer and length, never NUL-terminated by promise.
 * The empty slice may have a null pointer.
 */
struct slice {
    const char *ptr;
    size_t len;
};

/** Initialiser for a slice over a string literal, for static tables. */
#define SLICE_LITERAL(text)                                                                        \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }

/** The slice over a NUL-terminated string; NULL gives the empty slice. */
struct slice slice_of(const char *text);

/** The slice over `len` bytes at `ptr`. */
struct slice slice_from(const char *ptr, size_t len);

/** The same bytes. */
bool slice_equal(struct slice a, struct slice b);

/** The same bytes as the NUL-terminated `text`. */
bool slice_is(struct slice a, const char *text);

/** The same bytes, ASCII letters compared without case. */
bool slice_is_nocase(struct slice a, const char *text);

/** Below, equal, above zero: byte order, the shorter first where one begins the other. */
int slice_compare(struct slice a, struct slice b);

/** Whether `a` begins with the NUL-terminated `prefix`. */
bool slice_starts(struct slice a, const char *prefix);

/** Whether `a` is one of `count` slices. */
bool slice_listed(const struct slice *list, size_t count, struct slice a);

/** The slice without ASCII blanks (space, tab, CR, LF) at both ends. */
struct slice slice_trim(struct slice a);

/**
 * Cuts at the first `at`: what stands before and after it. Without one, `ret_before` is the whole,
 * `ret_after` is empty and the answer is false.
 */
bool slice_cut(struct slice a, char at, struct slice *ret_before, struct slice *ret_after);

/** A plain decimal integer (digits only, no sign) that fits; false otherwise. */
bool slice_to_u64(struct slice a, uint64_t *ret_value);

#endif
