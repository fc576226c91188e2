/* Addresses and networks are read strictly: what is nearly one is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/address.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static bool reads(const char *text, struct address *ret_address)
{
    return address_parse(slice_of(text), ret_address);
}

static void test_every_spelling_is_the_same_address(void **unused)
{
    static const char *const same[][2] = {
        {"192.0.2.1", "::ffff:192.0.2.1"},
        {"192.0.2.1", "::ffff:c000:201"},
        {"::", "0:0:0:0:0:0:0:0"},
        {"::1", "0:0:0:0:0:0:0:1"},
        {"2001:db8::", "2001:0db8:0:0:0:0:0:0"},
        {"2001:DB8::a:b", "2001:db8:0:0:0:0:a:b"},
        {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
        {"64:ff9b::192.0.2.33", "64:ff9b:0:0:0:0:c000:221"},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(same); i++) {
        struct address a, b;
        assert_true(reads(same[i][0], &a));
        assert_true(reads(same[i][1], &b));
        assert_true(address_equal(&a, &b));
    }
}

static void test_what_is_nearly_an_address_is_none(void **unused)
{
    static const char *const wrong[] = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.",
        ".1.2.3",
        "1.2.3.256",
        "1.2.3.04",
        "1.2.3.4 ",
        " 1.2.3.4",
        "1.2.3.4:80",
        "1.2.3.-4",
        "0x1.2.3.4",
        "1..3.4",
        ":",
        ":::",
        "1:2",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1::2::3",
        "12345::",
        "::g",
        ":1::",
        "1:",
        "1::2:",
        "[::1]",
        "fe80::1%eth0",
        "::1.2.3",
        "1.2.3.4::",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3.4:5",
        "localhost",
        "unknown",
    };
    struct address address;
    (void)unused;
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (reads(wrong[i], &address)) fail_msg("\"%s\" was read", wrong[i]);
}

static void test_a_network_holds_its_own(void **unused)
{
    static const struct {
        const char *network, *address;
        bool held;
    } cases[] = {
        {"10.0.0.0/8", "10.255.0.1", true},
        {"10.0.0.0/8", "11.0.0.0", false},
        {"192.0.2.128/25", "192.0.2.129", true},
        {"192.0.2.128/25", "192.0.2.127", false},
        {"192.0.2.7", "192.0.2.7", true},
        {"192.0.2.7", "192.0.2.6", false},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"2001:db8::/33", "2001:db8:7fff::", true},
        {"2001:db8::/33", "2001:db8:8000::", false},
        {"::/0", "2001:db8::1", true},
        {"10.0.0.0/8", "::ffff:10.1.1.1", true},
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct network network;
        struct address address;
        assert_true(network_parse(slice_of(cases[i].network), &network));
        assert_true(reads(cases[i].address, &address));
        assert_int_equal(network_holds(&network, &address), cases[i].held);
    }
}

static void test_a_network_has_nothing_behind_its_prefix(void **unused)
{
    static const char *const wrong[] = {"10.0.0.1/8",  "10.0.0.0/33", "10.0.0.0/",
                                        "10.0.0.0/08", "10.0.0.0/-1", "2001:db8::1/64",
                                        "::/129",      "/8",          "10/8"};
    struct network network;
    (void)unused;
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (network_parse(slice_of(wrong[i]), &network)) fail_msg("\"%s\" was read", wrong[i]);
}

static void test_a_port_has_sixteen_bits(void **unused)
{
    static const char *const wrong[] = {"", "65536", "99999999999999999999", "-1", "80 ", "0x50"};
    uint16_t port = 7;
    (void)unused;
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (port_parse(slice_of(wrong[i]), &port)) fail_msg("\"%s\" was read", wrong[i]);
    assert_int_equal(port, 7);
    assert_true(port_parse(slice_of("0"), &port));
    assert_int_equal(port, 0);
    assert_true(port_parse(slice_of("65535"), &port));
    assert_int_equal(port, UINT16_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_spelling_is_the_same_address),
        cmocka_unit_test(test_what_is_nearly_an_address_is_none),
        cmocka_unit_test(test_a_network_holds_its_own),
        cmocka_unit_test(test_a_network_has_nothing_behind_its_prefix),
        cmocka_unit_test(test_a_port_has_sixteen_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
