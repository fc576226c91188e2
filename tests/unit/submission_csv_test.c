/*
 * Deliveries in CSV: each habit of a spreadsheet reads as the same delivery as its JSON, and what
 * is written as CSV reads back as exactly what it was. The wrong ones are in
 * submission_csv_golden_test.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "codec/submission_csv.h"
#include "codec/submission_json.h"
#include "unit/log_fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#define HEADER "cijfer;deel;regio;sinds;waarde\n"

/* A rulebook to read by: the shipped one. */
struct bench {
    struct log_fixture log;
    const struct rulebook *rulebook;
};

static int open_bench(void **state)
{
    static struct bench bench;
    log_fixture_init(&bench.log);
    log_fixture_define_shipped(&bench.log, "gi");
    bench.rulebook = state_rulebook(bench.log.state, state_now(), NULL);
    *state = &bench;
    return 0;
}

static int close_bench(void **state)
{
    struct bench *bench = *state;
    log_fixture_done(&bench->log);
    return 0;
}

/* The canonical form of a delivery in CSV that must be right. */
static struct slice canonical_of_csv(struct bench *bench, struct slice body)
{
    const struct submission_csv source = {.body = body, .rulebook = bench->rulebook};
    struct findings findings;
    struct text text = {0};
    findings_init(&findings, &bench->log.arena);
    struct submission *submission = submission_csv_read(&source, &findings);
    for (size_t i = 0; i < findings.count; i++)
        print_error("%.*s %u:%u\n", (int)findings.items[i].code.len, findings.items[i].code.ptr,
                    findings.items[i].line, findings.items[i].column);
    assert_non_null(submission);
    assert_int_equal(findings.count, 0);
    submission_json_write(&text, submission);
    submission_free(submission);
    const struct slice canonical = arena_copy(&bench->log.arena, text_slice(&text));
    text_done(&text);
    return canonical;
}

static void assert_reads(struct bench *bench, const char *body, const char *expected)
{
    const struct slice canonical = canonical_of_csv(bench, slice_of(body));
    if (!slice_is(canonical, expected))
        fail_msg("\"%.*s\" is not \"%s\"", (int)canonical.len, canonical.ptr, expected);
}

/* A delivery in JSON is written as CSV and read again: canonical before and after. */
static void assert_comes_back(struct bench *bench, struct slice json)
{
    struct findings findings;
    struct text before = {0}, csv = {0};
    findings_init(&findings, &bench->log.arena);
    struct submission *submission = submission_json_read(json, &findings);
    assert_non_null(submission);
    assert_int_equal(findings.count, 0);
    submission_json_write(&before, submission);
    submission_csv_write(&csv, submission);
    submission_free(submission);
    const struct slice after = canonical_of_csv(bench, text_slice(&csv));
    if (!slice_equal(text_slice(&before), after))
        fail_msg("%.*s\nbecame\n%.*s\nby\n%.*s", (int)before.len, before.ptr, (int)after.len,
                 after.ptr, (int)csv.len, csv.ptr);
    text_done(&before);
    text_done(&csv);
}

/* ---- reading ---- */

static void test_the_lines_of_the_contract(void **state)
{
    assert_reads(*state,
                 HEADER
                 "clienten;jeugdbescherming;;;1834\n"
                 "wachtlijst;start;;2024-09-02;3\n"
                 "fte;ondersteunend;;;9,0\n"
                 "wachtlijst;intern.dagen;;;912\n"
                 "wachtlijst;intern.aantal;;;12\n"
                 "clienten;jeugdbescherming;JZ01;;900\n"
                 "verloop;inDienst;;;\n"
                 "verzuim;ziektedagen;;;n.v.t.\n"
                 "toelichting;sprong;;;Overname van cli\xC3\xABnten\n"
                 "opgegeven;workload;;;12,4\n",
                 "{\"cijfers\":{\"clienten\":{\"jeugdbescherming\":1834},"
                 "\"fte\":{\"ondersteunend\":9},\"verzuim\":{\"ziektedagen\":null},"
                 "\"wachtlijst\":{\"intern\":{\"aantal\":12,\"dagen\":912},"
                 "\"start\":[{\"aantal\":3,\"sinds\":\"2024-09-02\"}]}},"
                 "\"opgegeven\":{\"workload\":12.4},"
                 "\"regios\":{\"JZ01\":{\"clienten\":{\"jeugdbescherming\":900}}},"
                 "\"toelichtingen\":{\"sprong\":\"Overname van cli\xC3\xABnten\"}}");
}

static void test_nobody_waiting_and_not_applicable(void **state)
{
    assert_reads(*state, HEADER "wachtlijst;start.aantal;;;0\nwachtlijst;intern;;1-9-2024;0\n",
                 "{\"cijfers\":{\"wachtlijst\":{\"intern\":[],\"start\":[]}}}");
    assert_reads(*state,
                 HEADER
                 "wachtlijst;start.aantal;;;0\nwachtlijst;start.dagen;;;0\n"
                 "wachtlijst;intern;;;N.V.T.\n",
                 "{\"cijfers\":{\"wachtlijst\":{\"intern\":null,\"start\":[]}}}");
    assert_reads(*state,
                 HEADER
                 "wachtlijst;start.aantal;;;n.v.t.\nwachtlijst;start.dagen;;;n.v.t.\n"
                 "wachtlijst;intern.aantal;;;nvt\n",
                 "{\"cijfers\":{\"wachtlijst\":{\"intern\":null,\"start\":null}}}");
}

static void test_dates_as_a_dutch_spreadsheet_rewrites_them(void **state)
{
    assert_reads(*state,
                 HEADER
                 "wachtlijst;start;;2-9-2024;3\nwachtlijst;start;;01-08-2024;4\n"
                 "wachtlijst;start;;2024-07-15;5\n",
                 "{\"cijfers\":{\"wachtlijst\":{\"start\":["
                 "{\"aantal\":5,\"sinds\":\"2024-07-15\"},{\"aantal\":4,\"sinds\":\"2024-08-01\"},"
                 "{\"aantal\":3,\"sinds\":\"2024-09-02\"}]}}}");
}

static void test_columns_are_known_by_name(void **state)
{
    assert_reads(*state, "Waarde,CIJFER,deel\n\"9,5\",fte,jurist\n1834,clienten,jeugdbescherming\n",
                 "{\"cijfers\":{\"clienten\":{\"jeugdbescherming\":1834},"
                 "\"fte\":{\"jurist\":9.5}}}");
}

static void test_blank_lines_and_columns_say_nothing(void **state)
{
    assert_reads(*state,
                 "\n"
                 "cijfer;deel;regio;sinds;waarde;;\r\nfte;jurist;;;3;;\r\n;;;;;;\r\n\r\n  \n",
                 "{\"cijfers\":{\"fte\":{\"jurist\":3}}}");
}

/* ---- writing ---- */

static void test_what_excel_needs(void **state)
{
    struct bench *bench = *state;
    struct findings findings;
    struct text csv = {0};
    findings_init(&findings, &bench->log.arena);
    struct submission *submission = submission_json_read(
        slice_of("{\"cijfers\": {\"fte\": {\"jurist\": 3.5}, \"wachtlijst\": {\"start\": []}},"
                 "\"toelichtingen\": {\"sprong\": \"a;b\"}}"),
        &findings);
    submission_csv_write(&csv, submission);
    assert_true(slice_is(text_slice(&csv),
                         "\xEF\xBB\xBF"
                         "cijfer;deel;regio;sinds;waarde\r\nfte;jurist;;;3,5\r\n"
                         "wachtlijst;start.aantal;;;0\r\ntoelichting;sprong;;;\"a;b\"\r\n"));
    submission_free(submission);
    text_done(&csv);
}

/* Whatever JSON can hold in a text comes back: quotes, line ends, blanks, what looks a formula. */
static void test_texts_come_back_as_they_were(void **state)
{
    static const char *const TEXTS[] = {
        "a \\\"b\\\"; c",
        " voor en achter ",
        "\\tinspringing",
        "regel\\r\\nregel\\n",
        "=1+1",
        "'=1+1",
        "''-",
        "'",
        "-",
        "- eerste punt",
        "+31",
        "@x",
        "\\u00a0",
        "\\u00a0x\\u200b",
        "'citaat'",
        "\\u0085x",
        "n.v.t.",
        "\xF0\x9F\x98\x80",
        "sep=;",
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        assert_comes_back(bench, arena_print(&bench->log.arena,
                                             "{\"cijfers\":{},\"toelichtingen\":{\"sprong\":"
                                             "\"%s\",\"algemeen\":\"x\"}}",
                                             TEXTS[i]));
        assert_comes_back(bench, arena_print(&bench->log.arena,
                                             "{\"cijfers\":{},\"toelichtingen\":{\"%s\":\"x\"}}",
                                             TEXTS[i]));
    }
}

static void test_numbers_come_back_as_they_were(void **state)
{
    assert_comes_back(*state, slice_of("{\"opgegeven\":{\"workload\":12.345,\"fte\":-0.25,"
                                       "\"verzuim\":1834,\"verloop\":0.123456789,"
                                       "\"clienten\":999999999999999999}}"));
    assert_comes_back(*state, slice_of("{\"cijfers\":{\"fte\":{\"jurist\":1834.5},\"wachtlijst\":"
                                       "{\"start\":{\"aantal\":0,\"dagen\":5},\"intern\":null}},"
                                       "\"regios\":{\"JZ01\":{\"wachtlijst\":{\"start\":[]}}}}"));
}

static void each_example(struct bench *bench, const char *peildatum, size_t *count)
{
    struct arena *arena = &bench->log.arena;
    const struct slice folder = arena_print(arena, "conf/voorbeeld/gi/%s", peildatum);
    DIR *directory = opendir(arena_print(arena, GIMON_SOURCE_DIR "/%s", folder.ptr).ptr);
    assert_non_null(directory);
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        const struct slice path = arena_print(arena, "%s/%s", folder.ptr, entry->d_name);
        assert_comes_back(bench, log_fixture_read(arena, path.ptr));
        ++*count;
    }
    closedir(directory);
}

static void test_every_example_comes_back_as_it_was(void **state)
{
    static const char *const PEILDATA[] = {"2022-12-01", "2023-05-01", "2023-10-01", "2024-04-01",
                                           "2024-10-01"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof PEILDATA / sizeof PEILDATA[0]; i++)
        each_example(*state, PEILDATA[i], &count);
    assert_int_equal(count, 65);
}

/* ---- the template ---- */

static void test_the_template_asks_for_every_part(void **state)
{
    struct bench *bench = *state;
    const struct monitor *monitor = &bench->rulebook->monitor;
    struct text text = {0};
    submission_csv_template(&text, monitor);
    assert_true(slice_is(canonical_of_csv(bench, text_slice(&text)), "{}"));
    text_putc(&text, '\0');
    for (size_t i = 0; i < monitor->column_count; i++) {
        const struct column *column = &monitor->columns[i];
        const struct slice line =
            arena_print(&bench->log.arena, "\r\n%.*s;%.*s", (int)column->measure->id.len,
                        column->measure->id.ptr, (int)column->part->id.len, column->part->id.ptr);
        assert_non_null(strstr(text.ptr, line.ptr));
    }
    assert_non_null(strstr(text.ptr,
                           "\r\nwachtlijst;start;;;\r\nwachtlijst;start.aantal;;;\r\n"
                           "wachtlijst;start.dagen;;;\r\n"));
    assert_non_null(strstr(text.ptr, "\r\ntoelichting;sprong;;;\r\n"));
    text_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_lines_of_the_contract),
        cmocka_unit_test(test_nobody_waiting_and_not_applicable),
        cmocka_unit_test(test_dates_as_a_dutch_spreadsheet_rewrites_them),
        cmocka_unit_test(test_columns_are_known_by_name),
        cmocka_unit_test(test_blank_lines_and_columns_say_nothing),
        cmocka_unit_test(test_what_excel_needs),
        cmocka_unit_test(test_texts_come_back_as_they_were),
        cmocka_unit_test(test_numbers_come_back_as_they_were),
        cmocka_unit_test(test_every_example_comes_back_as_it_was),
        cmocka_unit_test(test_the_template_asks_for_every_part),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
