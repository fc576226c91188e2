/*
 * gimon.yaml by a table of options: name, type, bounds, default, and what it is. A file with any
 * fault configures nothing: gimon never starts with half of what somebody meant.
 */
#include "codec/config_yaml.h"

#include "base/endpoint.h"
#include "codec/config_limits.h"
#include "codec/yaml_schema.h"

static const struct slice OPENNESS[] = {
    [OPEN_NOTHING] = SLICE_LITERAL("niets"),
    [OPEN_NATIONAL] = SLICE_LITERAL("landelijk"),
    [OPEN_ALL] = SLICE_LITERAL("alles"),
};

enum {
    LIMIT_CONNECTIONS,
    LIMIT_IN_FLIGHT,
    LIMIT_IDLE,
    LIMIT_BODY,
    LIMIT_HISTORY,
    LIMIT_PER_TOKEN,
    LIMIT_PER_ADDRESS,
    LIMIT_WRONG_TOKENS,
    LIMIT_KEYS
};

static const struct schema_key LIMIT_TABLE[] = {
    [LIMIT_CONNECTIONS] = {.name = SLICE_LITERAL("verbindingen"),
                           .type = SCHEMA_WHOLE,
                           .least = 10,
                           .most = 100000,
                           .initial = 1000,
                           .help = "most connections at once"},
    [LIMIT_IN_FLIGHT] = {.name = SLICE_LITERAL("onderweg"),
                         .type = SCHEMA_WHOLE,
                         .least = 1,
                         .most = 10000,
                         .initial = 256,
                         .help = "most commits that wait for Redis at once"},
    [LIMIT_IDLE] = {.name = SLICE_LITERAL("stilteSeconden"),
                    .type = SCHEMA_WHOLE,
                    .least = 1,
                    .most = 3600,
                    .initial = 30,
                    .help = "seconds after which a silent connection is closed"},
    [LIMIT_BODY] = {.name = SLICE_LITERAL("bodyBytes"),
                    .type = SCHEMA_WHOLE,
                    .least = 1024,
                    .most = BODY_MOST,
                    .initial = 1048576,
                    .help = "largest request body in bytes"},
    [LIMIT_HISTORY] = {.name = SLICE_LITERAL("historie"),
                       .type = SCHEMA_WHOLE,
                       .least = 0,
                       .most = 1000,
                       .initial = 12,
                       .help = "most recent peildata in gi_reeks on /metrics"},
    [LIMIT_PER_TOKEN] = {.name = SLICE_LITERAL("perToken"), .type = SCHEMA_MAP},
    [LIMIT_PER_ADDRESS] = {.name = SLICE_LITERAL("perAdres"), .type = SCHEMA_MAP},
    [LIMIT_WRONG_TOKENS] = {.name = SLICE_LITERAL("fouteTokens"), .type = SCHEMA_MAP},
};
static const struct schema LIMIT_SCHEMA = {.keys = LIMIT_TABLE, .count = LIMIT_KEYS};

enum {
    CONFIG_LISTEN,
    CONFIG_REDIS,
    CONFIG_DEFINITIONS,
    CONFIG_ACCESS,
    CONFIG_OPEN,
    CONFIG_LIMITS,
    CONFIG_PROXIES,
    CONFIG_KEYS
};

static const struct schema_key CONFIG_TABLE[] = {
    [CONFIG_LISTEN] = {.name = SLICE_LITERAL("luister"), .type = SCHEMA_TEXT},
    [CONFIG_REDIS] = {.name = SLICE_LITERAL("redis"), .type = SCHEMA_MAP, .required = true},
    [CONFIG_DEFINITIONS] = {.name = SLICE_LITERAL("definities"),
                            .type = SCHEMA_TEXT,
                            .required = true},
    [CONFIG_ACCESS] = {.name = SLICE_LITERAL("toegang"), .type = SCHEMA_TEXT, .required = true},
    [CONFIG_OPEN] = {.name = SLICE_LITERAL("openbaar"),
                     .type = SCHEMA_CHOICE,
                     .initial = OPEN_NOTHING,
                     .choices = {OPENNESS, sizeof OPENNESS / sizeof *OPENNESS}},
    [CONFIG_LIMITS] = {.name = SLICE_LITERAL("limieten"), .type = SCHEMA_MAP},
    [CONFIG_PROXIES] = {.name = SLICE_LITERAL("vertrouwdeProxys"), .type = SCHEMA_TEXTS},
};
static const struct schema CONFIG_SCHEMA = {.keys = CONFIG_TABLE, .count = CONFIG_KEYS};

/** Where to listen: any port, also the 0 that lets the kernel choose. */
static void check_listen(const struct schema_value *value, struct faults *faults)
{
    struct endpoint endpoint;
    if (!value->present || endpoint_parse(value->text, &endpoint)) return;
    faults_add(faults, value->place,
               "\"luister\" must be an address such as 127.0.0.1:8080, [::1]:8080 or "
               "unix:/run/gimon/http.sock, not %s",
               fault_quote(faults, value->text));
}

static void read_limits(const struct schema_value *value, struct faults *faults,
                        struct config *config)
{
    static const struct node nothing = {.kind = NODE_MAP};
    struct schema_value values[LIMIT_KEYS];
    schema_read(&LIMIT_SCHEMA, value->present ? value->node : &nothing, "\"limieten\"", faults,
                values);
    config->connections = (uint64_t)values[LIMIT_CONNECTIONS].number;
    config->in_flight = (uint64_t)values[LIMIT_IN_FLIGHT].number;
    config->idle_seconds = (uint64_t)values[LIMIT_IDLE].number;
    config->body_bytes = (uint64_t)values[LIMIT_BODY].number;
    config->history = (uint64_t)values[LIMIT_HISTORY].number;
    config->limits.per_token = config_quota_read(&values[LIMIT_PER_TOKEN], "\"perToken\"", faults);
    config->limits.per_address =
        config_quota_read(&values[LIMIT_PER_ADDRESS], "\"perAdres\"", faults);
    config_wrong_tokens_read(&values[LIMIT_WRONG_TOKENS], faults, &config->limits);
}

bool config_yaml_read(const struct source_file *file, struct arena *arena, struct faults *faults,
                      struct config *ret_config)
{
    struct schema_value values[CONFIG_KEYS];
    size_t before = faults->count;
    const struct node *root = yaml_read(file->name, file->text, arena, faults);
    if (root == NULL || !schema_read(&CONFIG_SCHEMA, root, "this file", faults, values))
        return false;
    struct slice listen =
        values[CONFIG_LISTEN].present ? values[CONFIG_LISTEN].text : slice_of("127.0.0.1:8080");
    check_listen(&values[CONFIG_LISTEN], faults);
    struct config config = {.listen = listen,
                            .redis = config_redis_read(&values[CONFIG_REDIS], arena, faults),
                            .definitions = values[CONFIG_DEFINITIONS].text,
                            .access = values[CONFIG_ACCESS].text,
                            .open = (enum openness)values[CONFIG_OPEN].number};
    read_limits(&values[CONFIG_LIMITS], faults, &config);
    config.proxies = config_proxies_read(&values[CONFIG_PROXIES], faults);
    faults_order(faults, before);
    if (faults->count > before) return false;
    *ret_config = config;
    return true;
}
