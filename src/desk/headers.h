#ifndef GIMON_DESK_HEADERS_H
#define GIMON_DESK_HEADERS_H

#include "base/date.h"
#include "desk/message.h"

/** The version of everything under /v1, said on each answer there (NL API Design Rules). */
#define HEADERS_API_VERSION "1.0.0"

/** Adds the headers that every answer has, whatever was decided: version, security, caching. */
void headers_add_common(struct reply *reply, const struct request *request);

/** A moment from 1970 on as headers write it: `Fri, 22 Nov 2024 08:00:00 GMT` (RFC 9110, 5.6.7). */
struct slice headers_date(struct moment moment, struct arena *arena);

#endif
