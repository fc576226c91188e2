/*
 * JSON comes out well-formed whatever is nested in what, strings are escaped as RFC 8785 says, and
 * numbers are exact.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "codec/json_writer.h"

static void assert_text(struct text *text, const char *expected)
{
    text_putc(text, '\0');
    assert_string_equal(text->ptr, expected);
    text_done(text);
}

static void test_commas_stand_between_values_only(void **unused)
{
    (void)unused;
    struct text text = {0};
    struct json json;
    json_init(&json, &text);
    json_open_object(&json, NULL);
    json_open_array(&json, "leeg");
    json_close_array(&json);
    json_open_array(&json, "lijst");
    json_int(&json, NULL, 1);
    json_open_object(&json, NULL);
    json_close_object(&json);
    json_open_array(&json, NULL);
    json_null(&json, NULL);
    json_bool(&json, NULL, true);
    json_close_array(&json);
    json_close_array(&json);
    json_bool(&json, "laatste", false);
    json_close_object(&json);
    assert_text(&text, "{\"leeg\":[],\"lijst\":[1,{},[null,true]],\"laatste\":false}");
}

static void test_keys_that_are_no_literals_are_escaped(void **unused)
{
    (void)unused;
    struct text text = {0};
    struct json json;
    json_init(&json, &text);
    json_open_object(&json, NULL);
    json_key(&json, slice_of("a\"b"));
    json_int(&json, NULL, -9223372036854775807 - 1);
    json_key(&json, slice_of("c"));
    json_open_object(&json, NULL);
    json_key(&json, slice_of("d"));
    json_raw(&json, NULL, slice_of("[1.50]"));
    json_close_object(&json);
    json_raw(&json, "e", slice_of("{}"));
    json_close_object(&json);
    assert_text(&text, "{\"a\\\"b\":-9223372036854775808,\"c\":{\"d\":[1.50]},\"e\":{}}");
}

static void test_strings_are_escaped_as_rfc_8785_says(void **unused)
{
    (void)unused;
    static const struct {
        struct slice value;
        const char *expected;
    } CASES[] = {
        {{NULL, 0}, "\"\""},
        {SLICE_LITERAL("gewoon"), "\"gewoon\""},
        {SLICE_LITERAL("\""), "\"\\\"\""},
        {SLICE_LITERAL("a\\b/c"), "\"a\\\\b/c\""},
        {SLICE_LITERAL("\b\t\n\f\r"), "\"\\b\\t\\n\\f\\r\""},
        {SLICE_LITERAL("\0x\x01\x1f\x7f"), "\"\\u0000x\\u0001\\u001f\x7f\""},
        {SLICE_LITERAL("cliënten €\n"), "\"cliënten €\\n\""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct text text = {0};
        struct json json;
        json_init(&json, &text);
        json_text(&json, NULL, CASES[i].value);
        assert_text(&text, CASES[i].expected);
    }
}

static void test_numbers_are_exact_and_short(void **unused)
{
    (void)unused;
    struct text text = {0};
    struct json json;
    json_init(&json, &text);
    json_open_array(&json, NULL);
    json_decimal(&json, NULL, (struct decimal){.units = 126, .decimals = 1});
    json_decimal(&json, NULL, (struct decimal){.units = 70, .decimals = 1});
    json_decimal(&json, NULL, (struct decimal){.units = -5, .decimals = 2});
    json_decimal(&json, NULL, decimal_of(31416));
    json_close_array(&json);
    assert_text(&text, "[12.6,7,-0.05,31416]");
}

static void test_days_moments_and_texts_that_may_be_absent(void **unused)
{
    (void)unused;
    struct text text = {0};
    struct json json;
    struct date date;
    assert_true(date_parse(slice_of("2024-10-01"), &date));
    json_init(&json, &text);
    json_open_object(&json, NULL);
    json_text_if(&json, "leeg", slice_of(""));
    json_date(&json, "peildatum", date);
    json_moment(&json, "op", (struct moment){.ms = 1732262400123});
    json_text_if(&json, "door", slice_of("JB Noord"));
    json_puts(&json, "uitkomst", "nieuw");
    json_text(&json, "toelichting", slice_of(""));
    json_close_object(&json);
    assert_text(&text,
                "{\"peildatum\":\"2024-10-01\",\"op\":\"2024-11-22T08:00:00.123Z\","
                "\"door\":\"JB Noord\",\"uitkomst\":\"nieuw\",\"toelichting\":\"\"}");
}

static void test_what_stood_in_the_text_stays(void **unused)
{
    (void)unused;
    struct text text = {0};
    struct json json;
    text_puts(&text, "data: ");
    json_init(&json, &text);
    json_puts(&json, NULL, "x");
    assert_text(&text, "data: \"x\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commas_stand_between_values_only),
        cmocka_unit_test(test_keys_that_are_no_literals_are_escaped),
        cmocka_unit_test(test_strings_are_escaped_as_rfc_8785_says),
        cmocka_unit_test(test_numbers_are_exact_and_short),
        cmocka_unit_test(test_days_moments_and_texts_that_may_be_absent),
        cmocka_unit_test(test_what_stood_in_the_text_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
