/*
 * The daemon's own metrics. Names follow Prometheus' conventions; help is in English because it is
 * read by who keeps the daemon running. A fact that is not known is no sample.
 */
#include "desk/meter_render.h"

/** Begins a family; a unit is the last part of the name. */
static void begin_family(struct exposition *page, enum family_kind kind, const char *name,
                         const char *unit, const char *help)
{
    const struct family family = {
        .name = slice_of(name),
        .kind = kind,
        .unit = slice_of(unit),
        .help = slice_of(help),
    };
    exposition_family(page, &family);
}

/** A family of one sample without labels. */
static void put_gauge(struct exposition *page, const char *name, const char *help, uint64_t value)
{
    begin_family(page, FAMILY_GAUGE, name, "", help);
    exposition_sample(page, "");
    exposition_count(page, value);
}

static void put_counter(struct exposition *page, const char *name, const char *help, uint64_t value)
{
    begin_family(page, FAMILY_COUNTER, name, "", help);
    exposition_sample(page, "");
    exposition_count(page, value);
}

static struct decimal seconds_of(uint64_t microseconds)
{
    return (struct decimal){.units = (int64_t)microseconds, .decimals = 6};
}

static void put_build(struct exposition *page, const struct daemon_facts *facts)
{
    begin_family(page, FAMILY_INFO, "gimon_build", "", "The program that is running.");
    exposition_sample(page, "");
    exposition_label(page, "version", slice_of(facts->version));
    exposition_count(page, 1);
}

static void put_traffic(struct exposition *page, const struct meter *meter)
{
    struct text code = {0};
    if (meter->traffic_count == 0) return;
    begin_family(page, FAMILY_COUNTER, "gimon_http_requests", "", "Requests answered.");
    for (size_t i = 0; i < meter->traffic_count; i++) {
        const struct traffic *traffic = &meter->traffic[i];
        text_clear(&code);
        text_put_u64(&code, traffic->status);
        exposition_sample(page, "");
        exposition_label(page, "route", slice_of(traffic->route));
        exposition_label(page, "method", slice_of(method_text(traffic->method)));
        exposition_label(page, "code", text_slice(&code));
        exposition_count(page, traffic->count);
    }
    text_done(&code);
}

/** `0.0025`, `1.0`, `+Inf`: one spelling for both formats, so a series keeps its labels. */
static void put_bound(struct text *text, size_t bucket)
{
    enum { MICROSECONDS = 1000000 };
    const uint64_t bound = meter_bucket_bound(bucket);
    if (bound == UINT64_MAX) {
        text_puts(text, "+Inf");
        return;
    }
    decimal_put(text, seconds_of(bound));
    if (bound % MICROSECONDS == 0) text_puts(text, ".0");
}

/** Prometheus wants buckets that include all before them. */
static void put_durations(struct exposition *page, const char *name, const char *help,
                          const struct durations *durations)
{
    struct text bound = {0};
    uint64_t so_far = 0;
    begin_family(page, FAMILY_HISTOGRAM, name, "seconds", help);
    for (size_t bucket = 0; bucket < METER_BUCKETS; bucket++) {
        so_far += durations->buckets[bucket];
        text_clear(&bound);
        put_bound(&bound, bucket);
        exposition_sample(page, "_bucket");
        exposition_label(page, "le", text_slice(&bound));
        exposition_count(page, so_far);
    }
    exposition_sample(page, "_sum");
    exposition_value(page, seconds_of(durations->sum_us));
    exposition_sample(page, "_count");
    exposition_count(page, durations->count);
    text_done(&bound);
}

static void put_log_entries(struct exposition *page, const struct daemon_facts *facts)
{
    begin_family(page, FAMILY_GAUGE, "gimon_log_entries", "", "Records of the log folded so far.");
    for (size_t i = 0; i < facts->log_count; i++) {
        exposition_sample(page, "");
        exposition_label(page, "monitor", facts->logs[i].monitor);
        exposition_count(page, facts->logs[i].entries);
    }
}

/** A gauge, since a log that is read anew, or put right, is counted anew. */
static void put_chain_breaks(struct exposition *page, const struct daemon_facts *facts)
{
    begin_family(page, FAMILY_GAUGE, "gimon_log_chain_breaks", "",
                 "Records of the log that contradict its hash chain; see gimon verify.");
    for (size_t i = 0; i < facts->log_count; i++) {
        exposition_sample(page, "");
        exposition_label(page, "monitor", facts->logs[i].monitor);
        exposition_count(page, facts->logs[i].chain_breaks);
    }
}

static void put_log_times(struct exposition *page, const struct daemon_facts *facts)
{
    bool begun = false;
    for (size_t i = 0; i < facts->log_count; i++) {
        const struct log_facts *log = &facts->logs[i];
        if (log->entries == 0) continue;
        if (!begun)
            begin_family(page, FAMILY_GAUGE, "gimon_log_last_timestamp_seconds", "seconds",
                         "Time of the newest record folded.");
        begun = true;
        exposition_sample(page, "");
        exposition_label(page, "monitor", log->monitor);
        exposition_value(page, (struct decimal){.units = log->last.ms, .decimals = 3});
    }
}

static void put_log(struct exposition *page, const struct daemon_facts *facts)
{
    if (facts->log_count > 0) put_log_entries(page, facts);
    put_log_times(page, facts);
    if (facts->log_count > 0) put_chain_breaks(page, facts);
    put_counter(page, "gimon_log_regressions",
                "Times the log in Redis was found to have gone backwards.",
                facts->meter->log_regressions);
    put_counter(page, "gimon_commits_unknown",
                "Appends whose outcome the client was told is unknown.",
                facts->meter->commits_unknown);
}

static void put_limits(struct exposition *page, const struct meter *meter)
{
    const struct {
        const char *name;
        uint64_t count;
    } limits[] = {
        {.name = "connections", .count = meter->limit_connections},
        {.name = "in_flight", .count = meter->limit_in_flight},
        {.name = "body", .count = meter->limit_body},
        {.name = "headers", .count = meter->limit_headers},
        {.name = "idle", .count = meter->limit_idle},
        {.name = "token", .count = meter->limit_token},
        {.name = "address", .count = meter->limit_address},
        {.name = "wrong_token", .count = meter->limit_wrong_token},
    };
    begin_family(page, FAMILY_COUNTER, "gimon_limit_reached", "", "Times a limit was reached.");
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        exposition_sample(page, "");
        exposition_label(page, "limit", slice_of(limits[i].name));
        exposition_count(page, limits[i].count);
    }
}

static void put_start(struct exposition *page, double seconds)
{
    const struct decimal start = {.units = (int64_t)(seconds * 1000.0), .decimals = 3};
    if (start.units <= 0) return;
    begin_family(page, FAMILY_GAUGE, "process_start_time_seconds", "seconds",
                 "When the process started.");
    exposition_sample(page, "");
    exposition_value(page, start);
}

/** Names and meanings as every exporter has them. */
static void put_process(struct exposition *page, const struct meter *meter)
{
    put_start(page, meter->process_start_seconds);
    if (meter->process.resident_bytes > 0) {
        begin_family(page, FAMILY_GAUGE, "process_resident_memory_bytes", "bytes",
                     "Resident memory.");
        exposition_sample(page, "");
        exposition_count(page, meter->process.resident_bytes);
    }
    if (meter->process.cpu_us > 0) {
        begin_family(page, FAMILY_COUNTER, "process_cpu_seconds", "seconds",
                     "User and system time spent.");
        exposition_sample(page, "");
        exposition_value(page, seconds_of(meter->process.cpu_us));
    }
    if (meter->process.open_fds > 0)
        put_gauge(page, "process_open_fds", "Open file descriptors.", meter->process.open_fds);
}

void meter_render(struct text *text, const struct daemon_facts *facts,
                  enum exposition_format format)
{
    const struct meter *meter = facts->meter;
    struct exposition page;
    exposition_init(&page, text, format);
    put_build(&page, facts);
    put_traffic(&page, meter);
    put_durations(&page, "gimon_http_request_duration_seconds", "Time from request to answer.",
                  &meter->http);
    put_gauge(&page, "gimon_redis_up", "Whether Redis takes commits.", meter->redis_up);
    put_durations(&page, "gimon_redis_commit_duration_seconds", "Time a commit to Redis took.",
                  &meter->commit);
    put_log(&page, facts);
    put_limits(&page, meter);
    put_gauge(&page, "gimon_config_last_reload_successful",
              "Whether the last load of the configuration succeeded.", meter->reload_ok);
    put_process(&page, meter);
}
