#ifndef GIMON_EDGE_REDIS_TARGET_H
#define GIMON_EDGE_REDIS_TARGET_H

#include "base/slice.h"

/** How a Redis is found, by its address or by sentinels that know it under a name, and who we are
 * there. Borrows all its texts. */
struct redis_target {
    const char *address;           /**< `redis.example:6379`, `unix:/path`; NULL with sentinels */
    const struct slice *sentinels; /**< their addresses */
    size_t sentinel_count;
    const char *master;            /**< their name for the Redis */
    const char *user;              /**< of the Redis, or NULL */
    const char *password;          /**< or NULL */
    const char *sentinel_user;     /**< of the sentinels, or NULL */
    const char *sentinel_password; /**< or NULL */
};

#endif
