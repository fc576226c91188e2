#ifndef GIMON_DESK_LIMITER_H
#define GIMON_DESK_LIMITER_H

#include "base/date.h"
#include "core/limits.h"
#include "desk/recent.h"

/**
 * Token buckets of the most recently seen keys: each holds at most `quota.requests`, fills evenly
 * in `quota.seconds`, and gives one for each request. Who was pushed out for having been idle
 * longest begins with a full bucket again.
 */
struct limiter;

/** What a bucket said. */
struct allowance {
    bool granted;
    uint32_t remaining;    /**< whole requests that are left */
    uint32_t wait_seconds; /**< until there is one more, rounded up; 0: the bucket is full */
};

/** Counts at most so many keys, without a quota yet; and the end of it (NULL is fine). */
struct limiter *limiter_new(size_t keys);
void limiter_free(struct limiter *limiter);

/** Sets the quota (requests and seconds at least 1); where it is another one, all is forgotten. */
void limiter_set(struct limiter *limiter, struct quota quota);

/** Takes one request from the key's bucket, if there is one. A clock that went back grants none. */
struct allowance limiter_take(struct limiter *limiter, const struct recent_key *key,
                              struct moment now);

/**
 * Holds a key off: a second the first time, then twice as long as before, at most `most_seconds`,
 * but never for less than its bucket needs to have one more; gives the seconds. Once its bucket has
 * been full again it begins anew.
 */
uint32_t limiter_hold(struct limiter *limiter, const struct recent_key *key, struct moment now,
                      uint32_t most_seconds);

/** The seconds for which a key is still held off, rounded up; 0: it is not. */
uint32_t limiter_held(const struct limiter *limiter, const struct recent_key *key,
                      struct moment now);

#endif
