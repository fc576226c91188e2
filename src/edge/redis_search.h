#ifndef GIMON_EDGE_REDIS_SEARCH_H
#define GIMON_EDGE_REDIS_SEARCH_H

#include "edge/redis_sentinel.h"

/*
 * Where is Redis? Asked anew before every connect, since the answer changes: a name moves, a master
 * falls and sentinels name another. Never a blocking call.
 */

struct redis_search;

/** What was found: addresses to try in turn, paths or numbers; or NULL and one sentence. */
typedef void redis_found(void *self, const struct redis_addresses *found, const char *fault);

/**
 * Begins; `done` runs once, later, and the search is gone after it. `target` must live so long. Of
 * n sentinels number `first` modulo n is asked first: who was misled begins with the next one.
 */
struct redis_search *redis_search_begin(uv_loop_t *loop, const struct redis_target *target,
                                        size_t first, redis_found *done, void *self);

/** Nobody waits for it any more: `done` does not run. NULL is fine. */
void redis_search_forget(struct redis_search *search);

#endif
