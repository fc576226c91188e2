/*
 * Who may ask now. Happy path: a valid token has a request left in its bucket, or nobody limits it.
 * Who brings no valid token takes from the bucket of its address. A wrong token is let through to
 * its 401 until its address has brought too many; from then on that address's wrong tokens are sent
 * away, each time for longer.
 *
 * The headers are those of draft-ietf-httpapi-ratelimit-headers-10 (2025): `RateLimit-Policy` with
 * quota and window, `RateLimit` with what remains and, unless the bucket is full, the seconds until
 * there is more. The quota is that of a token bucket: it is also the largest burst.
 */
#include "desk/admission.h"

#include "base/memory.h"
#include "desk/credential.h"
#include "desk/origin.h"
#include "desk/route_table.h"

#include <string.h>

/* How many are remembered at most of each kind; about 100 bytes each, taken when they are seen. */
enum { KEYS_MOST = 4096 };

struct tallies {
    struct limiter *tokens, *addresses, *wrong_tokens;
};

struct tallies *tallies_new(void)
{
    struct tallies *tallies = memory_new(sizeof *tallies);
    tallies->tokens = limiter_new(KEYS_MOST);
    tallies->addresses = limiter_new(KEYS_MOST);
    tallies->wrong_tokens = limiter_new(KEYS_MOST);
    return tallies;
}

void tallies_free(struct tallies *tallies)
{
    if (tallies == NULL) return;
    limiter_free(tallies->tokens);
    limiter_free(tallies->addresses);
    limiter_free(tallies->wrong_tokens);
    memory_free(tallies);
}

static void turn_away(struct admission *admission, enum turned_away why, uint32_t wait_seconds)
{
    admission->turned_away = why;
    admission->wait_seconds = wait_seconds;
}

static void note(struct admission *admission, const char *name, struct quota quota,
                 struct allowance left)
{
    admission->allotments[admission->allotment_count++] =
        (struct allotment){.name = name, .quota = quota, .left = left};
}

static void count_token(struct admission *admission, const struct desk *desk,
                        struct tallies *tallies, const struct token *token, struct moment now)
{
    const struct quota quota = desk->limits.per_token;
    struct recent_key key;
    if (quota.requests == 0) return;
    memcpy(key.bytes, token->digest.bytes, sizeof key.bytes);
    limiter_set(tallies->tokens, quota);
    const struct allowance left = limiter_take(tallies->tokens, &key, now);
    note(admission, "token", quota, left);
    if (left.granted) return;
    turn_away(admission, TURNED_AWAY_TOKEN, left.wait_seconds);
    desk->meter->limit_token++;
}

static void count_address(struct admission *admission, const struct desk *desk,
                          struct tallies *tallies, const struct recent_key *key, struct moment now)
{
    const struct quota quota = desk->limits.per_address;
    if (quota.requests == 0) return;
    limiter_set(tallies->addresses, quota);
    const struct allowance left = limiter_take(tallies->addresses, key, now);
    note(admission, "adres", quota, left);
    if (left.granted) return;
    turn_away(admission, TURNED_AWAY_ADDRESS, left.wait_seconds);
    desk->meter->limit_address++;
}

static void count_wrong_token(struct admission *admission, const struct desk *desk,
                              struct tallies *tallies, const struct recent_key *key,
                              struct moment now)
{
    const struct quota quota = desk->limits.wrong_tokens;
    struct limiter *limiter = tallies->wrong_tokens;
    if (quota.requests == 0) return;
    limiter_set(limiter, quota);
    struct allowance left = {.wait_seconds = limiter_held(limiter, key, now)};
    if (left.wait_seconds == 0) {
        left = limiter_take(limiter, key, now);
        if (!left.granted)
            left.wait_seconds = limiter_hold(limiter, key, now, desk->limits.hold_most_seconds);
    }
    note(admission, "foute-tokens", quota, left);
    if (left.granted) return;
    turn_away(admission, TURNED_AWAY_WRONG_TOKEN, left.wait_seconds);
    desk->meter->limit_wrong_token++;
}

/* Whoever watches whether we live must always hear it. */
static bool is_counted(const struct desk *desk, const struct request *request)
{
    const struct limits *limits = &desk->limits;
    const struct routes routes = route_table();
    if (limits->per_token.requests + limits->per_address.requests + limits->wrong_tokens.requests ==
        0)
        return false;
    const struct route *path = routes_match(&routes, request->method, request->path).path;
    return path == NULL || !path->unready;
}

struct admission desk_admit(const struct desk *desk, struct tallies *tallies,
                            const struct request *request, struct moment now)
{
    struct admission admission = {.origin = origin_find(request, &desk->proxies)};
    const struct token *token = NULL;
    if (!is_counted(desk, request)) return admission;
    const enum credential credential = credential_read(desk->access, request, now, &token);
    if (credential == CREDENTIAL_VALID) {
        count_token(&admission, desk, tallies, token, now);
        return admission;
    }
    struct recent_key key;
    const struct address client = origin_client(admission.origin);
    memcpy(key.bytes, client.bytes, sizeof key.bytes);
    count_address(&admission, desk, tallies, &key, now);
    if (credential != CREDENTIAL_NONE && admission.turned_away == TURNED_AWAY_NOT)
        count_wrong_token(&admission, desk, tallies, &key, now);
    return admission;
}

struct slice admission_detail(const struct admission *admission, struct arena *arena)
{
    const char *why = "";
    switch (admission->turned_away) {
    case TURNED_AWAY_NOT: break;
    case TURNED_AWAY_TOKEN: why = "Met dit token is te vaak iets gevraagd."; break;
    case TURNED_AWAY_ADDRESS: why = "Vanaf dit adres is te vaak iets gevraagd."; break;
    case TURNED_AWAY_WRONG_TOKEN:
        why = "Vanaf dit adres kwamen te veel foute tokens; een geldig token werkt meteen.";
        break;
    }
    return arena_print(arena, "%s Probeer het over %u seconden weer.", why,
                       admission->wait_seconds);
}

static struct slice print_policies(const struct admission *admission, struct arena *arena)
{
    struct slice list = {0};
    for (size_t i = 0; i < admission->allotment_count; i++) {
        const struct allotment *one = &admission->allotments[i];
        list = arena_print(arena, "%.*s%s\"%s\";q=%u;w=%u", (int)list.len, i > 0 ? list.ptr : "",
                           i > 0 ? ", " : "", one->name, one->quota.requests, one->quota.seconds);
    }
    return list;
}

static struct slice print_remains(const struct admission *admission, struct arena *arena)
{
    struct slice list = {0};
    for (size_t i = 0; i < admission->allotment_count; i++) {
        const struct allotment *one = &admission->allotments[i];
        list = arena_print(arena, "%.*s%s\"%s\";r=%u", (int)list.len, i > 0 ? list.ptr : "",
                           i > 0 ? ", " : "", one->name, one->left.remaining);
        if (one->left.wait_seconds > 0)
            list = arena_print(arena, "%s;t=%u", list.ptr, one->left.wait_seconds);
    }
    return list;
}

void admission_add_headers(struct reply *reply, const struct admission *admission,
                           struct arena *arena)
{
    if (admission->allotment_count > 0) {
        reply_add_header(reply, "RateLimit-Policy", print_policies(admission, arena));
        reply_add_header(reply, "RateLimit", print_remains(admission, arena));
    }
    if (admission->turned_away != TURNED_AWAY_NOT)
        reply_add_header(reply, "Retry-After", arena_print(arena, "%u", admission->wait_seconds));
}
