#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk/etag.h"
#include "desk/negotiate.h"

/*
 * What Accept, Content-Type, If-Match and If-None-Match say, read as RFC 9110 means them.
 * Everything here is a function of one header.
 */

enum {
    TABLE = FORMAT_BIT(FORMAT_JSON) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_MARKDOWN),
    METRICS = FORMAT_BIT(FORMAT_PROMETHEUS) | FORMAT_BIT(FORMAT_OPENMETRICS),
};

/* The format chosen; FORMAT_COUNT: none. */
static enum format chosen(const char *accept, unsigned formats)
{
    enum format format = FORMAT_COUNT;
    if (!negotiate_accept(slice_of(accept), formats, &format)) return FORMAT_COUNT;
    return format;
}

/* Who asks for nothing in particular gets the first form. */
static void test_anything_is_json(void **state)
{
    (void)state;
    assert_int_equal(chosen("", TABLE), FORMAT_JSON);
    assert_int_equal(chosen("*/*", TABLE), FORMAT_JSON);
    assert_int_equal(chosen("application/*", TABLE), FORMAT_JSON);
    assert_int_equal(chosen("text/html,application/xhtml+xml,*/*;q=0.8", TABLE), FORMAT_JSON);
}

/* A named form is given, whatever its case and parameters. */
static void test_a_named_form_is_given(void **state)
{
    (void)state;
    assert_int_equal(chosen("text/csv", TABLE), FORMAT_CSV);
    assert_int_equal(chosen("Text/CSV; charset=utf-8", TABLE), FORMAT_CSV);
    assert_int_equal(chosen("text/*", TABLE), FORMAT_CSV);
    assert_int_equal(chosen("image/png, text/markdown", TABLE), FORMAT_MARKDOWN);
}

/* The highest weight wins; the most specific range tells the weight; 0 means not at all. */
static void test_weights_decide(void **state)
{
    (void)state;
    assert_int_equal(chosen("application/json;q=0.5, text/csv", TABLE), FORMAT_CSV);
    assert_int_equal(chosen("text/csv;q=0.2, text/markdown;q=0.25", TABLE), FORMAT_MARKDOWN);
    assert_int_equal(chosen("*/*, application/json;q=0", TABLE), FORMAT_CSV);
    assert_int_equal(chosen("text/*;q=0.1, text/csv;q=0.9, */*;q=0.3", TABLE), FORMAT_CSV);
    assert_int_equal(chosen("text/csv;q=1.000, application/json;q=0.999", TABLE), FORMAT_CSV);
    assert_int_equal(chosen("application/json;q=x, text/csv;q=0.9", TABLE), FORMAT_JSON);
}

/* What is not served is refused, and so is everything at weight 0. */
static void test_nothing_fits(void **state)
{
    (void)state;
    assert_int_equal(chosen("image/png", TABLE), FORMAT_COUNT);
    assert_int_equal(chosen("*/*;q=0", TABLE), FORMAT_COUNT);
    assert_int_equal(chosen("application", TABLE), FORMAT_COUNT);
    assert_int_equal(chosen(",;=", TABLE), FORMAT_COUNT);
    assert_int_equal(chosen("text/csv", FORMAT_BIT(FORMAT_JSON)), FORMAT_COUNT);
}

/* What Prometheus 2.42 and 3 really send: the version of a media type decides too. */
static void test_prometheus_gets_its_form(void **state)
{
    (void)state;
    assert_int_equal(chosen("application/openmetrics-text;version=1.0.0;q=0.5,"
                            "application/openmetrics-text;version=0.0.1;q=0.4,"
                            "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                            METRICS),
                     FORMAT_OPENMETRICS);
    assert_int_equal(chosen("text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                            "text/plain;version=0.0.4;q=0.3",
                            METRICS),
                     FORMAT_PROMETHEUS);
    assert_int_equal(chosen("application/openmetrics-text;version=9.0.0", METRICS), FORMAT_COUNT);
    assert_int_equal(chosen("*/*", METRICS), FORMAT_PROMETHEUS);
}

/* Words of `formaat=` are those of the route and no others. */
static void test_words_of_the_query(void **state)
{
    (void)state;
    enum format format;
    assert_true(format_parse(slice_of("md"), TABLE, &format));
    assert_int_equal(format, FORMAT_MARKDOWN);
    assert_false(format_parse(slice_of("md"), FORMAT_BIT(FORMAT_JSON), &format));
    assert_false(format_parse(slice_of("JSON"), TABLE, &format));
    assert_false(format_parse(slice_of(""), TABLE | METRICS, &format));
}

static void test_content_type(void **state)
{
    (void)state;
    assert_true(negotiate_is(slice_of("application/json"), "application/json"));
    assert_true(negotiate_is(slice_of("Application/JSON ; charset=utf-8"), "application/json"));
    assert_false(negotiate_is(slice_of("application/jsonx"), "application/json"));
    assert_false(negotiate_is(slice_of(""), "application/json"));
}

/* ---- entity-tags ---- */

static bool parses(const char *value, struct arena *arena, struct etags *ret_etags)
{
    return etags_parse(slice_of(value), arena, ret_etags);
}

static void test_entity_tags_are_read(void **state)
{
    (void)state;
    struct arena arena;
    struct etags etags;
    arena_init(&arena);
    assert_true(parses(" * ", &arena, &etags));
    assert_true(etags.any);
    assert_true(parses("\"1\" , W/\"2\",\"a,b\"", &arena, &etags));
    assert_int_equal(etags.count, 3);
    assert_true(etags_match_strong(&etags, slice_of("\"1\"")));
    assert_false(etags_match_strong(&etags, slice_of("\"2\"")));
    assert_true(etags_match_weak(&etags, slice_of("\"2\"")));
    assert_true(etags_match_strong(&etags, slice_of("\"a,b\"")));
    assert_false(etags_match_weak(&etags, slice_of("\"3\"")));
    arena_done(&arena);
}

/* A precondition that cannot be read must not be taken for none. */
static void test_malformed_entity_tags_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"3",        "\"3",     "\"1\" \"2\"", "\"1\",", ",\"1\"",
                                        "*, \"1\"", "w/\"1\"", "\"a b\"",     "W/",     "\"1\"x"};
    struct arena arena;
    struct etags etags;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (parses(wrong[i], &arena, &etags)) fail_msg("read: %s", wrong[i]);
    }
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_anything_is_json),
        cmocka_unit_test(test_a_named_form_is_given),
        cmocka_unit_test(test_weights_decide),
        cmocka_unit_test(test_nothing_fits),
        cmocka_unit_test(test_prometheus_gets_its_form),
        cmocka_unit_test(test_words_of_the_query),
        cmocka_unit_test(test_content_type),
        cmocka_unit_test(test_entity_tags_are_read),
        cmocka_unit_test(test_malformed_entity_tags_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
