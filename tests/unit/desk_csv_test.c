/*
 * CSV at the desk: which bodies are taken, that both forms of a delivery are one delivery, and the
 * template and schema that a deliverer begins with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "desk/media.h"
#include "unit/desk_fixture.h"

#define MONITOR  "/v1/monitors/gi"
#define DELIVERY MONITOR "/peildata/2024-10-01/aanleveringen/jb-noord"

enum { BOTH = FORMAT_BIT(FORMAT_JSON) | FORMAT_BIT(FORMAT_CSV) };

static struct attempt put_of(const char *content_type, const char *body)
{
    return (struct attempt){
        .method = METHOD_PUT,
        .target = DELIVERY,
        .token = "gi",
        .content_type = content_type,
        .body = body,
    };
}

/* ---- Content-Type ---- */

struct header_case {
    const char *header;
    enum media_answer answer;
    enum format format;
    enum csv_charset charset;
};

static void test_what_a_body_may_be(void **state)
{
    static const struct header_case CASES[] = {
        {"application/json", MEDIA_OK, FORMAT_JSON, CSV_UTF8},
        {"application/json; charset=UTF-8", MEDIA_OK, FORMAT_JSON, CSV_UTF8},
        {"application/json;charset=windows-1252", MEDIA_BAD_CHARSET, FORMAT_JSON, CSV_UTF8},
        {"text/csv", MEDIA_OK, FORMAT_CSV, CSV_UTF8},
        {"Text/CSV; header=present; charset=\"utf-8\"", MEDIA_OK, FORMAT_CSV, CSV_UTF8},
        {"text/csv;charset=Windows-1252", MEDIA_OK, FORMAT_CSV, CSV_WINDOWS_1252},
        {"text/csv ; charset=iso-8859-1", MEDIA_OK, FORMAT_CSV, CSV_WINDOWS_1252},
        {"text/csv; charset=utf-16", MEDIA_BAD_CHARSET, FORMAT_CSV, CSV_UTF8},
        {"text/csv; charset=", MEDIA_BAD_CHARSET, FORMAT_CSV, CSV_UTF8},
        {"text/plain", MEDIA_UNKNOWN, FORMAT_CSV, CSV_UTF8},
        {"text/markdown", MEDIA_UNKNOWN, FORMAT_CSV, CSV_UTF8},
        {"", MEDIA_UNKNOWN, FORMAT_CSV, CSV_UTF8},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const struct header_case *expected = &CASES[i];
        struct media media = {.format = FORMAT_COUNT};
        assert_int_equal(media_parse(slice_of(expected->header), BOTH, &media), expected->answer);
        if (expected->answer != MEDIA_OK) continue;
        assert_int_equal(media.format, expected->format);
        assert_int_equal(media.charset, expected->charset);
    }
    struct media media;
    assert_int_equal(media_parse(slice_of("text/csv"), FORMAT_BIT(FORMAT_JSON), &media),
                     MEDIA_UNKNOWN);
}

static void test_a_refused_body_is_told_what_is_taken(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt attempt = put_of("text/plain", "x");
    assert_int_equal(desk_fixture_status(fixture, &attempt), 415);
    assert_true(slice_holds(desk_fixture_body(fixture, &attempt), "application/json of text/csv"));
    attempt.content_type = "text/csv; charset=utf-16";
    assert_int_equal(desk_fixture_status(fixture, &attempt), 415);
    assert_true(slice_holds(desk_fixture_body(fixture, &attempt), "Windows-1252"));
}

/* ---- one delivery, two forms ---- */

static const char *get_csv(struct desk_fixture *fixture, struct attempt attempt)
{
    attempt.token = "gi";
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.content_type, "text/csv; charset=utf-8");
    assert_string_equal(desk_fixture_header(fixture, &reply, "ETag"), "\"1\"");
    assert_string_equal(desk_fixture_header(fixture, &reply, "Content-Disposition"),
                        "attachment; filename=\"gi-2024-10-01-jb-noord.csv\"");
    const struct slice body = arena_copy(&fixture->arena, text_slice(&reply.body));
    text_done(&reply.body);
    return body.ptr;
}

static void test_what_get_gives_as_csv_can_be_put_back(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt attempt =
        put_of("application/json", desk_fixture_example(fixture, "2024-10-01"));
    assert_int_equal(desk_fixture_status(fixture, &attempt), 201);

    const char *by_word = get_csv(fixture, (struct attempt){.target = DELIVERY "?formaat=csv"});
    const char *by_accept =
        get_csv(fixture, (struct attempt){.target = DELIVERY, .accept = "text/csv"});
    assert_string_equal(by_word, by_accept);

    attempt = put_of("text/csv", by_word);
    assert_true(slice_holds(desk_fixture_body(fixture, &attempt), "\"uitkomst\":\"ongewijzigd\""));
    attempt.body = desk_fixture_replace(fixture, by_word, "fte;jurist;;;3,84", "fte;jurist;;;3,9");
    assert_true(slice_holds(desk_fixture_body(fixture, &attempt), "\"uitkomst\":\"gewijzigd\""));
}

/* A whole that is not applicable, in the totals and in a region, as it is kept: part by part. */
static void check_whole_null(struct desk_fixture *fixture, const char *content_type,
                             const char *body)
{
    struct attempt attempt = put_of(content_type, body);
    assert_int_equal(desk_fixture_status(fixture, &attempt), 201);
    attempt = (struct attempt){.target = DELIVERY, .token = "gi"};
    const struct slice kept = desk_fixture_body(fixture, &attempt);
    assert_true(slice_holds(kept, "\"verloop\":{\"inDienst\":null,\"vertrokken\":null}"));
    assert_true(slice_holds(kept, "\"wachtlijst\":{\"intern\":null,\"start\":null}"));
    assert_true(slice_holds(kept,
                            "\"JZ01\":{\"clienten\":{\"jeugdbescherming\":null,"
                            "\"jeugdreclassering\":null}}"));

    attempt = put_of("application/json", kept.ptr);
    assert_true(slice_holds(desk_fixture_body(fixture, &attempt), "\"uitkomst\":\"ongewijzigd\""));
    const char *csv = get_csv(fixture, (struct attempt){.target = DELIVERY "?formaat=csv"});
    attempt = put_of("text/csv", csv);
    assert_true(slice_holds(desk_fixture_body(fixture, &attempt), "\"uitkomst\":\"ongewijzigd\""));
    attempt = put_of(content_type, body);
    assert_true(slice_holds(desk_fixture_body(fixture, &attempt), "\"uitkomst\":\"ongewijzigd\""));
}

static void test_null_for_a_whole_says_it_of_every_part(void **state)
{
    check_whole_null(
        *state, "application/json",
        "{\"cijfers\":{\"clienten\":{\"jeugdbescherming\":1401,\"jeugdreclassering\":268},"
        "\"fte\":{\"jeugdbeschermer\":102.2,\"jeugdreclasseerder\":18.9,\"ondersteunend\":7.31,"
        "\"gedragswetenschapper\":11.01,\"jurist\":3.84},\"verloop\":null,\"verzuim\":null,"
        "\"wachtlijst\":null},\"regios\":{\"JZ01\":{\"clienten\":null}}}");
}

static void test_nvt_for_a_whole_says_it_of_every_part(void **state)
{
    check_whole_null(*state, "text/csv",
                     "cijfer;deel;regio;sinds;waarde\nclienten;jeugdbescherming;;;1401\n"
                     "clienten;jeugdreclassering;;;268\nclienten;;JZ01;;nvt\n"
                     "fte;jeugdbeschermer;;;102,2\nfte;jeugdreclasseerder;;;18,9\n"
                     "fte;ondersteunend;;;7,31\nfte;gedragswetenschapper;;;11,01\n"
                     "fte;jurist;;;3,84\nverloop;;;;n.v.t.\nverzuim;;;;n.v.t.\n"
                     "wachtlijst;;;;n.v.t.\n");
}

static void test_a_csv_can_be_tried_out(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt attempt =
        put_of("application/json", desk_fixture_example(fixture, "2024-10-01"));
    assert_int_equal(desk_fixture_status(fixture, &attempt), 201);
    const char *csv = get_csv(fixture, (struct attempt){.target = DELIVERY "?formaat=csv"});
    attempt = put_of("text/csv", csv);
    attempt.method = METHOD_POST;
    attempt.target = DELIVERY "/_controleer";
    assert_true(slice_holds(desk_fixture_body(fixture, &attempt),
                            "\"aanvaardbaar\":true,\"uitkomst\":\"ongewijzigd\""));
}

static void test_a_wrong_csv_is_told_line_and_column(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct attempt attempt =
        put_of("text/csv", "cijfer;deel;regio;sinds;waarde\nfte;jurist;;;1.250\n");
    const struct slice body = desk_fixture_body(fixture, &attempt);
    assert_true(slice_holds(body, "\"plaats\":\"/cijfers/fte/jurist\",\"regel\":2,\"kolom\":14"));
    assert_true(slice_holds(body, "\"waarde\":\"1.250\",\"verwacht\":\"1250 of 1,250\""));
    assert_true(slice_holds(body, "/cijfers/clienten"));
}

static void test_declared_latin_letters_are_read_as_such(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt attempt =
        put_of("application/json", desk_fixture_example(fixture, "2024-10-01"));
    assert_int_equal(desk_fixture_status(fixture, &attempt), 201);
    const char *csv = get_csv(fixture, (struct attempt){.target = DELIVERY "?formaat=csv"}) + 3;
    csv = desk_fixture_replace(fixture, csv, "toelichting;algemeen;;;",
                               "toelichting;sprong;;;\xC3\xA9\ntoelichting;algemeen;;;");
    attempt = put_of("text/csv; charset=windows-1252", csv);
    assert_int_equal(desk_fixture_status(fixture, &attempt), 200);
    attempt = (struct attempt){.target = DELIVERY, .token = "gi"};
    assert_true(
        slice_holds(desk_fixture_body(fixture, &attempt), "\"sprong\":\"\xC3\x83\xC2\xA9\""));
}

/* ---- what a deliverer begins with ---- */

static void test_template_and_schema_need_no_token(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt attempt = {.target = MONITOR "/sjabloon"};
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.content_type, "text/csv; charset=utf-8");
    assert_string_equal(desk_fixture_header(fixture, &reply, "Content-Disposition"),
                        "attachment; filename=\"sjabloon-gi.csv\"");
    attempt.if_none_match = desk_fixture_header(fixture, &reply, "ETag");
    assert_int_equal(desk_fixture_status(fixture, &attempt), 304);
    text_done(&reply.body);

    attempt = (struct attempt){.target = MONITOR "/schema"};
    assert_int_equal(desk_fixture_status(fixture, &attempt), 200);
    assert_true(slice_holds(desk_fixture_body(fixture, &attempt),
                            "https://json-schema.org/draft/2020-12/schema"));
    attempt.target = MONITOR "/sjabloon?peildatum=2024-10-01";
    assert_int_equal(desk_fixture_status(fixture, &attempt), 400);
    attempt = (struct attempt){.target = MONITOR "/sjabloon", .accept = "application/json"};
    assert_int_equal(desk_fixture_status(fixture, &attempt), 406);
}

int main(void)
{
#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, desk_fixture_setup, desk_fixture_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_a_body_may_be),
        TEST(test_a_refused_body_is_told_what_is_taken),
        TEST(test_what_get_gives_as_csv_can_be_put_back),
        TEST(test_null_for_a_whole_says_it_of_every_part),
        TEST(test_nvt_for_a_whole_says_it_of_every_part),
        TEST(test_a_csv_can_be_tried_out),
        TEST(test_a_wrong_csv_is_told_line_and_column),
        TEST(test_declared_latin_letters_are_read_as_such),
        TEST(test_template_and_schema_need_no_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
