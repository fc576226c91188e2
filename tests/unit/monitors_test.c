/*
 * The other monitors of the documents out of their shipped definitions and deliveries: every figure
 * that was published comes out of a table again, nothing comes out that was not, and the sums that
 * do not hold in print are said and explained.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "core/grid.h"
#include "unit/check_bench.h"

enum { PEILDATA_MOST = 3 };

/* A row of a published table; NULL where the documents are silent. */
struct published {
    const char *table;
    const char *indicator;
    const char *values[PEILDATA_MOST];
};

/* On 30 November 2022, 30 April 2024 and 26 November 2024. */
static const struct published OT[] = {
    {"aanmelding", "aangemeld", {"267", "967", "1142"}},
    {"aanmelding", "ondersteund", {"161", "501", NULL}},
    {"aanmelding", "ondersteund_lopend", {"161", "484", NULL}},
    {"aanmelding", "ondersteund_heropend", {"2", "17", NULL}},
    {"aanmelding", "niet_ondersteund", {"104", "466", NULL}},
    {"aanmelding", "nog_niet_gestart", {NULL, "44", NULL}},
    {"aanmelding", "nooit_gestart", {NULL, "139", NULL}},
    {"aanmelding", "afgesloten", {NULL, "283", "490"}},
    {"aanmelding", "telefonisch_contact", {"81", "85", NULL}},
    {"aanmelding", "welkomstgesprek", {"72", "67", NULL}},
    {"aanmelding", "route_direct", {"192", "756", NULL}},
    {"aanmelding", "route_professional", {"62", "136", NULL}},
    {"aanmelding", "na_steunbrief", {NULL, "246", NULL}},
    {"aanmelding", "hoogste_maand", {NULL, "105", NULL}},
    {"aanmelding", "buiten_doelgroep_laagst", {"56", NULL, NULL}},
    {"aanmelding", "buiten_doelgroep_hoogst", {"66", NULL, NULL}},
    {"aanmelding", "buitenland", {"9", NULL, NULL}},
    {"aanmelding", "regios_betrokken", {"34", "40", NULL}},
    {"gezinnen-en-kinderen", "kinderen", {"552", "1569", NULL}},
    {"gezinnen-en-kinderen", "uithuisgeplaatst_nu", {"220", "447", NULL}},
    {"gezinnen-en-kinderen", "uithuisgeplaatst_verleden", {NULL, "384", NULL}},
    {"gezinnen-en-kinderen", "uithuisgeplaatst", {NULL, "831", NULL}},
    {"gezinnen-en-kinderen", "maatregel_met", {"155", "534", NULL}},
    {"gezinnen-en-kinderen", "maatregel_zonder", {"21", "133", NULL}},
    {"gezinnen-en-kinderen", "maatregel_beide", {"15", "50", NULL}},
    {"gezinnen-en-kinderen", "maatregel_bekend", {"191", "717", NULL}},
    {"gezinnen-en-kinderen", "plaats_pleeggezin", {"73", "225", NULL}},
    {"gezinnen-en-kinderen", "plaats_andere_ouder", {"53", "146", NULL}},
    {"gezinnen-en-kinderen", "plaats_netwerk", {"49", "162", NULL}},
    {"gezinnen-en-kinderen", "reden_bekend", {"88", NULL, NULL}},
    {"gezinnen-en-kinderen", "gezag_alle", {"96", "343", NULL}},
    {"gezinnen-en-kinderen", "gezag_geen", {"67", "130", NULL}},
    {"gezinnen-en-kinderen", "gezag_een_ouder", {NULL, "271", NULL}},
    {"gezinnen-en-kinderen", "gezag_beide_ouders", {NULL, "161", NULL}},
    {"gezinnen-en-kinderen", "niet_in_beeld_wie", {NULL, "65", NULL}},
    {"gezinnen-en-kinderen", "niet_in_beeld_samenstelling", {NULL, "208", NULL}},
    {"gezinnen-en-kinderen", "niet_in_beeld_gezag", {NULL, "62", NULL}},
    {"resultaten", "resultaat_persoonlijk", {NULL, NULL, "404"}},
    {"resultaten", "resultaat_bestaan", {NULL, NULL, "188"}},
    {"resultaten", "resultaat_gezin", {NULL, NULL, "137"}},
    {"resultaten", "omgang_verbeterd", {"20", "38", NULL}},
    {"resultaten", "omgang_tot_stand", {"1", "19", NULL}},
    {"resultaten", "gezag_hersteld", {"6", "13", NULL}},
    {"resultaten", "plaatsing_voorkomen", {"5", "13", NULL}},
    {"resultaten", "contact_kinderen", {"9", "52", NULL}},
    {"resultaten", "contact_onderling", {"4", "31", NULL}},
    {"resultaten", "contact_verwanten", {"2", "19", NULL}},
    {"resultaten", "teruggeplaatst", {"9", "36", "56"}},
    {"resultaten", "teruggeplaatst_gezinnen", {"6", "25", NULL}},
    {"resultaten", "analyse_ingezet", {"11", NULL, NULL}},
    {"resultaten", "analyse_afgerond", {NULL, "9", NULL}},
    {"resultaten", "analyse_lopend", {NULL, "13", NULL}},
    {"resultaten", "tevreden", {NULL, NULL, "81"}},
    {"resultaten", "verbeterd_vertrouwen", {NULL, NULL, "33"}},
    {"resultaten", "verbeterd_contact", {NULL, NULL, "19"}},
    {"resultaten", "verbeterd_bestaan", {NULL, NULL, "29"}},
    {"resultaten", "verbeterd_regie", {NULL, NULL, "42"}},
};
static const struct published ENTRANTS[] = {
    {"voortgang", "plaatsen", {"300"}},     {"voortgang", "gestart", {"162"}},
    {"voortgang", "geregistreerd", {"44"}}, {"voortgang", "in_opleiding", {"102"}},
    {"voortgang", "vertrokken", {"10"}},    {"voortgang", "stand_bekend", {"156"}},
};
static const struct published TARIFF[] = {{"tarief", "aandeel", {"100"}}};
static const struct published LINKS[] = {
    {"koppelingen", "ouders", {"281"}},
    {"koppelingen", "kinderen", {"428"}},
    {"koppelingen", "ouders_totaal", {"2159"}},
    {"koppelingen", "kinderen_totaal", {"3532"}},
};

/* A monitor, who delivers it, and on each peildatum which checks had to be explained. */
static const struct {
    const char *monitor;
    const char *organisation;
    const struct published *published;
    size_t count;
    const char *explained[PEILDATA_MOST];
} MONITORS[] = {
    {"ot", "ondersteuningsteam", OT, sizeof OT / sizeof OT[0], {"ondersteund-som", NULL, NULL}},
    {"zij-instroom",
     "ministerie-jenv",
     ENTRANTS,
     sizeof ENTRANTS / sizeof ENTRANTS[0],
     {"stand-som"}},
    {"tarief", "ministerie-jenv", TARIFF, sizeof TARIFF / sizeof TARIFF[0], {NULL}},
    {"uhp-kot", "ministerie-jenv", LINKS, sizeof LINKS / sizeof LINKS[0], {NULL}},
};
enum { MONITOR_COUNT = sizeof MONITORS / sizeof MONITORS[0] };

static const struct monitor *monitor_of(const struct log_fixture *log)
{
    return &state_rulebook(log->state, state_now(), NULL)->monitor;
}

static const char *day_of(struct log_fixture *log, size_t index)
{
    struct text text = {0};
    date_put(&text, monitor_of(log)->peildata[index].date);
    text_putc(&text, '\0');
    return text_keep(&text, &log->arena).ptr;
}

/* The one finding that asked for a reason has one; all others are warnings. */
static void expect_findings(struct check_bench *bench, const char *explained)
{
    const struct finding *found = NULL;
    for (size_t i = 0; i < bench->findings.count; i++) {
        const struct finding *finding = &bench->findings.items[i];
        if (finding->severity == SEVERITY_WARNING) continue;
        assert_null(found);
        found = finding;
    }
    if (!findings_acceptable(&bench->findings)) check_bench_print(bench);
    assert_true(findings_acceptable(&bench->findings));
    assert_int_equal(found != NULL, explained != NULL);
    if (found != NULL) check_bench_expect_text(found->code, explained);
}

/* Delivers what is shipped of a monitor, each peildatum after the check has seen it. */
static void deliver_all(struct check_bench *bench, size_t number)
{
    const char *monitor = MONITORS[number].monitor;
    *bench =
        (struct check_bench){.organisation = MONITORS[number].organisation, .today = "2025-01-01"};
    log_fixture_init(&bench->log);
    log_fixture_define_shipped(&bench->log, monitor);
    for (size_t i = 0; i < monitor_of(&bench->log)->peildatum_count; i++) {
        bench->peildatum = day_of(&bench->log, i);
        const struct slice path = arena_print(&bench->log.arena, "conf/voorbeeld/%s/%s/%s.json",
                                              monitor, bench->peildatum, bench->organisation);
        const struct slice body =
            arena_copy(&bench->log.arena, log_fixture_read(&bench->log.arena, path.ptr));
        check_bench_run(bench, body.ptr);
        expect_findings(bench, MONITORS[number].explained[i]);
        check_bench_deliver(bench, bench->peildatum, body.ptr);
    }
}

static struct grid draw_table(struct log_fixture *log, const char *id)
{
    const struct table *table = monitor_find_table(monitor_of(log), slice_of(id));
    assert_non_null(table);
    const struct grid_question question = {.table = table, .known = state_now()};
    const struct grid grid = grid_answer(log->state, &question, &log->arena);
    assert_int_equal(grid.column_count, monitor_of(log)->peildatum_count);
    return grid;
}

static void expect_row(struct log_fixture *log, const struct published *row)
{
    const struct grid grid = draw_table(log, row->table);
    size_t at = 0;
    while (at < grid.row_count && !slice_is(grid.rows[at].shown->indicator->id, row->indicator))
        at++;
    if (at == grid.row_count) fail_msg("%s has no row %s", row->table, row->indicator);
    for (size_t i = 0; i < grid.column_count; i++) {
        const struct point *point = &grid.points[at * grid.column_count + i];
        assert_int_equal(point->expected, 1);
        assert_string_equal(log_fixture_value(log, point),
                            row->values[i] != NULL ? row->values[i] : "niet-aangeleverd");
    }
}

/* Every row of every national table is held, so nothing unpublished hides in one. */
static void expect_no_other_rows(const struct monitor *monitor, size_t held)
{
    size_t rows = 0;
    for (size_t i = 0; i < monitor->table_count; i++) {
        if (monitor->tables[i].level == LEVEL_NATIONAL) rows += monitor->tables[i].row_count;
    }
    assert_int_equal(rows, held);
}

static void test_every_published_figure_comes_out_of_a_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < MONITOR_COUNT; i++) {
        struct check_bench bench;
        deliver_all(&bench, i);
        for (size_t j = 0; j < MONITORS[i].count; j++)
            expect_row(&bench.log, &MONITORS[i].published[j]);
        expect_no_other_rows(monitor_of(&bench.log), MONITORS[i].count);
        check_bench_close(&bench);
    }
}

static struct series ask_regions(struct log_fixture *log, const char *indicator)
{
    struct subject subject;
    assert_true(subject_find(state_rulebook(log->state, state_now(), NULL), slice_of(indicator),
                             &log->arena, &subject));
    const struct question question = {
        .subjects = &subject, .subject_count = 1, .level = LEVEL_REGION, .known = state_now()};
    return series_answer(log->state, &question, &log->arena);
}

static const struct {
    const char *region, *peildatum, *families;
} REGIONS[] = {
    {"JZ07", "2022-11-30", "14"}, {"JZ08", "2024-04-30", "47"}, {"JZ13", "2022-11-30", "20"},
    {"JZ13", "2024-04-30", "82"}, {"JZ24", "2024-04-30", "35"}, {"JZ29", "2022-11-30", "26"},
    {"JZ29", "2024-04-30", "84"}, {"JZ31", "2024-04-30", "50"},
};

/* Families count in several regions, so there are figures by region and no total. */
static void test_families_per_region(void **state)
{
    (void)state;
    struct check_bench bench;
    size_t held = 0;
    deliver_all(&bench, 0);
    const struct series series = ask_regions(&bench.log, "gezinnen_per_regio");
    for (size_t i = 0; i < series.count; i++) {
        const struct point *point = &series.points[i];
        if (!point->value.present) continue;
        struct date date;
        assert_true(held < sizeof REGIONS / sizeof REGIONS[0]);
        assert_true(slice_is(point->region, REGIONS[held].region));
        assert_true(date_parse(slice_of(REGIONS[held].peildatum), &date));
        assert_int_equal(point->peildatum.day, date.day);
        assert_string_equal(log_fixture_value(&bench.log, point), REGIONS[held].families);
        held++;
    }
    assert_int_equal(held, sizeof REGIONS / sizeof REGIONS[0]);
    const struct point nation =
        log_fixture_ask(&bench.log, "gezinnen_per_regio", NULL, "2024-04-30", state_now());
    assert_string_equal(log_fixture_value(&bench.log, &nation), "niet-van-toepassing");
    check_bench_close(&bench);
}

/* What 2022 prints as one figure and 2024 as parts is one series, and says where it breaks. */
static void test_series_break_where_the_reports_differ(void **state)
{
    static const char *const broken[] = {"ondersteund", "niet_ondersteund"};
    (void)state;
    struct check_bench bench;
    deliver_all(&bench, 0);
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        const struct point before =
            log_fixture_ask(&bench.log, broken[i], NULL, "2022-11-30", state_now());
        const struct point after =
            log_fixture_ask(&bench.log, broken[i], NULL, "2024-04-30", state_now());
        assert_int_equal(before.definition, 1);
        assert_int_equal(after.definition, 2);
        assert_true(after.series_break);
    }
    check_bench_close(&bench);
}

/* 44 + 102 + 10 is not 162: without a reason it is refused. */
static void test_entrants_that_do_not_add_up_need_a_reason(void **state)
{
    (void)state;
    struct check_bench bench;
    deliver_all(&bench, 1);
    const struct finding *finding = check_bench_expect_one(
        &bench,
        "{\"cijfers\": {\"plaatsen\": 300, \"gestart\": 162, \"stand\": {\"geregistreerd\": 44, "
        "\"inOpleiding\": 102, \"vertrokken\": 10}}}",
        "stand-som");
    assert_int_equal(finding->severity, SEVERITY_EXPLAIN);
    check_bench_expect_text(finding->found, "156");
    check_bench_expect_text(finding->allowed, "162");
    assert_false(findings_acceptable(&bench.findings));
    check_bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_published_figure_comes_out_of_a_table),
        cmocka_unit_test(test_families_per_region),
        cmocka_unit_test(test_series_break_where_the_reports_differ),
        cmocka_unit_test(test_entrants_that_do_not_add_up_need_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
