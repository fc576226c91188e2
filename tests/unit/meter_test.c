/*
 * The meter counts what it is told, once, and /metrics says it in both formats: buckets include
 * those before them, a fact that is not known is no sample, and the page is left open for others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "desk/meter_render.h"
#include "unit/golden.h"

static void test_equal_answers_are_one_line(void **unused)
{
    (void)unused;
    const char same_text[] = "/v1/monitors";
    struct meter meter;
    meter_init(&meter);
    meter_count(&meter, "/v1/monitors", METHOD_GET, 200);
    meter_count(&meter, same_text, METHOD_GET, 200);
    meter_count(&meter, "/v1/monitors", METHOD_GET, 304);
    meter_count(&meter, "/v1/monitors", METHOD_HEAD, 200);
    meter_count(&meter, "/v1/regios", METHOD_GET, 200);
    assert_int_equal(meter.traffic_count, 4);
    assert_int_equal(meter.traffic[0].count, 2);
    assert_int_equal(meter.traffic[1].count, 1);
    meter_done(&meter);
    assert_int_equal(meter.traffic_count, 0);
}

static void test_a_request_without_a_route_is_counted(void **unused)
{
    (void)unused;
    struct meter meter;
    meter_init(&meter);
    meter_count(&meter, NULL, METHOD_OTHER, 405);
    meter_count(&meter, NULL, METHOD_OTHER, 405);
    assert_int_equal(meter.traffic_count, 1);
    assert_int_equal(meter.traffic[0].count, 2);
    meter_done(&meter);
}

static void test_a_bound_belongs_to_its_bucket(void **unused)
{
    (void)unused;
    for (size_t bucket = 0; bucket + 1 < METER_BUCKETS; bucket++) {
        struct durations durations = {0};
        meter_observe(&durations, meter_bucket_bound(bucket));
        meter_observe(&durations, meter_bucket_bound(bucket) + 1);
        assert_int_equal(durations.buckets[bucket], 1);
        assert_int_equal(durations.buckets[bucket + 1], 1);
        assert_int_equal(durations.count, 2);
        assert_int_equal(durations.sum_us, 2 * meter_bucket_bound(bucket) + 1);
        assert_true(meter_bucket_bound(bucket) < meter_bucket_bound(bucket + 1));
    }
    struct durations durations = {0};
    meter_observe(&durations, UINT64_MAX);
    assert_int_equal(durations.buckets[METER_BUCKETS - 1], 1);
}

/** A daemon that has seen some of everything. */
static void fill(struct meter *meter)
{
    meter_init(meter);
    meter_count(meter, "/v1/monitors/{monitor}/reeksen", METHOD_GET, 200);
    meter_count(meter, "/v1/monitors/{monitor}/reeksen", METHOD_GET, 200);
    meter_count(meter, "/v1/monitors/{monitor}/reeksen", METHOD_OTHER, 405);
    meter_observe(&meter->http, 80);
    meter_observe(&meter->http, 90);
    meter_observe(&meter->http, 3100000);
    meter_observe(&meter->commit, 1500);
    meter->redis_up = true;
    meter->log_regressions = 1;
    meter->commits_unknown = 2;
    meter->limit_connections = 3;
    meter->limit_headers = 4;
    meter->limit_token = 5;
    meter->limit_address = 6;
    meter->limit_wrong_token = 7;
    meter->process_start_seconds = 1732262400.25;
    meter->process =
        (struct process_facts){.resident_bytes = 12345344, .cpu_us = 1250000, .open_fds = 17};
}

static void check_page(enum exposition_format format, const char *golden)
{
    const struct log_facts logs[] = {
        {.monitor = SLICE_LITERAL("gi"),
         .entries = 66,
         .chain_breaks = 2,
         .last = {.ms = 1732262400123}},
        {.monitor = SLICE_LITERAL("zij-instroom"), .entries = 0},
    };
    struct meter meter;
    struct text text = {0};
    fill(&meter);
    const struct daemon_facts facts = {
        .version = "0.1.0", .meter = &meter, .logs = logs, .log_count = 2};
    meter_render(&text, &facts, format);
    golden_check(golden, text_slice(&text));
    text_done(&text);
    meter_done(&meter);
}

static void test_the_page_in_prometheus_text(void **unused)
{
    (void)unused;
    check_page(EXPOSITION_PROMETHEUS, "render/meter.prom");
}

static void test_the_page_in_openmetrics(void **unused)
{
    (void)unused;
    check_page(EXPOSITION_OPENMETRICS, "render/meter.om");
}

static void test_what_is_not_known_is_no_sample(void **unused)
{
    (void)unused;
    struct meter meter;
    struct text text = {0};
    meter_init(&meter);
    const struct daemon_facts facts = {.version = "0.1.0", .meter = &meter};
    meter_render(&text, &facts, EXPOSITION_OPENMETRICS);
    text_putc(&text, '\0');
    assert_null(strstr(text.ptr, "process_"));
    assert_null(strstr(text.ptr, "gimon_log_entries"));
    assert_null(strstr(text.ptr, "gimon_log_chain_breaks"));
    assert_null(strstr(text.ptr, "gimon_http_requests"));
    assert_null(strstr(text.ptr, "# EOF"));
    assert_non_null(strstr(text.ptr, "\ngimon_redis_up 0\n"));
    assert_non_null(strstr(text.ptr, "\ngimon_config_last_reload_successful 1\n"));
    text_done(&text);
    meter_done(&meter);
}

static void test_only_openmetrics_has_an_end(void **unused)
{
    (void)unused;
    struct text text = {0};
    exposition_end(&text, EXPOSITION_PROMETHEUS);
    assert_int_equal(text.len, 0);
    exposition_end(&text, EXPOSITION_OPENMETRICS);
    assert_true(slice_is(text_slice(&text), "# EOF\n"));
    text_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_answers_are_one_line),
        cmocka_unit_test(test_a_request_without_a_route_is_counted),
        cmocka_unit_test(test_a_bound_belongs_to_its_bucket),
        cmocka_unit_test(test_the_page_in_prometheus_text),
        cmocka_unit_test(test_the_page_in_openmetrics),
        cmocka_unit_test(test_what_is_not_known_is_no_sample),
        cmocka_unit_test(test_only_openmetrics_has_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
