/*
 * gimon.yaml: what is left out has its default, what is written is taken, and nothing is taken of a
 * file with a fault. (What is said about wrong files is held by definitions_golden_test.)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/memory.h"
#include "codec/config_yaml.h"

struct fixture {
    struct arena arena;
    struct faults faults;
    struct config config;
};

static int setup(void **state)
{
    struct fixture *fixture = memory_new(sizeof *fixture);
    arena_init(&fixture->arena);
    faults_init(&fixture->faults, &fixture->arena);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    arena_done(&fixture->arena);
    memory_free(fixture);
    return 0;
}

static bool read(struct fixture *fixture, const char *text)
{
    struct source_file file = {.name = slice_of("gimon.yaml"), .text = slice_of(text)};
    return config_yaml_read(&file, &fixture->arena, &fixture->faults, &fixture->config);
}

static void test_what_is_left_out_has_its_default(void **state)
{
    struct fixture *fixture = *state;
    const struct config *config = &fixture->config;
    assert_true(read(fixture, "redis: {lokaal: ./data}\ndefinities: ./conf\ntoegang: ./t.yaml\n"));
    assert_true(slice_is(config->listen, "127.0.0.1:8080"));
    assert_true(slice_is(config->redis.local, "./data"));
    assert_int_equal(config->redis.address.len, 0);
    assert_true(slice_is(config->definitions, "./conf"));
    assert_true(slice_is(config->access, "./t.yaml"));
    assert_int_equal(config->open, OPEN_NOTHING);
    assert_int_equal(config->connections, 1000);
    assert_int_equal(config->in_flight, 256);
    assert_int_equal(config->idle_seconds, 30);
    assert_int_equal(config->body_bytes, 1048576);
    assert_int_equal(config->history, 12);
    assert_int_equal(config->limits.per_token.requests, 0);
    assert_int_equal(config->limits.per_address.requests, 0);
    assert_int_equal(config->limits.wrong_tokens.requests, 30);
    assert_int_equal(config->limits.wrong_tokens.seconds, 60);
    assert_int_equal(config->limits.hold_most_seconds, 300);
    assert_int_equal(config->proxies.count, 0);
    assert_false(config->proxies.local);
}

static void test_what_is_written_is_taken(void **state)
{
    struct fixture *fixture = *state;
    const struct config *config = &fixture->config;
    assert_true(read(fixture,
                     "luister: unix:/run/g.sock\n"
                     "redis: {adres: \"[2001:db8::7]:6379\", gebruiker: g, "
                     "wachtwoordBestand: w}\n"
                     "definities: /d\ntoegang: /t\nopenbaar: landelijk\n"
                     "limieten: {verbindingen: 10, onderweg: 1, stilteSeconden: 3600, "
                     "bodyBytes: 1024, historie: 0}\n"));
    assert_true(slice_is(config->listen, "unix:/run/g.sock"));
    assert_int_equal(config->redis.local.len, 0);
    assert_true(slice_is(config->redis.address, "[2001:db8::7]:6379"));
    assert_true(slice_is(config->redis.user, "g"));
    assert_true(slice_is(config->redis.password_file, "w"));
    assert_int_equal(config->open, OPEN_NATIONAL);
    assert_int_equal(config->connections, 10);
    assert_int_equal(config->in_flight, 1);
    assert_int_equal(config->idle_seconds, 3600);
    assert_int_equal(config->body_bytes, 1024);
    assert_int_equal(config->history, 0);
}

static void test_sentinels_are_taken(void **state)
{
    struct fixture *fixture = *state;
    const struct redis_config *redis = &fixture->config.redis;
    assert_true(read(fixture,
                     "redis: {sentinels: [\"10.0.0.1:26379\", \"sentinel.example:26379\"], "
                     "meester: gimon, gebruiker: g, wachtwoordBestand: w, sentinelGebruiker: s, "
                     "sentinelWachtwoordBestand: v}\n"
                     "definities: d\ntoegang: t\n"));
    assert_int_equal(redis->local.len, 0);
    assert_int_equal(redis->address.len, 0);
    assert_int_equal(redis->sentinel_count, 2);
    assert_true(slice_is(redis->sentinels[0], "10.0.0.1:26379"));
    assert_true(slice_is(redis->sentinels[1], "sentinel.example:26379"));
    assert_true(slice_is(redis->master, "gimon"));
    assert_true(slice_is(redis->user, "g"));
    assert_true(slice_is(redis->password_file, "w"));
    assert_true(slice_is(redis->sentinel_user, "s"));
    assert_true(slice_is(redis->sentinel_password_file, "v"));
}

static void test_a_redis_may_have_a_name(void **state)
{
    struct fixture *fixture = *state;
    assert_true(
        read(fixture, "redis: {adres: \"redis.example:6379\"}\ndefinities: d\ntoegang: t\n"));
    assert_true(slice_is(fixture->config.redis.address, "redis.example:6379"));
    assert_int_equal(fixture->config.redis.sentinel_count, 0);
}

static void test_rates_and_proxies_are_taken(void **state)
{
    struct fixture *fixture = *state;
    const struct limits *limits = &fixture->config.limits;
    const struct proxies *proxies = &fixture->config.proxies;
    struct address near;
    assert_true(read(fixture,
                     "redis: {lokaal: d}\ndefinities: d\ntoegang: t\n"
                     "vertrouwdeProxys: [unix, 10.0.0.0/8, \"2001:db8::1\"]\n"
                     "limieten:\n"
                     "  perToken: {verzoeken: 600, perSeconden: 60}\n"
                     "  perAdres: {verzoeken: 1, perSeconden: 86400}\n"
                     "  fouteTokens: {pogingen: 0}\n"));
    assert_int_equal(limits->per_token.requests, 600);
    assert_int_equal(limits->per_token.seconds, 60);
    assert_int_equal(limits->per_address.requests, 1);
    assert_int_equal(limits->per_address.seconds, 86400);
    assert_int_equal(limits->wrong_tokens.requests, 0);
    assert_int_equal(limits->hold_most_seconds, 300);
    assert_true(proxies->local);
    assert_int_equal(proxies->count, 2);
    assert_true(address_parse(slice_of("10.1.2.3"), &near));
    assert_true(network_holds(&proxies->items[0], &near));
}

static bool listens(struct fixture *fixture, const char *address)
{
    struct slice text = arena_print(&fixture->arena,
                                    "luister: \"%s\"\nredis: {lokaal: d}\ndefinities: d\n"
                                    "toegang: t\n",
                                    address);
    return read(fixture, text.ptr);
}

static void test_addresses_have_a_host_and_a_port(void **state)
{
    static const char *const good[] = {"127.0.0.1:0", "[::1]:65535", "localhost:80", "unix:a"};
    static const char *const wrong[] = {"127.0.0.1", ":80",       "a:",    "a:65536", "a:-1",
                                        "::1:80",    "[::1:8080", "unix:", "[]:80",   "a:8o"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(listens(*state, good[i]));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(listens(*state, wrong[i]));
}

static void test_a_fault_leaves_the_configuration_alone(void **state)
{
    struct fixture *fixture = *state;
    fixture->config.history = 77;
    assert_false(read(fixture,
                      "redis: {lokaal: d}\ndefinities: d\ntoegang: t\n"
                      "limieten: {historie: veel}\n"));
    assert_int_equal(fixture->faults.count, 1);
    assert_int_equal(fixture->config.history, 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_is_left_out_has_its_default, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_written_is_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sentinels_are_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_redis_may_have_a_name, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rates_and_proxies_are_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(test_addresses_have_a_host_and_a_port, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_fault_leaves_the_configuration_alone, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
