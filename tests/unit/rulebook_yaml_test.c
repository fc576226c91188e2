/*
 * Rulebooks from files: what we ship is read without a fault and means what it says, the canonical
 * text gives the same rulebook, and the example in docs/definities.md is true. (What is said about
 * wrong files is held by definitions_golden_test.)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "codec/config_yaml.h"

struct fixture {
    struct arena arena;
    struct faults faults;
    struct rulebook *rulebook;
};

static struct source_file read_source(struct arena *arena, const char *path)
{
    struct slice whole = arena_print(arena, "%s/%s", GIMON_SOURCE_DIR, path);
    char *bytes = arena_new(arena, 1 << 18);
    FILE *file = fopen(whole.ptr, "rb");
    assert_non_null(file);
    size_t len = fread(bytes, 1, 1 << 18, file);
    assert_int_equal(fclose(file), 0);
    return (struct source_file){.name = slice_of(path), .text = slice_from(bytes, len)};
}

/** Reads a monitor with the shipped register and calendars; it must be good. */
static struct rulebook *read_rulebook(struct fixture *fixture, struct source_file monitor)
{
    struct rulebook_sources sources = {
        .monitor = monitor,
        .organisations = read_source(&fixture->arena, "conf/organisaties.yaml"),
        .regions = read_source(&fixture->arena, "conf/regios.yaml"),
        .calendars = read_source(&fixture->arena, "conf/kalender.yaml"),
    };
    struct rulebook *rulebook = rulebook_yaml_read(&sources, &fixture->faults);
    for (size_t i = 0; i < fixture->faults.count; i++)
        print_error("%u:%u: %s\n", fixture->faults.items[i].line, fixture->faults.items[i].column,
                    fixture->faults.items[i].message.ptr);
    assert_non_null(rulebook);
    return rulebook;
}

static int setup(void **state)
{
    struct fixture *fixture = memory_new(sizeof *fixture);
    arena_init(&fixture->arena);
    faults_init(&fixture->faults, &fixture->arena);
    fixture->rulebook =
        read_rulebook(fixture, read_source(&fixture->arena, "conf/monitors/gi.yaml"));
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    rulebook_free(fixture->rulebook);
    arena_done(&fixture->arena);
    memory_free(fixture);
    return 0;
}

static void test_the_register_and_the_calendars(void **state)
{
    struct fixture *fixture = *state;
    const struct rulebook *rulebook = fixture->rulebook;
    const struct directory *directory = &rulebook->directory;
    assert_int_equal(directory->organisation_count, 15);
    assert_int_equal(directory->region_count, 42);
    const struct organisation *noord = directory_find_organisation(directory, slice_of("jb-noord"));
    assert_non_null(noord);
    assert_true(slice_is(noord->name, "Jeugdbescherming Noord"));
    assert_true(slice_is(noord->oin, "00000099000000010000"));
    assert_int_equal(noord->region_count, 2);
    assert_true(slice_is(noord->regions[1], "JZ04"));
    assert_false(noord->has_until);
    assert_int_equal(rulebook->calendar_count, 2);
    assert_true(slice_is(rulebook->calendars[0].id, "awt"));
    assert_int_equal(rulebook->calendars[0].holidays, (1U << HOLIDAY_COUNT) - 1);
    assert_int_equal(rulebook->calendars[0].day_count, 11);
    assert_int_equal(rulebook->calendars[1].holidays,
                     ((1U << HOLIDAY_COUNT) - 1) & ~(1U << HOLIDAY_GOOD_FRIDAY));
    assert_int_equal(rulebook_expected(rulebook, rulebook->monitor.peildata[0].date), 13);
}

static void test_columns_are_numbered_in_the_order_of_the_file(void **state)
{
    static const char *const expected[] = {
        "clienten.jeugdbescherming",
        "clienten.jeugdreclassering",
        "fte.jeugdbeschermer",
        "fte.jeugdreclasseerder",
        "fte.ondersteunend",
        "fte.gedragswetenschapper",
        "fte.jurist",
        "wachtlijst.start",
        "wachtlijst.start.dagen",
        "wachtlijst.intern",
        "wachtlijst.intern.dagen",
        "verloop.vertrokken",
        "verloop.inDienst",
        "verzuim.ziektedagen",
        "verzuim.beschikbaar",
    };
    struct fixture *fixture = *state;
    const struct monitor *monitor = &fixture->rulebook->monitor;
    assert_int_equal(monitor->column_count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < monitor->column_count; i++) {
        const struct column *column = &monitor->columns[i];
        assert_true(slice_is(column->id, expected[i]));
        assert_int_equal(column->part->column + (column->aspect == ASPECT_DAYS), i);
        assert_ptr_equal(measure_find_part(column->measure, column->part->id), column->part);
    }
    assert_int_equal(monitor->columns[2].decimals, 2);
    assert_int_equal(monitor->columns[8].decimals, 0);
}

static void test_measures_have_what_the_file_says(void **state)
{
    struct fixture *fixture = *state;
    const struct monitor *monitor = &fixture->rulebook->monitor;
    const struct measure *fte = monitor_find_measure(monitor, slice_of("fte"));
    const struct measure *list = monitor_find_measure(monitor, slice_of("wachtlijst"));
    const struct measure *sick = monitor_find_measure(monitor, slice_of("verzuim"));
    assert_int_equal(fte->kind, MEASURE_NUMBER);
    assert_int_equal(fte->most, 1000000000);
    assert_true(fte->required && fte->divided);
    assert_int_equal(fte->regions, REGION_ADDS_UP);
    assert_int_equal(list->kind, MEASURE_WAITING);
    assert_ptr_equal(list->calendar, &fixture->rulebook->calendars[0]);
    assert_int_equal(list->threshold, 5);
    assert_int_equal(list->most_years, 18);
    assert_false(list->required);
    assert_int_equal(sick->regions, REGION_NONE);
    assert_true(slice_is(sick->source, "vernet"));
}

static void test_indicators_have_what_the_file_says(void **state)
{
    struct fixture *fixture = *state;
    const struct monitor *monitor = &fixture->rulebook->monitor;
    assert_int_equal(monitor->indicator_count, 25);
    const struct indicator *workload = monitor_find_indicator(monitor, slice_of("workload"));
    assert_int_equal(workload->version_count, 2);
    assert_false(workload->versions[0].has_from);
    assert_true(workload->versions[1].reason.len > 0);
    assert_int_equal(workload->versions[1].number, 2);
    assert_int_equal(workload->versions[0].numerator.count, 2);
    assert_int_equal(workload->versions[0].denominator.columns[1], 3);
    const struct indicator *share = monitor_find_indicator(monitor, slice_of("wachtlijst_aandeel"));
    assert_int_equal(share->versions[0].factor, 100);
    assert_int_equal(workload->versions[0].factor, 1);
    const struct indicator *short_of = monitor_find_indicator(monitor, slice_of("fte_tekort"));
    assert_int_equal(short_of->versions[0].formula, FORMULA_SHORTAGE);
    assert_ptr_equal(short_of->versions[0].norm, workload);
    const struct norm *norm = monitor_norm_on(monitor, workload, monitor->peildata[4].date);
    assert_non_null(norm);
    assert_int_equal(decimal_compare(norm->value, (struct decimal){.units = 128, .decimals = 1}),
                     0);
}

static void test_checks_and_tables_have_what_the_file_says(void **state)
{
    struct fixture *fixture = *state;
    const struct monitor *monitor = &fixture->rulebook->monitor;
    assert_int_equal(monitor->check_count, 4);
    const struct check *jump = &monitor->checks[3];
    assert_int_equal(jump->kind, CHECK_JUMP);
    assert_int_equal(jump->severity, SEVERITY_EXPLAIN);
    assert_int_equal(jump->left.count, 7);
    assert_int_equal(jump->percent, 25);
    assert_int_equal(jump->absolute.units, 25);
    const struct table *table = monitor_find_table(monitor, slice_of("ontwikkeling"));
    assert_int_equal(table->row_count, 12);
    assert_true(slice_is(table->rows[3].name, "Workload per fte"));
    assert_int_equal(table->rows[3].decimals, 1);
    assert_int_equal(table->rows[7].decimals, 0);
    assert_int_equal(table->rows[7].indicator->decimals, 1);
}

static void test_the_canonical_text_gives_the_same_rulebook(void **state)
{
    struct fixture *fixture = *state;
    struct slice canonical = fixture->rulebook->canonical;
    assert_true(slice_starts(canonical, "{\"monitor\":{\"monitor\":\"gi\","));
    struct rulebook *again = rulebook_canonical_read(canonical, &fixture->faults);
    assert_int_equal(fixture->faults.count, 0);
    assert_non_null(again);
    assert_true(slice_equal(again->canonical, canonical));
    assert_int_equal(again->monitor.column_count, fixture->rulebook->monitor.column_count);
    assert_int_equal(again->calendars[0].holidays, fixture->rulebook->calendars[0].holidays);
    rulebook_free(again);
}

/** What files are refused for may have been adopted before they were: the log is still read. */
static void test_successions_on_the_log_are_read_as_they_are(void **state)
{
    static const char canonical[] =
        "{\"monitor\":{\"monitor\":\"x\",\"naam\":\"X\",\"cijfers\":{\"a\":{\"naam\":\"A\","
        "\"soort\":\"aantal\",\"eenheid\":\"e\"}},\"peildata\":[]},"
        "\"organisaties\":{\"organisaties\":{"
        "\"een\":{\"naam\":\"E\",\"monitors\":[],\"vanaf\":\"2020-01-01\",\"opvolgers\":[\"twee\"]}"
        ","
        "\"twee\":{\"naam\":\"T\",\"monitors\":[],\"vanaf\":\"2020-01-01\",\"opvolgers\":[\"een\"]}"
        "}},"
        "\"regios\":{\"bron\":\"B\",\"regios\":{}},\"kalender\":{\"kalenders\":{}}}";
    struct fixture *fixture = *state;
    struct rulebook *rulebook = rulebook_canonical_read(slice_of(canonical), &fixture->faults);
    assert_non_null(rulebook);
    assert_int_equal(rulebook->directory.organisations[1].successor_count, 1);
    rulebook_free(rulebook);
}

static void test_what_is_no_canonical_text_gives_none(void **state)
{
    static const char *const wrong[] = {"", "{}", "[]", "{\"monitor\":{}}", "{\"monitor\":"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        size_t before = fixture->faults.count;
        assert_null(rulebook_canonical_read(slice_of(wrong[i]), &fixture->faults));
        assert_true(fixture->faults.count > before);
    }
}

/** Peildata may stand in any order; norms are kept by day. */
static void test_days_are_kept_ascending(void **state)
{
    struct fixture *fixture = *state;
    struct source_file monitor = {
        .name = slice_of("x.yaml"),
        .text = slice_of("monitor: x\nnaam: X\n"
                         "cijfers: {a: {naam: A, soort: aantal, eenheid: e}}\n"
                         "indicatoren: {i: {naam: I, eenheid: e, "
                         "versies: [{soort: som, teller: [a]}]}}\n"
                         "normen: [{indicator: i, waarde: 2, vanaf: 2024-01-01}, "
                         "{indicator: i, waarde: 1, vanaf: 2023-01-01}]\n"
                         "peildata: [{datum: 2024-10-01}, {datum: 2022-10-01}]\n")};
    struct rulebook *rulebook = read_rulebook(fixture, monitor);
    assert_true(
        date_compare(rulebook->monitor.peildata[0].date, rulebook->monitor.peildata[1].date) < 0);
    assert_int_equal(rulebook->monitor.norms[0].value.units, 1);
    assert_int_equal(rulebook->monitor.measures[0].most, 10000000);
    assert_true(slice_is(rulebook->monitor.columns[0].id, "a"));
    rulebook_free(rulebook);
}

/** A peildatum ends its period, whatever the length of the month; or begins it on a given day. */
static void test_peildata_know_their_periods(void **state)
{
    static const struct {
        enum period period;
        const char *word;
        const char *from;
    } expected[] = {
        {PERIOD_MONTH, "maand", "2022-11-01"},
        {PERIOD_TWO_MONTHS, "twee maanden", "2023-01-01"},
        {PERIOD_QUARTER, "kwartaal", "2024-02-01"},
        {PERIOD_HALF_YEAR, "half jaar", "2024-01-01"},
        {PERIOD_NONE, "", "2024-11-15"},
        {PERIOD_YEAR, "jaar", "2024-01-01"},
    };
    struct fixture *fixture = *state;
    struct source_file monitor = {
        .name = slice_of("x.yaml"),
        .text = slice_of("monitor: x\nnaam: X\n"
                         "cijfers: {a: {naam: A, soort: aantal, eenheid: e}}\n"
                         "peildata:\n"
                         "  - {datum: 2022-11-30, periode: maand}\n"
                         "  - {datum: 2023-02-28, periode: twee maanden}\n"
                         "  - {datum: 2024-04-30, periode: kwartaal}\n"
                         "  - {datum: 2024-06-30, periode: half jaar}\n"
                         "  - {datum: 2024-11-26, van: 2024-11-15}\n"
                         "  - {datum: 2024-12-31, periode: jaar}\n"
                         "  - {datum: 2025-01-01}\n")};
    struct rulebook *rulebook = read_rulebook(fixture, monitor);
    const struct peildatum *peildata = rulebook->monitor.peildata;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct date from;
        assert_true(date_parse(slice_of(expected[i].from), &from));
        assert_true(peildata[i].has_from);
        assert_int_equal(peildata[i].from.day, from.day);
        assert_int_equal(peildata[i].period, expected[i].period);
        assert_string_equal(period_word(peildata[i].period), expected[i].word);
    }
    assert_false(peildata[6].has_from);
    rulebook_free(rulebook);
}

/** A stated figure may be an indicator, alone: it is shown as delivered. */
static void test_a_stated_figure_may_stand_on_its_own(void **state)
{
    struct fixture *fixture = *state;
    struct source_file monitor = {
        .name = slice_of("x.yaml"),
        .text = slice_of("monitor: x\nnaam: X\n"
                         "cijfers: {a: {naam: A, soort: opgave, eenheid: \"%\"}}\n"
                         "indicatoren: {i: {naam: I, eenheid: \"%\", "
                         "versies: [{soort: som, teller: [a]}]}}\n"
                         "peildata: []\n")};
    struct rulebook *rulebook = read_rulebook(fixture, monitor);
    assert_int_equal(rulebook->monitor.indicators[0].versions[0].numerator.count, 1);
    rulebook_free(rulebook);
}

static void test_monitors_without_a_file_are_told(void **state)
{
    struct fixture *fixture = *state;
    const struct slice monitors[] = {SLICE_LITERAL("ot")};
    struct source_file file = {
        .name = slice_of("organisaties.yaml"),
        .text = slice_of("organisaties:\n  een: {monitors: [ot, gi]}\n  twee: {monitors: []}\n")};
    directory_check_monitors(&file, monitors, 1, &fixture->arena, &fixture->faults);
    assert_int_equal(fixture->faults.count, 1);
    assert_true(slice_is(fixture->faults.items[0].message, "unknown monitor \"gi\". Allowed: ot"));
    assert_int_equal(fixture->faults.items[0].line, 2);
    assert_int_equal(fixture->faults.items[0].column, 24);
}

static void test_the_example_in_the_documentation_is_true(void **state)
{
    struct fixture *fixture = *state;
    struct source_file page = read_source(&fixture->arena, "docs/definities.md");
    const char *begin = strstr(page.text.ptr, "```yaml\n");
    assert_non_null(begin);
    begin += strlen("```yaml\n");
    const char *end = strstr(begin, "```\n");
    assert_non_null(end);
    struct source_file monitor = {.name = slice_of("monitors/zwembad.yaml"),
                                  .text = slice_from(begin, (size_t)(end - begin))};
    struct rulebook *rulebook = read_rulebook(fixture, monitor);
    assert_true(slice_is(rulebook->monitor.id, "zwembad"));
    rulebook_free(rulebook);
}

static void test_the_shipped_configuration_is_good(void **state)
{
    struct fixture *fixture = *state;
    struct config config;
    struct source_file file = read_source(&fixture->arena, "conf/gimon.yaml");
    assert_true(config_yaml_read(&file, &fixture->arena, &fixture->faults, &config));
    assert_true(slice_is(config.definitions, "."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_register_and_the_calendars, setup, teardown),
        cmocka_unit_test_setup_teardown(test_columns_are_numbered_in_the_order_of_the_file, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_measures_have_what_the_file_says, setup, teardown),
        cmocka_unit_test_setup_teardown(test_indicators_have_what_the_file_says, setup, teardown),
        cmocka_unit_test_setup_teardown(test_checks_and_tables_have_what_the_file_says, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_the_canonical_text_gives_the_same_rulebook, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_successions_on_the_log_are_read_as_they_are, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_what_is_no_canonical_text_gives_none, setup, teardown),
        cmocka_unit_test_setup_teardown(test_days_are_kept_ascending, setup, teardown),
        cmocka_unit_test_setup_teardown(test_peildata_know_their_periods, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_stated_figure_may_stand_on_its_own, setup, teardown),
        cmocka_unit_test_setup_teardown(test_monitors_without_a_file_are_told, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_example_in_the_documentation_is_true, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_the_shipped_configuration_is_good, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
