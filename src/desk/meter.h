#ifndef GIMON_DESK_METER_H
#define GIMON_DESK_METER_H

#include "base/text.h"
#include "desk/message.h"

/** Buckets of a duration histogram, in microseconds; the last is open. */
enum { METER_BUCKETS = 12 };

/** A Prometheus histogram of durations. */
struct durations {
    uint64_t buckets[METER_BUCKETS]; /**< not cumulative */
    uint64_t sum_us;
    uint64_t count;
};

/** How often a route, method and status were answered. */
struct traffic {
    const char *route; /**< a literal: the template of the route */
    enum method method;
    unsigned status;
    uint64_t count;
};

/** What the system says of this process; the edge reads it before a page is rendered. */
struct process_facts {
    uint64_t resident_bytes; /**< 0 where it could not be read, as below */
    uint64_t cpu_us;         /**< user and system */
    uint64_t open_fds;
};

/** What the daemon says of itself on /metrics. Limits that bit are counted by name. */
struct meter {
    struct traffic *traffic;
    size_t traffic_count, traffic_room;
    struct durations http;
    struct durations commit;
    bool redis_up;
    bool reload_ok;           /**< the last load of the configuration succeeded */
    uint64_t log_regressions; /**< times the log had gone backwards */
    uint64_t commits_unknown; /**< appends whose outcome the client was told is unknown */
    uint64_t limit_connections, limit_in_flight, limit_body, limit_idle, limit_headers;
    uint64_t limit_token, limit_address, limit_wrong_token;
    double process_start_seconds;
    struct process_facts process;
};

/** Nothing counted yet; `reload_ok`, since who has no valid configuration does not start. */
void meter_init(struct meter *meter);

/** Frees what was counted; the meter is empty again. */
void meter_done(struct meter *meter);

/** The upper bound of a bucket in microseconds, inclusive; UINT64_MAX for the last. */
uint64_t meter_bucket_bound(size_t bucket);

/** Counts one answer; `route` must live as long as the meter. */
void meter_count(struct meter *meter, const char *route, enum method method, unsigned status);

/** Adds one duration. */
void meter_observe(struct durations *durations, uint64_t microseconds);

#endif
