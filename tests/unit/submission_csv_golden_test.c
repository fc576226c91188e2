/*
 * Every way in which a delivery in CSV can be wrong has its example in tests/golden/deliveries-csv:
 * a file that is wrong on purpose and, beside it, exactly what its deliverer is told. The files are
 * read byte for byte and checked as deliveries of jb-noord to the shipped monitor.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "codec/submission_csv.h"
#include "core/check.h"
#include "core/division.h"
#include "unit/finding_text.h"
#include "unit/golden.h"
#include "unit/log_fixture.h"

#define FOLDER "tests/golden/deliveries-csv"

enum { CASES_LEAST = 15 };

/* Read and checked as the desk does. */
static void find_all(const struct log_fixture *log, struct slice body, struct findings *findings)
{
    const struct rulebook *rulebook = state_rulebook(log->state, state_now(), NULL);
    const struct submission_csv source = {.body = body, .rulebook = rulebook};
    struct check_context context = {.rulebook = rulebook, .state = log->state};
    struct date peildatum;
    assert_true(date_parse(slice_of("2024-10-01"), &peildatum));
    assert_true(date_parse(slice_of("2024-10-14"), &context.today));
    context.peildatum = monitor_find_peildatum(&rulebook->monitor, peildatum);
    context.organisation = directory_find_organisation(&rulebook->directory, slice_of("jb-noord"));
    struct submission *submission = submission_csv_read(&source, findings);
    if (submission != NULL) {
        submission_divide(submission, &rulebook->monitor);
        check_submission(&context, submission, findings);
    }
    submission_free(submission);
}

static void check_case(struct log_fixture *log, const char *name)
{
    struct findings findings;
    struct text text = {0};
    findings_init(&findings, &log->arena);
    const struct slice path = arena_print(&log->arena, FOLDER "/%s", name);
    find_all(log, log_fixture_read(&log->arena, path.ptr), &findings);
    assert_false(findings_acceptable(&findings));
    finding_text_put(&text, &findings);
    const struct slice expected =
        arena_print(&log->arena, "deliveries-csv/%.*s.expected", (int)(strlen(name) - 4), name);
    golden_check(expected.ptr, text_slice(&text));
    text_done(&text);
}

static void test_every_wrong_delivery_gives_exactly_its_findings(void **state)
{
    struct log_fixture log;
    size_t count = 0;
    (void)state;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");
    DIR *folder = opendir(GIMON_SOURCE_DIR "/" FOLDER);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const size_t len = strlen(entry->d_name);
        if (len < 4 || strcmp(entry->d_name + len - 4, ".csv") != 0) continue;
        check_case(&log, entry->d_name);
        count++;
    }
    closedir(folder);
    assert_true(count >= CASES_LEAST);
    log_fixture_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_wrong_delivery_gives_exactly_its_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
