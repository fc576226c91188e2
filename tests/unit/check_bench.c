/* The bench under the tests of the check: a log, a definition, a sender and a day. */
#include "unit/check_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "codec/submission_json.h"

/* A definition with everything that the shipped one does not have. */
static const char MONITOR[] =
    "monitor: proef\n"
    "naam: Proef\n"
    "eigenaar: niemand\n"
    "cijfers:\n"
    "  plaatsen: {naam: Plaatsen, soort: aantal, eenheid: x, hoogstens: 999999999}\n"
    "  lijst: {naam: Lijst, soort: wachttijd, eenheid: kinderen, kalender: awt, drempel: 9,\n"
    "          hoogstensJaren: 2}\n"
    "  gezinnen: {naam: Gezinnen, soort: aantal, eenheid: gezinnen, regios: overlapt}\n"
    "indicatoren:\n"
    "  plaatsen: {naam: p, eenheid: x, versies: [{soort: som, teller: [plaatsen]}]}\n"
    "peildata:\n"
    "  - {datum: 2024-02-29, opening: 2024-03-01, uiterlijk: 2024-03-31, sluiting: 2024-04-30}\n"
    "controles:\n"
    "  - {code: te-vol, soort: hoogstens, ernst: waarschuwing, links: [gezinnen],\n"
    "     rechts: [plaatsen], wat: Te vol., doe: Kijk na.}\n";

static const char ORGANISATIONS[] =
    "organisaties:\n"
    "  een: {naam: Een, monitors: [proef], vanaf: 2020-01-01}\n"
    "  twee: {naam: Twee, monitors: [proef], vanaf: 2020-01-01, tot: 2023-12-31}\n";

void check_bench_open_shipped(struct check_bench *bench)
{
    *bench = (struct check_bench){
        .organisation = "jb-noord",
        .peildatum = "2024-10-01",
        .today = "2024-10-14",
    };
    log_fixture_init(&bench->log);
    log_fixture_define_shipped(&bench->log, "gi");
}

void check_bench_open_own(struct check_bench *bench)
{
    *bench = (struct check_bench){
        .organisation = "een",
        .peildatum = "2024-02-29",
        .today = "2024-03-01",
    };
    log_fixture_init(&bench->log);
    log_fixture_define(&bench->log, "proef", MONITOR, ORGANISATIONS);
}

void check_bench_close(struct check_bench *bench)
{
    log_fixture_done(&bench->log);
}

static struct date day(const char *text)
{
    struct date date;
    assert_true(date_parse(slice_of(text), &date));
    return date;
}

void check_bench_run(struct check_bench *bench, const char *body)
{
    const struct rulebook *rulebook = state_rulebook(bench->log.state, state_now(), NULL);
    findings_init(&bench->findings, &bench->log.arena);
    struct submission *submission = submission_json_read(slice_of(body), &bench->findings);
    assert_non_null(submission);
    const struct check_context context = {
        .rulebook = rulebook,
        .state = bench->log.state,
        .peildatum = monitor_find_peildatum(&rulebook->monitor, day(bench->peildatum)),
        .organisation =
            directory_find_organisation(&rulebook->directory, slice_of(bench->organisation)),
        .today = day(bench->today),
    };
    check_submission(&context, submission, &bench->findings);
    submission_free(submission);
}

void check_bench_print(const struct check_bench *bench)
{
    for (size_t i = 0; i < bench->findings.count; i++) {
        const struct finding *found = &bench->findings.items[i];
        print_error("%.*s %.*s %u:%u %.*s | %.*s | %.*s\n", (int)found->code.len, found->code.ptr,
                    (int)found->place.len, found->place.ptr, found->line, found->column,
                    (int)found->message.len, found->message.ptr, (int)found->found.len,
                    found->found.ptr, (int)found->allowed.len, found->allowed.ptr);
    }
}

void check_bench_expect_text(struct slice slice, const char *expected)
{
    if (slice_is(slice, expected)) return;
    fail_msg("\"%.*s\" is not \"%s\"", (int)slice.len, slice.ptr, expected);
}

void check_bench_expect_none(struct check_bench *bench, const char *body)
{
    check_bench_run(bench, body);
    if (bench->findings.count > 0) check_bench_print(bench);
    assert_int_equal(bench->findings.count, 0);
}

const struct finding *check_bench_expect_one(struct check_bench *bench, const char *body,
                                             const char *code)
{
    check_bench_run(bench, body);
    if (bench->findings.count != 1) check_bench_print(bench);
    assert_int_equal(bench->findings.count, 1);
    check_bench_expect_text(bench->findings.items[0].code, code);
    assert_true(bench->findings.items[0].message.len > 0);
    return &bench->findings.items[0];
}

void check_bench_deliver(struct check_bench *bench, const char *peildatum, const char *body)
{
    log_fixture_deliver(&bench->log, peildatum, bench->organisation, "", slice_of(body));
}
