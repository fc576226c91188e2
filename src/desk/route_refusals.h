#ifndef GIMON_DESK_ROUTE_REFUSALS_H
#define GIMON_DESK_ROUTE_REFUSALS_H

#include "desk/problem.h"
#include "desk/routes.h"

/** Every way in which a request that has found its route can be refused: bits of enum problem. */
unsigned route_refusals(const struct route *route);

#endif
