#ifndef GIMON_EDGE_REDIS_CHILD_H
#define GIMON_EDGE_REDIS_CHILD_H

#include <uv.h>

/*
 * A private redis-server on a Unix socket in a folder of its own: append-only file,
 * `appendfsync always`. Restarted with back-off when it dies. A lock that the child holds as long
 * as it lives keeps a second server off the same folder.
 */

struct redis_child;

/** Makes the folder if need be, takes over or ends a server that a killed gimon left behind, and
 * starts one. NULL and a sentence in `ret_fault` (at least 256 bytes) if it cannot. */
struct redis_child *redis_child_open(uv_loop_t *loop, const char *folder, char *ret_fault);

/** Where it listens: `unix:<folder>/redis.sock`. */
const char *redis_child_address(const struct redis_child *child);

/** Ends the server (SIGTERM, then SIGKILL after a while); `closed` runs when it has gone. */
void redis_child_close(struct redis_child *child, void (*closed)(void *self), void *self);

#endif
