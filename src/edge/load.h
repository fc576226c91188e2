#ifndef GIMON_EDGE_LOAD_H
#define GIMON_EDGE_LOAD_H

#include "codec/access_yaml.h"
#include "codec/config_yaml.h"
#include "edge/redis_target.h"

/** Everything that is read from disk before the daemon starts. */
struct loaded {
    struct arena arena;
    struct faults faults; /**< what is wrong, in file order; nothing below is complete if any */
    struct config config; /**< paths made absolute or relative to the working folder */
    struct rulebook **rulebooks; /**< one a monitor, sorted by id */
    size_t rulebook_count;
};

/** Reads the configuration file and all it points at. False if there was any fault. */
bool load_all(struct loaded *loaded, const char *config_file) __attribute__((warn_unused_result));

/** Reads the configuration file only: what `gimon token` needs. */
bool load_config(struct loaded *loaded, const char *config_file)
    __attribute__((warn_unused_result));

/**
 * How the configuration's Redis is found and who we are there; passwords are read from files of
 * their own, so that they stand in no configuration. A private server has no address in it: the
 * caller knows. False and a fault if a password cannot be read.
 */
bool load_target(struct loaded *loaded, struct redis_target *ret_target)
    __attribute__((warn_unused_result));

/** Frees everything, rulebooks that were not taken included. */
void load_done(struct loaded *loaded);

/** Reads toegang.yaml; a missing file has no tokens. NULL and faults if it is wrong. */
struct access *load_access(const char *path, struct faults *faults);

/** Reads a whole file into the arena; false and a fault if it cannot. At most `most` bytes. */
bool load_file(const char *path, size_t most, struct arena *arena, struct faults *faults,
               struct slice *ret_text) __attribute__((warn_unused_result));

/** One line a fault: `file:line:column: message`. */
void load_print_faults(const struct faults *faults);

#endif
