#ifndef GIMON_DESK_METRICS_CACHE_H
#define GIMON_DESK_METRICS_CACHE_H

#include "base/shared.h"
#include "codec/exposition.h"
#include "core/state.h"

/**
 * Figures of /metrics as they were last rendered, by monitor, form and who may see them. A page is
 * used again as long as its log has not grown; only what the daemon says of itself is written anew
 * for every scrape.
 */
struct metrics_cache;

/** An empty cache on the heap; and the end of it (NULL is fine). */
struct metrics_cache *metrics_cache_new(void);
void metrics_cache_free(struct metrics_cache *cache);

/** What tells one rendered page from another. */
struct metrics_key {
    struct slice monitor;
    enum exposition_format format;
    struct slice view;  /**< who may see it, in words */
    struct digest head; /**< of the log it was made from */
    uint64_t count;     /**< and how many records that log had */
};

/** The page of that key; NULL if it is not kept. The cache holds it until the next _put. */
struct shared *metrics_cache_find(const struct metrics_cache *cache, const struct metrics_key *key);

/**
 * Keeps a page in place of the same monitor's, form's and view's older one; of too many the oldest
 * goes. Copies the key and holds the page too.
 */
void metrics_cache_put(struct metrics_cache *cache, const struct metrics_key *key,
                       struct shared *page);

#endif
