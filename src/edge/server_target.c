/*
 * The first line of a request, decoded: path and query. Happy path: every `%41` becomes its byte
 * and the pieces are UTF-8. There is no failure to report: what cannot be decoded is turned into
 * something no route and no key matches, so the desk says 404 or 400 in its own words.
 */
#include "edge/server_target.h"

#include "base/utf8.h"

/* U+FFFD: a key that no question has. */
static const struct slice UNREADABLE = SLICE_LITERAL("\xef\xbf\xbd");

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

/** The byte of `%41` at `at`; -1 where there is none. */
static int encoded_byte(struct slice raw, size_t at)
{
    if (raw.len - at < 3) return -1;
    int high = hex_value(raw.ptr[at + 1]), low = hex_value(raw.ptr[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** Decodes into the arena; false where the encoding is broken or the result is no UTF-8. */
static bool decode(struct slice raw, bool plus_is_space, struct arena *arena,
                   struct slice *ret_text)
{
    char *out = arena_new(arena, raw.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < raw.len; at++) {
        int byte = raw.ptr[at];
        if (byte == '+' && plus_is_space) byte = ' ';
        if (byte == '%') {
            byte = encoded_byte(raw, at);
            if (byte < 0) return false;
            at += 2;
        }
        out[len++] = (char)byte;
    }
    if (!utf8_valid(slice_from(out, len))) return false;
    *ret_text = slice_from(out, len);
    return true;
}

/** Whether a decoded path has the slashes it was written with, and no control characters. */
static bool is_plain_path(struct slice raw, struct slice path)
{
    size_t slashes = 0;
    for (size_t at = 0; at < raw.len; at++)
        slashes += raw.ptr[at] == '/';
    for (size_t at = 0; at < path.len; at++) {
        unsigned char byte = (unsigned char)path.ptr[at];
        if (byte < 0x20 || byte == 0x7f) return false;
        slashes -= byte == '/';
    }
    return slashes == 0;
}

static struct query read_pair(struct slice pair, struct arena *arena)
{
    struct slice key, value;
    struct query query = {0};
    slice_cut(pair, '=', &key, &value);
    if (decode(key, true, arena, &query.key) && decode(value, true, arena, &query.value))
        return query;
    return (struct query){.key = UNREADABLE};
}

static void read_queries(struct slice rest, struct request *request)
{
    struct query *queries = arena_array(request->arena, TARGET_QUERIES, sizeof *queries);
    while (rest.len > 0 && request->query_count < TARGET_QUERIES) {
        struct slice pair;
        slice_cut(rest, '&', &pair, &rest);
        if (pair.len > 0) queries[request->query_count++] = read_pair(pair, request->arena);
    }
    /* Too many is said as one key too strange, not left out in silence. */
    if (rest.len > 0) queries[TARGET_QUERIES - 1] = (struct query){.key = UNREADABLE};
    request->queries = queries;
}

/** The path as it was written, for what cannot be decoded: no route and no name has its `%`. */
static struct slice as_written(struct slice raw, struct arena *arena)
{
    char *out = arena_new(arena, raw.len + 1);
    for (size_t at = 0; at < raw.len; at++) {
        bool plain = raw.ptr[at] > 0x20 && raw.ptr[at] < 0x7f;
        out[at] = plain ? raw.ptr[at] : '?';
    }
    return slice_from(out, raw.len);
}

void target_read(struct slice target, struct request *request)
{
    struct slice raw, query, path;
    slice_cut(target, '?', &raw, &query);
    bool plain = decode(raw, false, request->arena, &path) && is_plain_path(raw, path);
    request->path = plain ? path : as_written(raw, request->arena);
    if (query.len > 0) read_queries(query, request);
}
