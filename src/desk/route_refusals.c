/*
 * What a route can refuse with: what the gates before it say by its row (decide.c), and what its
 * row says of its handler. The OpenAPI document is made of this, and every test that asks the desk
 * something holds the answer against it.
 */
#include "desk/route_refusals.h"

#include <string.h>

/* An unknown key, a token that is none, more than fits: refused wherever they turn up. */
enum {
    EVERYWHERE = ROUTE_BIT(PROBLEM_BAD_QUERY) | ROUTE_BIT(PROBLEM_NO_TOKEN) |
                 ROUTE_BIT(PROBLEM_TOO_LARGE) | ROUTE_BIT(PROBLEM_TARGET_TOO_LONG) |
                 ROUTE_BIT(PROBLEM_HEADERS_TOO_LARGE),
};

static bool is_for_some(const struct route *route)
{
    const unsigned all = ROUTE_BIT(ROLE_COUNT) - 1;
    return route->own || (route->roles & all) != all;
}

unsigned route_refusals(const struct route *route)
{
    unsigned refusals = route->refusals | EVERYWHERE;
    if (!route->unready) refusals |= ROUTE_BIT(PROBLEM_NOT_READY) | ROUTE_BIT(PROBLEM_TOO_MANY);
    if (strchr(route->path, '{') != NULL) refusals |= ROUTE_BIT(PROBLEM_NOT_FOUND);
    if (is_for_some(route)) refusals |= ROUTE_BIT(PROBLEM_FORBIDDEN);
    if (route->formats != 0) refusals |= ROUTE_BIT(PROBLEM_NOT_ACCEPTABLE);
    if (route->formats & FORMAT_BIT(FORMAT_XLSX)) refusals |= ROUTE_BIT(PROBLEM_INTERNAL);
    if (route->takes != 0) refusals |= ROUTE_BIT(PROBLEM_MEDIA_TYPE);
    return refusals;
}
