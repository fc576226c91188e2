#ifndef GIMON_DESK_DEED_H
#define GIMON_DESK_DEED_H

#include "desk/visit.h"

/**
 * Who wants to change what, as far as the visit came; of what only asks, the method alone. The
 * object is the route's template with the parts that were found to exist filled in, so nothing that
 * a client made up stands in it. Lives in the request's arena.
 */
struct deed deed_describe(const struct visit *visit, const char *route);

#endif
