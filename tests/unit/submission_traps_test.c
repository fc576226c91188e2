/*
 * Every trap of JSON and of the form of a delivery: exactly one finding, with its code, place, line
 * and column, and whether the rest could still be read. One test a trap.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/reading.h"

#include <string.h>

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
    {"trap: a measure with nothing in it", "{\"cijfers\": {\"verlop\": {}}}", "ontbrekende-sleutel",
     "/cijfers/verlop", 1, 24, true},
    {"trap: a region with nothing in it", "{\"regios\": {\"JZ01\": {}}}", "ontbrekende-sleutel",
     "/regios/JZ01", 1, 21, true},
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

static void test_trap(void **state)
{
    const struct trap *trap = *state;
    struct reading reading;
    reading_of_text(&reading, trap->body);
    for (size_t i = 1; i < reading.findings.count; i++)
        print_error("more: %.*s\n", (int)reading.findings.items[i].code.len,
                    reading.findings.items[i].code.ptr);
    assert_int_equal(reading.findings.count, 1);
    const struct finding *finding = &reading.findings.items[0];
    reading_expect_text(finding->code, trap->code);
    reading_expect_text(finding->place, trap->place);
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    assert_int_equal(finding->line, trap->line);
    assert_int_equal(finding->column, trap->column);
    assert_true(finding->message.len > 0);
    assert_int_equal(reading.submission != NULL, trap->is_read);
    reading_done(&reading);
}

int main(void)
{
    struct CMUnitTest tests[TRAP_COUNT];
    struct trap traps[TRAP_COUNT];
    memcpy(traps, TRAPS, sizeof traps);
    for (size_t i = 0; i < TRAP_COUNT; i++) {
        tests[i] = (struct CMUnitTest){
            .name = traps[i].name,
            .test_func = test_trap,
            .initial_state = &traps[i],
        };
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
