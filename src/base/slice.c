/*
 * Slices: runs of bytes that somebody else owns. Nothing here allocates, nothing fails; a question
 * that has no answer says false. ASCII only: what is beyond it is compared byte by byte.
 */
#include "base/slice.h"

#include <string.h>

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

struct slice slice_of(const char *text)
{
    return slice_from(text, text != NULL ? strlen(text) : 0);
}

struct slice slice_from(const char *ptr, size_t len)
{
    return (struct slice){.ptr = ptr, .len = len};
}

bool slice_equal(struct slice a, struct slice b)
{
    /* memcmp may not see the null pointer of an empty slice. */
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool slice_is(struct slice a, const char *text)
{
    return slice_equal(a, slice_of(text));
}

bool slice_is_nocase(struct slice a, const char *text)
{
    const struct slice b = slice_of(text);
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.ptr[i]) != lower(b.ptr[i])) return false;
    }
    return true;
}

int slice_compare(struct slice a, struct slice b)
{
    const size_t shared = a.len < b.len ? a.len : b.len;
    const int order = shared > 0 ? memcmp(a.ptr, b.ptr, shared) : 0;
    if (order != 0) return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool slice_starts(struct slice a, const char *prefix)
{
    const struct slice b = slice_of(prefix);
    return a.len >= b.len && slice_equal(slice_from(a.ptr, b.len), b);
}

struct slice slice_trim(struct slice a)
{
    while (a.len > 0 && is_blank(a.ptr[a.len - 1]))
        a.len--;
    while (a.len > 0 && is_blank(a.ptr[0])) {
        a.ptr++;
        a.len--;
    }
    return a;
}

bool slice_listed(const struct slice *list, size_t count, struct slice a)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(list[i], a)) return true;
    }
    return false;
}

bool slice_cut(struct slice a, char at, struct slice *ret_before, struct slice *ret_after)
{
    const char *found = a.len > 0 ? memchr(a.ptr, at, a.len) : NULL;
    if (found == NULL) {
        *ret_before = a;
        *ret_after = slice_from(NULL, 0);
        return false;
    }
    const size_t before = (size_t)(found - a.ptr);
    *ret_before = slice_from(a.ptr, before);
    *ret_after = slice_from(found + 1, a.len - before - 1);
    return true;
}

bool slice_to_u64(struct slice a, uint64_t *ret_value)
{
    uint64_t value = 0;
    for (size_t i = 0; i < a.len; i++) {
        if (a.ptr[i] < '0' || a.ptr[i] > '9') return false;
        if (__builtin_mul_overflow(value, 10U, &value)) return false;
        if (__builtin_add_overflow(value, (uint64_t)(a.ptr[i] - '0'), &value)) return false;
    }
    if (a.len == 0) return false;
    *ret_value = value;
    return true;
}
