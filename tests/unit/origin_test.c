/* Where a request comes from: who is connected, unless a trusted proxy says otherwise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "desk/origin.h"

/* Who is connected, what the headers say, and what that comes to. Trusted: 10.0.0.0/8, fd00::/8. */
struct origin_case {
    const char *peer, *forwarded, *forwarded_for, *origin;
};

static const struct origin_case nobody_is_believed_unasked[] = {
    {"192.0.2.1", NULL, NULL, "192.0.2.1"},
    {"192.0.2.1", NULL, "203.0.113.9", "192.0.2.1"},
    {"192.0.2.1", "for=203.0.113.9", NULL, "192.0.2.1"},
    {"unix", NULL, "203.0.113.9", "unix"},
    {"10.0.0.1", NULL, NULL, "10.0.0.1"},
};

static const struct origin_case the_last_hop_that_is_not_trusted[] = {
    {"10.0.0.1", NULL, "203.0.113.9", "203.0.113.9"},
    {"10.0.0.1", NULL, "8.8.8.8, 203.0.113.9", "203.0.113.9"},
    {"10.0.0.1", NULL, "8.8.8.8,203.0.113.9 , 10.0.0.2", "203.0.113.9"},
    {"10.0.0.1", NULL, "10.0.0.3, 10.0.0.2", "10.0.0.3"},
    {"10.0.0.1", NULL, "203.0.113.9:4711", "203.0.113.9"},
    {"10.0.0.1", NULL, "2001:db8::7", "2001:db8::7"},
    {"10.0.0.1", NULL, "[2001:db8::7]:4711", "2001:db8::7"},
    {"fd00::1", NULL, "203.0.113.9", "203.0.113.9"},
    {"10.0.0.1", "for=203.0.113.9", NULL, "203.0.113.9"},
    {"10.0.0.1", "For=203.0.113.9;proto=https;by=10.0.0.1", NULL, "203.0.113.9"},
    {"10.0.0.1", "proto=http; for=\"[2001:db8::7]:4711\"", NULL, "2001:db8::7"},
    {"10.0.0.1", "for=8.8.8.8, for=203.0.113.9, for=10.0.0.2", NULL, "203.0.113.9"},
    {"10.0.0.1", "for=8.8.8.8;x=\"a,b;c\\\"d\", for=203.0.113.9", NULL, "203.0.113.9"},
    {"10.0.0.1", "for=203.0.113.9", "203.0.113.9", "203.0.113.9"},
};

static const struct origin_case nonsense_ends_at_who_said_it[] = {
    {"10.0.0.1", NULL, "unknown", "10.0.0.1"},
    {"10.0.0.1", NULL, "203.0.113.9, nonsense, 10.0.0.2", "10.0.0.2"},
    {"10.0.0.1", NULL, "203.0.113.9,", "203.0.113.9"},
    {"10.0.0.1", NULL, ",", "10.0.0.1"},
    {"10.0.0.1", NULL, "203.0.113.9, , 10.0.0.2", "10.0.0.2"},
    {"10.0.0.1", NULL, "203.0.113.9:port", "10.0.0.1"},
    {"10.0.0.1", NULL, "203.0.113.9:99999", "10.0.0.1"},
    {"10.0.0.1", NULL, "[2001:db8::7", "10.0.0.1"},
    {"10.0.0.1", NULL, "1.2.3.4\" origin=8.8.8.8", "10.0.0.1"},
    {"10.0.0.1", "for=_hidden", NULL, "10.0.0.1"},
    {"10.0.0.1", "by=10.0.0.1", NULL, "10.0.0.1"},
    {"10.0.0.1", "for=8.8.8.8;for=203.0.113.9", NULL, "10.0.0.1"},
    {"10.0.0.1", "for=\"203.0.113.9", NULL, "10.0.0.1"},
    {"10.0.0.1", "for=\"", NULL, "10.0.0.1"},
    {"10.0.0.1", "for=\"8.8.8.8, for=203.0.113.9", NULL, "10.0.0.1"},
    {"10.0.0.1", "for=\"\\", NULL, "10.0.0.1"},
    {"10.0.0.1", "for=8.8.8.8", "203.0.113.9", "10.0.0.1"}, /* one of the two is the client's */
};

static struct proxies trusted(void)
{
    struct proxies proxies = {.count = 2};
    assert_true(network_parse(slice_of("10.0.0.0/8"), &proxies.items[0]));
    assert_true(network_parse(slice_of("fd00::/8"), &proxies.items[1]));
    return proxies;
}

static void check(const struct proxies *proxies, const struct origin_case *one)
{
    struct arena arena;
    arena_init(&arena);
    const struct request request = {.origin = slice_of(one->peer),
                                    .forwarded = slice_of(one->forwarded),
                                    .forwarded_for = slice_of(one->forwarded_for),
                                    .arena = &arena};
    const struct slice origin = origin_find(&request, proxies);
    if (!slice_is(origin, one->origin))
        fail_msg("%s, %s, %s: %.*s", one->peer, one->forwarded ? one->forwarded : "-",
                 one->forwarded_for ? one->forwarded_for : "-", (int)origin.len, origin.ptr);
    arena_done(&arena);
}

static void check_all(const struct origin_case *cases, size_t count)
{
    const struct proxies proxies = trusted();
    for (size_t i = 0; i < count; i++)
        check(&proxies, &cases[i]);
}

#define CHECK_ALL(cases) check_all(cases, sizeof(cases) / sizeof(cases)[0])

static void test_nobody_is_believed_unasked(void **unused)
{
    (void)unused;
    CHECK_ALL(nobody_is_believed_unasked);
}

static void test_the_last_hop_that_is_not_trusted(void **unused)
{
    (void)unused;
    CHECK_ALL(the_last_hop_that_is_not_trusted);
}

static void test_nonsense_ends_at_who_said_it(void **unused)
{
    (void)unused;
    CHECK_ALL(nonsense_ends_at_who_said_it);
}

static void test_a_unix_socket_can_be_a_proxy(void **unused)
{
    const struct proxies proxies = {.local = true};
    const struct origin_case one = {"unix", NULL, "203.0.113.9", "203.0.113.9"};
    (void)unused;
    check(&proxies, &one);
}

/* A client of IPv6 has at least 64 bits to choose its address from. */
static void test_a_client_is_a_v4_address_or_a_v6_network(void **unused)
{
    static const struct {
        const char *origin, *client;
    } cases[] = {
        {"192.0.2.1", "192.0.2.1"},
        {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"},
        {"::ffff:192.0.2.1", "192.0.2.1"},
        {"unix", "::"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct address expected;
        const struct address client = origin_client(slice_of(cases[i].origin));
        assert_true(address_parse(slice_of(cases[i].client), &expected));
        assert_true(address_equal(&client, &expected));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nobody_is_believed_unasked),
        cmocka_unit_test(test_the_last_hop_that_is_not_trusted),
        cmocka_unit_test(test_nonsense_ends_at_who_said_it),
        cmocka_unit_test(test_a_unix_socket_can_be_a_proxy),
        cmocka_unit_test(test_a_client_is_a_v4_address_or_a_v6_network),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
