/*
 * The part of gimon.yaml that says where the log is: a private server in a folder, one Redis, or
 * sentinels that know which Redis is the master. A host may be a name; it is held to its shape here
 * and looked up at every connect.
 */
#include "codec/config_redis.h"

#include "base/endpoint.h"

enum {
    REDIS_LOCAL,
    REDIS_ADDRESS,
    REDIS_SENTINELS,
    REDIS_MASTER,
    REDIS_USER,
    REDIS_PASSWORD,
    REDIS_SENTINEL_USER,
    REDIS_SENTINEL_PASSWORD,
    REDIS_KEYS
};

static const struct schema_key REDIS_TABLE[] = {
    [REDIS_LOCAL] = {.name = SLICE_LITERAL("lokaal"), .type = SCHEMA_TEXT},
    [REDIS_ADDRESS] = {.name = SLICE_LITERAL("adres"), .type = SCHEMA_TEXT},
    [REDIS_SENTINELS] = {.name = SLICE_LITERAL("sentinels"), .type = SCHEMA_TEXTS},
    [REDIS_MASTER] = {.name = SLICE_LITERAL("meester"), .type = SCHEMA_TEXT},
    [REDIS_USER] = {.name = SLICE_LITERAL("gebruiker"), .type = SCHEMA_TEXT},
    [REDIS_PASSWORD] = {.name = SLICE_LITERAL("wachtwoordBestand"), .type = SCHEMA_TEXT},
    [REDIS_SENTINEL_USER] = {.name = SLICE_LITERAL("sentinelGebruiker"), .type = SCHEMA_TEXT},
    [REDIS_SENTINEL_PASSWORD] = {.name = SLICE_LITERAL("sentinelWachtwoordBestand"),
                                 .type = SCHEMA_TEXT},
};
static const struct schema REDIS_SCHEMA = {.keys = REDIS_TABLE, .count = REDIS_KEYS};

/** The three ways to say where the log is; the first that was given counts. */
static const size_t WAYS[] = {REDIS_LOCAL, REDIS_ADDRESS, REDIS_SENTINELS};

static void check_ways(const struct schema_value *values, struct place place, struct faults *faults)
{
    const struct schema_key *first = NULL;
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        if (!values[WAYS[i]].given) continue;
        if (first != NULL)
            faults_add(faults, values[WAYS[i]].place,
                       "\"redis\" has \"%s\" already: give one of the two", first->name.ptr);
        else
            first = &REDIS_TABLE[WAYS[i]];
    }
    if (first == NULL)
        faults_add(faults, place, "\"redis\" needs \"lokaal\", \"adres\" or \"sentinels\"");
}

static void refuse_all(const struct schema_value *values, size_t from, const char *why,
                       struct faults *faults)
{
    for (size_t key = from; key < REDIS_KEYS; key++)
        schema_refuse(&REDIS_SCHEMA, values, key, why, faults);
}

/** Which keys go with which way. */
static void check_company(const struct schema_value *values, struct faults *faults)
{
    if (values[REDIS_LOCAL].given) {
        refuse_all(values, REDIS_MASTER, "the local Redis belongs to gimon alone", faults);
        return;
    }
    if (values[REDIS_SENTINELS].given) {
        schema_need(&REDIS_SCHEMA, values, REDIS_MASTER,
                    "sentinels watch over masters by a name each", faults);
        if (values[REDIS_SENTINEL_USER].given)
            schema_need(&REDIS_SCHEMA, values, REDIS_SENTINEL_PASSWORD, "a user has a password",
                        faults);
    } else {
        schema_refuse(&REDIS_SCHEMA, values, REDIS_MASTER, "only sentinels know one", faults);
        refuse_all(values, REDIS_SENTINEL_USER, "there are no sentinels", faults);
    }
    if (values[REDIS_USER].given)
        schema_need(&REDIS_SCHEMA, values, REDIS_PASSWORD, "a user has a password", faults);
}

/** Port 0 is no place to connect to. */
static bool is_tcp(const struct endpoint *endpoint)
{
    return endpoint->kind != ENDPOINT_PATH && endpoint->port > 0;
}

static void check_address(const struct schema_value *value, struct faults *faults)
{
    struct endpoint endpoint;
    if (!value->present) return;
    if (endpoint_parse(value->text, &endpoint) &&
        (endpoint.kind == ENDPOINT_PATH || is_tcp(&endpoint)))
        return;
    faults_add(faults, value->place,
               "\"adres\" must be an address such as redis.example:6379, 127.0.0.1:6379, "
               "[::1]:6379 or unix:/run/redis/redis.sock, not %s",
               fault_quote(faults, value->text));
}

static void check_sentinels(const struct schema_value *value, struct faults *faults)
{
    if (value->present && schema_count(value) == 0)
        faults_add(faults, value->place, "\"sentinels\" is empty: there is nobody to ask");
    for (size_t i = 0; i < schema_count(value); i++) {
        const struct node *node = &value->node->children[i];
        struct endpoint endpoint;
        if (endpoint_parse(node->text, &endpoint) && is_tcp(&endpoint)) continue;
        faults_add(faults, node->place,
                   "a sentinel must be an address such as 10.0.0.1:26379 or "
                   "sentinel.example:26379, not %s",
                   fault_quote(faults, node->text));
    }
}

static void take_sentinels(const struct schema_value *value, struct arena *arena,
                           struct redis_config *config)
{
    const size_t count = schema_count(value);
    struct slice *sentinels = arena_array(arena, count, sizeof *sentinels);
    for (size_t i = 0; i < count; i++)
        sentinels[i] = arena_copy(arena, value->node->children[i].text);
    config->sentinels = sentinels;
    config->sentinel_count = count;
}

struct redis_config config_redis_read(const struct schema_value *value, struct arena *arena,
                                      struct faults *faults)
{
    struct schema_value values[REDIS_KEYS];
    if (!value->present) return (struct redis_config){0};
    schema_read(&REDIS_SCHEMA, value->node, "\"redis\"", faults, values);
    check_ways(values, value->place, faults);
    check_company(values, faults);
    check_address(&values[REDIS_ADDRESS], faults);
    check_sentinels(&values[REDIS_SENTINELS], faults);
    struct redis_config config = {
        .local = values[REDIS_LOCAL].text,
        .address = values[REDIS_ADDRESS].text,
        .master = values[REDIS_MASTER].text,
        .user = values[REDIS_USER].text,
        .password_file = values[REDIS_PASSWORD].text,
        .sentinel_user = values[REDIS_SENTINEL_USER].text,
        .sentinel_password_file = values[REDIS_SENTINEL_PASSWORD].text,
    };
    take_sentinels(&values[REDIS_SENTINELS], arena, &config);
    return config;
}
