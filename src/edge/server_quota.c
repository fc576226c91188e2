/*
 * The quota of connections. Happy path: it is never full. When it is, newcomers wait in the
 * kernel's queue, and room is made for them: who has hung up is shown out at once, who says nothing
 * after a second. Once an eighth is free all is as before.
 */
#include "edge/server_private.h"

#include "base/memory.h"

#include <poll.h>
#include <sys/socket.h>

enum { PRESSED_SECONDS = 1 };

/** Changes how long each connection may be silent. */
static void press(struct server *server, bool pressed)
{
    unsigned seconds = pressed ? PRESSED_SECONDS : server->options.idle_seconds;
    server->pressed = pressed;
    for (struct client *client = server->clients; client; client = client->next)
        MHD_set_connection_option(client->connection, MHD_CONNECTION_OPTION_TIMEOUT, seconds);
}

/**
 * libmicrohttpd overlooks an end of input that comes together with the last bytes: its epoll is
 * edge-triggered, and after a short read it looks no further. Shutting the reading side makes a new
 * edge; bytes that are queued stay readable.
 */
static void show_out_leavers(struct server *server)
{
    struct pollfd *ends = memory_new(server->client_count * sizeof *ends);
    size_t count = 0;
    for (const struct client *client = server->clients; client; client = client->next)
        ends[count++] = (struct pollfd){.fd = client->fd, .events = POLLRDHUP};
    if (poll(ends, count, 0) > 0)
        for (size_t at = 0; at < count; at++)
            if (ends[at].revents & POLLRDHUP) shutdown(ends[at].fd, SHUT_RD);
    memory_free(ends);
    server->looked_at = uv_now(server->loop);
}

bool quota_is_full(const struct server *server)
{
    return server->client_count >= server->options.connections;
}

void quota_mind(struct server *server)
{
    unsigned most = server->options.connections;
    bool full = quota_is_full(server);
    if (full && !server->pressed) {
        server->options.meter->limit_connections++;
        press(server, true);
        show_out_leavers(server);
    } else if (full && uv_now(server->loop) - server->looked_at >= QUOTA_LOOK_MS) {
        show_out_leavers(server);
    } else if (server->pressed && server->client_count < most - most / 8) {
        press(server, false);
    }
}

static int descriptor_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

static struct client *add_client(struct server *server, struct MHD_Connection *connection)
{
    struct client *client = memory_new(sizeof *client);
    *client = (struct client){
        .connection = connection, .fd = descriptor_of(connection), .next = server->clients};
    if (client->next) client->next->previous = client;
    server->clients = client;
    server->client_count++;
    return client;
}

static void remove_client(struct server *server, struct client *client)
{
    if (client->previous)
        client->previous->next = client->next;
    else
        server->clients = client->next;
    if (client->next) client->next->previous = client->previous;
    server->client_count--;
    memory_free(client);
}

void quota_on_connection(void *cls, struct MHD_Connection *connection, void **context,
                         enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = add_client(cls, connection);
    } else if (*context) {
        remove_client(cls, *context);
        *context = NULL;
    }
}
