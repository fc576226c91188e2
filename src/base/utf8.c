/*
 * UTF-8 as the Unicode standard has it in table 3-7: the range of the second byte depends on the
 * first, which is what keeps out overlong forms, surrogates and code points above U+10FFFF.
 */
#include "base/utf8.h"

#include <string.h>

/* Code points by their first byte: how long, and what the second byte may be. */
struct form {
    unsigned char first_least;
    unsigned char first_most;
    unsigned char second_least;
    unsigned char second_most;
    size_t len;
};

static const struct form forms[] = {
    {.first_least = 0xC2, .first_most = 0xDF, .second_least = 0x80, .second_most = 0xBF, .len = 2},
    {.first_least = 0xE0, .first_most = 0xE0, .second_least = 0xA0, .second_most = 0xBF, .len = 3},
    {.first_least = 0xE1, .first_most = 0xEC, .second_least = 0x80, .second_most = 0xBF, .len = 3},
    {.first_least = 0xED, .first_most = 0xED, .second_least = 0x80, .second_most = 0x9F, .len = 3},
    {.first_least = 0xEE, .first_most = 0xEF, .second_least = 0x80, .second_most = 0xBF, .len = 3},
    {.first_least = 0xF0, .first_most = 0xF0, .second_least = 0x90, .second_most = 0xBF, .len = 4},
    {.first_least = 0xF1, .first_most = 0xF3, .second_least = 0x80, .second_most = 0xBF, .len = 4},
    {.first_least = 0xF4, .first_most = 0xF4, .second_least = 0x80, .second_most = 0x8F, .len = 4},
};

static unsigned char byte_at(struct slice text, size_t at)
{
    return (unsigned char)text.ptr[at];
}

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0U) == 0x80U;
}

static const struct form *form_of(unsigned char first)
{
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (first >= forms[i].first_least && first <= forms[i].first_most) return &forms[i];
    }
    return NULL;
}

/* The length of the code point at `at`, which is not ASCII; 0 where there is none. */
static size_t point_length(struct slice text, size_t at)
{
    const struct form *form = form_of(byte_at(text, at));
    if (form == NULL || text.len - at < form->len) return 0;
    const unsigned char second = byte_at(text, at + 1);
    if (second < form->second_least || second > form->second_most) return 0;
    for (size_t i = 2; i < form->len; i++) {
        if (!is_tail(byte_at(text, at + i))) return 0;
    }
    return form->len;
}

/* Where the run of ASCII that begins at `at` ends; eight bytes a step while it lasts. */
static size_t skip_ascii(struct slice text, size_t at)
{
    uint64_t eight = 0;
    for (; text.len - at >= sizeof(eight); at += sizeof(eight)) {
        memcpy(&eight, text.ptr + at, sizeof(eight));
        if ((eight & 0x8080808080808080U) != 0) break;
    }
    while (at < text.len && byte_at(text, at) < 0x80)
        at++;
    return at;
}

bool utf8_valid(struct slice text)
{
    size_t at = skip_ascii(text, 0);
    while (at < text.len) {
        const size_t len = point_length(text, at);
        if (len == 0) return false;
        at = skip_ascii(text, at + len);
    }
    return true;
}

size_t utf8_length(struct slice text)
{
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++)
        length += !is_tail(byte_at(text, i));
    return length;
}
