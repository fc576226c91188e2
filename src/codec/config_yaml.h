#ifndef GIMON_CODEC_CONFIG_YAML_H
#define GIMON_CODEC_CONFIG_YAML_H

#include "base/fault.h"
#include "codec/config_redis.h"
#include "codec/rulebook_yaml.h"
#include "core/access.h"
#include "core/limits.h"

/** gimon.yaml. Paths are as written: relative to the folder of the file. Numbers are in bounds. */
struct config {
    struct slice listen; /**< `127.0.0.1:8080`, `[::1]:8080` or `unix:/run/gimon/http.sock` */
    struct redis_config redis;
    struct slice definitions; /**< folder */
    struct slice access;      /**< file */
    enum openness open;
    uint64_t connections;   /**< most connections at once */
    uint64_t in_flight;     /**< most commits at once */
    uint64_t idle_seconds;  /**< a connection that says nothing for so long is closed */
    uint64_t body_bytes;    /**< largest request body */
    uint64_t history;       /**< most recent peildata in gi_reeks */
    struct limits limits;   /**< how often one may ask */
    struct proxies proxies; /**< who may say where a request comes from */
};

/** Reads gimon.yaml; false if there was any fault. Everything lives in the arena. */
bool config_yaml_read(const struct source_file *file, struct arena *arena, struct faults *faults,
                      struct config *ret_config) __attribute__((warn_unused_result));

#endif
