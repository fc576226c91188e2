#ifndef GIMON_EDGE_REDIS_ADDRESS_H
#define GIMON_EDGE_REDIS_ADDRESS_H

#include <stdbool.h>

/** Longest host as text, an IPv6 address with zone, and the longest path of a Unix socket. */
enum { REDIS_HOST_ROOM = 108 };

/** Where a Redis is: a path, or a numeric host and a port. */
struct redis_address {
    bool is_path;
    char host[REDIS_HOST_ROOM]; /**< or the path */
    int port;
};

/**
 * Reads `127.0.0.1:6379`, `[::1]:6379` or `unix:/path`; false for a host that is no number and for
 * a path that is too long for a socket (hiredis 0.14 would cut it and connect elsewhere).
 */
bool redis_address_parse(const char *text, struct redis_address *ret_address)
    __attribute__((warn_unused_result));

#endif
