/*
 * A delivery against its definition: each rule has a delivery that breaks it and the finding it
 * must give, right deliveries give none, and the bounds themselves are allowed. The rules of the
 * shipped monitor are tested with it; windows, undivided measures and overlaps with a definition of
 * the test's own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "codec/submission_json.h"
#include "core/check.h"
#include "unit/log_fixture.h"

#include <string.h>

#define CLIENTS "\"clienten\": {\"jeugdbescherming\": 1834, \"jeugdreclassering\": 402}"
#define STAFF                                                                                      \
    "\"fte\": {\"jeugdbeschermer\": 160.25, \"jeugdreclasseerder\": 20.5, \"ondersteunend\": 9, "  \
    "\"gedragswetenschapper\": 14.2, \"jurist\": 3}"
#define WAITING(start)   "\"wachtlijst\": {\"start\": " start ", \"intern\": []}"
#define LEAVING          "\"verloop\": {\"vertrokken\": 28, \"inDienst\": 181}"
#define ILL              "\"verzuim\": {\"ziektedagen\": 4460, \"beschikbaar\": 65600}"
#define REST             WAITING("[]") ", " LEAVING ", " ILL
#define WHOLE            CLIENTS ", " STAFF ", " REST
#define FIGURES(figures) "{\"cijfers\": {" figures "}}"
#define WITH(more)       "{\"cijfers\": {" WHOLE "}, " more "}"
#define START(start)     FIGURES(CLIENTS ", " STAFF ", " WAITING(start) ", " LEAVING ", " ILL)
#define JZ01(clients)    WITH("\"regios\": {\"JZ01\": {\"clienten\": {" clients "}}}")

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

/* A log with a definition, and what the last check found. */
struct bench {
    struct log_fixture log;
    struct findings findings;
    const char *organisation;
    const char *peildatum;
    const char *today;
};

static void open_shipped(struct bench *bench)
{
    *bench = (struct bench){
        .organisation = "jb-noord",
        .peildatum = "2024-10-01",
        .today = "2024-10-14",
    };
    log_fixture_init(&bench->log);
    log_fixture_define_shipped(&bench->log, "gi");
}

static void open_own(struct bench *bench)
{
    *bench = (struct bench){
        .organisation = "een",
        .peildatum = "2024-02-29",
        .today = "2024-03-01",
    };
    log_fixture_init(&bench->log);
    log_fixture_define(&bench->log, "proef", MONITOR, ORGANISATIONS);
}

static void close_bench(struct bench *bench)
{
    log_fixture_done(&bench->log);
}

static struct date day(const char *text)
{
    struct date date;
    assert_true(date_parse(slice_of(text), &date));
    return date;
}

/* Reads and checks; the findings of both stay on the bench. */
static void check(struct bench *bench, const char *body)
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

static void print_findings(const struct bench *bench)
{
    for (size_t i = 0; i < bench->findings.count; i++) {
        const struct finding *found = &bench->findings.items[i];
        print_error("%.*s %.*s %u:%u %.*s | %.*s | %.*s\n", (int)found->code.len, found->code.ptr,
                    (int)found->place.len, found->place.ptr, found->line, found->column,
                    (int)found->message.len, found->message.ptr, (int)found->found.len,
                    found->found.ptr, (int)found->allowed.len, found->allowed.ptr);
    }
}

static void assert_slice(struct slice slice, const char *expected)
{
    if (slice_is(slice, expected)) return;
    fail_msg("\"%.*s\" is not \"%s\"", (int)slice.len, slice.ptr, expected);
}

static void assert_none(struct bench *bench, const char *body)
{
    check(bench, body);
    if (bench->findings.count > 0) print_findings(bench);
    assert_int_equal(bench->findings.count, 0);
}

/* The only finding of a delivery. */
static const struct finding *assert_one(struct bench *bench, const char *body, const char *code)
{
    check(bench, body);
    if (bench->findings.count != 1) print_findings(bench);
    assert_int_equal(bench->findings.count, 1);
    assert_slice(bench->findings.items[0].code, code);
    assert_true(bench->findings.items[0].message.len > 0);
    return &bench->findings.items[0];
}

/* A delivery to the shipped monitor that must give exactly one finding. */
struct rule {
    const char *name;
    const char *body;
    const char *code;
    enum severity severity;
    const char *place;
    const char *found;
    const char *allowed; /**< NULL: not looked at */
};

static const struct rule RULES[] = {
    {"rule: no figures at all", "{}", "geen-cijfers", SEVERITY_ERROR, "/cijfers", "", NULL},
    {"rule: empty figures", "{\"cijfers\": {\"clienten\": {}}}", "geen-cijfers", SEVERITY_ERROR,
     "/cijfers", "", NULL},
    {"rule: a required measure is missing", FIGURES(STAFF ", " REST), "ontbrekend-cijfer",
     SEVERITY_ERROR, "/cijfers/clienten", "", NULL},
    {"rule: another measure is missing", FIGURES(CLIENTS ", " STAFF ", " WAITING("[]") ", " ILL),
     "ontbrekend-cijfer", SEVERITY_WARNING, "/cijfers/verloop", "", NULL},
    {"rule: a part is missing",
     FIGURES("\"clienten\": {\"jeugdbescherming\": 1834}, " STAFF ", " REST), "ontbrekend-deel",
     SEVERITY_WARNING, "/cijfers/clienten/jeugdreclassering", "", NULL},
    {"rule: an unknown measure", FIGURES(WHOLE ", \"klienten\": {\"a\": 1, \"b\": 2}"),
     "onbekend-cijfer", SEVERITY_ERROR, "/cijfers/klienten", "klienten",
     "clienten, fte, wachtlijst, verloop, verzuim"},
    {"rule: a measure in capitals", FIGURES(WHOLE ", \"Fte\": 5"), "onbekend-cijfer",
     SEVERITY_ERROR, "/cijfers/Fte", "Fte", NULL},
    {"rule: an unknown part",
     FIGURES("\"verloop\": {\"vertrokken\": 28, \"inDienst\": 181, \"indienst\": 1}, " CLIENTS
             ", " STAFF ", " WAITING("[]") ", " ILL),
     "onbekend-deel", SEVERITY_ERROR, "/cijfers/verloop/indienst", "indienst",
     "vertrokken, inDienst"},
    {"rule: a divided measure without parts", FIGURES("\"clienten\": 2236, " STAFF ", " REST),
     "deel-nodig", SEVERITY_ERROR, "/cijfers/clienten", "2236", NULL},
    {"rule: a number where dates are asked", START("12"), "verkeerde-soort", SEVERITY_ERROR,
     "/cijfers/wachtlijst/start", "12", NULL},
    {"rule: dates where a number is asked",
     FIGURES("\"verloop\": {\"vertrokken\": [], \"inDienst\": 181}, " CLIENTS ", " STAFF
             ", " WAITING("[]") ", " ILL),
     "verkeerde-soort", SEVERITY_ERROR, "/cijfers/verloop/vertrokken", "", "een getal"},
    {"rule: half a child",
     FIGURES("\"verloop\": {\"vertrokken\": 28.5, \"inDienst\": 181}, " CLIENTS ", " STAFF
             ", " WAITING("[]") ", " ILL),
     "te-veel-decimalen", SEVERITY_ERROR, "/cijfers/verloop/vertrokken", "28.5", "een heel getal"},
    {"rule: more decimals than the measure has",
     FIGURES(CLIENTS ", \"fte\": {\"jeugdbeschermer\": 160.255, \"jeugdreclasseerder\": 20.5, "
                     "\"ondersteunend\": 9, \"gedragswetenschapper\": 14.2, \"jurist\": 3}, " REST),
     "te-veel-decimalen", SEVERITY_ERROR, "/cijfers/fte/jeugdbeschermer", "160.255",
     "hoogstens 2 decimalen"},
    {"rule: below zero",
     FIGURES("\"verloop\": {\"vertrokken\": -1, \"inDienst\": 181}, " CLIENTS ", " STAFF
             ", " WAITING("[]") ", " ILL),
     "buiten-bereik", SEVERITY_ERROR, "/cijfers/verloop/vertrokken", "-1", "0 t/m 10000000"},
    {"rule: above the maximum",
     FIGURES("\"verloop\": {\"vertrokken\": 28, \"inDienst\": 10000001}, " CLIENTS ", " STAFF
             ", " WAITING("[]") ", " ILL),
     "buiten-bereik", SEVERITY_ERROR, "/cijfers/verloop/inDienst", "10000001", "0 t/m 10000000"},
    {"rule: a number like a BSN",
     FIGURES("\"verloop\": {\"vertrokken\": 28, \"inDienst\": 123456782}, " CLIENTS ", " STAFF
             ", " WAITING("[]") ", " ILL),
     "lijkt-op-bsn", SEVERITY_ERROR, "/cijfers/verloop/inDienst", "", ""},
    {"rule: a count like a BSN", START("[{\"sinds\": \"2024-08-01\", \"aantal\": 111222333}]"),
     "lijkt-op-bsn", SEVERITY_ERROR, "/cijfers/wachtlijst/start", "", ""},
    {"rule: a BSN in a text",
     WITH("\"toelichtingen\": {\"algemeen\": \"kind 123456782 is verhuisd\"}"), "lijkt-op-bsn",
     SEVERITY_ERROR, "/toelichtingen/algemeen", "", ""},
    {"rule: waiting since after the peildatum",
     START("[{\"sinds\": \"2024-10-02\", \"aantal\": 1}]"), "sinds-na-peildatum", SEVERITY_ERROR,
     "/cijfers/wachtlijst/start", "2024-10-02", "2006-10-01 t/m 2024-10-01"},
    {"rule: waiting for more than eighteen years",
     START("[{\"sinds\": \"2006-09-30\", \"aantal\": 1}]"), "sinds-te-lang-geleden", SEVERITY_ERROR,
     "/cijfers/wachtlijst/start", "2006-09-30", "2006-10-01 t/m 2024-10-01"},
    {"rule: days without anybody", START("{\"aantal\": 0, \"dagen\": 5}"), "dagen-zonder-aantal",
     SEVERITY_ERROR, "/cijfers/wachtlijst/start", "5", NULL},
    {"rule: a mean wait below eight days", START("{\"aantal\": 10, \"dagen\": 79}"),
     "wachttijd-te-kort", SEVERITY_ERROR, "/cijfers/wachtlijst/start", "79",
     "gemiddeld minstens 8 dagen"},
    {"rule: a mean wait above eighteen years", START("{\"aantal\": 2, \"dagen\": 13151}"),
     "wachttijd-te-lang", SEVERITY_ERROR, "/cijfers/wachtlijst/start", "13151",
     "gemiddeld hoogstens 6575 dagen"},
    {"rule: half a waiting child", START("{\"aantal\": 1.5, \"dagen\": 79}"), "te-veel-decimalen",
     SEVERITY_ERROR, "/cijfers/wachtlijst/start", "1.5", "een heel getal"},
    {"rule: days below zero", START("{\"aantal\": 1, \"dagen\": -8}"), "buiten-bereik",
     SEVERITY_ERROR, "/cijfers/wachtlijst/start", "-8", "0 of meer"},
    {"rule: more waiting than clients", START("{\"aantal\": 2237, \"dagen\": 40000}"),
     "wachtlijst-boven-clienten", SEVERITY_ERROR, "/cijfers/wachtlijst", "2237", "hoogstens 2236"},
    {"rule: no workers",
     FIGURES(CLIENTS ", \"fte\": {\"jeugdbeschermer\": 0, \"jeugdreclasseerder\": 0, "
                     "\"ondersteunend\": 9, \"gedragswetenschapper\": 14.2, \"jurist\": 3}, " REST),
     "fte-nul", SEVERITY_ERROR, "/cijfers/fte", "0", "meer dan 0"},
    {"rule: more ill than available",
     FIGURES(CLIENTS ", " STAFF ", " WAITING(
         "[]") ", " LEAVING ", \"verzuim\": {\"ziektedagen\": 65601, \"beschikbaar\": 65600}"),
     "ziektedagen-boven-beschikbaar", SEVERITY_ERROR, "/cijfers/verzuim/ziektedagen", "65601",
     "hoogstens 65600"},
    {"rule: an unknown region", WITH("\"regios\": {\"JZ40\": {\"fte\": {\"jurist\": 3}}}"),
     "onbekende-regio", SEVERITY_ERROR, "/regios/JZ40", "JZ40", NULL},
    {"rule: regions where there are none",
     WITH("\"regios\": {\"JZ01\": {\"verloop\": {\"vertrokken\": 28, \"inDienst\": 181}}}"),
     "geen-regios", SEVERITY_ERROR, "/regios/JZ01/verloop", "", NULL},
    {"rule: regions below the total", JZ01("\"jeugdbescherming\": 900"), "regios-onvolledig",
     SEVERITY_WARNING, "/cijfers/clienten/jeugdbescherming", "900", "1834"},
    {"rule: regions above the total", JZ01("\"jeugdbescherming\": 1835"), "regios-boven-totaal",
     SEVERITY_ERROR, "/cijfers/clienten/jeugdbescherming", "1835", "1834"},
    {"rule: a declared indicator that differs", WITH("\"opgegeven\": {\"workload\": 12.5}"),
     "opgegeven-wijkt-af", SEVERITY_WARNING, "/opgegeven/workload", "12.5", "12,4"},
    {"rule: an unknown indicator", WITH("\"opgegeven\": {\"werklast\": 12.4}"),
     "onbekende-indicator", SEVERITY_ERROR, "/opgegeven/werklast", "werklast", NULL},
};

enum { RULE_COUNT = sizeof RULES / sizeof RULES[0] };

static void test_rule(void **state)
{
    const struct rule *rule = *state;
    struct bench bench;
    open_shipped(&bench);
    const struct finding *finding = assert_one(&bench, rule->body, rule->code);
    assert_int_equal(finding->severity, rule->severity);
    assert_slice(finding->place, rule->place);
    assert_slice(finding->found, rule->found);
    if (rule->allowed != NULL) assert_slice(finding->allowed, rule->allowed);
    close_bench(&bench);
}

static void test_right_deliveries_give_nothing(void **state)
{
    (void)state;
    static const char *const BODIES[] = {
        FIGURES(WHOLE),
        START("[{\"sinds\": \"2024-10-01\", \"aantal\": 1}, "
              "{\"sinds\": \"2006-10-01\", \"aantal\": 1}]"),
        START("{\"aantal\": 10, \"dagen\": 80}"),
        START("{\"aantal\": 2, \"dagen\": 13150}"),
        START("{\"aantal\": 2236, \"dagen\": 40000}"),
        START("null"),
        JZ01("\"jeugdbescherming\": 1834"),
        WITH("\"opgegeven\": {\"workload\": 12.4}"),
        WITH("\"opgegeven\": {\"workload\": 12.37}"),
        WITH("\"toelichtingen\": {\"algemeen\": \"telefoon 0612345678, dossier 123456789\"}"),
        FIGURES(CLIENTS
                ", " STAFF ", \"verloop\": {\"vertrokken\": null, \"inDienst\": null}, "
                "\"verzuim\": {\"ziektedagen\": 65600, \"beschikbaar\": 65600.0}, " WAITING("[]")),
    };
    struct bench bench;
    open_shipped(&bench);
    for (size_t i = 0; i < sizeof BODIES / sizeof BODIES[0]; i++)
        assert_none(&bench, BODIES[i]);
    close_bench(&bench);
}

/* What was refused is not used: no second finding about the same mistake. */
static void test_a_refused_value_is_not_computed_with(void **state)
{
    (void)state;
    struct bench bench;
    open_shipped(&bench);
    assert_one(
        &bench,
        FIGURES("\"clienten\": {\"jeugdbescherming\": \"1834\", \"jeugdreclassering\": 402}, " STAFF
                ", " REST),
        "verkeerde-soort");
    assert_one(&bench, START("{\"aantal\": 99999999, \"dagen\": 999999999}"), "buiten-bereik");
    close_bench(&bench);
}

static void deliver(struct bench *bench, const char *peildatum, const char *body)
{
    log_fixture_deliver(&bench->log, peildatum, bench->organisation, "", slice_of(body));
}

static void test_a_jump_is_said_with_its_bounds(void **state)
{
    (void)state;
    struct bench bench;
    open_shipped(&bench);
    deliver(&bench, "2024-04-01",
            "{\"cijfers\": {\"clienten\": {\"jeugdbescherming\": 1398, \"jeugdreclassering\": "
            "402}}}");
    const struct finding *finding = assert_one(&bench, FIGURES(WHOLE), "sprong");
    assert_int_equal(finding->severity, SEVERITY_EXPLAIN);
    assert_slice(finding->place, "/cijfers/clienten/jeugdbescherming");
    assert_slice(finding->found, "1834");
    assert_slice(finding->allowed, "1049 t/m 1747");
    assert_true(slice_starts(finding->message,
                             "1834 is 31,2% meer dan op 1 april 2024 (1398). Klopt het getal"));
    assert_false(findings_acceptable(&bench.findings));

    finding = assert_one(&bench, WITH("\"toelichtingen\": {\"sprong\": \"Overname\"}"), "sprong");
    assert_slice(finding->message, "1834 is 31,2% meer dan op 1 april 2024 (1398).");
    assert_slice(finding->explanation, "Overname");
    assert_true(findings_acceptable(&bench.findings));
    close_bench(&bench);
}

/* Both bounds must be passed, and the bound itself is no jump. */
static void test_jumps_have_two_bounds(void **state)
{
    (void)state;
    static const struct {
        const char *was;
        bool jumps;
    } CASES[] = {
        {"321.6", false}, /* 402 is 25 % more */
        {"321", true},    /* a little more than that */
        {"536", false},   /* 402 is 25 % less */
        {"537", true},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct bench bench;
        open_shipped(&bench);
        const struct slice before = arena_print(
            &bench.log.arena, "{\"cijfers\": {\"fte\": {\"jurist\": %s}}}", CASES[i].was);
        deliver(&bench, "2024-04-01", before.ptr);
        check(&bench, FIGURES(CLIENTS ", \"fte\": {\"jeugdbeschermer\": 160.25, "
                                      "\"jeugdreclasseerder\": 20.5, \"ondersteunend\": 9, "
                                      "\"gedragswetenschapper\": 14.2, \"jurist\": 402}, " REST));
        assert_int_equal(bench.findings.count, CASES[i].jumps ? 1 : 0);
        close_bench(&bench);
    }
}

/* 25 more than nothing is no jump, 26 is; there is no percentage of nothing. */
static void test_a_jump_from_zero(void **state)
{
    (void)state;
    struct bench bench;
    open_shipped(&bench);
    deliver(&bench, "2024-04-01", "{\"cijfers\": {\"fte\": {\"jurist\": 0}}}");
    check(&bench, FIGURES(CLIENTS ", \"fte\": {\"jeugdbeschermer\": 1, \"jeugdreclasseerder\": 1, "
                                  "\"ondersteunend\": 1, \"gedragswetenschapper\": 1, "
                                  "\"jurist\": 25}, " REST));
    assert_int_equal(bench.findings.count, 0);
    const struct finding *finding =
        assert_one(&bench,
                   FIGURES(CLIENTS ", \"fte\": {\"jeugdbeschermer\": 1, \"jeugdreclasseerder\": 1, "
                                   "\"ondersteunend\": 1, \"gedragswetenschapper\": 1, "
                                   "\"jurist\": 25.01}, " REST),
                   "sprong");
    assert_true(slice_starts(finding->message, "25,01 is 25,01 meer dan op 1 april 2024 (0)."));
    assert_slice(finding->allowed, "0 t/m 25");
    close_bench(&bench);
}

/* Only the directly preceding peildatum counts: with nothing there, older figures are no measure.
 */
static void test_no_jump_over_a_gap(void **state)
{
    (void)state;
    struct bench bench;
    open_shipped(&bench);
    deliver(&bench, "2023-10-01",
            "{\"cijfers\": {\"clienten\": {\"jeugdbescherming\": 1, \"jeugdreclassering\": 1}}}");
    assert_none(&bench, FIGURES(WHOLE));
    close_bench(&bench);
}

#define OWN "\"plaatsen\": 300, \"lijst\": [], \"gezinnen\": 100"

static void test_the_window(void **state)
{
    (void)state;
    static const struct {
        const char *today;
        const char *codes[3];
    } CASES[] = {
        {"2024-02-29", {"nog-niet-open"}},
        {"2024-03-01", {NULL}},
        {"2024-03-31", {NULL}},
        {"2024-04-01", {"te-laat"}},
        {"2024-04-30", {"te-laat"}},
        {"2024-05-01", {"gesloten", "te-laat"}},
    };
    struct bench bench;
    open_own(&bench);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        size_t count = 0;
        bench.today = CASES[i].today;
        check(&bench, FIGURES(OWN));
        for (; CASES[i].codes[count] != NULL; count++)
            assert_slice(bench.findings.items[count].code, CASES[i].codes[count]);
        assert_int_equal(bench.findings.count, count);
    }
    bench.today = "2024-05-01";
    assert_false(findings_acceptable(&bench.findings));
    check(&bench, "{\"cijfers\": {" OWN "}, \"toelichtingen\": {\"gesloten\": \"Ziekte\"}}");
    assert_true(findings_acceptable(&bench.findings));
    close_bench(&bench);
}

static void test_who_is_not_expected(void **state)
{
    (void)state;
    struct bench bench;
    open_own(&bench);
    bench.organisation = "twee";
    assert_int_equal(assert_one(&bench, FIGURES(OWN), "niet-verwacht")->severity, SEVERITY_ERROR);
    close_bench(&bench);
}

static void test_undivided_measures(void **state)
{
    (void)state;
    struct bench bench;
    open_own(&bench);
    const struct finding *finding =
        assert_one(&bench, FIGURES("\"plaatsen\": {\"x\": 300}, \"lijst\": [], \"gezinnen\": 1"),
                   "geen-delen");
    assert_slice(finding->place, "/cijfers/plaatsen/x");
    assert_none(&bench, FIGURES("\"plaatsen\": 300, \"lijst\": {\"aantal\": 1, \"dagen\": 12}, "
                                "\"gezinnen\": 1"));
    close_bench(&bench);
}

/* A maximum of nine digits makes nine digits a count; more than nine working days take twelve. */
static void test_bounds_follow_the_definition(void **state)
{
    (void)state;
    struct bench bench;
    open_own(&bench);
    assert_none(&bench, FIGURES("\"plaatsen\": 123456782, \"lijst\": [], \"gezinnen\": 1"));
    const struct finding *finding =
        assert_one(&bench,
                   FIGURES("\"plaatsen\": 1, \"lijst\": {\"aantal\": 1, \"dagen\": 11}, "
                           "\"gezinnen\": 1"),
                   "wachttijd-te-kort");
    assert_slice(finding->allowed, "gemiddeld minstens 12 dagen");
    finding = assert_one(&bench,
                         FIGURES("\"plaatsen\": 1, \"gezinnen\": 1, \"lijst\": [{\"sinds\": "
                                 "\"2022-02-27\", \"aantal\": 1}]"),
                         "sinds-te-lang-geleden");
    assert_slice(finding->allowed, "2022-02-28 t/m 2024-02-29");
    close_bench(&bench);
}

static void test_overlapping_regions_need_not_add_up(void **state)
{
    (void)state;
    struct bench bench;
    open_own(&bench);
    assert_none(&bench, "{\"cijfers\": {" OWN
                        "}, \"regios\": {\"JZ01\": {\"gezinnen\": 90}, "
                        "\"JZ02\": {\"gezinnen\": 90}}}");
    close_bench(&bench);
}

static void test_a_check_says_what_the_definition_says(void **state)
{
    (void)state;
    struct bench bench;
    open_own(&bench);
    const struct finding *finding =
        assert_one(&bench, FIGURES("\"plaatsen\": 99, \"lijst\": [], \"gezinnen\": 100"), "te-vol");
    assert_slice(finding->message, "Te vol. Kijk na.");
    assert_int_equal(finding->line, 1);
    assert_none(&bench, FIGURES("\"plaatsen\": null, \"lijst\": [], \"gezinnen\": 100"));
    close_bench(&bench);
}

/* A text about a person is refused, and is not shown as the reason of another finding either. */
static void test_a_bsn_in_a_reason_is_not_repeated(void **state)
{
    (void)state;
    struct bench bench;
    open_own(&bench);
    bench.today = "2024-04-01";
    check(&bench, "{\"cijfers\": {" OWN "}, \"toelichtingen\": {\"te-laat\": \"123456782\"}}");
    assert_int_equal(bench.findings.count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(bench.findings.items[i].explanation.len, 0);
        assert_int_equal(bench.findings.items[i].found.len, 0);
    }
    close_bench(&bench);
}

/* Every shipped example is accepted after those before it: nothing but warnings and reasons. */
static void test_the_examples_are_acceptable(void **state)
{
    (void)state;
    struct bench bench;
    unsigned count = 0;
    open_shipped(&bench);
    const struct rulebook *rulebook = state_rulebook(bench.log.state, state_now(), NULL);
    for (size_t i = 0; i < rulebook->monitor.peildatum_count; i++) {
        struct text date = {0};
        date_put(&date, rulebook->monitor.peildata[i].date);
        text_putc(&date, '\0');
        for (size_t j = 0; j < rulebook->directory.organisation_count; j++) {
            bench.peildatum = date.ptr;
            bench.organisation = rulebook->directory.organisations[j].id.ptr;
            bench.today = "2025-01-01";
            const struct slice path =
                arena_print(&bench.log.arena, "conf/voorbeeld/gi/%s/%.*s.json", date.ptr,
                            (int)rulebook->directory.organisations[j].id.len, bench.organisation);
            const struct slice body = log_fixture_read(&bench.log.arena, path.ptr);
            check(&bench, body.ptr);
            if (!findings_acceptable(&bench.findings)) {
                print_error("%s\n", path.ptr);
                print_findings(&bench);
            }
            assert_true(findings_acceptable(&bench.findings));
            log_fixture_deliver(&bench.log, date.ptr, bench.organisation, "", body);
            count++;
        }
        text_done(&date);
    }
    assert_int_equal(count, 65);
    close_bench(&bench);
}

static const struct CMUnitTest OTHERS[] = {
    cmocka_unit_test(test_right_deliveries_give_nothing),
    cmocka_unit_test(test_a_refused_value_is_not_computed_with),
    cmocka_unit_test(test_a_jump_is_said_with_its_bounds),
    cmocka_unit_test(test_jumps_have_two_bounds),
    cmocka_unit_test(test_a_jump_from_zero),
    cmocka_unit_test(test_no_jump_over_a_gap),
    cmocka_unit_test(test_the_window),
    cmocka_unit_test(test_who_is_not_expected),
    cmocka_unit_test(test_undivided_measures),
    cmocka_unit_test(test_bounds_follow_the_definition),
    cmocka_unit_test(test_overlapping_regions_need_not_add_up),
    cmocka_unit_test(test_a_check_says_what_the_definition_says),
    cmocka_unit_test(test_a_bsn_in_a_reason_is_not_repeated),
    cmocka_unit_test(test_the_examples_are_acceptable),
};

enum { OTHER_COUNT = sizeof OTHERS / sizeof OTHERS[0] };

int main(void)
{
    struct CMUnitTest tests[RULE_COUNT + OTHER_COUNT];
    struct rule rules[RULE_COUNT];
    memcpy(rules, RULES, sizeof rules);
    for (size_t i = 0; i < RULE_COUNT; i++) {
        tests[i] = (struct CMUnitTest){
            .name = rules[i].name,
            .test_func = test_rule,
            .initial_state = &rules[i],
        };
    }
    memcpy(tests + RULE_COUNT, OTHERS, sizeof OTHERS);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
