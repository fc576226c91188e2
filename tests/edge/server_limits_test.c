/* The server's limits: each bites where it should, is counted, and lets go again. Clients that
 * leave in any state, ten times as many as the quota, leave room for the next one. */
#include "edge/server_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ANYWHERE "127.0.0.1:0"
#define END      " HTTP/1.1\r\nHost: test\r\n\r\n"

enum { IDLE = 30, MEBIBYTE = 1 << 20 };

static void assert_serves(struct world *world)
{
    world->pace = PACE_AT_ONCE;
    world_release(world);
    const uint64_t begin = uv_hrtime();
    const struct answer answer = ask(world, "GET /x" END);
    assert_int_equal(answer.status, 200);
    assert_true(uv_hrtime() - begin < 5000000000u);
}

/* Sends `size` bytes of body in one chunk of chunked encoding. */
static bool send_chunk(struct world *world, int fd, size_t size)
{
    char line[32];
    char *bytes = calloc(1, size);
    snprintf(line, sizeof line, "%zx\r\n", size);
    bool sent = client_say(world, fd, line) && client_send(world, fd, bytes, size) &&
                client_say(world, fd, "\r\n");
    free(bytes);
    return sent;
}

/* The largest body is taken; one byte more is refused, and on its announcement alone. */
static void test_a_body_that_is_announced(void **state)
{
    struct world world;
    char request[128], body[BODY_MOST];
    (void)state;
    memset(body, 'x', sizeof body);
    world_open(&world, ANYWHERE, IDLE);
    int fd = client_connect(&world);
    sprintf(request, "PUT /x HTTP/1.1\r\nHost: t\r\nContent-Length: %d\r\n\r\n", BODY_MOST);
    client_say(&world, fd, request);
    client_send(&world, fd, body, sizeof body);
    assert_string_equal(client_read(&world, fd).body, "2 /x 4096\n");
    assert_int_equal(world.meter.limit_body, 0);

    sprintf(request, "PUT /x HTTP/1.1\r\nHost: t\r\nContent-Length: %d\r\n\r\n", BODY_MOST + 1);
    client_say(&world, fd, request);
    const struct answer answer = client_read(&world, fd);
    assert_int_equal(answer.status, 413);
    assert_true(answer.closes);
    assert_string_equal(answer.body, "2 /x 0\n");
    assert_int_equal(world.meter.limit_body, 1);
    close(fd);
    assert_serves(&world);
    world_done(&world);
}

/* A client that sends on regardless still gets to read why: no reset eats the answer. */
static void test_a_client_that_sends_on_reads_the_refusal(void **state)
{
    struct world world;
    char *body = calloc(1, 2 * MEBIBYTE);
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    for (int i = 0; i < 10; i++) {
        int fd = client_connect(&world);
        client_say(&world, fd, "PUT /x HTTP/1.1\r\nHost: t\r\nContent-Length: 2097152\r\n\r\n");
        assert_true(client_send(&world, fd, body, 2 * MEBIBYTE));
        assert_int_equal(client_read(&world, fd).status, 413);
        close(fd);
    }
    assert_int_equal(world.meter.limit_body, 10);
    free(body);
    world_done(&world);
}

/* A length that is no number is no invitation to read for ever. */
static void test_a_length_that_is_no_number(void **state)
{
    struct world world;
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    const struct answer answer =
        ask(&world, "PUT /x HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999999999999999\r\n\r\n");
    assert_true(answer.status == 413 || answer.status == 400);
    assert_serves(&world);
    world_done(&world);
}

/* Nobody announces a chunked body: it is dropped as it comes, refused at its end, then closed. */
static void test_a_chunked_body_over_the_limit(void **state)
{
    struct world world;
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    int fd = client_connect(&world);
    client_say(&world, fd, "PUT /x HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 7; i++)
        assert_true(send_chunk(&world, fd, MEBIBYTE));
    client_say(&world, fd, "0\r\n\r\n");
    const struct answer answer = client_read(&world, fd);
    assert_int_equal(answer.status, 413);
    assert_true(answer.closes);
    assert_true(client_is_hung_up_on(&world, fd));
    assert_int_equal(world.meter.limit_body, 1);
    close(fd);
    world_done(&world);
}

/* And beyond 8 MiB the line is cut. */
static void test_a_chunked_body_without_end(void **state)
{
    struct world world;
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    int fd = client_connect(&world);
    client_say(&world, fd, "PUT /x HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
    int sent = 0;
    while (sent < 64 && send_chunk(&world, fd, MEBIBYTE))
        sent++;
    assert_in_range(sent, 8, 20); /* what lies in buffers comes on top */
    assert_int_equal(client_read(&world, fd).status, 0);
    assert_int_equal(world.meter.limit_body, 1);
    assert_int_equal(world.asked, 0);
    close(fd);
    assert_serves(&world);
    world_done(&world);
}

/* Headers that do not fit are refused and counted. */
static void test_headers_that_do_not_fit(void **state)
{
    struct world world;
    char *request = calloc(1, 65536);
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    strcpy(request, "GET /x HTTP/1.1\r\nHost: t\r\nX-Large: ");
    memset(request + strlen(request), 'x', 60000);
    strcat(request, "\r\n\r\n");
    assert_int_equal(ask(&world, request).status, 431);
    assert_int_equal(world.meter.limit_headers, 1);
    assert_int_equal(world.asked, 0);
    free(request);
    assert_serves(&world);
    world_done(&world);
}

/* A header with so many bytes, and a target with so many. */
static struct answer ask_with(struct world *world, size_t header, size_t target)
{
    char *request = calloc(1, 65536);
    strcpy(request, "GET /");
    memset(request + strlen(request), 'x', target);
    strcat(request, " HTTP/1.1\r\nHost: t\r\nX-Large: ");
    memset(request + strlen(request), 'x', header);
    strcat(request, "\r\n\r\n");
    const struct answer answer = ask(world, request);
    free(request);
    return answer;
}

/* What fits in the memory of a connection but is over our limit is the owner's to refuse. */
static void test_more_than_anybody_needs(void **state)
{
    struct world world;
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    assert_int_equal(ask_with(&world, 16000, 10).status, 200);
    assert_int_equal(ask_with(&world, 10, 8000).status, 200);
    assert_int_equal(world.meter.limit_headers, 0);

    const struct answer headers = ask_with(&world, 16400, 10);
    assert_int_equal(headers.status, 431);
    assert_true(headers.closes);
    assert_int_equal(ask_with(&world, 10, 8200).status, 414);
    assert_int_equal(world.meter.limit_headers, 2);
    assert_int_equal(world.asked, 4);
    assert_serves(&world);
    world_done(&world);
}

/* Who begins a request and then says nothing is let go. */
static void test_silence(void **state)
{
    struct world world;
    (void)state;
    world_open(&world, ANYWHERE, 1);
    int fd = client_connect(&world);
    client_say(&world, fd, "PUT /x HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nabc");
    assert_int_equal(client_read(&world, fd).status, 0);
    assert_int_equal(world.meter.limit_idle, 1);
    close(fd);
    world_done(&world);
}

/* Who takes long to be answered is not silent: that is ours to answer for. */
static void test_waiting_for_an_answer_is_no_silence(void **state)
{
    struct world world;
    (void)state;
    world_open(&world, ANYWHERE, 1);
    world.pace = PACE_WHEN_RELEASED;
    int fd = client_connect(&world);
    client_say(&world, fd, "GET /x" END);
    for (uint64_t end = uv_hrtime() + 2500000000u; uv_hrtime() < end;)
        world_turn(&world);
    world_release(&world);
    assert_int_equal(client_read(&world, fd).status, 200);
    assert_int_equal(world.meter.limit_idle, 0);
    close(fd);
    world_done(&world);
}

/* The quota is full of connections that do nothing: one more waits a second, not the time-out. */
static void test_a_full_quota(void **state)
{
    struct world world;
    int fds[QUOTA];
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    for (int i = 0; i < QUOTA; i++) {
        fds[i] = client_connect(&world);
        client_say(&world, fds[i], "GET /x" END);
        assert_int_equal(client_read(&world, fds[i]).status, 200);
    }
    assert_serves(&world);
    assert_in_range(world.meter.limit_connections, 1, 2);
    for (int i = 0; i < QUOTA; i++)
        close(fds[i]);
    world_done(&world);
}

/* How far a client comes before it leaves. */
static const char *const beginnings[] = {
    "",
    "GE",
    "GET /x HTTP/1.1\r\nHost: te",
    "PUT /x HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n",
    "PUT /x HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nabc",
    "PUT /x HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    "PUT /x HTTP/1.1\r\nHost: test\r\nContent-Length: 10000\r\n\r\nabc",
    "GET /x" END,
    "GET /x" END "GET /y" END "GET /z",
    "no HTTP at all\r\n\r\n",
};

static void leave_often(struct world *world, const char *beginning, bool reset)
{
    for (int i = 0; i < 10 * QUOTA; i++) {
        int fd = client_connect(world);
        assert_true(fd >= 0);
        client_say(world, fd, beginning);
        if (i % 3 == 0) world_turn(world); /* some are noticed before they leave, some after */
        client_hang_up(fd, reset);
    }
}

/* The owner answers while they leave, or only when they have long gone. */
static void leave_in_every_state(enum pace pace)
{
    struct world world;
    world_open(&world, ANYWHERE, IDLE);
    for (size_t i = 0; i < 2 * sizeof beginnings / sizeof beginnings[0]; i++) {
        world.pace = pace;
        leave_often(&world, beginnings[i / 2], i % 2 == 0);
        assert_serves(&world);
    }
    world_done(&world);
}

static void test_clients_that_leave_while_they_are_answered(void **state)
{
    (void)state;
    leave_in_every_state(PACE_AT_ONCE);
    leave_in_every_state(PACE_LATER);
}

static void test_clients_that_leave_before_they_are_answered(void **state)
{
    (void)state;
    leave_in_every_state(PACE_WHEN_RELEASED);
}

/* The end comes while clients are in every state: nothing is left of any of them. */
static void test_an_end_in_every_state(void **state)
{
    struct world world;
    int fds[sizeof beginnings / sizeof beginnings[0]];
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    world.pace = PACE_WHEN_RELEASED;
    for (size_t i = 0; i < sizeof fds / sizeof fds[0]; i++) {
        fds[i] = client_connect(&world);
        client_say(&world, fds[i], beginnings[i]);
    }
    world_await_asked(&world, 2);
    world_done(&world);
    for (size_t i = 0; i < sizeof fds / sizeof fds[0]; i++)
        close(fds[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_body_that_is_announced),
        cmocka_unit_test(test_a_client_that_sends_on_reads_the_refusal),
        cmocka_unit_test(test_a_length_that_is_no_number),
        cmocka_unit_test(test_a_chunked_body_over_the_limit),
        cmocka_unit_test(test_a_chunked_body_without_end),
        cmocka_unit_test(test_headers_that_do_not_fit),
        cmocka_unit_test(test_more_than_anybody_needs),
        cmocka_unit_test(test_silence),
        cmocka_unit_test(test_waiting_for_an_answer_is_no_silence),
        cmocka_unit_test(test_a_full_quota),
        cmocka_unit_test(test_clients_that_leave_while_they_are_answered),
        cmocka_unit_test(test_clients_that_leave_before_they_are_answered),
        cmocka_unit_test(test_an_end_in_every_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
