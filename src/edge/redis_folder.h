#ifndef GIMON_EDGE_REDIS_FOLDER_H
#define GIMON_EDGE_REDIS_FOLDER_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * The folder of a private Redis and who may use it. Two locks (flock) keep order: `gimon.lock` is
 * held by the one gimon that uses the folder, `lock` by its server through an inherited
 * descriptor, as long as that server or a child of it lives.
 */

struct redis_folder {
    char *path;
    int descriptor; /**< of the folder itself */
    int lock;       /**< of gimon.lock, held */
};

/** Makes the folder if need be and takes gimon.lock; false and a sentence (256 bytes) if not. */
bool redis_folder_init(struct redis_folder *folder, const char *path, char *ret_fault)
    __attribute__((warn_unused_result));

/** Lets go of the folder; the server's own lock is the server's. */
void redis_folder_done(struct redis_folder *folder);

/**
 * Takes the server's lock for a server to be started: a descriptor for it to inherit, which the
 * caller closes; -1 while another server lives.
 */
int redis_folder_claim(const struct redis_folder *folder) __attribute__((warn_unused_result));

/** The process that listens on redis.sock; 0 if nobody does, -1 if we cannot see who. */
pid_t redis_folder_occupant(const struct redis_folder *folder);

/** Opens redis.log for what the server prints; -1 if it cannot. */
int redis_folder_open_log(const struct redis_folder *folder) __attribute__((warn_unused_result));

#endif
