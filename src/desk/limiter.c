/*
 * Token buckets in whole numbers. A bucket counts in parts of a request so small that what flows in
 * during one millisecond is a whole number of them: a request is `seconds * 1000` parts, and each
 * millisecond brings `requests` of them. Nothing is ever rounded but what is told to the client.
 */
#include "desk/limiter.h"

#include "base/memory.h"

enum { MS = 1000, HOLD_DOUBLINGS_MOST = 20 };

struct bucket {
    int64_t level; /* in parts */
    struct moment seen;
    struct moment held_from;
    int64_t held_ms;
    unsigned holds; /* since the bucket was full */
};

struct limiter {
    struct quota quota;
    struct recent *recent;
    struct bucket *buckets; /* one a place */
};

struct limiter *limiter_new(size_t keys)
{
    struct limiter *limiter = memory_new(sizeof *limiter);
    limiter->recent = recent_new(keys);
    limiter->buckets = memory_new(keys * sizeof *limiter->buckets);
    return limiter;
}

void limiter_free(struct limiter *limiter)
{
    if (limiter == NULL) return;
    recent_free(limiter->recent);
    memory_free(limiter->buckets);
    memory_free(limiter);
}

void limiter_set(struct limiter *limiter, struct quota quota)
{
    const struct quota *old = &limiter->quota;
    if (old->requests == quota.requests && old->seconds == quota.seconds) return;
    limiter->quota = quota;
    recent_clear(limiter->recent);
}

/* Parts that make one request; and a full bucket. At most 8.64e13, so sums of two stay exact. */
static int64_t request_parts(const struct quota *quota)
{
    return (int64_t)quota->seconds * MS;
}

static int64_t full_level(const struct quota *quota)
{
    return request_parts(quota) * quota->requests;
}

static void refill(struct bucket *bucket, const struct quota *quota, struct moment now)
{
    const int64_t window_ms = request_parts(quota), full = full_level(quota);
    int64_t elapsed_ms = now.ms - bucket->seen.ms;
    if (elapsed_ms < 0) elapsed_ms = 0;
    if (elapsed_ms > window_ms) elapsed_ms = window_ms;
    bucket->level += elapsed_ms * quota->requests;
    if (bucket->level > full) bucket->level = full;
    if (bucket->level == full) bucket->holds = 0;
    bucket->seen = now;
}

static struct bucket *find_bucket(struct limiter *limiter, const struct recent_key *key,
                                  struct moment now)
{
    bool fresh;
    struct bucket *bucket = &limiter->buckets[recent_touch(limiter->recent, key, &fresh)];
    if (fresh) *bucket = (struct bucket){.level = full_level(&limiter->quota), .seen = now};
    refill(bucket, &limiter->quota, now);
    return bucket;
}

static uint32_t round_up(int64_t value, int64_t unit)
{
    return (uint32_t)((value + unit - 1) / unit);
}

static uint32_t seconds_to_next(const struct bucket *bucket, const struct quota *quota)
{
    const int64_t request = request_parts(quota);
    if (bucket->level == full_level(quota)) return 0;
    const int64_t lacking = request - bucket->level % request;
    return round_up(lacking, (int64_t)quota->requests * MS);
}

struct allowance limiter_take(struct limiter *limiter, const struct recent_key *key,
                              struct moment now)
{
    const struct quota *quota = &limiter->quota;
    struct bucket *bucket = find_bucket(limiter, key, now);
    const int64_t request = request_parts(quota);
    const bool granted = bucket->level >= request;
    if (granted) bucket->level -= request;
    return (struct allowance){
        .granted = granted,
        .remaining = (uint32_t)(bucket->level / request),
        .wait_seconds = seconds_to_next(bucket, quota),
    };
}

uint32_t limiter_hold(struct limiter *limiter, const struct recent_key *key, struct moment now,
                      uint32_t most_seconds)
{
    struct bucket *bucket = find_bucket(limiter, key, now);
    const uint32_t next = seconds_to_next(bucket, &limiter->quota);
    uint32_t seconds = (uint32_t)1 << bucket->holds;
    if (bucket->holds < HOLD_DOUBLINGS_MOST) bucket->holds++;
    if (seconds > most_seconds) seconds = most_seconds;
    if (seconds < next) seconds = next;
    bucket->held_from = now;
    bucket->held_ms = (int64_t)seconds * MS;
    return seconds;
}

uint32_t limiter_held(const struct limiter *limiter, const struct recent_key *key,
                      struct moment now)
{
    size_t place;
    if (!recent_find(limiter->recent, key, &place)) return 0;
    const struct bucket *bucket = &limiter->buckets[place];
    const int64_t since_ms = now.ms - bucket->held_from.ms;
    /* Held from the future: the clock went back, and nobody knows how long it has been. */
    if (since_ms < 0 || since_ms >= bucket->held_ms) return 0;
    return round_up(bucket->held_ms - since_ms, MS);
}
