/*
 * Tables at every level and their changes: who has a row, in what order and of what it is empty;
 * what a change is taken over, and where there is none; the letter's own changes out of the shipped
 * deliveries; and one table by region with changes in every form, held by golden files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "codec/render_book.h"
#include "core/grid.h"
#include "core/remainder.h"
#include "unit/book_text.h"
#include "unit/golden.h"
#include "unit/log_fixture.h"

static const char MONITOR[] =
    "monitor: proef\n"
    "naam: Proefmonitor\n"
    "bronnen: {brief: {titel: Een brief}}\n"
    "cijfers:\n"
    "  kinderen: {naam: K, soort: aantal, eenheid: kinderen, regios: telt-op}\n"
    "  fte: {naam: F, soort: getal, decimalen: 1, eenheid: fte, regios: telt-op}\n"
    "  gezinnen: {naam: G, soort: aantal, eenheid: gezinnen, regios: overlapt}\n"
    "  ziek: {naam: Z, soort: aantal, eenheid: dagen}\n"
    "indicatoren:\n"
    "  kinderen: {naam: Kinderen, eenheid: kinderen, versies: [{soort: som, teller: [kinderen]}]}\n"
    "  last: {naam: Last, eenheid: kinderen per fte, decimalen: 1, versies: ["
    "{soort: verhouding, teller: [kinderen], noemer: [fte]}, "
    "{vanaf: 2024-10-01, soort: verhouding, teller: [kinderen], noemer: [fte], "
    "reden: Omdat het zo is.}]}\n"
    "  gezinnen: {naam: Gezinnen, eenheid: gezinnen, versies: [{soort: som, teller: [gezinnen]}]}\n"
    "  verzuim: {naam: Verzuim, eenheid: \"%\", decimalen: 1, versies: ["
    "{soort: verhouding, factor: 100, teller: [ziek], noemer: [kinderen]}]}\n"
    "peildata: [{datum: 2023-10-01}, {datum: 2024-04-01}, {datum: 2024-10-01}]\n"
    "tabellen:\n"
    "  land: {naam: Land, verandering: [absoluut, procent], "
    "rijen: [{indicator: kinderen}, {indicator: last}, {indicator: verzuim}]}\n"
    "  organisaties: {naam: Organisaties, niveau: organisatie, rijen: [{indicator: kinderen}, "
    "{indicator: last, decimalen: 0}]}\n"
    "  regios: {naam: \"Regio's\", bron: brief, niveau: regio, verandering: [absoluut, procent], "
    "rijen: [{indicator: kinderen}, {indicator: last}, {indicator: gezinnen}]}\n"
    "  top: {naam: Top, niveau: regio, volgorde: aflopend, verandering: [procent], "
    "rijen: [{indicator: kinderen}]}\n";

static const char ORGANISATIONS[] =
    "organisaties:\n"
    "  een: {naam: Een, monitors: [proef], vanaf: 2020-01-01, regios: [JZ01, JZ02]}\n"
    "  twee: {naam: Twee, monitors: [proef], vanaf: 2020-01-01, tot: 2024-04-01}\n"
    "  drie: {naam: Drie, monitors: [proef], vanaf: 2024-10-01, regios: [JZ04]}\n"
    "  later: {naam: Later, monitors: [proef], vanaf: 2025-01-01}\n";

static void deliver(struct log_fixture *log, const char *peildatum, const char *organisation,
                    const char *delivery)
{
    log_fixture_deliver(log, peildatum, organisation, "", slice_of(delivery));
}

/* `een` gives regions from April 2024 on, `drie` comes after `twee` has gone. */
static void open_log(struct log_fixture *log)
{
    log_fixture_init(log);
    log_fixture_define(log, "proef", MONITOR, ORGANISATIONS);
    deliver(log, "2023-10-01", "een", "{\"cijfers\":{\"kinderen\":100,\"fte\":8,\"ziek\":10}}");
    deliver(log, "2023-10-01", "twee", "{\"cijfers\":{\"kinderen\":900,\"fte\":70,\"ziek\":20}}");
    deliver(log, "2024-04-01", "een",
            "{\"cijfers\":{\"kinderen\":110,\"fte\":9,\"ziek\":11,\"gezinnen\":null},\"regios\":{"
            "\"JZ01\":{\"kinderen\":40,\"fte\":3,\"gezinnen\":7},"
            "\"JZ02\":{\"kinderen\":60,\"fte\":6}}}");
    deliver(log, "2024-04-01", "twee", "{\"cijfers\":{\"kinderen\":880,\"fte\":72}}");
    deliver(log, "2024-10-01", "een",
            "{\"cijfers\":{\"kinderen\":120,\"fte\":10,\"ziek\":13,\"gezinnen\":null},\"regios\":{"
            "\"JZ01\":{\"kinderen\":50,\"fte\":4,\"gezinnen\":8},\"JZ02\":{\"kinderen\":0}}}");
    deliver(log, "2024-10-01", "drie", "{\"cijfers\":{\"kinderen\":70,\"fte\":5,\"ziek\":0}}");
}

static struct grid draw_of(struct log_fixture *log, const char *id, const char *organisation)
{
    const struct rulebook *rulebook = state_rulebook(log->state, state_now(), NULL);
    const struct table *table = monitor_find_table(&rulebook->monitor, slice_of(id));
    assert_non_null(table);
    struct slice *own = arena_new(&log->arena, sizeof *own);
    *own = slice_of(organisation);
    const struct grid_question question = {
        .table = table,
        .known = state_now(),
        .organisations = own,
        .organisation_count = organisation[0] != '\0',
    };
    return grid_answer(log->state, &question, &log->arena);
}

static struct grid draw(struct log_fixture *log, const char *id)
{
    return draw_of(log, id, "");
}

static const char *shown(struct log_fixture *log, const struct maybe *number)
{
    struct text text = {0};
    if (!number->present) return "-";
    decimal_put_fixed(&text, number->value);
    text_putc(&text, '\0');
    return text_keep(&text, &log->arena).ptr;
}

/* The rows as `kinderen JZ01`, a line each; of the country only its indicator. */
static void expect_rows(const struct grid *grid, const char *expected)
{
    struct text text = {0};
    for (size_t i = 0; i < grid->row_count; i++) {
        text_put(&text, grid->rows[i].shown->indicator->id);
        if (grid->rows[i].member.len > 0) text_putc(&text, ' ');
        text_put(&text, grid->rows[i].member);
        text_putc(&text, '\n');
    }
    text_putc(&text, '\0');
    assert_string_equal(text.ptr, expected);
    text_done(&text);
}

static void expect_change(struct log_fixture *log, const struct grid *grid, size_t cell,
                          const char *const expected[4])
{
    const struct change *change = &grid->changes[cell];
    assert_string_equal(shown(log, &change->previous), expected[0]);
    assert_string_equal(shown(log, &change->now), expected[1]);
    assert_string_equal(shown(log, &change->absolute), expected[2]);
    assert_string_equal(shown(log, &change->percent), expected[3]);
}

static void test_organisations_have_a_row_where_they_are_expected(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    const struct grid grid = draw(&log, "organisaties");
    expect_rows(&grid,
                "kinderen een\nkinderen twee\nkinderen drie\nkinderen\n"
                "last een\nlast twee\nlast drie\nlast\n");
    /* of `twee` there can be none in October 2024; `een` has one */
    assert_false(grid_is_blank(&grid, 0, 2));
    assert_true(grid_is_blank(&grid, 1, 2));
    assert_true(grid_is_blank(&grid, 2, 0));
    assert_int_equal(grid.points[1 * 3 + 2].reason, REASON_NOT_APPLICABLE);
    assert_string_equal(log_fixture_value(&log, &grid.points[4 * 3 + 1]), "12");
    assert_string_equal(log_fixture_value(&log, &grid.points[3 * 3 + 2]), "190");
    assert_null(grid.changes);
    const struct grid own = draw_of(&log, "organisaties", "drie");
    expect_rows(&own, "kinderen drie\nkinderen\nlast drie\nlast\n");
    log_fixture_done(&log);
}

static void test_regions_have_a_row_where_a_figure_was_given(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    const struct grid grid = draw(&log, "regios");
    expect_rows(&grid,
                "kinderen JZ01\nkinderen JZ02\nkinderen niet-toegedeeld\nkinderen\n"
                "last JZ01\nlast JZ02\nlast niet-toegedeeld\nlast\n"
                "gezinnen JZ01\ngezinnen JZ02\ngezinnen\n");
    assert_int_equal(grid.silent_count, 40);
    assert_true(slice_is(grid.silent[0]->id, "JZ03"));
    assert_string_equal(log_fixture_value(&log, &grid.points[2 * 3 + 1]), "890");
    assert_string_equal(log_fixture_value(&log, &grid.points[2 * 3 + 2]), "140");
    log_fixture_done(&log);
}

static void test_members_can_stand_in_the_order_of_their_figures(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    deliver(&log, "2024-10-01", "drie",
            "{\"cijfers\":{\"kinderen\":70},\"regios\":{\"JZ04\":{\"kinderen\":70}}}");
    const struct grid grid = draw(&log, "top");
    expect_rows(&grid,
                "kinderen JZ04\nkinderen JZ01\nkinderen JZ02\nkinderen niet-toegedeeld\n"
                "kinderen\n");
    /* figures and changes have moved along */
    assert_string_equal(log_fixture_value(&log, &grid.points[2]), "70");
    expect_change(&log, &grid, 1 * 3 + 2, (const char *const[]){"40", "50", "10", "25.0"});
    expect_change(&log, &grid, 2 * 3 + 2, (const char *const[]){"60", "0", "-60", "-100.0"});
    log_fixture_done(&log);
}

static void test_a_change_is_over_whom_both_peildata_have(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    const struct grid grid = draw(&log, "land");
    /* 1000 to 990: both organisations on both; 990 to 190: only `een` is, from 110 to 120 */
    expect_change(&log, &grid, 1, (const char *const[]){"1000", "990", "-10", "-1.0"});
    assert_int_equal(grid.changes[1].organisations, 2);
    expect_change(&log, &grid, 2, (const char *const[]){"110", "120", "10", "9.1"});
    assert_int_equal(grid.changes[2].organisations, 1);
    /* from the rounded 12.8 and 12.2, not from 12.82 and 12.22 */
    expect_change(&log, &grid, 3 + 1, (const char *const[]){"12.8", "12.2", "-0.6", "-4.7"});
    /* the definition changes: there is no change, and the reason is said */
    expect_change(&log, &grid, 3 + 2, (const char *const[]){"-", "-", "-", "-"});
    assert_int_equal(grid.changes[3 + 2].reason, REASON_OTHER_DEFINITION);
    /* of a percentage in points, never in per cent of per cent; `twee` did not say */
    expect_change(&log, &grid, 6 + 1, (const char *const[]){"10.0", "10.0", "0.0", "-"});
    assert_int_equal(grid.changes[6 + 1].organisations, 1);
    log_fixture_done(&log);
}

static void test_a_change_needs_both_figures(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    const struct grid grid = draw(&log, "regios");
    expect_change(&log, &grid, 1, (const char *const[]){"-", "-", "-", "-"});
    assert_int_equal(grid.changes[1].reason, REASON_NOT_DELIVERED);
    expect_change(&log, &grid, 3 + 2, (const char *const[]){"60", "0", "-60", "-100.0"});
    deliver(&log, "2024-04-01", "een", "{\"cijfers\":{\"kinderen\":0,\"fte\":9}}");
    deliver(&log, "2023-10-01", "een", "{\"cijfers\":{\"kinderen\":5}}");
    const struct grid again = draw(&log, "land");
    /* nothing grows by so many per cent from nothing */
    expect_change(&log, &again, 2, (const char *const[]){"0", "120", "120", "-"});
    assert_int_equal(again.changes[2].reason, REASON_NONE);
    log_fixture_done(&log);
}

static void test_the_letter_says_what_rose_and_fell(void **unused)
{
    (void)unused;
    enum { COLUMNS = 5, NEWEST = 4 };
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");
    log_fixture_deliver_shipped(&log, "gi");
    const struct grid grid = draw(&log, "verandering");
    assert_int_equal(grid.column_count, COLUMNS);
    expect_change(&log, &grid, 1 * COLUMNS + NEWEST,
                  (const char *const[]){"26670", "25827", "-843", "-3.2"});
    expect_change(&log, &grid, 2 * COLUMNS + NEWEST,
                  (const char *const[]){"5410", "5589", "179", "3.3"});
    assert_int_equal(grid.changes[2 * COLUMNS + NEWEST].organisations, 13);
    log_fixture_done(&log);
}

static void test_the_reports_name_the_regions_with_most_families_first(void **unused)
{
    (void)unused;
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "ot");
    log_fixture_deliver_shipped(&log, "ot");
    const struct grid grid = draw(&log, "regios");
    static const char *const names[] = {"Rijnmond",  "Amsterdam-Amstelland", "Zuid-Holland Zuid",
                                        "Flevoland", "Haaglanden",           "IJsselland",
                                        "Landelijk"};
    static const char *const values[] = {
        "84", "82", "50", "47", "35", "niet-aangeleverd", "niet-van-toepassing"};
    assert_int_equal(grid.row_count, sizeof names / sizeof *names);
    for (size_t i = 0; i < grid.row_count; i++) {
        assert_true(slice_is(grid.rows[i].name, names[i]));
        assert_string_equal(log_fixture_value(&log, &grid.points[i * grid.column_count + 1]),
                            values[i]);
    }
    log_fixture_done(&log);
}

static void check_form(const struct grid *grid, const struct rendering *rendering,
                       enum language language, const char *golden)
{
    struct text text = {0};
    rendering->grid(&text, grid, language);
    golden_check(golden, text_slice(&text));
    text_done(&text);
}

static void test_a_table_by_region_in_every_form(void **unused)
{
    (void)unused;
    struct log_fixture log;
    open_log(&log);
    const struct grid grid = draw(&log, "regios");
    check_form(&grid, &render_json, LANGUAGE_PLAIN, "render/regios.json");
    check_form(&grid, &render_csv, LANGUAGE_PLAIN, "render/regios.csv");
    check_form(&grid, &render_csv, LANGUAGE_DUTCH, "render/regios-nl.csv");
    check_form(&grid, &render_markdown, LANGUAGE_PLAIN, "render/regios.md");
    check_form(&grid, &render_html, LANGUAGE_PLAIN, "render/regios.html");
    struct text text = {0};
    book_text_put(&text, render_book_grid(&grid, (struct moment){0}, &log.arena));
    golden_check("render/regios-werkblad.txt", text_slice(&text));
    text_done(&text);
    const struct grid land = draw(&log, "land");
    check_form(&land, &render_markdown, LANGUAGE_PLAIN, "render/land.md");
    const struct grid members = draw(&log, "organisaties");
    check_form(&members, &render_markdown, LANGUAGE_PLAIN, "render/organisaties.md");
    log_fixture_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_organisations_have_a_row_where_they_are_expected),
        cmocka_unit_test(test_regions_have_a_row_where_a_figure_was_given),
        cmocka_unit_test(test_members_can_stand_in_the_order_of_their_figures),
        cmocka_unit_test(test_a_change_is_over_whom_both_peildata_have),
        cmocka_unit_test(test_a_change_needs_both_figures),
        cmocka_unit_test(test_the_letter_says_what_rose_and_fell),
        cmocka_unit_test(test_the_reports_name_the_regions_with_most_families_first),
        cmocka_unit_test(test_a_table_by_region_in_every_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
