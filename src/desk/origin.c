/*
 * Whom to believe about where a request comes from. Hops are read from the right, since each proxy
 * adds its own at that end: as long as the one who speaks is trusted, what it says is the next hop.
 * The first that is not trusted is the origin, and nothing to the left of it is looked at. A hop
 * that is no address (unknown, _hidden, nonsense) ends the walk at the proxy that said so.
 *
 * Proxies write one of the two headers and may pass the other on as the client made it. Both at
 * once therefore count only where they say the same; otherwise the origin is who is connected.
 */
#include "desk/origin.h"

#include <string.h>

enum { CLIENT_PREFIX_BYTES = 8 };

static bool is_trusted(const struct proxies *proxies, struct slice hop)
{
    struct address address;
    if (slice_is(hop, "unix")) return proxies->local;
    if (!address_parse(hop, &address)) return false;
    for (size_t i = 0; i < proxies->count; i++) {
        if (network_holds(&proxies->items[i], &address)) return true;
    }
    return false;
}

/* `:port`, or nothing. */
static bool is_port(struct slice text)
{
    uint16_t port;
    if (text.len == 0) return true;
    return text.ptr[0] == ':' && port_parse(slice_from(text.ptr + 1, text.len - 1), &port);
}

/* `192.0.2.1`, `192.0.2.1:80`, `[2001:db8::1]`, `[2001:db8::1]:80` or `2001:db8::1`. */
static bool read_hop(struct slice text, struct slice *ret_hop)
{
    struct address address;
    struct slice hop = text, port = {0};
    if (slice_starts(text, "[")) {
        if (!slice_cut(slice_from(text.ptr + 1, text.len - 1), ']', &hop, &port)) return false;
    } else if (!address_parse(text, &address)) {
        slice_cut(text, ':', &hop, &port);
        port = slice_from(text.ptr + hop.len, text.len - hop.len);
    }
    if (!address_parse(hop, &address) || !is_port(port)) return false;
    *ret_hop = hop;
    return true;
}

/* Cuts at the first `at` that does not stand between quotes; false where quotes stay open. */
static bool cut_unquoted(struct slice *rest, char at, struct slice *ret_piece)
{
    bool quoted = false;
    size_t end = 0;
    for (; end < rest->len && (quoted || rest->ptr[end] != at); end++) {
        if (rest->ptr[end] == '"') quoted = !quoted;
        if (rest->ptr[end] == '\\' && quoted) end++;
    }
    if (quoted || end > rest->len) return false;
    *ret_piece = slice_trim(slice_from(rest->ptr, end));
    const size_t next = end < rest->len ? end + 1 : end;
    *rest = slice_from(rest->ptr + next, rest->len - next);
    return true;
}

/* A token, or what stands between quotes; an address needs no escapes. */
static bool unquote(struct slice value, struct slice *ret_value)
{
    const bool quoted = slice_starts(value, "\"");
    if (quoted && (value.len < 2 || value.ptr[value.len - 1] != '"')) return false;
    *ret_value = quoted ? slice_from(value.ptr + 1, value.len - 2) : value;
    return true;
}

/* The hop of one `for=…;by=…`; an element has one `for`, or says nothing. */
static struct slice read_element(struct slice element)
{
    struct slice found = {0};
    while (element.len > 0) {
        struct slice pair, name, value;
        if (!cut_unquoted(&element, ';', &pair)) return (struct slice){0};
        if (!slice_cut(pair, '=', &name, &value) || !slice_is_nocase(name, "for")) continue;
        if (found.len > 0 || !unquote(value, &found)) return (struct slice){0};
    }
    return found;
}

/* What somebody said, oldest hop first; a hop that is no address is kept as it is. */
struct hops {
    struct slice *items;
    size_t count;
};

static void add_hop(struct hops *hops, struct slice hop, struct arena *arena)
{
    hops->items = arena_room(arena, hops->items, hops->count, sizeof *hops->items);
    hops->items[hops->count++] = hop;
}

static struct hops read_forwarded(const struct request *request)
{
    struct hops hops = {0};
    struct slice rest = request->forwarded, element;
    while (rest.len > 0) {
        if (!cut_unquoted(&rest, ',', &element)) return (struct hops){0};
        add_hop(&hops, read_element(element), request->arena);
    }
    return hops;
}

static struct hops read_forwarded_for(const struct request *request)
{
    struct hops hops = {0};
    struct slice rest = request->forwarded_for, element;
    while (rest.len > 0) {
        slice_cut(rest, ',', &element, &rest);
        add_hop(&hops, slice_trim(element), request->arena);
    }
    return hops;
}

static struct slice walk(const struct proxies *proxies, struct slice peer, struct hops hops)
{
    struct slice origin = peer;
    for (size_t i = hops.count; i > 0 && is_trusted(proxies, origin); i--) {
        if (!read_hop(hops.items[i - 1], &origin)) break;
    }
    return origin;
}

static bool is_same(struct slice left, struct slice right)
{
    struct address a, b;
    if (!address_parse(left, &a) || !address_parse(right, &b)) return slice_equal(left, right);
    return address_equal(&a, &b);
}

struct slice origin_find(const struct request *request, const struct proxies *proxies)
{
    const struct slice peer = request->origin;
    if (request->forwarded.len + request->forwarded_for.len == 0 || !is_trusted(proxies, peer))
        return peer;
    const struct slice standard = walk(proxies, peer, read_forwarded(request));
    const struct slice usual = walk(proxies, peer, read_forwarded_for(request));
    if (request->forwarded.len == 0) return usual;
    if (request->forwarded_for.len == 0) return standard;
    return is_same(standard, usual) ? standard : peer;
}

struct address origin_client(struct slice origin)
{
    struct address address = {0};
    if (!address_parse(origin, &address) || address_is_v4(&address)) return address;
    memset(address.bytes + CLIENT_PREFIX_BYTES, 0, ADDRESS_BYTES - CLIENT_PREFIX_BYTES);
    return address;
}
