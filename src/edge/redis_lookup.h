#ifndef GIMON_EDGE_REDIS_LOOKUP_H
#define GIMON_EDGE_REDIS_LOOKUP_H

#include <uv.h>

#include "edge/redis_address.h"

/* A host name on its way to addresses, looked up by another thread: the loop never waits for it. */

struct redis_lookup;

/** What it came to: one address at least, or NULL and why not. */
typedef void redis_looked_up(void *self, const struct redis_addresses *found, const char *fault);

/**
 * Looks an ENDPOINT_NAME up; `done` runs once, later, and the lookup is gone after it. NULL if the
 * loop refuses: then it never runs.
 */
struct redis_lookup *redis_lookup_begin(uv_loop_t *loop, const struct redis_address *name,
                                        redis_looked_up *done, void *self)
    __attribute__((warn_unused_result));

/**
 * Nobody waits for it any more: `done` does not run. The lookup itself cannot be called off once a
 * thread is at it; the loop goes on until it has ended. NULL is fine.
 */
void redis_lookup_forget(struct redis_lookup *lookup);

#endif
