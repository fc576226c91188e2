/*
 * Quoting a deliverer's own words back, safely. A finding must show what was found, but never a
 * person's number, never half a character and never a megabyte. It cannot fail: what cannot be
 * shown is replaced (U+FFFD), starred out or cut.
 */
#include "core/cite.h"

#include "base/utf8.h"
#include "core/bsn.h"

#include <string.h>

static const struct slice ELLIPSIS = SLICE_LITERAL("\xE2\x80\xA6");
static const struct slice REPLACEMENT = SLICE_LITERAL("\xEF\xBF\xBD");
static const struct slice STARS = SLICE_LITERAL("*********");

/* A quotation under construction; `full` once something did not fit. */
struct quotation {
    char bytes[CITE_MOST + 4];
    size_t len;
    bool full;
};

static void put(struct quotation *quotation, struct slice bytes)
{
    const bool fits = quotation->len + bytes.len <= CITE_MOST;
    if (!fits) {
        quotation->full = true;
        bytes = ELLIPSIS;
    }
    memcpy(quotation->bytes + quotation->len, bytes.ptr, bytes.len);
    quotation->len += bytes.len;
}

/* How many bytes the first code point of the text takes; 0 if there is no well-formed one. */
static size_t point_length(struct slice text)
{
    for (size_t len = 1; len <= 4 && len <= text.len; len++) {
        if (utf8_valid(slice_from(text.ptr, len))) return len;
    }
    return 0;
}

/* Puts one piece, a run of digits or a code point, and says how many bytes of the text it was. */
static size_t put_piece(struct quotation *quotation, struct slice rest)
{
    const size_t run = bsn_digit_run(rest);
    if (run == BSN_DIGITS && bsn_is(slice_from(rest.ptr, run))) {
        put(quotation, STARS);
        return run;
    }
    if (run > 0) {
        for (size_t i = 0; i < run && !quotation->full; i++)
            put(quotation, slice_from(rest.ptr + i, 1));
        return run;
    }
    const size_t len = point_length(rest);
    put(quotation, len > 0 ? slice_from(rest.ptr, len) : REPLACEMENT);
    return len > 0 ? len : 1;
}

static void quote(struct quotation *quotation, struct slice written)
{
    *quotation = (struct quotation){.len = 0};
    for (size_t at = 0; at < written.len && !quotation->full;)
        at += put_piece(quotation, slice_from(written.ptr + at, written.len - at));
}

struct slice cite_excerpt(struct arena *arena, struct slice written)
{
    struct quotation quotation;
    quote(&quotation, written);
    return arena_copy(arena, slice_from(quotation.bytes, quotation.len));
}

void cite_pointer_put(struct text *text, struct slice key)
{
    struct quotation quotation;
    quote(&quotation, key);
    text_putc(text, '/');
    for (size_t i = 0; i < quotation.len; i++) {
        const char byte = quotation.bytes[i];
        if (byte == '~') {
            text_puts(text, "~0");
        } else if (byte == '/') {
            text_puts(text, "~1");
        } else {
            text_putc(text, byte);
        }
    }
}
