/* The server as clients see it: however a request is cut into pieces or strung together, the owner
 * gets it whole and its answer comes back, at once or later, in order, on a connection that stays.
 */
#include "edge/server_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define ANYWHERE "127.0.0.1:0"
#define END      " HTTP/1.1\r\nHost: test\r\n\r\n"

enum { IDLE = 30 };

/* Every byte arrives alone, headers and body alike. */
static void test_a_request_in_single_bytes(void **state)
{
    static const char request[] =
        "PUT /v1/a%20b?x=%C3%A9+1 HTTP/1.1\r\nHost: test\r\n"
        "Content-Length: 5\r\n\r\nhallo";
    struct world world;
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    world.pace = PACE_LATER;
    int fd = client_connect(&world);
    for (size_t i = 0; i + 1 < sizeof request; i++) {
        assert_true(client_send(&world, fd, &request[i], 1));
        world_turn(&world);
    }
    const struct answer answer = client_read(&world, fd);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body, "2 /v1/a b 5\nx=é 1\n");
    close(fd);
    world_done(&world);
}

/* Many requests in one packet are answered one by one, in order, also when each has to wait. */
static void test_pipelined_requests(void **state)
{
    enum { COUNT = 20 };
    struct world world;
    char requests[COUNT * 64] = "";
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    world.pace = PACE_LATER;
    for (int i = 0; i < COUNT; i++)
        sprintf(requests + strlen(requests), "GET /nr/%d" END, i);
    int fd = client_connect(&world);
    client_say(&world, fd, requests);
    for (int i = 0; i < COUNT; i++) {
        char expected[32];
        sprintf(expected, "0 /nr/%d 0\n", i);
        const struct answer answer = client_read(&world, fd);
        assert_int_equal(answer.status, 200);
        assert_string_equal(answer.body, expected);
    }
    assert_int_equal(world.asked, COUNT);
    close(fd);
    world_done(&world);
}

/* A connection serves one request after the other, answered at once or later. */
static void test_a_connection_is_used_again(void **state)
{
    struct world world;
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    int fd = client_connect(&world);
    for (int i = 0; i < 50; i++) {
        world.pace = i % 2 == 0 ? PACE_AT_ONCE : PACE_LATER;
        assert_true(
            client_say(&world, fd, "PUT /x HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc"));
        const struct answer answer = client_read(&world, fd);
        assert_string_equal(answer.body, "2 /x 3\n");
        assert_false(answer.closes);
    }
    close(fd);
    world_done(&world);
}

/* A chunked body arrives whole. */
static void test_a_chunked_body(void **state)
{
    struct world world;
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    const struct answer answer =
        ask(&world,
            "PUT /x HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
    assert_string_equal(answer.body, "2 /x 7\n");
    world_done(&world);
}

/* HEAD says what GET would, and sends none of it. */
static void test_head(void **state)
{
    struct world world;
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    int fd = client_connect(&world);
    client_say(&world, fd, "HEAD /abc" END "GET /next" END);
    const struct answer head = client_read_head(&world, fd);
    assert_int_equal(head.status, 200);
    assert_int_equal(head.length, strlen("1 /abc 0\n"));
    /* The next byte is the next answer's. */
    assert_string_equal(client_read(&world, fd).body, "0 /next 0\n");
    close(fd);
    world_done(&world);
}

/* A path that is encoded wrongly, or hides a slash, a control or bytes that are no text, matches
 * nothing; a pair of the query that does so has a key that nobody knows. */
static void test_bad_percent_encoding(void **state)
{
    static const char *const paths[] = {"/%zz", "/%2",  "/%",   "/a%2fb",    "/a%00b",
                                        "/%0a", "/%ff", "/%c3", "/%ed%a0%80"};
    struct world world;
    char request[128];
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        sprintf(request, "GET %s" END, paths[i]);
        assert_int_equal(ask(&world, request).status, 404);
    }
    const struct answer answer = ask(&world, "GET /x?goed=%31&fout=%zz&=%ff" END);
    assert_string_equal(answer.body, "0 /x 0\ngoed=1\n\xef\xbf\xbd=\n\xef\xbf\xbd=\n");
    world_done(&world);
}

/* More pairs than anyone asks for are not dropped in silence: one is there that nobody knows. */
static void test_too_many_pairs(void **state)
{
    struct world world;
    char request[1024] = "GET /x?";
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    for (int i = 0; i < 65; i++)
        strcat(request, "a=1&");
    strcat(request, END);
    assert_non_null(strstr(ask(&world, request).body, "\xef\xbf\xbd="));
    world_done(&world);
}

/* Stopping: nobody new comes in, who is inside is answered and then shown out. */
static void test_quiescing(void **state)
{
    struct world world;
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    world.pace = PACE_WHEN_RELEASED;
    int inside = client_connect(&world);
    client_say(&world, inside, "GET /x" END);
    world_await_asked(&world, 1);
    server_quiesce(world.server);
    assert_int_equal(client_connect(&world), -1);
    assert_int_equal(server_busy(world.server), 1);
    world_release(&world);
    const struct answer answer = client_read(&world, inside);
    assert_int_equal(answer.status, 200);
    assert_true(answer.closes);
    assert_true(client_is_hung_up_on(&world, inside));
    assert_int_equal(server_busy(world.server), 0);
    close(inside);
    world_done(&world);
}

/* A Unix socket is as good; what a dead server left there is taken over, what lives is not. */
static void test_a_unix_socket(void **state)
{
    struct world world, second;
    char folder[] = "/tmp/gimon-server-XXXXXX", address[64], fault[256] = "";
    (void)state;
    assert_non_null(mkdtemp(folder));
    sprintf(address, "unix:%s/s", folder);
    world_open(&world, address, IDLE);
    assert_string_equal(server_address(world.server), address);
    assert_string_equal(ask(&world, "GET /x" END).body, "0 /x 0\n");

    const struct server_options options = {.listen = slice_of(address), .connections = QUOTA};
    assert_null(server_open(&world.loop, &options, NULL, NULL, fault));
    assert_non_null(strstr(fault, "in use"));

    /* The path outlives its server as after a crash: moved out of the way of the clean end. */
    char kept[80];
    sprintf(kept, "%s.kept", address + 5);
    assert_int_equal(rename(address + 5, kept), 0);
    world_done(&world);
    assert_int_equal(rename(kept, address + 5), 0);
    world_open(&second, address, IDLE);
    assert_string_equal(ask(&second, "GET /x" END).body, "0 /x 0\n");
    world_done(&second);
    assert_int_equal(rmdir(folder), 0); /* and nothing is left in it */
}

/* A taken port is one sentence that says what to do. */
static void test_a_taken_port(void **state)
{
    struct world world;
    char fault[256] = "";
    (void)state;
    world_open(&world, ANYWHERE, IDLE);
    const char *address = server_address(world.server) + strlen("http://");
    const struct server_options options = {.listen = slice_of(address), .connections = QUOTA};
    assert_null(server_open(&world.loop, &options, NULL, NULL, fault));
    assert_int_equal(strncmp(fault, address, strlen(address)), 0);
    assert_non_null(strstr(fault, "in use by another program; choose another"));
    world_done(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_request_in_single_bytes),
        cmocka_unit_test(test_pipelined_requests),
        cmocka_unit_test(test_a_connection_is_used_again),
        cmocka_unit_test(test_a_chunked_body),
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_bad_percent_encoding),
        cmocka_unit_test(test_too_many_pairs),
        cmocka_unit_test(test_quiescing),
        cmocka_unit_test(test_a_unix_socket),
        cmocka_unit_test(test_a_taken_port),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
