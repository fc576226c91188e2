/*
 * The parts of gimon.yaml that say how often one may ask, and who may say where a request comes
 * from. An address that cannot be read is a fault: a proxy that is not known as one would make all
 * who come through it look like one client.
 */
#include "codec/config_limits.h"

enum { QUOTA_REQUESTS, QUOTA_SECONDS, QUOTA_KEYS };

static const struct schema_key QUOTA_TABLE[] = {
    [QUOTA_REQUESTS] = {.name = SLICE_LITERAL("verzoeken"),
                        .type = SCHEMA_WHOLE,
                        .required = true,
                        .least = 1,
                        .most = QUOTA_REQUESTS_MOST,
                        .help = "most requests in that time"},
    [QUOTA_SECONDS] = {.name = SLICE_LITERAL("perSeconden"),
                       .type = SCHEMA_WHOLE,
                       .required = true,
                       .least = 1,
                       .most = QUOTA_SECONDS_MOST,
                       .help = "that time in seconds"},
};
static const struct schema QUOTA_SCHEMA = {.keys = QUOTA_TABLE, .count = QUOTA_KEYS};

/*
 * A token has 256 random bits, so this is not against guessing: it keeps who is stuck with an old
 * token, or tries doors, from filling the log. One address may stand for a whole office.
 */
enum { WRONG_ATTEMPTS, WRONG_SECONDS, WRONG_HOLD, WRONG_KEYS };

static const struct schema_key WRONG_TABLE[] = {
    [WRONG_ATTEMPTS] = {.name = SLICE_LITERAL("pogingen"),
                        .type = SCHEMA_WHOLE,
                        .least = 0,
                        .most = QUOTA_REQUESTS_MOST,
                        .initial = 30,
                        .help = "wrong tokens of one address in that time, 0 for no limit"},
    [WRONG_SECONDS] = {.name = SLICE_LITERAL("perSeconden"),
                       .type = SCHEMA_WHOLE,
                       .least = 1,
                       .most = QUOTA_SECONDS_MOST,
                       .initial = 60,
                       .help = "that time in seconds"},
    [WRONG_HOLD] = {.name = SLICE_LITERAL("wachtSeconden"),
                    .type = SCHEMA_WHOLE,
                    .least = 1,
                    .most = QUOTA_SECONDS_MOST,
                    .initial = 300,
                    .help = "longest wait in seconds; the first is 1, each next one twice as long"},
};
static const struct schema WRONG_SCHEMA = {.keys = WRONG_TABLE, .count = WRONG_KEYS};

struct quota config_quota_read(const struct schema_value *value, const char *what,
                               struct faults *faults)
{
    struct schema_value values[QUOTA_KEYS];
    if (!value->present) return (struct quota){0};
    schema_read(&QUOTA_SCHEMA, value->node, what, faults, values);
    return (struct quota){.requests = (uint32_t)values[QUOTA_REQUESTS].number,
                          .seconds = (uint32_t)values[QUOTA_SECONDS].number};
}

void config_wrong_tokens_read(const struct schema_value *value, struct faults *faults,
                              struct limits *limits)
{
    static const struct node nothing = {.kind = NODE_MAP};
    struct schema_value values[WRONG_KEYS];
    schema_read(&WRONG_SCHEMA, value->present ? value->node : &nothing, "\"fouteTokens\"", faults,
                values);
    limits->wrong_tokens = (struct quota){.requests = (uint32_t)values[WRONG_ATTEMPTS].number,
                                          .seconds = (uint32_t)values[WRONG_SECONDS].number};
    limits->hold_most_seconds = (uint32_t)values[WRONG_HOLD].number;
}

static void read_proxy(const struct node *node, struct faults *faults, struct proxies *proxies)
{
    struct network network;
    if (slice_is(node->text, "unix")) {
        proxies->local = true;
        return;
    }
    if (!network_parse(node->text, &network))
        faults_add(faults, node->place,
                   "a proxy must be an address, a network such as 10.0.0.0/8 or 2001:db8::/32 "
                   "(with nothing behind its prefix), or the word unix, not %s",
                   fault_quote(faults, node->text));
    else if (proxies->count == PROXIES_MOST)
        faults_add(faults, node->place, "at most %d proxies", PROXIES_MOST);
    else
        proxies->items[proxies->count++] = network;
}

struct proxies config_proxies_read(const struct schema_value *value, struct faults *faults)
{
    struct proxies proxies = {0};
    for (size_t i = 0; i < schema_count(value); i++)
        read_proxy(&value->node->children[i], faults, &proxies);
    return proxies;
}
