/*
 * The delivery reader and writer: what is right is read exactly, the canonical form is one form,
 * what is wrong is said all at once, safely and within bounds. All shipped example deliveries are
 * read, and every beginning of one of them is refused without harm.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/memory.h"
#include "codec/submission_json.h"
#include "unit/reading.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

/* Reads what must be right, and returns its canonical form as a text that the caller ends. */
static struct text canonical_of(struct slice body)
{
    struct reading reading;
    struct text text = {0};
    reading_of(&reading, body);
    if (reading.findings.count > 0)
        print_error("%.*s\n", (int)reading.findings.items[0].message.len,
                    reading.findings.items[0].message.ptr);
    assert_int_equal(reading.findings.count, 0);
    assert_non_null(reading.submission);
    submission_json_write(&text, reading.submission);
    reading_done(&reading);
    return text;
}

static void assert_canonical(const char *body, const char *expected)
{
    struct text once = canonical_of(slice_of(body));
    struct text twice = canonical_of(text_slice(&once));
    reading_expect_text(text_slice(&once), expected);
    reading_expect_text(text_slice(&twice), expected);
    text_done(&once);
    text_done(&twice);
}

static void test_numbers_are_exact(void **state)
{
    (void)state;
    assert_canonical(NUMBER("402.0"), "{\"cijfers\":{\"a\":402}}");
    assert_canonical(NUMBER("4.02e2"), "{\"cijfers\":{\"a\":402}}");
    assert_canonical(NUMBER("160.250"), "{\"cijfers\":{\"a\":160.25}}");
    assert_canonical(NUMBER("-0"), "{\"cijfers\":{\"a\":0}}");
    assert_canonical(NUMBER("9007199254740993"), "{\"cijfers\":{\"a\":9007199254740993}}");
    assert_canonical(NUMBER("0.1"), "{\"cijfers\":{\"a\":0.1}}");
    assert_canonical(NUMBER("null"), "{\"cijfers\":{\"a\":null}}");
}

static void test_canonical_form_is_sorted(void **state)
{
    (void)state;
    assert_canonical(
        "{\"toelichtingen\": {\"z\": \"b\", \"a\": \"a\"}, \"regios\": {\"JZ02\": {\"a\": 1}, "
        "\"JZ01\": {\"b\": {\"y\": 1, \"x\": 2}}}, \"opgegeven\": {\"w\": 1.50}, "
        "\"cijfers\": {\"b\": {\"y\": 1, \"x\": 2}, \"a\": 3}}",
        "{\"cijfers\":{\"a\":3,\"b\":{\"x\":2,\"y\":1}},\"opgegeven\":{\"w\":1.5},"
        "\"regios\":{\"JZ01\":{\"b\":{\"x\":2,\"y\":1}},\"JZ02\":{\"a\":1}},"
        "\"toelichtingen\":{\"a\":\"a\",\"z\":\"b\"}}");
    assert_canonical("{}", "{}");
}

/* U+10000 sorts before U+FFFD by UTF-16 code unit, and after it by byte. */
static void test_keys_sort_by_utf16(void **state)
{
    (void)state;
    assert_canonical("{\"toelichtingen\": {\"\xEF\xBF\xBD\": \"1\", \"\xF0\x90\x80\x80\": \"2\"}}",
                     "{\"toelichtingen\":{\"\xF0\x90\x80\x80\":\"2\",\"\xEF\xBF\xBD\":\"1\"}}");
}

static void test_waiting_rows_are_settled(void **state)
{
    (void)state;
    assert_canonical(ROWS("{\"sinds\": \"2024-09-02\", \"aantal\": 3}, "
                          "{\"aantal\": 1, \"sinds\": \"2024-08-19\"}, "
                          "{\"sinds\": \"2024-09-02\", \"aantal\": 2.0}, "
                          "{\"sinds\": \"2024-07-01\", \"aantal\": 0}"),
                     "{\"cijfers\":{\"w\":{\"d\":[{\"aantal\":1,\"sinds\":\"2024-08-19\"},"
                     "{\"aantal\":5,\"sinds\":\"2024-09-02\"}]}}}");
    assert_canonical(ROWS(""), "{\"cijfers\":{\"w\":{\"d\":[]}}}");
}

static void test_nobody_waiting_has_one_form(void **state)
{
    (void)state;
    assert_canonical("{\"cijfers\": {\"w\": {\"d\": {\"dagen\": 0, \"aantal\": 0}}}}",
                     "{\"cijfers\":{\"w\":{\"d\":[]}}}");
    assert_canonical("{\"cijfers\": {\"w\": {\"aantal\": 0, \"dagen\": 0}}}",
                     "{\"cijfers\":{\"w\":[]}}");
}

static void test_undivided_waiting_is_told_from_parts(void **state)
{
    (void)state;
    assert_canonical("{\"cijfers\": {\"w\": {\"dagen\": 912, \"aantal\": 12}}}",
                     "{\"cijfers\":{\"w\":{\"aantal\":12,\"dagen\":912}}}");
    assert_canonical("{\"cijfers\": {\"w\": {\"dagen\": 912, \"aantal\": 12, \"x\": 1}}}",
                     "{\"cijfers\":{\"w\":{\"aantal\":12,\"dagen\":912,\"x\":1}}}");
    assert_canonical("{\"cijfers\": {\"w\": [{\"sinds\": \"2024-09-02\", \"aantal\": 3}]}}",
                     "{\"cijfers\":{\"w\":[{\"aantal\":3,\"sinds\":\"2024-09-02\"}]}}");
}

static void test_escapes_are_undone(void **state)
{
    (void)state;
    assert_canonical(NOTE("\\u00e9\\t\\n\\\"\\\\\\/\\ud83d\\ude00\\u20ac"),
                     "{\"toelichtingen\":{\"sprong\":\"\xC3\xA9\\t\\n\\\"\\\\/"
                     "\xF0\x9F\x98\x80\xE2\x82\xAC\"}}");
}

static void test_sixteen_deep_is_read(void **state)
{
    (void)state;
    struct reading reading;
    reading_of_text(&reading, "{\"x\":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}");
    assert_non_null(reading.submission);
    assert_int_equal(reading.findings.count, 1);
    reading_expect_text(reading.findings.items[0].code, "onbekende-sleutel");
    reading_done(&reading);
}

static void test_a_reason_has_a_thousand_characters(void **state)
{
    (void)state;
    char body[4096];
    for (size_t length = 1000; length <= 1001; length++) {
        struct reading reading;
        size_t at = (size_t)snprintf(body, sizeof body, "{\"toelichtingen\": {\"a\": \"");
        for (size_t i = 0; i < length; i++) {
            memcpy(body + at, "\xC3\xA9", 2);
            at += 2;
        }
        memcpy(body + at, "\"}}", 4);
        reading_of_text(&reading, body);
        assert_int_equal(reading.findings.count, length - 1000);
        assert_int_equal(reading.submission->note_count, 1001 - length);
        reading_done(&reading);
    }
}

/* Values know where they stood, so that the checks can say it too. */
static void test_places_are_kept(void **state)
{
    (void)state;
    struct reading reading;
    reading_of_text(&reading, "{\n \"cijfers\": {\n  \"a\": {\"p\":\n 160.250}}}");
    const struct entry *entry =
        submission_find(reading.submission, slice_of("a"), slice_of("p"), slice_of(""));
    assert_non_null(entry);
    assert_int_equal(entry->line, 4);
    assert_int_equal(entry->column, 2);
    reading_expect_text(entry->written, "160.250");
    reading_done(&reading);
}

static void test_everything_is_said_at_once(void **state)
{
    (void)state;
    static const char *const CODES[] = {"geen-getal", "onbekende-sleutel", "ongeldige-datum",
                                        "te-groot-getal"};
    struct reading reading;
    reading_of_text(&reading,
                    "{\"cijfers\": {\"a\": 01, \"c\": 5}, \"regio\": {}, \"regios\": {\"JZ01\": "
                    "{\"w\": [{\"sinds\": \"gisteren\", \"aantal\": 1}]}}, "
                    "\"opgegeven\": {\"x\": 1e400}}");
    assert_int_equal(reading.findings.count, 4);
    for (size_t i = 0; i < 4; i++)
        reading_expect_text(reading.findings.items[i].code, CODES[i]);
    reading_expect_text(reading.findings.items[1].message,
                        "Deze naam is hier niet bekend. Verbeter de naam of haal die weg, met wat "
                        "erachter staat. Bedoelde u \"regios\"?");
    reading_expect_text(reading.findings.items[1].allowed,
                        "cijfers, regios, opgegeven, toelichtingen");
    assert_non_null(submission_find(reading.submission, slice_of("c"), slice_of(""), slice_of("")));
    reading_done(&reading);
}

static void test_what_was_found_before_breaking_stays(void **state)
{
    (void)state;
    struct reading reading;
    reading_of_text(&reading, "{\"cijfers\": {\"a\": 01, \"b\" 2}}");
    assert_null(reading.submission);
    assert_int_equal(reading.findings.count, 2);
    reading_expect_text(reading.findings.items[0].code, "geen-getal");
    reading_expect_text(reading.findings.items[1].code, "geen-json");
    reading_done(&reading);
}

/* 012345672 passes the elfproef: whatever else is wrong, it is never repeated. */
static void test_a_bsn_is_never_repeated(void **state)
{
    (void)state;
    static const char *const BODIES[] = {
        NUMBER("\"012345672\""),
        NUMBER("012345672x"),
        "{\"012345672\": 1}",
        "{\"cijfers\": {\"012345672\": true}}",
        "{\"cijfers\": {\"a\": 1 012345672}}",
        "{\"cijfers\": {\"012345672\": 1, \"012345672\": 1}}",
    };
    for (size_t i = 0; i < sizeof BODIES / sizeof BODIES[0]; i++) {
        struct reading reading;
        reading_of_text(&reading, BODIES[i]);
        assert_true(reading.findings.count > 0);
        for (size_t j = 0; j < reading.findings.count; j++) {
            const struct finding *finding = &reading.findings.items[j];
            const struct slice said[] = {finding->place, finding->message, finding->found};
            for (size_t k = 0; k < 3; k++)
                assert_false(said[k].len >= 9 && memmem(said[k].ptr, said[k].len, "012345672", 9));
        }
        reading_done(&reading);
    }
}

/* A body that is wrong everywhere costs bounded memory and time, and says there was more. */
static void test_a_hostile_body_is_bounded(void **state)
{
    (void)state;
    struct text body = {0};
    struct reading reading;
    text_puts(&body, "{\"cijfers\": {");
    for (unsigned i = 0; i < 60000; i++)
        text_printf(&body, "%s\"%u\": x", i > 0 ? "," : "", i % 30000);
    text_puts(&body, "}}");
    reading_of(&reading, text_slice(&body));
    assert_int_equal(reading.findings.count, FINDINGS_MOST);
    assert_true(reading.findings.truncated);
    reading_done(&reading);
    text_done(&body);
}

static void test_a_long_value_is_cut(void **state)
{
    (void)state;
    struct text body = {0};
    struct reading reading;
    text_puts(&body, "{\"cijfers\": {\"a\": \"x");
    for (unsigned i = 0; i < 1000; i++)
        text_puts(&body, "\xC3\xA9");
    text_puts(&body, "\"}}");
    reading_of(&reading, text_slice(&body));
    const struct slice found = reading.findings.items[0].found;
    assert_true(found.len <= 84);
    assert_memory_equal(found.ptr + found.len - 3, "\xE2\x80\xA6", 3);
    assert_memory_equal(found.ptr + found.len - 5, "\xC3\xA9", 2);
    reading_done(&reading);
    text_done(&body);
}

/* ---- the shipped example deliveries ---- */

static struct text read_file(const char *path)
{
    struct text text = {0};
    char bytes[4096];
    size_t count;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while ((count = fread(bytes, 1, sizeof bytes, file)) > 0)
        text_put(&text, slice_from(bytes, count));
    fclose(file);
    return text;
}

static void assert_example(const char *path)
{
    struct text body = read_file(path);
    struct text once = canonical_of(text_slice(&body));
    struct text twice = canonical_of(text_slice(&once));
    assert_true(slice_equal(text_slice(&once), text_slice(&twice)));
    assert_true(once.len < body.len);
    text_done(&body);
    text_done(&once);
    text_done(&twice);
}

static unsigned read_folder(const char *folder)
{
    char path[1024];
    unsigned count = 0;
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_type == DT_DIR) {
            count += read_folder(path);
        } else {
            assert_example(path);
            count++;
        }
    }
    closedir(directory);
    return count;
}

static void test_the_examples_are_read(void **state)
{
    (void)state;
    assert_int_equal(read_folder(GIMON_SOURCE_DIR "/conf/voorbeeld/gi"), 65);
}

/* However short it is cut, it is refused with a reason, and no byte behind it is looked at. */
static void test_no_beginning_of_a_delivery_is_one(void **state)
{
    (void)state;
    struct text body = read_file(GIMON_SOURCE_DIR "/conf/voorbeeld/gi/2024-10-01/jb-noord.json");
    const size_t whole = slice_trim(text_slice(&body)).len;
    for (size_t length = 0; length < whole; length++) {
        struct reading reading;
        char *exact = memory_new(length);
        memcpy(exact, body.ptr, length);
        reading_of(&reading, slice_from(exact, length));
        assert_null(reading.submission);
        assert_in_range(reading.findings.count, 1, 2); /* `7.` is no number either */
        const struct finding *last = &reading.findings.items[reading.findings.count - 1];
        reading_expect_text(last->code, length > 0 ? "geen-json" : "lege-aanlevering");
        reading_done(&reading);
        memory_free(exact);
    }
    text_done(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_are_exact),
        cmocka_unit_test(test_canonical_form_is_sorted),
        cmocka_unit_test(test_keys_sort_by_utf16),
        cmocka_unit_test(test_waiting_rows_are_settled),
        cmocka_unit_test(test_nobody_waiting_has_one_form),
        cmocka_unit_test(test_undivided_waiting_is_told_from_parts),
        cmocka_unit_test(test_escapes_are_undone),
        cmocka_unit_test(test_sixteen_deep_is_read),
        cmocka_unit_test(test_a_reason_has_a_thousand_characters),
        cmocka_unit_test(test_places_are_kept),
        cmocka_unit_test(test_everything_is_said_at_once),
        cmocka_unit_test(test_what_was_found_before_breaking_stays),
        cmocka_unit_test(test_a_bsn_is_never_repeated),
        cmocka_unit_test(test_a_hostile_body_is_bounded),
        cmocka_unit_test(test_a_long_value_is_cut),
        cmocka_unit_test(test_the_examples_are_read),
        cmocka_unit_test(test_no_beginning_of_a_delivery_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
