#ifndef GIMON_EDGE_REDIS_ADDRESS_H
#define GIMON_EDGE_REDIS_ADDRESS_H

#include <netdb.h>
#include <stdbool.h>

#include "base/endpoint.h"

/** Longest host as text, a name; a path has less. How it is printed; how many are tried. */
enum { REDIS_HOST_ROOM = 256, REDIS_ADDRESS_ROOM = 272, REDIS_ADDRESSES_MOST = 16 };

/** Where a Redis or a sentinel is: an endpoint of its own memory, as hiredis wants it. */
struct redis_address {
    enum endpoint_kind kind;
    char host[REDIS_HOST_ROOM]; /**< or the path */
    int port;
};

/** The addresses that a name stands for, in the order in which they are to be tried. */
struct redis_addresses {
    struct redis_address items[REDIS_ADDRESSES_MOST];
    size_t count;
};

/**
 * Reads what endpoint_parse reads; false also for a path that is too long for a socket (hiredis
 * 0.14 would cut it and connect elsewhere).
 */
bool redis_address_parse(struct slice text, struct redis_address *ret_address)
    __attribute__((warn_unused_result));

/** Reads a host without brackets and a port apart, as sentinels give them. */
bool redis_address_of(struct slice host, struct slice port, struct redis_address *ret_address)
    __attribute__((warn_unused_result));

/** The same place, written the same way. */
bool redis_address_equal(const struct redis_address *a, const struct redis_address *b);

/** Writes it as it would be read. */
void redis_address_print(const struct redis_address *address,
                         char ret_text[static REDIS_ADDRESS_ROOM]);

/** What a name came to, as numbers with that port, each once; too many are left out. */
void redis_addresses_take(const struct addrinfo *first, int port,
                          struct redis_addresses *ret_addresses);

#endif
