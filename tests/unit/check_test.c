/*
 * A delivery against the shipped definition: each rule has a delivery that breaks it and the
 * finding it must give, right deliveries give none, the bounds themselves are allowed, and all
 * shipped examples are acceptable.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "unit/check_bench.h"

#include <string.h>

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
    {"rule: empty figures", "{\"cijfers\": {}}", "geen-cijfers", SEVERITY_ERROR, "/cijfers", "",
     NULL},
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
     "gemiddeld minstens 8 dagen (meer dan 5 werkdagen)"},
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
    struct check_bench bench;
    check_bench_open_shipped(&bench);
    const struct finding *finding = check_bench_expect_one(&bench, rule->body, rule->code);
    assert_int_equal(finding->severity, rule->severity);
    check_bench_expect_text(finding->place, rule->place);
    check_bench_expect_text(finding->found, rule->found);
    if (rule->allowed != NULL) check_bench_expect_text(finding->allowed, rule->allowed);
    check_bench_close(&bench);
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
    struct check_bench bench;
    check_bench_open_shipped(&bench);
    for (size_t i = 0; i < sizeof BODIES / sizeof BODIES[0]; i++)
        check_bench_expect_none(&bench, BODIES[i]);
    check_bench_close(&bench);
}

/* What was refused is not used: no second finding about the same mistake. */
static void test_a_refused_value_is_not_computed_with(void **state)
{
    (void)state;
    struct check_bench bench;
    check_bench_open_shipped(&bench);
    check_bench_expect_one(
        &bench,
        FIGURES("\"clienten\": {\"jeugdbescherming\": \"1834\", \"jeugdreclassering\": 402}, " STAFF
                ", " REST),
        "verkeerde-soort");
    check_bench_expect_one(&bench, START("{\"aantal\": 99999999, \"dagen\": 999999999}"),
                           "buiten-bereik");
    check_bench_close(&bench);
}

/* Every shipped example is accepted after those before it: nothing but warnings and reasons. */
static void test_the_examples_are_acceptable(void **state)
{
    (void)state;
    struct check_bench bench;
    unsigned count = 0;
    check_bench_open_shipped(&bench);
    const struct rulebook *rulebook = state_rulebook(bench.log.state, state_now(), NULL);
    for (size_t i = 0; i < rulebook->monitor.peildatum_count; i++) {
        struct text date = {0};
        date_put(&date, rulebook->monitor.peildata[i].date);
        text_putc(&date, '\0');
        for (size_t j = 0; j < rulebook->directory.organisation_count; j++) {
            if (!organisation_expected(&rulebook->directory.organisations[j], slice_of("gi"),
                                       rulebook->monitor.peildata[i].date))
                continue;
            bench.peildatum = date.ptr;
            bench.organisation = rulebook->directory.organisations[j].id.ptr;
            bench.today = "2025-01-01";
            const struct slice path =
                arena_print(&bench.log.arena, "conf/voorbeeld/gi/%s/%.*s.json", date.ptr,
                            (int)rulebook->directory.organisations[j].id.len, bench.organisation);
            const struct slice body = log_fixture_read(&bench.log.arena, path.ptr);
            check_bench_run(&bench, body.ptr);
            if (!findings_acceptable(&bench.findings)) {
                print_error("%s\n", path.ptr);
                check_bench_print(&bench);
            }
            assert_true(findings_acceptable(&bench.findings));
            log_fixture_deliver(&bench.log, date.ptr, bench.organisation, "", body);
            count++;
        }
        text_done(&date);
    }
    assert_int_equal(count, 65);
    check_bench_close(&bench);
}

static const struct CMUnitTest OTHERS[] = {
    cmocka_unit_test(test_right_deliveries_give_nothing),
    cmocka_unit_test(test_a_refused_value_is_not_computed_with),
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
