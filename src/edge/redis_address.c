/* The address of a Redis, read without asking anybody: a name would have to be looked up. */
#include "edge/redis_address.h"

#include <string.h>
#include <uv.h>

#include "base/address.h"

static bool keep_host(struct redis_address *address, struct slice host)
{
    if (host.len == 0 || host.len >= sizeof address->host) return false;
    memcpy(address->host, host.ptr, host.len);
    address->host[host.len] = '\0';
    return true;
}

static bool is_numeric(const char *host)
{
    unsigned char binary[16];
    return uv_inet_pton(AF_INET, host, binary) == 0 || uv_inet_pton(AF_INET6, host, binary) == 0;
}

static bool parse_host(const char *text, struct redis_address *address)
{
    const char *colon = strrchr(text, ':');
    uint16_t port;
    if (colon == NULL || !port_parse(slice_of(colon + 1), &port)) return false;
    struct slice name = slice_from(text, (size_t)(colon - text));
    if (name.len >= 2 && name.ptr[0] == '[' && name.ptr[name.len - 1] == ']')
        name = slice_from(name.ptr + 1, name.len - 2);
    address->port = port;
    return keep_host(address, name) && is_numeric(address->host);
}

bool redis_address_parse(const char *text, struct redis_address *ret_address)
{
    static const char prefix[] = "unix:";
    struct redis_address address = {.is_path = slice_starts(slice_of(text), prefix)};
    const bool read = address.is_path ? keep_host(&address, slice_of(text + sizeof prefix - 1))
                                      : parse_host(text, &address);
    if (read) *ret_address = address;
    return read;
}
