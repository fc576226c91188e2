/*
 * Finding one's way in a definition: which columns a reference means, which version, norm and
 * peildatum a day falls under, and who is expected. The definition is made by hand, so that this
 * rests on nothing above floor 1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "core/rulebook.h"

/* plaatsen (0); uren.dag (1), uren.nacht (2); lijst.kort (3, 4), lijst.lang (5, 6); rij (7, 8) */
static const struct part WHOLE[] = {{.column = 0}};
static const struct part HOURS[] = {{.id = SLICE_LITERAL("dag"), .column = 1},
                                    {.id = SLICE_LITERAL("nacht"), .column = 2}};
static const struct part LISTS[] = {{.id = SLICE_LITERAL("kort"), .column = 3},
                                    {.id = SLICE_LITERAL("lang"), .column = 5}};
static const struct part QUEUE[] = {{.column = 7}};

static const struct measure MEASURES[] = {
    {.id = SLICE_LITERAL("plaatsen"), .kind = MEASURE_COUNT, .parts = WHOLE, .part_count = 1},
    {.id = SLICE_LITERAL("uren"),
     .kind = MEASURE_NUMBER,
     .divided = true,
     .parts = HOURS,
     .part_count = 2},
    {.id = SLICE_LITERAL("lijst"),
     .kind = MEASURE_WAITING,
     .divided = true,
     .parts = LISTS,
     .part_count = 2},
    {.id = SLICE_LITERAL("rij"), .kind = MEASURE_WAITING, .parts = QUEUE, .part_count = 1},
};

static const struct version VERSIONS[] = {{.number = 1, .has_from = true, .from = {100}},
                                          {.number = 2, .has_from = true, .from = {200}}};
static const struct version ALWAYS[] = {{.number = 1}};
static const struct indicator INDICATORS[] = {
    {.id = SLICE_LITERAL("druk"), .versions = VERSIONS, .version_count = 2},
    {.id = SLICE_LITERAL("plaatsen"), .versions = ALWAYS, .version_count = 1},
};
static const struct norm NORMS[] = {
    {.indicator = &INDICATORS[0], .from = {110}},
    {.indicator = &INDICATORS[1], .from = {120}},
    {.indicator = &INDICATORS[0], .from = {210}},
};
static const struct peildatum PEILDATA[] = {{.date = {100}}, {.date = {150}}, {.date = {220}}};
static const struct table TABLES[] = {{.id = SLICE_LITERAL("overzicht")}};

static const struct monitor MONITOR = {
    .id = SLICE_LITERAL("proef"),
    .measures = MEASURES,
    .measure_count = sizeof MEASURES / sizeof *MEASURES,
    .indicators = INDICATORS,
    .indicator_count = sizeof INDICATORS / sizeof *INDICATORS,
    .norms = NORMS,
    .norm_count = sizeof NORMS / sizeof *NORMS,
    .peildata = PEILDATA,
    .peildatum_count = sizeof PEILDATA / sizeof *PEILDATA,
    .tables = TABLES,
    .table_count = sizeof TABLES / sizeof *TABLES,
};

static void assert_columns(const char *reference, const char *expected)
{
    unsigned columns[8];
    char said[32] = "";
    size_t len = 0;
    size_t count = monitor_resolve(&MONITOR, slice_of(reference), columns, 8);
    for (size_t i = 0; i < count; i++) {
        said[len++] = (char)('0' + columns[i]);
        said[len] = '\0';
    }
    assert_string_equal(said, expected);
}

static void test_references_mean_columns(void **state)
{
    (void)state;
    assert_columns("plaatsen", "0");
    assert_columns("uren", "12");
    assert_columns("uren.nacht", "2");
    assert_columns("lijst", "35");
    assert_columns("lijst.dagen", "46");
    assert_columns("lijst.lang", "5");
    assert_columns("lijst.lang.dagen", "6");
    assert_columns("rij", "7");
    assert_columns("rij.dagen", "8");
}

static void test_references_that_mean_nothing(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           ".",         "plaats",         "plaatsen.",           "plaatsen.dag",
        "uren.dagen", "uren.dag.", "uren.dag.dagen", "lijst.kort.aantal",   "lijst.dagen.kort",
        "lijst.",     "rij.",      "lijst.midden",   "lijst.kort.dagen.en", "rij.dagen.dagen",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_columns(wrong[i], "");
}

static void test_references_never_write_beyond_the_room(void **state)
{
    (void)state;
    unsigned columns[2] = {99, 99};
    assert_int_equal(monitor_resolve(&MONITOR, slice_of("lijst"), columns, 1), 2);
    assert_int_equal(columns[0], 3);
    assert_int_equal(columns[1], 99);
}

static void test_things_are_found_by_id(void **state)
{
    (void)state;
    assert_ptr_equal(monitor_find_measure(&MONITOR, slice_of("uren")), &MEASURES[1]);
    assert_null(monitor_find_measure(&MONITOR, slice_of("ure")));
    assert_ptr_equal(monitor_find_indicator(&MONITOR, slice_of("plaatsen")), &INDICATORS[1]);
    assert_null(monitor_find_indicator(&MONITOR, slice_of("uren")));
    assert_ptr_equal(monitor_find_table(&MONITOR, slice_of("overzicht")), &TABLES[0]);
    assert_null(monitor_find_table(&MONITOR, slice_of("")));
    assert_ptr_equal(measure_find_part(&MEASURES[1], slice_of("nacht")), &HOURS[1]);
    assert_ptr_equal(measure_find_part(&MEASURES[0], slice_of("")), &WHOLE[0]);
    assert_null(measure_find_part(&MEASURES[1], slice_of("")));
}

static unsigned version_number_on(int32_t day)
{
    const struct version *version = indicator_version_on(&INDICATORS[0], (struct date){day});
    return version != NULL ? version->number : 0;
}

static void test_a_version_holds_from_its_day_on(void **state)
{
    (void)state;
    assert_int_equal(version_number_on(99), 0);
    assert_int_equal(version_number_on(100), 1);
    assert_int_equal(version_number_on(199), 1);
    assert_int_equal(version_number_on(200), 2);
    assert_ptr_equal(indicator_version_on(&INDICATORS[1], (struct date){-5}), &ALWAYS[0]);
}

static void test_a_norm_is_of_its_indicator_from_its_day_on(void **state)
{
    (void)state;
    assert_null(monitor_norm_on(&MONITOR, &INDICATORS[0], (struct date){109}));
    assert_ptr_equal(monitor_norm_on(&MONITOR, &INDICATORS[0], (struct date){209}), &NORMS[0]);
    assert_ptr_equal(monitor_norm_on(&MONITOR, &INDICATORS[0], (struct date){210}), &NORMS[2]);
    assert_null(monitor_norm_on(&MONITOR, &INDICATORS[1], (struct date){119}));
}

static void test_peildata_know_which_came_before(void **state)
{
    (void)state;
    const struct peildatum *last = monitor_find_peildatum(&MONITOR, (struct date){220});
    assert_ptr_equal(last, &PEILDATA[2]);
    assert_ptr_equal(monitor_preceding(&MONITOR, last), &PEILDATA[1]);
    assert_null(monitor_preceding(&MONITOR, &PEILDATA[0]));
    assert_null(monitor_find_peildatum(&MONITOR, (struct date){221}));
}

static void test_ids_of_formulas_and_checks(void **state)
{
    (void)state;
    assert_string_equal(formula_id(FORMULA_RATIO), "verhouding");
    assert_string_equal(check_kind_id(CHECK_ABOVE_ZERO), "boven-nul");
}

static void test_only_who_takes_part_is_expected(void **state)
{
    (void)state;
    static const struct slice monitors[] = {SLICE_LITERAL("ander"), SLICE_LITERAL("proef")};
    static const struct organisation organisations[] = {
        {.id = SLICE_LITERAL("a"), .monitors = monitors, .monitor_count = 2, .from = {100}},
        {.id = SLICE_LITERAL("b"), .monitors = monitors, .monitor_count = 1, .from = {100}},
        {.id = SLICE_LITERAL("c"),
         .monitors = monitors,
         .monitor_count = 2,
         .from = {100},
         .has_until = true,
         .until = {149}},
    };
    struct rulebook *rulebook = rulebook_new();
    rulebook->monitor = MONITOR;
    rulebook->directory =
        (struct directory){.organisations = organisations, .organisation_count = 3};
    assert_int_equal(rulebook_expected(rulebook, (struct date){99}), 0);
    assert_int_equal(rulebook_expected(rulebook, (struct date){149}), 2);
    assert_int_equal(rulebook_expected(rulebook, (struct date){150}), 1);
    rulebook_free(rulebook);
    rulebook_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_references_mean_columns),
        cmocka_unit_test(test_references_that_mean_nothing),
        cmocka_unit_test(test_references_never_write_beyond_the_room),
        cmocka_unit_test(test_things_are_found_by_id),
        cmocka_unit_test(test_a_version_holds_from_its_day_on),
        cmocka_unit_test(test_a_norm_is_of_its_indicator_from_its_day_on),
        cmocka_unit_test(test_peildata_know_which_came_before),
        cmocka_unit_test(test_ids_of_formulas_and_checks),
        cmocka_unit_test(test_only_who_takes_part_is_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
