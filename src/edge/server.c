/*
 * HTTP in the loop: libmicrohttpd works in external mode, its epoll descriptor is one poll handle
 * and its next time-out one timer. Happy path: the descriptor becomes readable, MHD_run does all
 * that can be done without waiting, and the timer is set anew; an answer that comes later sets the
 * timer to now. Opening fails with one sentence; after that nothing fails but single connections.
 */
#include "edge/server_private.h"

#include "base/memory.h"
#include "edge/log.h"

#include <stdarg.h>
#include <stdio.h>

/*
 * Request line and headers must fit in this, per connection. What does not is refused by
 * libmicrohttpd before any callback of ours, with a page that is a constant there: it has no option
 * or hook for it, so this refusal alone has neither problem+json nor API-Version. The desk's own
 * bounds (server_exchange.c) lie well below.
 */
enum { CONNECTION_MEMORY = 32768 };

static void on_timeout(uv_timer_t *timer);

static void run(struct server *server)
{
    MHD_UNSIGNED_LONG_LONG wait_ms = 0;
    bool was_full = quota_is_full(server);
    MHD_run(server->daemon);
    quota_mind(server);
    bool waits = MHD_get_timeout(server->daemon, &wait_ms) == MHD_YES;
    if (quota_is_full(server) && (!waits || wait_ms > QUOTA_LOOK_MS)) {
        waits = true;
        wait_ms = QUOTA_LOOK_MS;
    }
    /* libmicrohttpd listens again at the beginning of a run only: who waits needs one more. */
    if (was_full && !quota_is_full(server)) {
        waits = true;
        wait_ms = 0;
    }
    if (waits)
        uv_timer_start(&server->timer, on_timeout, wait_ms, 0);
    else
        uv_timer_stop(&server->timer);
}

static void on_timeout(uv_timer_t *timer)
{
    run(timer->data);
}

static void on_ready(uv_poll_t *poll, int status, int events)
{
    (void)status, (void)events;
    run(poll->data);
}

void server_wake(struct server *server)
{
    uv_timer_start(&server->timer, on_timeout, 0, 0);
}

__attribute__((format(printf, 2, 0))) static void on_log(void *cls, const char *format,
                                                         va_list arguments)
{
    char line[256];
    (void)cls;
    vsnprintf(line, sizeof line, format, arguments);
    struct slice text = slice_trim(slice_of(line));
    log_line(LOG_LEVEL_DEBUG, "libmicrohttpd text=\"%.*s\"", (int)text.len, text.ptr);
}

static bool start_daemon(struct server *server)
{
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL,
        exchange_on_access, server, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
        MHD_OPTION_LISTEN_SOCKET, server->listening.fd, MHD_OPTION_CONNECTION_LIMIT,
        server->options.connections, MHD_OPTION_CONNECTION_TIMEOUT, server->options.idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_URI_LOG_CALLBACK,
        exchange_on_target, server, MHD_OPTION_NOTIFY_COMPLETED, exchange_on_completed, server,
        MHD_OPTION_NOTIFY_CONNECTION, quota_on_connection, server, MHD_OPTION_END);
    return server->daemon;
}

static bool watch(struct server *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    if (!info || uv_poll_init(server->loop, &server->poll, info->epoll_fd) != 0) return false;
    uv_timer_init(server->loop, &server->timer);
    server->poll.data = server->timer.data = server;
    uv_poll_start(&server->poll, UV_READABLE, on_ready);
    /* The first run adds the listening socket to the descriptor. */
    server_wake(server);
    return true;
}

struct server *server_open(uv_loop_t *loop, const struct server_options *options,
                           server_receive receive, void *self, char *ret_fault)
{
    struct listening listening;
    if (!listen_open(options->listen, &listening, ret_fault)) return NULL;
    struct server *server = memory_new(sizeof *server);
    *server = (struct server){.loop = loop,
                              .options = *options,
                              .receive = receive,
                              .self = self,
                              .listening = listening};
    server->options.listen = slice_of(NULL);
    if (!start_daemon(server)) goto fail_listening;
    if (!watch(server)) goto fail_daemon;
    return server;

fail_daemon:
    MHD_stop_daemon(server->daemon);
    server->listening.fd = -1;
fail_listening:
    snprintf(ret_fault, LISTEN_FAULT_ROOM, "libmicrohttpd does not start; see --log-level debug");
    listen_close(&server->listening);
    memory_free(server);
    return NULL;
}

const char *server_address(const struct server *server)
{
    return server->listening.url;
}

void server_quiesce(struct server *server)
{
    if (server->quiesced) return;
    server->quiesced = true;
    MHD_quiesce_daemon(server->daemon);
    listen_close(&server->listening);
}

size_t server_busy(const struct server *server)
{
    return server->busy;
}

static void on_closed(uv_handle_t *handle)
{
    struct server *server = handle->data;
    if (--server->open_handles > 0) return;
    void (*closed)(void *) = server->closed;
    void *self = server->closed_self;
    memory_free(server);
    if (closed) closed(self);
}

/** Stopping with a sleeping connection is an error of ours that would leak it. */
static void wake_all(struct server *server)
{
    for (struct exchange *exchange = server->exchanges; exchange; exchange = exchange->next)
        if (exchange->suspended) MHD_resume_connection(exchange->connection);
}

void server_close(struct server *server, void (*closed)(void *self), void *self)
{
    server_quiesce(server);
    server->closed = closed;
    server->closed_self = self;
    uv_poll_stop(&server->poll);
    uv_timer_stop(&server->timer);
    wake_all(server);
    MHD_stop_daemon(server->daemon);
    linger_stop_all(&server->lingerers);
    server->open_handles = 2;
    uv_close((uv_handle_t *)&server->poll, on_closed);
    uv_close((uv_handle_t *)&server->timer, on_closed);
}
