#ifndef GIMON_DESK_OPENING_H
#define GIMON_DESK_OPENING_H

#include "desk/visit.h"

/*
 * What `openbaar` opens to who has no token. With `landelijk` that is national figures, as they
 * are. With `alles` it is every level, but of editions only and as they may be shown.
 */

/** Whether a role may come to a route, as the desk is configured. */
bool opening_allows(const struct desk *desk, const struct route *route, enum role role);

/** Whether all that the visitor may see of figures is editions, as they may be shown. */
bool opening_shows_only(const struct visit *visit);

/** The edition that stands for who sees editions only: the newest; NULL where there is none. */
const struct edition *opening_newest(const struct ledger *ledger);

/**
 * Whether something stands in the way of an answer to a visit whose `shown` is set: no edition, or
 * one about which it has not been decided what may be shown. Then `ret_verdict` says what to do.
 */
bool opening_waits(const struct visit *visit, struct verdict *ret_verdict);

/** The verdict that has it decided what an edition of a ledger shows. */
struct verdict opening_decide(const struct ledger *ledger, const struct edition *edition);

/**
 * Says in an answer which edition it is from, where the question left that open:
 * `Content-Location` is the same question with `editie=`.
 */
void opening_add_location(const struct visit *visit, struct reply *reply);

#endif
