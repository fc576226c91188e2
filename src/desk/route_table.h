#ifndef GIMON_DESK_ROUTE_TABLE_H
#define GIMON_DESK_ROUTE_TABLE_H

#include "desk/routes.h"

/** Every route that is served. */
struct routes route_table(void);

#endif
