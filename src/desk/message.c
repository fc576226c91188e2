/*
 * What goes in and out of the desk: small helpers on requests and replies. A reply has a fixed
 * number of headers, more than any route sets; one too many would be a mistake in this floor.
 */
#include "desk/message.h"

#include <assert.h>

const char *method_text(enum method method)
{
    switch (method) {
    case METHOD_GET: return "GET";
    case METHOD_HEAD: return "HEAD";
    case METHOD_PUT: return "PUT";
    case METHOD_POST: return "POST";
    case METHOD_DELETE: return "DELETE";
    case METHOD_OPTIONS: return "OPTIONS";
    case METHOD_OTHER: break;
    }
    return "other";
}

void reply_add_header(struct reply *reply, const char *name, struct slice value)
{
    assert(reply->header_count < REPLY_HEADERS);
    if (reply->header_count == REPLY_HEADERS) return;
    reply->headers[reply->header_count++] = (struct header){.name = name, .value = value};
}

void reply_add_shared(struct reply *reply, struct shared *shared, struct arena *arena)
{
    reply->shared = arena_room(arena, reply->shared, reply->shared_count, sizeof(struct shared *));
    reply->shared[reply->shared_count++] = shared;
}

bool request_find_query(const struct request *request, const char *key, struct slice *ret_value)
{
    for (size_t i = 0; i < request->query_count; i++) {
        if (slice_is(request->queries[i].key, key)) {
            *ret_value = request->queries[i].value;
            return true;
        }
    }
    return false;
}
