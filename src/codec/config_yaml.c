/*
 * gimon.yaml by a table of options: name, type, bounds, default, and what it is. A file with any
 * fault configures nothing: gimon never starts with half of what somebody meant.
 */
#include "codec/config_yaml.h"

#include "base/address.h"
#include "codec/config_limits.h"
#include "codec/yaml_schema.h"

static const struct slice OPENNESS[] = {
    [OPEN_NOTHING] = SLICE_LITERAL("niets"),
    [OPEN_NATIONAL] = SLICE_LITERAL("landelijk"),
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

enum { REDIS_LOCAL, REDIS_ADDRESS, REDIS_USER, REDIS_PASSWORD, REDIS_KEYS };

static const struct schema_key REDIS_TABLE[] = {
    [REDIS_LOCAL] = {.name = SLICE_LITERAL("lokaal"), .type = SCHEMA_TEXT},
    [REDIS_ADDRESS] = {.name = SLICE_LITERAL("adres"), .type = SCHEMA_TEXT},
    [REDIS_USER] = {.name = SLICE_LITERAL("gebruiker"), .type = SCHEMA_TEXT},
    [REDIS_PASSWORD] = {.name = SLICE_LITERAL("wachtwoordBestand"), .type = SCHEMA_TEXT},
};
static const struct schema REDIS_SCHEMA = {.keys = REDIS_TABLE, .count = REDIS_KEYS};

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

/** Where the last `:` stands; `text.len` if there is none. */
static size_t last_colon(struct slice text)
{
    size_t at = text.len;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == ':') at = i;
    }
    return at;
}

/** `host:port`, `[::1]:port` or `unix:/path`; a host is held to its shape, not looked up. */
static bool is_address(struct slice text)
{
    uint16_t port;
    if (slice_starts(text, "unix:")) return text.len > 5;
    size_t colon = last_colon(text);
    if (colon == 0 || colon == text.len ||
        !port_parse(slice_from(text.ptr + colon + 1, text.len - colon - 1), &port))
        return false;
    struct slice host = slice_from(text.ptr, colon);
    bool bracketed = host.ptr[0] == '[';
    return bracketed ? host.len > 2 && host.ptr[host.len - 1] == ']' : last_colon(host) == host.len;
}

/** A Redis is reached by number or path: looking a name up would block the loop. */
static bool is_numeric_address(struct slice text)
{
    struct address address;
    if (!is_address(text)) return false;
    if (slice_starts(text, "unix:")) return true;
    struct slice host = slice_from(text.ptr, last_colon(text));
    if (host.ptr[0] == '[') host = slice_from(host.ptr + 1, host.len - 2);
    return address_parse(host, &address);
}

static void check_address(const struct schema_key *key, const struct schema_value *value, bool fits,
                          const char *example, struct faults *faults)
{
    if (value->present && !fits)
        faults_add(faults, value->place, "\"%s\" must be %s, not %s", key->name.ptr, example,
                   fault_quote(faults, value->text));
}

/** Exactly one of `lokaal` and `adres`; a user and a password are for a Redis elsewhere. */
static void check_redis(const struct schema_value *values, struct place place,
                        struct faults *faults)
{
    static const char why[] = "the local Redis belongs to gimon alone";
    if (values[REDIS_LOCAL].given && values[REDIS_ADDRESS].given)
        faults_add(faults, values[REDIS_ADDRESS].place,
                   "\"redis\" has \"lokaal\" already: give one of the two");
    if (!values[REDIS_LOCAL].given && !values[REDIS_ADDRESS].given)
        faults_add(faults, place, "\"redis\" needs \"lokaal\" or \"adres\"");
    if (values[REDIS_LOCAL].given) {
        schema_refuse(&REDIS_SCHEMA, values, REDIS_USER, why, faults);
        schema_refuse(&REDIS_SCHEMA, values, REDIS_PASSWORD, why, faults);
    }
    if (values[REDIS_USER].given)
        schema_need(&REDIS_SCHEMA, values, REDIS_PASSWORD, "a user has a password", faults);
    check_address(&REDIS_TABLE[REDIS_ADDRESS], &values[REDIS_ADDRESS],
                  is_numeric_address(values[REDIS_ADDRESS].text),
                  "a numeric address such as 127.0.0.1:6379 or unix:/run/redis/redis.sock", faults);
}

static struct redis_config read_redis(const struct schema_value *value, struct faults *faults)
{
    struct schema_value values[REDIS_KEYS];
    if (!value->present) return (struct redis_config){0};
    schema_read(&REDIS_SCHEMA, value->node, "\"redis\"", faults, values);
    check_redis(values, value->place, faults);
    return (struct redis_config){.local = values[REDIS_LOCAL].text,
                                 .address = values[REDIS_ADDRESS].text,
                                 .user = values[REDIS_USER].text,
                                 .password_file = values[REDIS_PASSWORD].text};
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
    check_address(&CONFIG_TABLE[CONFIG_LISTEN], &values[CONFIG_LISTEN],
                  is_address(values[CONFIG_LISTEN].text),
                  "an address such as 127.0.0.1:8080, [::1]:8080 or unix:/run/gimon/http.sock",
                  faults);
    struct config config = {.listen = listen,
                            .redis = read_redis(&values[CONFIG_REDIS], faults),
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
