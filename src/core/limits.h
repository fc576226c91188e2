#ifndef GIMON_CORE_LIMITS_H
#define GIMON_CORE_LIMITS_H

#include "base/address.h"

/** At most so many requests in so many seconds; no requests: there is no limit. */
struct quota {
    uint32_t requests;
    uint32_t seconds;
};

enum { QUOTA_REQUESTS_MOST = 1000000, QUOTA_SECONDS_MOST = 86400 };

/** How often one may ask; docs/decisions/0011 says how it is counted. */
struct limits {
    struct quota per_token;
    struct quota per_address;   /**< of who brings no valid token */
    struct quota wrong_tokens;  /**< of one address, before it is held off */
    uint32_t hold_most_seconds; /**< the longest that a wrong token holds its address off */
};

/**
 * The largest body that configuration can allow, and how much of one that is too large is read,
 * and dropped, so that its sender gets to the refusal; behind that the connection is cut.
 */
enum { BODY_MOST = 8 << 20 };

enum { PROXIES_MOST = 32 };

/** Who may say where a request comes from (Forwarded, X-Forwarded-For). */
struct proxies {
    struct network items[PROXIES_MOST];
    size_t count;
    bool local; /**< whoever connects to our Unix socket */
};

#endif
