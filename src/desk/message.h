#ifndef GIMON_DESK_MESSAGE_H
#define GIMON_DESK_MESSAGE_H

#include "base/arena.h"
#include "base/shared.h"
#include "base/text.h"

/** What a client asks to be done. */
enum method {
    METHOD_GET,
    METHOD_HEAD,
    METHOD_PUT,
    METHOD_POST,
    METHOD_DELETE,
    METHOD_OPTIONS,
    METHOD_OTHER
};

/** `PUT`; `other` for what has no name here. */
const char *method_text(enum method method);

/** One decoded `key=value` of the query. */
struct query {
    struct slice key;
    struct slice value;
};

/** A request as the desk sees it. Everything lives until the answer has been given. */
struct request {
    enum method method;
    struct slice path; /**< percent-decoded, without query */
    const struct query *queries;
    size_t query_count;
    struct slice authorization; /**< absent headers are empty */
    struct slice accept;
    struct slice content_type;
    struct slice if_match;
    struct slice if_none_match;
    struct slice origin;        /**< address of who is connected, or `unix`; see origin_find */
    struct slice forwarded;     /**< all lines of Forwarded, joined by commas */
    struct slice forwarded_for; /**< all lines of X-Forwarded-For, joined by commas */
    struct slice body;
    bool target_too_long;   /**< path and query are longer than anybody needs */
    bool headers_too_large; /**< first line and headers are more than anybody needs */
    bool body_too_large;    /**< the body was over the limit and was not kept */
    struct arena *arena;    /**< for everything that is made on the way to the answer */
};

/** A response header; the name is a literal, the value lives in the request's arena. */
struct header {
    const char *name;
    struct slice value;
};

enum { REPLY_HEADERS = 24 };

/**
 * An answer: first what is shared, in its order, then `body`. The one who sends it takes over both:
 * drops each of the shared and frees the body with text_done.
 */
struct reply {
    unsigned status;
    const char *content_type; /**< NULL without a body */
    struct header headers[REPLY_HEADERS];
    size_t header_count;
    struct shared **shared; /**< each held for this reply; lives in the request's arena */
    size_t shared_count;
    struct text body;
};

/** Adds what is shared behind what there is of it; the reply takes over the caller's hold. */
void reply_add_shared(struct reply *reply, struct shared *shared, struct arena *arena);

/** Adds a header; the value must live as long as the request. */
void reply_add_header(struct reply *reply, const char *name, struct slice value);

/** The decoded value of a query key; false where it is not given. */
bool request_find_query(const struct request *request, const char *key, struct slice *ret_value);

#endif
