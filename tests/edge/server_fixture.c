#include "edge/server_fixture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

enum { TICK_MS = 2, PATIENCE_MS = 20000, HEAD_MOST = 4096 };

/* Says what it was asked: `method path body-length`, then a line for each pair of the query. */
static void answer_exchange(struct exchange *exchange)
{
    const struct request *request = exchange_request(exchange);
    const bool odd = memchr(request->path.ptr, '%', request->path.len) ||
                     memchr(request->path.ptr, '?', request->path.len);
    struct reply reply = {.status = odd ? 404 : 200, .content_type = "text/plain"};
    if (request->body_too_large) reply.status = 413;
    if (request->target_too_long) reply.status = 414;
    if (request->headers_too_large) reply.status = 431;
    text_printf(&reply.body, "%d %.*s %zu\n", (int)request->method, (int)request->path.len,
                request->path.ptr, request->body.len);
    for (size_t i = 0; i < request->query_count; i++)
        text_printf(&reply.body, "%.*s=%.*s\n", (int)request->queries[i].key.len,
                    request->queries[i].key.ptr, (int)request->queries[i].value.len,
                    request->queries[i].value.len > 0 ? request->queries[i].value.ptr : "");
    exchange_answer(exchange, "/test", &reply);
}

static void receive(void *self, struct exchange *exchange)
{
    struct world *world = self;
    world->asked++;
    if (world->pace == PACE_AT_ONCE) {
        answer_exchange(exchange);
        return;
    }
    assert_true(world->held_count < HELD_MOST);
    world->held[world->held_count++] = exchange;
}

void world_release(struct world *world)
{
    size_t count = world->held_count;
    world->held_count = 0;
    for (size_t i = 0; i < count; i++)
        answer_exchange(world->held[i]);
}

static void on_tick(uv_timer_t *timer)
{
    struct world *world = timer->data;
    if (world->pace == PACE_LATER) world_release(world);
}

void world_open(struct world *world, const char *listen, unsigned idle_seconds)
{
    char fault[256] = "";
    *world = (struct world){0};
    uv_loop_init(&world->loop);
    uv_timer_init(&world->loop, &world->tick);
    world->tick.data = world;
    uv_timer_start(&world->tick, on_tick, TICK_MS, TICK_MS);
    meter_init(&world->meter);
    const struct server_options options = {.listen = slice_of(listen),
                                           .connections = QUOTA,
                                           .idle_seconds = idle_seconds,
                                           .body_bytes = BODY_MOST,
                                           .meter = &world->meter};
    world->server = server_open(&world->loop, &options, receive, world, fault);
    assert_string_equal(fault, "");
    assert_non_null(world->server);
}

static void on_closed(void *self)
{
    struct world *world = self;
    world->closed = true;
}

void world_done(struct world *world)
{
    world->pace = PACE_AT_ONCE;
    world_release(world);
    server_close(world->server, on_closed, world);
    uv_close((uv_handle_t *)&world->tick, NULL);
    uv_run(&world->loop, UV_RUN_DEFAULT);
    assert_true(world->closed);
    assert_int_equal(uv_loop_close(&world->loop), 0);
    meter_done(&world->meter);
}

void world_turn(struct world *world)
{
    uv_run(&world->loop, UV_RUN_ONCE);
}

/* The moment at which waiting has lasted too long. */
static uint64_t patience(void)
{
    return uv_hrtime() + (uint64_t)PATIENCE_MS * 1000000;
}

void world_await_asked(struct world *world, size_t count)
{
    for (uint64_t end = patience(); world->asked < count; world_turn(world))
        assert_true(uv_hrtime() < end);
}

static int connect_unix(const char *path)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    snprintf(name.sun_path, sizeof name.sun_path, "%s", path);
    if (connect(fd, (const struct sockaddr *)&name, sizeof name) == 0) return fd;
    close(fd);
    return -1;
}

static int connect_tcp(const char *port)
{
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (const struct sockaddr *)&name, sizeof name) == 0) return fd;
    close(fd);
    return -1;
}

int client_connect(const struct world *world)
{
    const char *address = server_address(world->server);
    if (strncmp(address, "unix:", 5) == 0) return connect_unix(address + 5);
    return connect_tcp(strrchr(address, ':') + 1);
}

bool client_send(struct world *world, int fd, const char *bytes, size_t len)
{
    for (uint64_t end = patience(); len > 0;) {
        ssize_t sent = send(fd, bytes, len, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) return false;
        if (sent < 0) world_turn(world);
        bytes += sent > 0 ? sent : 0;
        len -= sent > 0 ? (size_t)sent : 0;
        assert_true(uv_hrtime() < end);
    }
    return true;
}

bool client_say(struct world *world, int fd, const char *text)
{
    return client_send(world, fd, text, strlen(text));
}

/* One byte: 1, 0 at the end (a reset is one too). */
static int read_byte(struct world *world, int fd, char *ret_byte)
{
    for (uint64_t end = patience();; world_turn(world)) {
        ssize_t got = recv(fd, ret_byte, 1, MSG_DONTWAIT);
        if (got >= 0) return (int)got;
        if (errno != EAGAIN) return 0;
        assert_true(uv_hrtime() < end);
    }
}

static size_t length_in(const char *head)
{
    const char *field = strstr(head, "Content-Length: ");
    return field ? (size_t)atol(field + strlen("Content-Length: ")) : 0;
}

struct answer client_read_head(struct world *world, int fd)
{
    char head[HEAD_MOST] = "";
    struct answer answer = {0};
    for (size_t len = 0; len + 1 < sizeof head; len++) {
        if (read_byte(world, fd, &head[len]) == 0) return answer;
        if (len >= 3 && memcmp(&head[len - 3], "\r\n\r\n", 4) == 0) break;
    }
    answer.status = atoi(head + strlen("HTTP/1.1 "));
    answer.closes = strstr(head, "Connection: close") != NULL;
    answer.length = length_in(head);
    return answer;
}

struct answer client_read(struct world *world, int fd)
{
    struct answer answer = client_read_head(world, fd);
    for (size_t len = 0; len < answer.length; len++) {
        char byte;
        if (read_byte(world, fd, &byte) == 0) return (struct answer){0};
        if (len + 1 < sizeof answer.body) answer.body[len] = byte;
    }
    return answer;
}

bool client_is_hung_up_on(struct world *world, int fd)
{
    char byte;
    return read_byte(world, fd, &byte) == 0;
}

void client_hang_up(int fd, bool reset)
{
    const struct linger now = {.l_onoff = 1, .l_linger = 0};
    if (reset) setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(fd);
}

struct answer ask(struct world *world, const char *request)
{
    int fd = client_connect(world);
    assert_true(fd >= 0);
    client_say(world, fd, request);
    struct answer answer = client_read(world, fd);
    close(fd);
    return answer;
}
