/* Places to connect to: what is a path, a number, a name, and what is nothing. */
#include "base/endpoint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define LABEL_63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void expect(const char *text, enum endpoint_kind kind, const char *host, unsigned port)
{
    struct endpoint endpoint;
    if (!endpoint_parse(slice_of(text), &endpoint)) fail_msg("refused: %s", text);
    assert_int_equal(endpoint.kind, kind);
    assert_true(slice_is(endpoint.host, host));
    assert_int_equal(endpoint.port, port);
}

static void test_paths_numbers_and_names_are_told_apart(void **state)
{
    (void)state;
    expect("unix:/run/redis.sock", ENDPOINT_PATH, "/run/redis.sock", 0);
    expect("unix:a:1", ENDPOINT_PATH, "a:1", 0);
    expect("127.0.0.1:6379", ENDPOINT_NUMBER, "127.0.0.1", 6379);
    expect("0.0.0.0:0", ENDPOINT_NUMBER, "0.0.0.0", 0);
    expect("[::1]:65535", ENDPOINT_NUMBER, "::1", 65535);
    expect("[::ffff:10.0.0.1]:1", ENDPOINT_NUMBER, "::ffff:10.0.0.1", 1);
    expect("[fe80::1%eth0]:6379", ENDPOINT_NUMBER, "fe80::1%eth0", 6379);
    expect("redis:6379", ENDPOINT_NAME, "redis", 6379);
    expect("redis-1.db_intern.example.:6379", ENDPOINT_NAME, "redis-1.db_intern.example.", 6379);
    expect("10.example:1", ENDPOINT_NAME, "10.example", 1);
    expect(LABEL_63 ":1", ENDPOINT_NAME, LABEL_63, 1);
}

static void test_what_is_neither_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",
        "unix:",
        "127.0.0.1",
        "redis",
        ":6379",
        "redis:",
        "redis:-1",
        "redis:6379x",
        "redis:65536",
        "::1:6379",
        "[::1:6379",
        "[]:6379",
        "[]",
        "[::1]",
        "[redis]:6379",
        "[10.0.0.1]:1",
        "[::1%]:1",
        "10.0.0.300:6379",
        "10.0.0:1",
        "1.2.3.4.5:1",
        "-a:1",
        "a..b:1",
        ".a:1",
        ".:1",
        "a b:1",
        "red/is:1",
        "r\xc3\xa9"
        "dis:1",
        LABEL_63 "a:1",
        LABEL_63 "." LABEL_63 "." LABEL_63 "." LABEL_63 ":1",
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct endpoint endpoint = {.port = 77};
        if (endpoint_parse(slice_of(wrong[i]), &endpoint)) fail_msg("taken: %s", wrong[i]);
        assert_int_equal(endpoint.port, 77);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths_numbers_and_names_are_told_apart),
        cmocka_unit_test(test_what_is_neither_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
