#ifndef GIMON_DESK_ORIGIN_H
#define GIMON_DESK_ORIGIN_H

#include "core/limits.h"
#include "desk/message.h"

/**
 * Where a request comes from: who is connected or, where that is a trusted proxy, the last hop that
 * is not one by what the proxies say in Forwarded (RFC 7239) or X-Forwarded-For. An address as it
 * was written, or `unix`; alive with the request.
 */
struct slice origin_find(const struct request *request, const struct proxies *proxies);

/**
 * The address as one client has it: of IPv6 the first 64 bits, since a client picks the rest as it
 * likes. What is no address (`unix`) is all zeros.
 */
struct address origin_client(struct slice origin);

#endif
