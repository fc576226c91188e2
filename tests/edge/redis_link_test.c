/* hiredis on our loop: what was asked comes back, whatever its size; and bad news arrive too: a
 * refused connection reaches the connect callback and every command's callback, which the adapter
 * that hiredis ships does not manage. */
#include "edge/redis_link.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "edge/redis_server.h"

struct outcome {
    int connects, disconnects, replies, nulls;
    int connect_status, disconnect_status;
    size_t length; /* of the newest reply */
};

static void on_connect(const redisAsyncContext *context, int status)
{
    struct outcome *outcome = context->data;
    outcome->connects++;
    outcome->connect_status = status;
}

static void on_disconnect(const redisAsyncContext *context, int status)
{
    struct outcome *outcome = context->data;
    outcome->disconnects++;
    outcome->disconnect_status = status;
}

static void on_reply(redisAsyncContext *context, void *answer, void *self)
{
    (void)context;
    struct outcome *outcome = self;
    const redisReply *reply = answer;
    outcome->replies++;
    if (reply == NULL)
        outcome->nulls++;
    else
        outcome->length = reply->len;
}

static void attach(redisAsyncContext *context, uv_loop_t *loop, struct outcome *outcome)
{
    assert_non_null(context);
    assert_int_equal(context->err, 0);
    context->data = outcome;
    assert_true(redis_link_attach(context, loop));
    assert_int_equal(redisAsyncSetConnectCallback(context, on_connect), REDIS_OK);
    assert_int_equal(redisAsyncSetDisconnectCallback(context, on_disconnect), REDIS_OK);
}

/* A port that is ours and that nobody listens on. */
static int bind_closed_port(int *ret_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(descriptor >= 0);
    assert_int_equal(bind(descriptor, (const struct sockaddr *)&address, length), 0);
    assert_int_equal(getsockname(descriptor, (struct sockaddr *)&address, &length), 0);
    *ret_port = ntohs(address.sin_port);
    return descriptor;
}

static void a_refused_connection_reaches_both_callbacks(void **state)
{
    (void)state;
    uv_loop_t loop;
    uv_loop_init(&loop);
    struct outcome outcome = {0};
    int port;
    const int descriptor = bind_closed_port(&port);
    redisAsyncContext *context = redisAsyncConnect("127.0.0.1", port);
    attach(context, &loop, &outcome);
    assert_int_equal(redisAsyncCommand(context, on_reply, &outcome, "PING"), REDIS_OK);
    assert_int_equal(redisAsyncCommand(context, on_reply, &outcome, "PING"), REDIS_OK);
    loop_prove_empty(&loop);
    assert_int_equal(outcome.connects, 1);
    assert_int_equal(outcome.connect_status, REDIS_ERR);
    assert_int_equal(outcome.replies, 2);
    assert_int_equal(outcome.nulls, 2);
    close(descriptor);
}

static bool has_replied(const void *self)
{
    return ((const struct outcome *)self)->replies > 0;
}

static bool has_connected(const void *self)
{
    return ((const struct outcome *)self)->connects > 0;
}

static bool has_disconnected(const void *self)
{
    return ((const struct outcome *)self)->disconnects > 0;
}

static void a_megabyte_goes_there_and_back(void **state)
{
    (void)state;
    struct redis_server server;
    uv_loop_t loop;
    struct outcome outcome = {0};
    const size_t length = 1U << 20;
    char *body = malloc(length);
    assert_non_null(body);
    memset(body, 'x', length);
    redis_server_init(&server);
    redis_server_start(&server, NULL);
    uv_loop_init(&loop);
    redisAsyncContext *context = redisAsyncConnectUnix(server.socket);
    attach(context, &loop, &outcome);
    assert_int_equal(redisAsyncCommand(context, on_reply, &outcome, "ECHO %b", body, length),
                     REDIS_OK);
    loop_run_until(&loop, has_replied, &outcome, "the echo");
    assert_int_equal(outcome.length, length);
    redisAsyncDisconnect(context);
    loop_prove_empty(&loop);
    assert_int_equal(outcome.disconnects, 1);
    assert_int_equal(outcome.disconnect_status, REDIS_OK);
    redis_server_done(&server);
    free(body);
}

/* A blocked command's callback runs once, with NULL, when the server dies. */
static void a_killed_server_reaches_every_callback(void **state)
{
    (void)state;
    struct redis_server server;
    uv_loop_t loop;
    struct outcome outcome = {0};
    redis_server_init(&server);
    redis_server_start(&server, NULL);
    uv_loop_init(&loop);
    redisAsyncContext *context = redisAsyncConnectUnix(server.socket);
    attach(context, &loop, &outcome);
    assert_int_equal(redisAsyncCommand(context, on_reply, &outcome, "BLPOP none 0"), REDIS_OK);
    loop_run_until(&loop, has_connected, &outcome, "the connection");
    redis_server_kill(&server);
    loop_run_until(&loop, has_disconnected, &outcome, "the loss");
    loop_prove_empty(&loop);
    assert_int_equal(outcome.replies, 1);
    assert_int_equal(outcome.nulls, 1);
    assert_int_equal(outcome.disconnect_status, REDIS_ERR);
    redis_server_done(&server);
}

/* Freed before the loop has turned once: the handle is closed before its memory goes. */
static void a_context_may_be_freed_at_once(void **state)
{
    (void)state;
    uv_loop_t loop;
    uv_loop_init(&loop);
    struct outcome outcome = {0};
    int port;
    const int descriptor = bind_closed_port(&port);
    redisAsyncContext *context = redisAsyncConnect("127.0.0.1", port);
    attach(context, &loop, &outcome);
    assert_false(redis_link_attach(context, &loop));
    assert_int_equal(redisAsyncCommand(context, on_reply, &outcome, "PING"), REDIS_OK);
    redisAsyncFree(context);
    assert_int_equal(outcome.nulls, 1);
    loop_prove_empty(&loop);
    close(descriptor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_connection_reaches_both_callbacks),
        cmocka_unit_test(a_megabyte_goes_there_and_back),
        cmocka_unit_test(a_killed_server_reaches_every_callback),
        cmocka_unit_test(a_context_may_be_freed_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
