#ifndef GIMON_EDGE_SERVER_TARGET_H
#define GIMON_EDGE_SERVER_TARGET_H

#include "desk/message.h"

/** More pairs than this in a query are not looked at; no question of ours has as many. */
enum { TARGET_QUERIES = 64 };

/**
 * Decodes a request target (RFC 3986) into the request's path and queries, made in its arena. What
 * is encoded wrongly matches nothing: the path stays as it was written, a pair gets a key that no
 * route knows. So does a path with an encoded slash or a control character, or that is no UTF-8.
 */
void target_read(struct slice target, struct request *request);

#endif
