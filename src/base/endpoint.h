#ifndef GIMON_BASE_ENDPOINT_H
#define GIMON_BASE_ENDPOINT_H

#include "base/slice.h"

/** How a place to connect to is written down. */
enum endpoint_kind {
    ENDPOINT_PATH,   /**< `unix:/run/redis/redis.sock` */
    ENDPOINT_NUMBER, /**< `127.0.0.1:6379`, `[::1]:6379` */
    ENDPOINT_NAME,   /**< `redis.example:6379`: somebody has to look it up */
};

/** One end of a connection. */
struct endpoint {
    enum endpoint_kind kind;
    struct slice host; /**< without brackets; or the path; part of what was read */
    unsigned port;     /**< 0 to 65535 */
};

/**
 * Reads `host:port`, `[v6]:port` or `unix:path`. A host is held to its shape and not looked up:
 * one whose last label is all digits is an IPv4 address or nothing (so 10.0.0.300 is no name), and
 * an IPv6 address has brackets and may have a zone behind a `%`.
 */
bool endpoint_parse(struct slice text, struct endpoint *ret_endpoint)
    __attribute__((warn_unused_result));

#endif
