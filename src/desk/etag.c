/*
 * Entity-tags as clients send them: `*`, `"2"`, `W/"2"`, or several with commas between. What is
 * anything else is refused as a whole, so that a precondition is never dropped in silence.
 */
#include "desk/etag.h"

/* The length of the quoted part at the beginning, quotes included; 0 if there is none. */
static size_t opaque_length(struct slice text)
{
    if (text.len < 2 || text.ptr[0] != '"') return 0;
    for (size_t i = 1; i < text.len; i++) {
        const unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"') return i + 1;
        if (c < 0x21 || c == 0x7f) return 0;
    }
    return 0;
}

static struct slice skip(struct slice text, size_t count)
{
    return slice_from(text.ptr + count, text.len - count);
}

static bool read_one(struct slice *text, struct etag *ret_etag)
{
    struct slice rest = *text;
    const bool weak = slice_starts(rest, "W/");
    if (weak) rest = skip(rest, 2);
    const size_t length = opaque_length(rest);
    if (length == 0) return false;
    *ret_etag = (struct etag){.weak = weak, .opaque = slice_from(rest.ptr, length)};
    *text = slice_trim(skip(rest, length));
    return true;
}

/* Goes over the comma after a tag; false where something else stands there, or nothing after. */
static bool next_one(struct slice *text)
{
    if (text->ptr[0] != ',') return false;
    *text = slice_trim(skip(*text, 1));
    return text->len > 0;
}

bool etags_parse(struct slice value, struct arena *arena, struct etags *ret_etags)
{
    struct slice rest = slice_trim(value);
    if (slice_is(rest, "*")) {
        *ret_etags = (struct etags){.any = true};
        return true;
    }
    struct etag *items = NULL;
    size_t count = 0;
    bool more = true;
    while (more) {
        items = arena_room(arena, items, count, sizeof *items);
        if (!read_one(&rest, &items[count])) return false;
        count++;
        more = rest.len > 0;
        if (more && !next_one(&rest)) return false;
    }
    *ret_etags = (struct etags){.items = items, .count = count};
    return true;
}

bool etags_match_strong(const struct etags *etags, struct slice opaque)
{
    for (size_t i = 0; i < etags->count; i++) {
        if (!etags->items[i].weak && slice_equal(etags->items[i].opaque, opaque)) return true;
    }
    return false;
}

bool etags_match_weak(const struct etags *etags, struct slice opaque)
{
    for (size_t i = 0; i < etags->count; i++) {
        if (slice_equal(etags->items[i].opaque, opaque)) return true;
    }
    return etags->any;
}
