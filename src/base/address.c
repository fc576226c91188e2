/*
 * Internet addresses and networks as text, read strictly: what decides whom to believe is not
 * guessed at. Happy path: 4 decimals or 8 groups become 16 bytes. Anything else is no address.
 */
#include "base/address.h"

#include <string.h>

enum { V4_BYTES = 4, V4_AT = ADDRESS_BYTES - V4_BYTES, NO_GAP = ADDRESS_BYTES + 1 };

static const uint8_t V4_PREFIX[V4_AT] = {[10] = 0xff, [11] = 0xff};

/* Plain digits without a leading zero, at most `most`. */
static bool read_decimal(struct slice text, uint64_t most, unsigned *ret_value)
{
    uint64_t value;
    if (text.len > 1 && text.ptr[0] == '0') return false;
    if (!slice_to_u64(text, &value) || value > most) return false;
    *ret_value = (unsigned)value;
    return true;
}

static bool read_v4(struct slice text, uint8_t *ret_bytes)
{
    uint8_t bytes[V4_BYTES];
    for (size_t i = 0; i < V4_BYTES; i++) {
        struct slice part;
        unsigned value;
        const bool more = slice_cut(text, '.', &part, &text);
        if (more != (i + 1 < V4_BYTES) || !read_decimal(part, UINT8_MAX, &value)) return false;
        bytes[i] = (uint8_t)value;
    }
    memcpy(ret_bytes, bytes, sizeof bytes);
    return true;
}

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

/* An IPv6 address that is being read. */
struct groups {
    uint8_t bytes[ADDRESS_BYTES];
    size_t len;
    size_t gap; /* where `::` stood, or NO_GAP */
};

/* One to four hexadecimal digits. */
static bool put_group(struct groups *groups, struct slice text)
{
    unsigned value = 0;
    if (text.len < 1 || text.len > 4 || groups->len + 2 > ADDRESS_BYTES) return false;
    for (size_t i = 0; i < text.len; i++) {
        const int digit = hex_value(text.ptr[i]);
        if (digit < 0) return false;
        value = value << 4 | (unsigned)digit;
    }
    groups->bytes[groups->len++] = (uint8_t)(value >> 8);
    groups->bytes[groups->len++] = (uint8_t)value;
    return true;
}

/* The last 32 bits may be written as IPv4. */
static bool put_last(struct groups *groups, struct slice text)
{
    if (text.len > 0 && memchr(text.ptr, '.', text.len) == NULL) return put_group(groups, text);
    if (groups->len + V4_BYTES > ADDRESS_BYTES) return false;
    if (!read_v4(text, groups->bytes + groups->len)) return false;
    groups->len += V4_BYTES;
    return true;
}

/* Takes a second colon, if there is one; only one gap may stand in an address. */
static bool take_gap(struct groups *groups, struct slice *rest)
{
    if (rest->len == 0) return false; /* a single colon ends nothing */
    if (rest->ptr[0] != ':') return true;
    if (groups->gap != NO_GAP) return false;
    groups->gap = groups->len;
    *rest = slice_from(rest->ptr + 1, rest->len - 1);
    return true;
}

static bool read_groups(struct groups *groups, struct slice text)
{
    if (slice_starts(text, "::")) {
        text = slice_from(text.ptr + 1, text.len - 1);
        if (!take_gap(groups, &text)) return false;
    }
    while (text.len > 0) {
        struct slice part;
        if (!slice_cut(text, ':', &part, &text)) return put_last(groups, part);
        if (!put_group(groups, part) || !take_gap(groups, &text)) return false;
    }
    return groups->gap != NO_GAP;
}

static bool read_v6(struct slice text, struct address *ret_address)
{
    struct groups groups = {.gap = NO_GAP};
    if (!read_groups(&groups, text)) return false;
    const bool gapped = groups.gap != NO_GAP;
    /* A gap stands for at least one group. */
    if (gapped ? groups.len > ADDRESS_BYTES - 2 : groups.len != ADDRESS_BYTES) return false;
    if (!gapped) groups.gap = groups.len;
    const size_t tail = groups.len - groups.gap;
    *ret_address = (struct address){0};
    memcpy(ret_address->bytes, groups.bytes, groups.gap);
    memcpy(ret_address->bytes + ADDRESS_BYTES - tail, groups.bytes + groups.gap, tail);
    return true;
}

bool address_parse(struct slice text, struct address *ret_address)
{
    struct address address;
    memcpy(address.bytes, V4_PREFIX, sizeof V4_PREFIX);
    if (read_v4(text, address.bytes + V4_AT)) {
        *ret_address = address;
        return true;
    }
    return read_v6(text, ret_address);
}

bool port_parse(struct slice text, uint16_t *ret_port)
{
    uint64_t port;
    if (!slice_to_u64(text, &port) || port > UINT16_MAX) return false;
    *ret_port = (uint16_t)port;
    return true;
}

bool address_equal(const struct address *a, const struct address *b)
{
    return memcmp(a->bytes, b->bytes, ADDRESS_BYTES) == 0;
}

bool address_is_v4(const struct address *address)
{
    return memcmp(address->bytes, V4_PREFIX, sizeof V4_PREFIX) == 0;
}

/* The address with every bit behind the prefix cleared. */
static struct address prefix_of(const struct address *address, unsigned bits)
{
    struct address prefix = *address;
    for (unsigned bit = bits; bit < ADDRESS_BITS; bit++)
        prefix.bytes[bit / 8] &= (uint8_t) ~(0x80u >> bit % 8);
    return prefix;
}

bool network_parse(struct slice text, struct network *ret_network)
{
    struct slice base, length;
    struct network network = {.bits = ADDRESS_BITS};
    const bool prefixed = slice_cut(text, '/', &base, &length);
    if (!address_parse(base, &network.base)) return false;
    if (prefixed) {
        const bool v4 = memchr(base.ptr, ':', base.len) == NULL;
        const unsigned most = v4 ? 8 * V4_BYTES : ADDRESS_BITS;
        if (!read_decimal(length, most, &network.bits)) return false;
        network.bits += ADDRESS_BITS - most;
    }
    const struct address prefix = prefix_of(&network.base, network.bits);
    if (!address_equal(&prefix, &network.base)) return false;
    *ret_network = network;
    return true;
}

bool network_holds(const struct network *network, const struct address *address)
{
    const struct address prefix = prefix_of(address, network->bits);
    return address_equal(&prefix, &network->base);
}
