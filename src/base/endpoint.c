/*
 * Places to connect to as text. Happy path: a path, or a host before the last colon and a port
 * behind it. What looks like a number and is none is refused here, since as a name it would be
 * asked of every name server there is.
 */
#include "base/endpoint.h"

#include <string.h>

#include "base/address.h"

/* RFC 1035, 2.3.4: a name has at most 253 characters, a label 63. */
enum { NAME_MOST = 253, LABEL_MOST = 63 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Letters, digits, `-` and the `_` that some networks have. */
static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '_';
}

static bool is_label(struct slice label)
{
    if (label.len == 0 || label.len > LABEL_MOST || label.ptr[0] == '-') return false;
    for (size_t i = 0; i < label.len; i++) {
        if (!is_name_character(label.ptr[i])) return false;
    }
    return true;
}

static bool is_number(struct slice label)
{
    for (size_t i = 0; i < label.len; i++) {
        if (!is_digit(label.ptr[i])) return false;
    }
    return true;
}

/* Labels between dots; a dot at the end says that nothing is to be added to the name. */
static bool is_name(struct slice host)
{
    struct slice label = {0};
    if (host.len == 0 || host.len > NAME_MOST) return false;
    if (host.ptr[host.len - 1] == '.') host.len--;
    for (bool more = true; more;) {
        more = slice_cut(host, '.', &label, &host);
        if (!is_label(label)) return false;
    }
    return !is_number(label);
}

static bool read_bracketed(struct slice host, struct endpoint *endpoint)
{
    struct slice number, zone;
    struct address address;
    if (host.len < 2 || host.ptr[host.len - 1] != ']') return false;
    endpoint->kind = ENDPOINT_NUMBER;
    endpoint->host = slice_from(host.ptr + 1, host.len - 2);
    const bool zoned = slice_cut(endpoint->host, '%', &number, &zone);
    return (!zoned || is_label(zone)) && memchr(number.ptr, ':', number.len) != NULL &&
           address_parse(number, &address);
}

static bool read_host(struct slice host, struct endpoint *endpoint)
{
    struct address address;
    if (slice_starts(host, "[")) return read_bracketed(host, endpoint);
    endpoint->host = host;
    endpoint->kind = ENDPOINT_NUMBER;
    if (memchr(host.ptr, ':', host.len) != NULL) return false;
    if (address_parse(host, &address)) return true;
    endpoint->kind = ENDPOINT_NAME;
    return is_name(host);
}

/* Where the last colon stands; the length without one. */
static size_t last_colon(struct slice text)
{
    size_t at = text.len;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == ':') at = i;
    }
    return at;
}

static bool read_tcp(struct slice text, struct endpoint *endpoint)
{
    const size_t colon = last_colon(text);
    uint16_t port;
    if (colon == text.len) return false;
    if (!port_parse(slice_from(text.ptr + colon + 1, text.len - colon - 1), &port)) return false;
    endpoint->port = port;
    return read_host(slice_from(text.ptr, colon), endpoint);
}

bool endpoint_parse(struct slice text, struct endpoint *ret_endpoint)
{
    static const char prefix[] = "unix:";
    struct endpoint endpoint = {.kind = ENDPOINT_PATH};
    if (slice_starts(text, prefix))
        endpoint.host = slice_from(text.ptr + sizeof prefix - 1, text.len - sizeof prefix + 1);
    else if (!read_tcp(text, &endpoint))
        return false;
    if (endpoint.host.len == 0) return false;
    *ret_endpoint = endpoint;
    return true;
}
