/* The audit line: its facts in their order, and nothing in a name that could be taken for one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "desk/audit.h"

static void assert_line(const struct audit *audit, const char *expected)
{
    struct text text = {0};
    audit_put(&text, audit);
    text_putc(&text, '\0');
    assert_string_equal(text.ptr, expected);
    text_done(&text);
}

static void test_every_fact_has_its_key(void **unused)
{
    (void)unused;
    assert_line(
        &(struct audit){
            .time = {.ms = 1732262400123},
            .action = "PUT",
            .object = slice_of("/v1/monitors/gi"),
            .result = AUDIT_ACCEPTED,
            .status = 201,
            .event = slice_of("aanlevering"),
            .record = slice_of("1732262400123-0"),
            .origin = slice_of("192.0.2.1"),
            .role = "gi",
            .actor = slice_of("JB Noord productie"),
        },
        "audit time=2024-11-22T08:00:00.123Z action=PUT object=\"/v1/monitors/gi\" "
        "result=accepted status=201 event=aanlevering record=1732262400123-0 "
        "origin=192.0.2.1 role=gi "
        "actor=\"JB Noord productie\"");
}

static void test_what_is_not_known_is_left_out(void **unused)
{
    (void)unused;
    assert_line(&(struct audit){.action = "DELETE", .result = AUDIT_REFUSED},
                "audit time=1970-01-01T00:00:00.000Z action=DELETE result=refused");
    assert_line(&(struct audit){.action = "PUT", .result = AUDIT_UNKNOWN},
                "audit time=1970-01-01T00:00:00.000Z action=PUT result=unknown");
}

static void test_a_name_cannot_forge_a_fact_or_a_line(void **unused)
{
    static const struct {
        const char *name, *shown;
    } cases[] = {
        {"a\" result=accepted", "a\\u0022 result=accepted"},
        {"a\\", "a\\u005c"},
        {"a\naudit x=1\r\t", "a\\u000aaudit x=1\\u000d\\u0009"},
        {"\x1b[2J\x7f", "\\u001b[2J\\u007f"},
        {"\xc2\x9b"
         "2J",
         "\\u009b2J"},
        {"Zo\xc3\xab \xe2\x82\xac \xf0\x9f\x98\x80", "Zo\xc3\xab \xe2\x82\xac \xf0\x9f\x98\x80"},
        {"a\xe2\x80\xae"
         "b\xe2\x80\xa8"
         "c",
         "a\\u202eb\\u2028c"},
        {"a\xff", "?"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text expected = {0};
        text_printf(&expected, "audit time=1970-01-01T00:00:00.000Z result=refused actor=\"%s\"",
                    cases[i].shown);
        text_putc(&expected, '\0');
        assert_line(&(struct audit){.result = AUDIT_REFUSED, .actor = slice_of(cases[i].name)},
                    expected.ptr);
        text_done(&expected);
    }
}

/* The log cuts its lines; a name must not push the other facts over the edge. */
static void test_a_long_name_is_cut(void **unused)
{
    char name[4096];
    struct text text = {0};
    (void)unused;
    memset(name, '\n', sizeof name);
    audit_put(&text, &(struct audit){.object = slice_from(name, sizeof name),
                                     .actor = slice_from(name, sizeof name)});
    assert_true(text.len < 1500);
    assert_true(slice_is(slice_from(text.ptr + text.len - 4, 4), "...\""));
    text_done(&text);
}

static void test_what_only_asks_is_not_audited(void **unused)
{
    (void)unused;
    assert_true(audit_wanted(METHOD_PUT) && audit_wanted(METHOD_POST));
    assert_true(audit_wanted(METHOD_DELETE));
    assert_false(audit_wanted(METHOD_GET) || audit_wanted(METHOD_HEAD));
    assert_false(audit_wanted(METHOD_OPTIONS) || audit_wanted(METHOD_OTHER));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_fact_has_its_key),
        cmocka_unit_test(test_what_is_not_known_is_left_out),
        cmocka_unit_test(test_a_name_cannot_forge_a_fact_or_a_line),
        cmocka_unit_test(test_a_long_name_is_cut),
        cmocka_unit_test(test_what_only_asks_is_not_audited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
