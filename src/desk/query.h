#ifndef GIMON_DESK_QUERY_H
#define GIMON_DESK_QUERY_H

#include "desk/visit.h"

/**
 * Reads the query into the visit and adds a finding for everything that is wrong with it: keys that
 * the route does not know, keys given twice, values that are none.
 */
void query_read(struct visit *visit);

/** The decoded value of a key; false where it is not given. */
bool query_value(const struct visit *visit, enum route_key key, struct slice *ret_value);

/** Adds that a value is not one of `known`; names the nearest, and all of them if they are few. */
void query_find_unknown(struct visit *visit, enum route_key key, struct slice value,
                        const struct slice *known, size_t known_count);

/** Adds that a value is not allowed, with a sentence of what is. */
void query_find_bad(struct visit *visit, enum route_key key, struct slice value,
                    const char *message);

#endif
