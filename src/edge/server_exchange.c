/*
 * One request's walk through the server. Happy path: first line, headers, body piece by piece, then
 * the owner is asked; its answer goes out at once, or, when it comes later, the connection sleeps
 * until then. What goes wrong: a body over the limit is dropped and the owner told so (at once
 * where the length was announced, else at its end, and no further than BODY_MOST); a client that
 * leaves ends its exchange, but never one that the owner still has.
 */
#include "edge/server_private.h"
#include "edge/server_target.h"

#include "base/memory.h"
#include "core/limits.h"

#include <arpa/inet.h>
#include <netinet/in.h>

/*
 * Over these the desk refuses, in its own words. libmicrohttpd refuses only what does not fit in
 * the memory of a connection (server.c), and in words of its own.
 */
enum { TARGET_MOST = 8192, HEAD_MOST = 16384 };

static const struct {
    const char *name;
    enum method method;
} METHODS[] = {
    {MHD_HTTP_METHOD_GET, METHOD_GET},       {MHD_HTTP_METHOD_HEAD, METHOD_HEAD},
    {MHD_HTTP_METHOD_PUT, METHOD_PUT},       {MHD_HTTP_METHOD_POST, METHOD_POST},
    {MHD_HTTP_METHOD_DELETE, METHOD_DELETE}, {MHD_HTTP_METHOD_OPTIONS, METHOD_OPTIONS},
};

static enum method method_of(const char *name)
{
    for (size_t at = 0; at < sizeof METHODS / sizeof METHODS[0]; at++)
        if (slice_is(slice_of(name), METHODS[at].name)) return METHODS[at].method;
    return METHOD_OTHER;
}

void *exchange_on_target(void *cls, const char *target, struct MHD_Connection *connection)
{
    struct exchange *exchange = memory_new(sizeof *exchange);
    exchange->server = cls;
    exchange->connection = connection;
    arena_init(&exchange->arena);
    exchange->request.arena = &exchange->arena;
    exchange->target = arena_copy(&exchange->arena, slice_of(target));
    return exchange;
}

static struct slice header_of(struct exchange *exchange, const char *name)
{
    const char *value = NULL;
    size_t len = 0;
    MHD_lookup_connection_value_n(exchange->connection, MHD_HEADER_KIND, name, slice_of(name).len,
                                  &value, &len);
    return value ? arena_copy(&exchange->arena, slice_from(value, len)) : slice_of(NULL);
}

/** The lines of one header so far. */
struct lines {
    const char *name;
    struct text text;
};

static enum MHD_Result add_line(void *cls, enum MHD_ValueKind kind, const char *name,
                                const char *value)
{
    struct lines *lines = cls;
    (void)kind;
    if (!slice_is_nocase(slice_of(name), lines->name)) return MHD_YES;
    if (lines->text.len > 0) text_puts(&lines->text, ", ");
    text_puts(&lines->text, value ? value : "");
    return MHD_YES;
}

/** All lines of a header that is a list: a proxy may add a line of its own to the client's. */
static struct slice list_of(struct exchange *exchange, const char *name)
{
    struct lines lines = {.name = name};
    MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, add_line, &lines);
    struct slice list = arena_copy(&exchange->arena, text_slice(&lines.text));
    text_done(&lines.text);
    return list;
}

static struct slice origin_of(struct exchange *exchange)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char text[INET6_ADDRSTRLEN] = "";
    if (!info || !info->client_addr) return slice_of("unix");
    if (info->client_addr->sa_family == AF_INET) {
        const struct sockaddr_in *name = (const void *)info->client_addr;
        inet_ntop(AF_INET, &name->sin_addr, text, sizeof text);
    } else if (info->client_addr->sa_family == AF_INET6) {
        const struct sockaddr_in6 *name = (const void *)info->client_addr;
        inet_ntop(AF_INET6, &name->sin6_addr, text, sizeof text);
    }
    return text[0] ? arena_copy(&exchange->arena, slice_of(text)) : slice_of("unix");
}

static void read_headers(struct exchange *exchange, const char *method)
{
    struct request *request = &exchange->request;
    request->method = method_of(method);
    target_read(exchange->target, request);
    request->authorization = header_of(exchange, MHD_HTTP_HEADER_AUTHORIZATION);
    request->accept = header_of(exchange, MHD_HTTP_HEADER_ACCEPT);
    request->content_type = header_of(exchange, MHD_HTTP_HEADER_CONTENT_TYPE);
    request->if_match = header_of(exchange, MHD_HTTP_HEADER_IF_MATCH);
    request->if_none_match = header_of(exchange, MHD_HTTP_HEADER_IF_NONE_MATCH);
    request->origin = origin_of(exchange);
    request->forwarded = list_of(exchange, MHD_HTTP_HEADER_FORWARDED);
    request->forwarded_for = list_of(exchange, "X-Forwarded-For");
}

/** Whether the headers announce a body over the limit; a length that is no number is one too. */
static bool announces_too_much(struct exchange *exchange)
{
    struct slice text = header_of(exchange, MHD_HTTP_HEADER_CONTENT_LENGTH);
    uint64_t length;
    if (text.len == 0) return false;
    return !slice_to_u64(text, &length) || length > exchange->server->options.body_bytes;
}

static enum MHD_Result send_answer(struct exchange *exchange)
{
    exchange->stage = STAGE_ANSWERED;
    return MHD_queue_response(exchange->connection, exchange->status, exchange->response);
}

static void hand_over(struct exchange *exchange)
{
    struct server *server = exchange->server;
    exchange->stage = STAGE_ASKED;
    exchange->asked_at = uv_hrtime();
    exchange->next = server->exchanges;
    if (exchange->next) exchange->next->previous = exchange;
    server->exchanges = exchange;
    server->busy++;
}

/** Gives the exchange to the owner; the connection sleeps if the answer is not there at once. */
static enum MHD_Result ask(struct exchange *exchange)
{
    struct server *server = exchange->server;
    exchange->request.body = text_slice(&exchange->body);
    if (exchange->request.body_too_large) server->options.meter->limit_body++;
    hand_over(exchange);
    server->receive(server->self, exchange);
    if (exchange->response) return send_answer(exchange);
    exchange->suspended = true;
    MHD_suspend_connection(exchange->connection);
    return MHD_YES;
}

static size_t head_size(const struct exchange *exchange)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}

/** Looks at what is known before the body; true if the answer need not wait for it. */
static bool is_over_limits(struct exchange *exchange)
{
    struct request *request = &exchange->request;
    request->target_too_long = exchange->target.len > TARGET_MOST;
    request->headers_too_large = head_size(exchange) > HEAD_MOST;
    request->body_too_large = announces_too_much(exchange);
    if (request->target_too_long || request->headers_too_large)
        exchange->server->options.meter->limit_headers++;
    return request->target_too_long || request->headers_too_large || request->body_too_large;
}

static enum MHD_Result begin(struct exchange *exchange, const char *method)
{
    read_headers(exchange, method);
    exchange->stage = STAGE_BODY;
    if (!is_over_limits(exchange)) return MHD_YES;
    exchange->early = true;
    return ask(exchange);
}

static enum MHD_Result take_body(struct exchange *exchange, struct slice piece)
{
    exchange->body_seen += piece.len;
    if (exchange->body_seen <= exchange->server->options.body_bytes) {
        text_put(&exchange->body, piece);
        return MHD_YES;
    }
    exchange->request.body_too_large = true;
    text_done(&exchange->body);
    if (exchange->body_seen <= BODY_MOST) return MHD_YES;
    exchange->server->options.meter->limit_body++;
    return MHD_NO;
}

enum MHD_Result exchange_on_access(void *cls, struct MHD_Connection *connection, const char *url,
                                   const char *method, const char *version, const char *upload,
                                   size_t *upload_size, void **context)
{
    struct exchange *exchange = *context;
    (void)cls, (void)connection, (void)url, (void)version;
    if (exchange->stage == STAGE_TARGET) return begin(exchange, method);
    if (exchange->stage == STAGE_ASKED) return send_answer(exchange);
    if (*upload_size == 0) return ask(exchange);
    size_t size = *upload_size;
    *upload_size = 0;
    return take_body(exchange, slice_from(upload, size));
}

/** A limit that libmicrohttpd keeps by itself: it answered before we were asked. */
static bool was_refused_on_headers(struct exchange *exchange)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_HTTP_STATUS);
    return info && exchange->stage == STAGE_TARGET &&
           (info->http_status == MHD_HTTP_URI_TOO_LONG ||
            info->http_status == MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE);
}

static void forget(struct exchange *exchange)
{
    struct server *server = exchange->server;
    if (exchange->previous)
        exchange->previous->next = exchange->next;
    else
        server->exchanges = exchange->next;
    if (exchange->next) exchange->next->previous = exchange->previous;
    server->busy--;
}

static void linger(const struct exchange *exchange)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info) linger_start(exchange->server->loop, &exchange->server->lingerers, info->connect_fd);
}

void exchange_on_completed(void *cls, struct MHD_Connection *connection, void **context,
                           enum MHD_RequestTerminationCode how)
{
    struct exchange *exchange = *context;
    struct server *server = cls;
    (void)connection;
    if (!exchange) return;
    if (how == MHD_REQUEST_TERMINATED_TIMEOUT_REACHED) server->options.meter->limit_idle++;
    if (was_refused_on_headers(exchange)) server->options.meter->limit_headers++;
    if (exchange->early && how == MHD_REQUEST_TERMINATED_COMPLETED_OK) linger(exchange);
    if (exchange->stage >= STAGE_ASKED) forget(exchange);
    if (exchange->response) MHD_destroy_response(exchange->response);
    text_done(&exchange->body);
    arena_done(&exchange->arena);
    memory_free(exchange);
    *context = NULL;
}

const struct request *exchange_request(const struct exchange *exchange)
{
    return &exchange->request;
}

/** What a response is sent from, until libmicrohttpd has done with it. */
struct sending {
    struct text body;
    size_t shared_count;
    struct shared *shared[];
};

static void free_sending(void *self)
{
    struct sending *sending = self;
    for (size_t at = 0; at < sending->shared_count; at++)
        shared_drop(sending->shared[at]);
    text_done(&sending->body);
    memory_free(sending);
}

/** Takes over what is shared and the body. */
static struct sending *take_over(struct reply *reply)
{
    struct sending *sending =
        memory_new(sizeof *sending + reply->shared_count * sizeof(struct shared *));
    sending->body = reply->body;
    sending->shared_count = reply->shared_count;
    for (size_t at = 0; at < reply->shared_count; at++)
        sending->shared[at] = reply->shared[at];
    reply->body = (struct text){0};
    reply->shared_count = 0;
    return sending;
}

static struct MHD_IoVec piece_of(struct slice bytes)
{
    return (struct MHD_IoVec){.iov_base = bytes.ptr, .iov_len = bytes.len};
}

/** The response over the reply's own bytes and those that it shares: none is copied. */
static struct MHD_Response *over_bytes(struct exchange *exchange, struct reply *reply)
{
    struct sending *sending = take_over(reply);
    const size_t count = sending->shared_count;
    if (count == 0) /* goes out in one piece with the headers */
        return MHD_create_response_from_buffer_with_free_callback_cls(
            sending->body.len, sending->body.ptr, free_sending, sending);
    struct MHD_IoVec *pieces = arena_array(&exchange->arena, count + 1, sizeof *pieces);
    for (size_t at = 0; at < count; at++)
        pieces[at] = piece_of(shared_slice(sending->shared[at]));
    pieces[count] = piece_of(text_slice(&sending->body));
    return MHD_create_response_from_iovec(pieces, (unsigned)count + 1, free_sending, sending);
}

static struct MHD_Response *make_response(struct exchange *exchange, struct reply *reply)
{
    struct MHD_Response *response = over_bytes(exchange, reply);
    if (reply->content_type)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type);
    for (size_t at = 0; at < reply->header_count; at++) {
        struct slice value = arena_copy(&exchange->arena, reply->headers[at].value);
        MHD_add_response_header(response, reply->headers[at].name, value.ptr);
    }
    if (exchange->server->quiesced || exchange->early || exchange->request.body_too_large)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    return response;
}

void exchange_answer(struct exchange *exchange, const char *route, struct reply *reply)
{
    struct meter *meter = exchange->server->options.meter;
    exchange->response = make_response(exchange, reply);
    exchange->status = reply->status;
    meter_count(meter, route, exchange->request.method, reply->status);
    meter_observe(&meter->http, (uv_hrtime() - exchange->asked_at) / 1000);
    if (!exchange->suspended) return;
    exchange->suspended = false;
    MHD_resume_connection(exchange->connection);
    server_wake(exchange->server);
}
