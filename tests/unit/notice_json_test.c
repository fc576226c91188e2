/*
 * What an analyst says, to and from JSON: read strictly, with everything that is wrong at once and
 * where; written so that it reads back as the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "codec/form_finding.h"
#include "codec/notice_json.h"

/* Reads a notice; its findings as `code place, code place`. */
static struct notice *read(struct arena *arena, enum record_kind kind, const char *body,
                           const char **ret_found)
{
    struct findings findings;
    struct slice found = slice_of("");
    findings_init(&findings, arena);
    struct notice *notice = notice_json_read(kind, slice_of(body), &findings);
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        assert_int_equal(finding->severity, SEVERITY_ERROR);
        assert_true(finding->message.len > 0);
        found = arena_print(arena, "%s%s%.*s %.*s", found.ptr, i > 0 ? ", " : "",
                            (int)finding->code.len, finding->code.ptr, (int)finding->place.len,
                            finding->place.len > 0 ? finding->place.ptr : "");
    }
    *ret_found = found.ptr;
    return notice;
}

static void test_what_is_right(void **unused)
{
    (void)unused;
    static const struct {
        enum record_kind kind;
        const char *body, *canonical;
    } cases[] = {
        {RECORD_SET_ASIDE, " { \"terzijde\" : true, \"reden\": \"Dubbel\\u0021\" } ",
         "{\"reden\":\"Dubbel!\",\"terzijde\":true}"},
        {RECORD_SET_ASIDE, "{\"terzijde\":false,\"reden\":\"Toch goed\",\"revisie\":3}",
         "{\"reden\":\"Toch goed\",\"revisie\":3,\"terzijde\":false}"},
        {RECORD_REMARK, "{\"opmerking\":\"Gebeld op 3 mei\"}",
         "{\"opmerking\":\"Gebeld op 3 mei\"}"},
        {RECORD_REOPENING, "{\"tot\":\"2025-02-28\",\"reden\":\"Storing\"}",
         "{\"reden\":\"Storing\",\"tot\":\"2025-02-28\"}"},
        {RECORD_EDITION, "{\"status\":\"voorlopig\",\"naam\":\"brief-2024\"}",
         "{\"naam\":\"brief-2024\",\"status\":\"voorlopig\"}"},
        {RECORD_EDITION,
         "{\"naam\":\"b\",\"status\":\"nader-voorlopig\",\"toelichting\":\"Zo \\u00e9\\u00e9n\","
         "\"peildata\":[\"2024-10-01\",\"2024-04-01\"],\"bekendOp\":\"1732262400123-0\"}",
         "{\"bekendOp\":\"1732262400123-0\",\"naam\":\"b\",\"peildata\":[\"2024-04-01\","
         "\"2024-10-01\"],\"status\":\"nader-voorlopig\",\"toelichting\":\"Zo "
         "\xC3\xA9\xC3\xA9n\"}"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *found;
        struct text text = {0};
        struct notice *notice = read(&arena, cases[i].kind, cases[i].body, &found);
        assert_non_null(notice);
        assert_string_equal(found, "");
        notice_json_write(&text, notice);
        notice_free(notice);
        assert_string_equal(text_keep(&text, &arena).ptr, cases[i].canonical);

        notice = read(&arena, cases[i].kind, cases[i].canonical, &found);
        notice_json_write(&text, notice);
        notice_free(notice);
        assert_string_equal(text_keep(&text, &arena).ptr, cases[i].canonical);
    }
    arena_done(&arena);
}

static void test_everything_wrong_is_said_at_once(void **unused)
{
    (void)unused;
    static const struct {
        enum record_kind kind;
        const char *body, *found;
    } cases[] = {
        {RECORD_REMARK, "", "geen-json "},
        {RECORD_REMARK, "[]", "geen-object "},
        {RECORD_REMARK, "{\"opmerking\":", "geen-json /opmerking"},
        {RECORD_REMARK, "{\"opmerking\":\"a\"} x", "geen-json "},
        {RECORD_REMARK, "{}", "ontbrekende-sleutel "},
        {RECORD_REMARK, "{\"opmerking\":1,\"revisie\":\"een\"}",
         "verkeerde-soort /opmerking, verkeerde-soort /revisie"},
        {RECORD_REMARK, "{\"opmerking\":\"a\",\"opmerking\":\"b\"}", "dubbele-sleutel /opmerking"},
        {RECORD_REMARK, "{\"opmerkng\":\"a\"}",
         "onbekende-sleutel /opmerkng, ontbrekende-sleutel "},
        {RECORD_SET_ASIDE, "{\"terzijde\":\"ja\",\"reden\":null}",
         "verkeerde-soort /terzijde, verkeerde-soort /reden"},
        {RECORD_SET_ASIDE, "{\"tot\":\"2025-01-01\"}",
         "onbekende-sleutel /tot, ontbrekende-sleutel , ontbrekende-sleutel "},
        {RECORD_SET_ASIDE, "{\"terzijde\":true,\"reden\":\"a\",\"revisie\":-1}",
         "verkeerde-soort /revisie"},
        {RECORD_REOPENING, "{\"tot\":\"2025-02-30\",\"reden\":\"a\"}", "ongeldige-datum /tot"},
        {RECORD_REOPENING, "{\"tot\":20250228,\"reden\":[]}",
         "verkeerde-soort /tot, verkeerde-soort /reden"},
        {RECORD_EDITION, "{}", "ontbrekende-sleutel , ontbrekende-sleutel "},
        {RECORD_EDITION, "{\"naam\":\"Brief\",\"status\":\"klaar\"}",
         "verkeerde-soort /naam, verkeerde-soort /status"},
        {RECORD_EDITION, "{\"naam\":1,\"status\":[]}",
         "verkeerde-soort /naam, verkeerde-soort /status"},
        {RECORD_EDITION, "{\"naam\":\"a--b\",\"status\":\"definitief\",\"bekendOp\":\"\"}",
         "verkeerde-soort /naam, verkeerde-soort /bekendOp"},
        {RECORD_EDITION, "{\"naam\":\"-a\",\"status\":\"definitief\",\"peildata\":[]}",
         "verkeerde-soort /naam, verkeerde-soort /peildata"},
        {RECORD_EDITION, "{\"naam\":\"123456782\",\"status\":\"definitief\",\"peildata\":{}}",
         "verkeerde-soort /naam, verkeerde-soort /peildata"},
        {RECORD_EDITION,
         "{\"naam\":\"a\",\"status\":\"definitief\",\"peildata\":[\"2024-10-01\",\"2024-10-01\","
         "\"2024-02-30\",1]}",
         "ongeldige-datum /peildata/1, ongeldige-datum /peildata/2, verkeerde-soort /peildata/3"},
        {RECORD_EDITION, "{\"naam\":\"a\",\"status\":\"definitief\",\"peildata\":[\"2024",
         "geen-json /peildata/0"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *found;
        assert_null(read(&arena, cases[i].kind, cases[i].body, &found));
        assert_string_equal(found, cases[i].found);
    }
    arena_done(&arena);
}

/* A text that may not come in is a finding; on the log it may have been emptied since. */
static void test_texts(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *found;
    } cases[] = {
        {" \\n ", "lege-toelichting /opmerking"},
        {"Zie dossier 123456782", "lijkt-op-bsn /opmerking"},
        {"Zie bestelling 123456789", ""},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *found;
        const struct slice body = arena_print(&arena, "{\"opmerking\":\"%s\"}", cases[i].text);
        struct notice *notice = read(&arena, RECORD_REMARK, body.ptr, &found);
        assert_non_null(notice);
        assert_string_equal(found, cases[i].found);
        notice_free(notice);
    }
    arena_done(&arena);
}

/* A thousand characters, not bytes. */
static void test_the_longest_text(void **unused)
{
    (void)unused;
    struct arena arena;
    arena_init(&arena);
    for (size_t count = FORM_NOTE_MOST; count <= FORM_NOTE_MOST + 1; count++) {
        const char *found;
        struct text body = {0};
        text_puts(&body, "{\"opmerking\":\"");
        for (size_t i = 0; i < count; i++)
            text_puts(&body, "\xC3\xA9");
        text_puts(&body, "\"}");
        notice_free(read(&arena, RECORD_REMARK, text_keep(&body, &arena).ptr, &found));
        assert_string_equal(found, count > FORM_NOTE_MOST ? "te-lange-toelichting /opmerking" : "");
    }
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_right),
        cmocka_unit_test(test_everything_wrong_is_said_at_once),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_the_longest_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
