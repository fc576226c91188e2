/*
 * Addresses of Redis and of sentinels, in memory of their own: what was read outlives the text, and
 * hiredis wants a NUL behind it. Nothing here asks anybody.
 */
#include "edge/redis_address.h"

#include <stdio.h>
#include <string.h>
#include <sys/un.h>

static bool fits(const struct endpoint *endpoint)
{
    const struct sockaddr_un *socket = NULL;
    return endpoint->host.len <
           (endpoint->kind == ENDPOINT_PATH ? sizeof socket->sun_path : (size_t)REDIS_HOST_ROOM);
}

bool redis_address_parse(struct slice text, struct redis_address *ret_address)
{
    struct endpoint endpoint;
    if (!endpoint_parse(text, &endpoint) || !fits(&endpoint)) return false;
    *ret_address = (struct redis_address){.kind = endpoint.kind, .port = (int)endpoint.port};
    memcpy(ret_address->host, endpoint.host.ptr, endpoint.host.len);
    return true;
}

bool redis_address_of(struct slice host, struct slice port, struct redis_address *ret_address)
{
    char text[REDIS_ADDRESS_ROOM];
    if (host.len == 0 || port.len == 0) return false;
    const bool bracket = memchr(host.ptr, ':', host.len) != NULL;
    const int length =
        snprintf(text, sizeof text, "%s%.*s%s:%.*s", bracket ? "[" : "", (int)host.len, host.ptr,
                 bracket ? "]" : "", (int)port.len, port.ptr);
    return length > 0 && (size_t)length < sizeof text &&
           redis_address_parse(slice_of(text), ret_address);
}

bool redis_address_equal(const struct redis_address *a, const struct redis_address *b)
{
    return a->kind == b->kind && a->port == b->port && strcmp(a->host, b->host) == 0;
}

void redis_address_print(const struct redis_address *address,
                         char ret_text[static REDIS_ADDRESS_ROOM])
{
    const bool bracket = strchr(address->host, ':') != NULL;
    if (address->kind == ENDPOINT_PATH)
        snprintf(ret_text, REDIS_ADDRESS_ROOM, "unix:%s", address->host);
    else
        snprintf(ret_text, REDIS_ADDRESS_ROOM, "%s%s%s:%d", bracket ? "[" : "", address->host,
                 bracket ? "]" : "", address->port);
}

static bool is_among(const struct redis_addresses *addresses, const struct redis_address *address)
{
    for (size_t i = 0; i < addresses->count; i++) {
        if (redis_address_equal(&addresses->items[i], address)) return true;
    }
    return false;
}

void redis_addresses_take(const struct addrinfo *first, int port,
                          struct redis_addresses *ret_addresses)
{
    struct redis_addresses addresses = {0};
    for (const struct addrinfo *info = first; info != NULL; info = info->ai_next) {
        struct redis_address address = {.kind = ENDPOINT_NUMBER, .port = port};
        if (addresses.count == REDIS_ADDRESSES_MOST) break;
        if (getnameinfo(info->ai_addr, info->ai_addrlen, address.host, sizeof address.host, NULL, 0,
                        NI_NUMERICHOST) != 0)
            continue;
        if (!is_among(&addresses, &address)) addresses.items[addresses.count++] = address;
    }
    *ret_addresses = addresses;
}
