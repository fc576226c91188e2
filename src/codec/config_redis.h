#ifndef GIMON_CODEC_CONFIG_REDIS_H
#define GIMON_CODEC_CONFIG_REDIS_H

#include "codec/yaml_schema.h"

/** Where the log is. Exactly one of `local`, `address` and `sentinels` is set. */
struct redis_config {
    struct slice local;            /**< folder of a private redis-server that gimon supervises */
    struct slice address;          /**< `redis.example:6379` or `unix:/run/redis/redis.sock` */
    const struct slice *sentinels; /**< `10.0.0.1:26379`: who knows where the master is */
    size_t sentinel_count;
    struct slice master;                 /**< their name for it; empty without sentinels */
    struct slice user;                   /**< ACL user, or empty */
    struct slice password_file;          /**< or empty */
    struct slice sentinel_user;          /**< of the sentinels, or empty */
    struct slice sentinel_password_file; /**< or empty */
};

/** `redis:` of gimon.yaml; empty, and faults, where it is wrong. The list lives in the arena. */
struct redis_config config_redis_read(const struct schema_value *value, struct arena *arena,
                                      struct faults *faults);

#endif
