/*
 * Counters of what the daemon did. They only grow and are read by meter_render; everything is on
 * one thread. There are as many lines of traffic as routes times methods times statuses, which is
 * bounded because a route is a template and a strange method counts as METHOD_OTHER.
 */
#include "desk/meter.h"

#include "base/memory.h"

#include <string.h>

void meter_init(struct meter *meter)
{
    *meter = (struct meter){.reload_ok = true};
}

void meter_done(struct meter *meter)
{
    memory_free(meter->traffic);
    meter_init(meter);
}

/** Literals that are equal need not be one, so the text decides where the pointer does not. */
static bool same_route(const char *a, const char *b)
{
    return a == b || strcmp(a, b) == 0;
}

static struct traffic *find_traffic(const struct meter *meter, const struct traffic *like)
{
    for (size_t i = 0; i < meter->traffic_count; i++) {
        struct traffic *traffic = &meter->traffic[i];
        if (traffic->method == like->method && traffic->status == like->status &&
            same_route(traffic->route, like->route))
            return traffic;
    }
    return NULL;
}

static struct traffic *add_traffic(struct meter *meter, const struct traffic *like)
{
    meter->traffic = memory_room(meter->traffic, meter->traffic_count, &meter->traffic_room,
                                 sizeof *meter->traffic);
    struct traffic *traffic = &meter->traffic[meter->traffic_count++];
    *traffic = *like;
    return traffic;
}

void meter_count(struct meter *meter, const char *route, enum method method, unsigned status)
{
    const struct traffic like = {.route = route ? route : "", .method = method, .status = status};
    struct traffic *traffic = find_traffic(meter, &like);
    if (!traffic) traffic = add_traffic(meter, &like);
    traffic->count++;
}

/* From what a read takes to the two seconds within which everything is answered. */
uint64_t meter_bucket_bound(size_t bucket)
{
    static const uint64_t bounds[METER_BUCKETS] = {
        100, 250, 500, 1000, 2500, 5000, 10000, 50000, 250000, 1000000, 2000000, UINT64_MAX,
    };
    return bounds[bucket];
}

void meter_observe(struct durations *durations, uint64_t microseconds)
{
    size_t bucket = 0;
    while (microseconds > meter_bucket_bound(bucket))
        bucket++;
    durations->buckets[bucket]++;
    durations->sum_us += microseconds;
    durations->count++;
}
