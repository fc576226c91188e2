/*
 * The delivery reader: every trap of JSON is a finding with its code, place, line and column; what
 * is right is read exactly; and the canonical form is one form. All shipped example deliveries are
 * read, and every beginning of one of them is refused without harm.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/memory.h"
#include "codec/submission_json.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#define NUMBER(word) "{\"cijfers\": {\"a\": " word "}}"
#define NOTE(text)   "{\"toelichtingen\": {\"sprong\": \"" text "\"}}"
#define ROWS(rows)   "{\"cijfers\": {\"w\": {\"d\": [" rows "]}}}"

/* A body that must give exactly one finding. */
struct trap {
    const char *name;
    const char *body;
    const char *code;
    const char *place;
    unsigned line, column;
    bool is_read; /**< there is a submission all the same */
};

static const struct trap TRAPS[] = {
    {"trap: an empty body", "", "lege-aanlevering", "", 1, 1, false},
    {"trap: blanks only", " \r\n\t", "lege-aanlevering", "", 1, 1, false},
    {"trap: a list", "[1]", "geen-object", "", 1, 1, false},
    {"trap: a number", "\n 12", "geen-object", "", 2, 2, false},
    {"trap: trailing bytes", "{}\n x", "geen-json", "", 2, 2, false},
    {"trap: a second value", "{}{}", "geen-json", "", 1, 3, false},
    {"trap: a leading zero", NUMBER("01"), "geen-getal", "/cijfers/a", 1, 19, true},
    {"trap: a point without decimals", NUMBER("1."), "geen-getal", "/cijfers/a", 1, 19, true},
    {"trap: no digit before the point", NUMBER(".5"), "geen-getal", "/cijfers/a", 1, 19, true},
    {"trap: a plus sign", NUMBER("+5"), "geen-getal", "/cijfers/a", 1, 19, true},
    {"trap: NaN", NUMBER("NaN"), "geen-getal", "/cijfers/a", 1, 19, true},
    {"trap: Infinity", NUMBER("-Infinity"), "geen-getal", "/cijfers/a", 1, 19, true},
    {"trap: an exponent without digits", NUMBER("1e"), "geen-getal", "/cijfers/a", 1, 19, true},
    {"trap: hexadecimal", NUMBER("0x10"), "geen-getal", "/cijfers/a", 1, 19, true},
    {"trap: 1e999", NUMBER("1e999"), "te-groot-getal", "/cijfers/a", 1, 19, true},
    {"trap: a huge integer", NUMBER("9007199254740993123"), "te-groot-getal", "/cijfers/a", 1, 19,
     true},
    {"trap: too many decimals", NUMBER("0.0000000001"), "te-veel-decimalen", "/cijfers/a", 1, 19,
     true},
    {"trap: a number as text", NUMBER("\"1834\""), "verkeerde-soort", "/cijfers/a", 1, 19, true},
    {"trap: true", NUMBER("true"), "verkeerde-soort", "/cijfers/a", 1, 19, true},
    {"trap: NULL in capitals", NUMBER("NULL"), "geen-getal", "/cijfers/a", 1, 19, true},
    {"trap: a longer word than null", NUMBER("nulll"), "geen-getal", "/cijfers/a", 1, 19, true},
    {"trap: a decimal comma", NUMBER("12,6"), "geen-json", "/cijfers", 1, 22, false},
    {"trap: a missing value", NUMBER(""), "geen-json", "/cijfers/a", 1, 19, false},
    {"trap: a comma at the end", NUMBER("1,"), "geen-json", "/cijfers", 1, 20, false},
    {"trap: no comma", "{\"cijfers\": {} \"regios\": {}}", "geen-json", "", 1, 16, false},
    {"trap: no colon", "{\"cijfers\" {}}", "geen-json", "", 1, 12, false},
    {"trap: a key without quotes", "{cijfers: {}}", "geen-json", "", 1, 2, false},
    {"trap: a key in single quotes", "{'cijfers': {}}", "geen-json", "", 1, 2, false},
    {"trap: the end is missing", "{\"cijfers\": {\"a\": 1}", "geen-json", "", 1, 21, false},
    {"trap: the closing quote is missing", "{\"toelichtingen\": {\"sprong\": \"x}}", "geen-json",
     "/toelichtingen/sprong", 1, 34, false},
    {"trap: brackets that do not match", "{\"cijfers\": {\"a\": [}}", "geen-json", "/cijfers/a/0",
     1, 20, false},
    {"trap: a line end in a text", NOTE("een\ntwee"), "geen-json", "/toelichtingen/sprong", 1, 30,
     false},
    {"trap: a raw control character", NOTE("a\tb"), "stuurteken", "/toelichtingen/sprong", 1, 30,
     true},
    {"trap: an escaped NUL", NOTE("a\\u0000b"), "stuurteken", "/toelichtingen/sprong", 1, 30, true},
    {"trap: an escaped bell", NOTE("a\\u0007b"), "stuurteken", "/toelichtingen/sprong", 1, 30,
     true},
    {"trap: invalid UTF-8", NOTE("caf\xE9"), "ongeldige-utf8", "/toelichtingen/sprong", 1, 30,
     true},
    {"trap: overlong UTF-8", NOTE("\xC0\xAF"), "ongeldige-utf8", "/toelichtingen/sprong", 1, 30,
     true},
    {"trap: a surrogate in UTF-8", NOTE("\xED\xA0\x80"), "ongeldige-utf8", "/toelichtingen/sprong",
     1, 30, true},
    {"trap: UTF-8 cut short", NOTE("\xE2\x82"), "ongeldige-utf8", "/toelichtingen/sprong", 1, 30,
     true},
    {"trap: a lone high surrogate", NOTE("\\ud83d"), "half-teken", "/toelichtingen/sprong", 1, 30,
     true},
    {"trap: a lone low surrogate", NOTE("\\ude00"), "half-teken", "/toelichtingen/sprong", 1, 30,
     true},
    {"trap: two high surrogates", NOTE("\\ud83d\\ud83d"), "half-teken", "/toelichtingen/sprong", 1,
     30, true},
    {"trap: an escape that is none", NOTE("C:\\dir"), "onbekende-backslash",
     "/toelichtingen/sprong", 1, 30, true},
    {"trap: half a code", NOTE("\\u12"), "onbekende-backslash", "/toelichtingen/sprong", 1, 30,
     true},
    {"trap: a byte order mark", "\xEF\xBB\xBF{\"cijfers\": {}}", "bom", "", 1, 1, true},
    {"trap: a duplicate key", "{\"cijfers\": {\"a\": 1,\n  \"a\": 2}}", "dubbele-sleutel",
     "/cijfers/a", 2, 3, true},
    {"trap: a duplicate that is escaped", "{\"cijfers\": {\"a\": 1, \"\\u0061\": 2}}",
     "dubbele-sleutel", "/cijfers/a", 1, 22, true},
    {"trap: a duplicate section", "{\"cijfers\": {}, \"cijfers\": {}}", "dubbele-sleutel",
     "/cijfers", 1, 17, true},
    {"trap: a duplicate among many keys",
     "{\"cijfers\": {\"a\": 1, \"b\": 1, \"c\": 1, \"d\": 1, \"e\": 1, \"f\": 1, \"g\": 1, \"h\": "
     "1, "
     "\"i\": 1, \"b\": 2}}",
     "dubbele-sleutel", "/cijfers/b", 1, 86, true},
    {"trap: a duplicate in a waiting row",
     ROWS("{\"sinds\": \"2024-09-02\", \"aantal\": 1, "
          "\"aantal\": 1}"),
     "dubbele-sleutel", "/cijfers/w/d/0/aantal", 1, 63, true},
    {"trap: an empty key", "{\"regios\": {\"\": {\"a\": 1}}}", "lege-sleutel", "/regios", 1, 13,
     true},
    {"trap: a key of invalid UTF-8", "{\"cijfers\": {\"\xFF\": 1}}", "ongeldige-utf8", "/cijfers",
     1, 14, true},
    {"trap: a key in capitals", "{\"Cijfers\": {\"a\": 1}}", "onbekende-sleutel", "/Cijfers", 1, 2,
     true},
    {"trap: an unknown section", "{\"cijfer\": {\"a\": [1, {\"b\": null}]}}", "onbekende-sleutel",
     "/cijfer", 1, 2, true},
    {"trap: an unknown key in a row",
     ROWS("{\"sinds\": \"2024-09-02\", \"aantal\": 1, \"Aantal\": 1}"), "onbekende-sleutel",
     "/cijfers/w/d/0/Aantal", 1, 63, true},
    {"trap: a row without a date", ROWS("{\"aantal\": 1}"), "ontbrekende-sleutel", "/cijfers/w/d/0",
     1, 26, true},
    {"trap: a row that is a number", ROWS("{\"sinds\": \"2024-09-02\", \"aantal\": 1}, 5"),
     "verkeerde-soort", "/cijfers/w/d/1", 1, 64, true},
    {"trap: a date in Dutch order", ROWS("{\"sinds\": \"02-09-2024\", \"aantal\": 1}"),
     "ongeldige-datum", "/cijfers/w/d/0/sinds", 1, 36, true},
    {"trap: a day that does not exist", ROWS("{\"sinds\": \"2023-02-29\", \"aantal\": 1}"),
     "ongeldige-datum", "/cijfers/w/d/0/sinds", 1, 36, true},
    {"trap: a date as a number", ROWS("{\"sinds\": 20240902, \"aantal\": 1}"), "verkeerde-soort",
     "/cijfers/w/d/0/sinds", 1, 36, true},
    {"trap: half a child", ROWS("{\"sinds\": \"2024-09-02\", \"aantal\": 1.5}"), "geen-heel-getal",
     "/cijfers/w/d/0/aantal", 1, 60, true},
    {"trap: fewer than none", ROWS("{\"sinds\": \"2024-09-02\", \"aantal\": -1}"),
     "negatief-aantal", "/cijfers/w/d/0/aantal", 1, 60, true},
    {"trap: counts that overflow together",
     ROWS("{\"sinds\": \"2024-09-02\", \"aantal\": 999999999999999999}, "
          "{\"sinds\": \"2024-09-02\", \"aantal\": 1}"),
     "te-groot-getal", "/cijfers/w/d", 1, 25, true},
    {"trap: a count without days", "{\"cijfers\": {\"w\": {\"d\": {\"aantal\": 1}}}}",
     "ontbrekende-sleutel", "/cijfers/w/d", 1, 25, true},
    {"trap: an undivided count without days", "{\"cijfers\": {\"w\": {\"aantal\": 1}}}",
     "ontbrekende-sleutel", "/cijfers/w", 1, 19, true},
    {"trap: an undivided count of null", "{\"cijfers\": {\"w\": {\"aantal\": null, \"dagen\": 1}}}",
     "verkeerde-soort", "/cijfers/w", 1, 30, true},
    {"trap: an empty object as a value", "{\"cijfers\": {\"w\": {\"d\": {}}}}",
     "ontbrekende-sleutel", "/cijfers/w/d", 1, 25, true},
    {"trap: figures in a list", "{\"cijfers\": [1, 2]}", "verkeerde-soort", "/cijfers", 1, 13,
     true},
    {"trap: a declared text", "{\"opgegeven\": {\"workload\": \"12.4\"}}", "verkeerde-soort",
     "/opgegeven/workload", 1, 28, true},
    {"trap: a reason that is a number", "{\"toelichtingen\": {\"sprong\": 5}}", "verkeerde-soort",
     "/toelichtingen/sprong", 1, 30, true},
    {"trap: a blank reason", NOTE(" \\n "), "lege-toelichting", "/toelichtingen/sprong", 1, 30,
     true},
    {"trap: a key that needs escapes in a pointer", "{\"cijfers\": {\"a~/b\": \"x\"}}",
     "verkeerde-soort", "/cijfers/a~0~1b", 1, 22, true},
    {"trap: seventeen deep", ROWS("[[[[[[[[[[[[[1]]]]]]]]]]]]]"), "te-diep",
     "/cijfers/w/d/0/0/0/0/0/0/0/0/0/0/0/0/0", 1, 38, false},
};

enum { TRAP_COUNT = sizeof TRAPS / sizeof TRAPS[0] };

/* What a reading came to. */
struct reading {
    struct arena arena;
    struct findings findings;
    struct submission *submission;
};

static void read_slice(struct reading *reading, struct slice body)
{
    arena_init(&reading->arena);
    findings_init(&reading->findings, &reading->arena);
    reading->submission = submission_json_read(body, &reading->findings);
}

static void read_body(struct reading *reading, const char *body)
{
    read_slice(reading, slice_of(body));
}

static void reading_done(struct reading *reading)
{
    submission_free(reading->submission);
    arena_done(&reading->arena);
}

static void assert_slice(struct slice slice, const char *expected)
{
    if (slice_is(slice, expected)) return;
    fail_msg("\"%.*s\" is not \"%s\"", (int)slice.len, slice.ptr, expected);
}

static void test_trap(void **state)
{
    const struct trap *trap = *state;
    struct reading reading;
    read_body(&reading, trap->body);
    for (size_t i = 1; i < reading.findings.count; i++)
        print_error("more: %.*s\n", (int)reading.findings.items[i].code.len,
                    reading.findings.items[i].code.ptr);
    assert_int_equal(reading.findings.count, 1);
    const struct finding *finding = &reading.findings.items[0];
    assert_slice(finding->code, trap->code);
    assert_slice(finding->place, trap->place);
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    assert_int_equal(finding->line, trap->line);
    assert_int_equal(finding->column, trap->column);
    assert_true(finding->message.len > 0);
    assert_int_equal(reading.submission != NULL, trap->is_read);
    reading_done(&reading);
}

/* Reads what must be right, and returns its canonical form as a text that the caller ends. */
static struct text canonical_of(struct slice body)
{
    struct reading reading;
    struct text text = {0};
    read_slice(&reading, body);
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
    assert_slice(text_slice(&once), expected);
    assert_slice(text_slice(&twice), expected);
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
    assert_canonical("{\"cijfers\": {\"a\": {}}}", "{}");
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
    read_body(&reading, "{\"x\":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}");
    assert_non_null(reading.submission);
    assert_int_equal(reading.findings.count, 1);
    assert_slice(reading.findings.items[0].code, "onbekende-sleutel");
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
        read_body(&reading, body);
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
    read_body(&reading, "{\n \"cijfers\": {\n  \"a\": {\"p\":\n 160.250}}}");
    const struct entry *entry =
        submission_find(reading.submission, slice_of("a"), slice_of("p"), slice_of(""));
    assert_non_null(entry);
    assert_int_equal(entry->line, 4);
    assert_int_equal(entry->column, 2);
    assert_slice(entry->written, "160.250");
    reading_done(&reading);
}

static void test_everything_is_said_at_once(void **state)
{
    (void)state;
    static const char *const CODES[] = {"geen-getal", "onbekende-sleutel", "ongeldige-datum",
                                        "te-groot-getal"};
    struct reading reading;
    read_body(&reading,
              "{\"cijfers\": {\"a\": 01, \"c\": 5}, \"regio\": {}, \"regios\": {\"JZ01\": "
              "{\"w\": [{\"sinds\": \"gisteren\", \"aantal\": 1}]}}, "
              "\"opgegeven\": {\"x\": 1e400}}");
    assert_int_equal(reading.findings.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_slice(reading.findings.items[i].code, CODES[i]);
    assert_slice(reading.findings.items[1].message,
                 "Deze naam is hier niet bekend. Bedoelde u \"regios\"?");
    assert_slice(reading.findings.items[1].allowed, "cijfers, regios, opgegeven, toelichtingen");
    assert_non_null(submission_find(reading.submission, slice_of("c"), slice_of(""), slice_of("")));
    reading_done(&reading);
}

static void test_what_was_found_before_breaking_stays(void **state)
{
    (void)state;
    struct reading reading;
    read_body(&reading, "{\"cijfers\": {\"a\": 01, \"b\" 2}}");
    assert_null(reading.submission);
    assert_int_equal(reading.findings.count, 2);
    assert_slice(reading.findings.items[0].code, "geen-getal");
    assert_slice(reading.findings.items[1].code, "geen-json");
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
        read_body(&reading, BODIES[i]);
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
    read_slice(&reading, text_slice(&body));
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
    read_slice(&reading, text_slice(&body));
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
        read_slice(&reading, slice_from(exact, length));
        assert_null(reading.submission);
        assert_in_range(reading.findings.count, 1, 2); /* `7.` is no number either */
        const struct finding *last = &reading.findings.items[reading.findings.count - 1];
        assert_slice(last->code, length > 0 ? "geen-json" : "lege-aanlevering");
        reading_done(&reading);
        memory_free(exact);
    }
    text_done(&body);
}

static const struct CMUnitTest OTHERS[] = {
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

enum { OTHER_COUNT = sizeof OTHERS / sizeof OTHERS[0] };

int main(void)
{
    struct CMUnitTest tests[TRAP_COUNT + OTHER_COUNT];
    struct trap traps[TRAP_COUNT];
    memcpy(traps, TRAPS, sizeof traps);
    for (size_t i = 0; i < TRAP_COUNT; i++) {
        tests[i] = (struct CMUnitTest){
            .name = traps[i].name,
            .test_func = test_trap,
            .initial_state = &traps[i],
        };
    }
    memcpy(tests + TRAP_COUNT, OTHERS, sizeof OTHERS);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
