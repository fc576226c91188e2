/*
 * Figures come out the same in every form: exact, absent where there are none with the reason why,
 * and never without what a reader must know (response, series break). The figures here are made by
 * hand so that every kind of point occurs; golden files hold each form byte for byte.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "codec/render_book.h"
#include "unit/book_text.h"
#include "unit/golden.h"

enum { ROWS = 4, COLUMNS = 3 };

/** A definition that tries a rendering: names with separators, quotes and wide characters. */
static const struct version VERSIONS[] = {
    {.number = 1},
    {.number = 2,
     .has_from = true,
     .from = {.day = 19997},
     .reason =
         SLICE_LITERAL("De monitor is aangepast;\nwat er veranderde is *niet* gepubliceerd.")},
};
static const struct indicator CLIENTS = {.id = SLICE_LITERAL("clienten"),
                                         .name = SLICE_LITERAL("Cliënten, \"alle\"; jb|jr"),
                                         .unit = SLICE_LITERAL("maatregelen"),
                                         .versions = VERSIONS,
                                         .version_count = 1};
static const struct indicator WORKLOAD = {.id = SLICE_LITERAL("workload"),
                                          .name = SLICE_LITERAL("Workload per fte"),
                                          .unit = SLICE_LITERAL("kinderen per fte"),
                                          .decimals = 1,
                                          .versions = VERSIONS,
                                          .version_count = 2};
static const struct indicator SHORTAGE = {.id = SLICE_LITERAL("fte_tekort"),
                                          .name = SLICE_LITERAL("Tekort"),
                                          .unit = SLICE_LITERAL("fte"),
                                          .decimals = 2,
                                          .versions = VERSIONS,
                                          .version_count = 1};
static const struct indicator WAIT = {.id = SLICE_LITERAL("wachttijd_start"),
                                      .name = SLICE_LITERAL("Wachttijd bij de start"),
                                      .decimals = 1,
                                      .versions = VERSIONS,
                                      .version_count = 1};
static const struct peildatum PEILDATA[COLUMNS] = {
    {.date = {.day = 19631}},
    {.date = {.day = 19814}, .has_from = true, .from = {.day = 19723}},
    {.date = {.day = 19997}, .period = PERIOD_QUARTER, .has_from = true, .from = {.day = 19906}},
};
static const struct source SOURCES[] = {
    {.id = SLICE_LITERAL("cao"), .title = SLICE_LITERAL("Cao Jeugdzorg")},
    {.id = SLICE_LITERAL("brief"),
     .title = SLICE_LITERAL("Verzamelbrief Jeugdbescherming"),
     .reference = SLICE_LITERAL("Kamerstukken II 2024/25, 31 839, nr. 1048"),
     .has_date = true,
     .date = {.day = 20059}},
};

static struct maybe number(int64_t units, uint8_t decimals)
{
    return (struct maybe){.present = true, .value = {.units = units, .decimals = decimals}};
}

/** A point of one indicator on one of the peildata, all organisations in it. */
static struct point point_of(const struct indicator *indicator, size_t column)
{
    return (struct point){
        .indicator = indicator,
        .id = indicator->id,
        .level = LEVEL_NATIONAL,
        .peildatum = PEILDATA[column].date,
        .definition = indicator->version_count == 2 && column == 2 ? 2 : 1,
        .received = 13,
        .expected = 13,
    };
}

static struct point with_value(struct point point, int64_t units, uint8_t decimals)
{
    point.value = number(units, decimals);
    return point;
}

static struct point without_value(struct point point, enum reason reason, unsigned received)
{
    point.reason = reason;
    point.received = received;
    return point;
}

/** Row by row, as a grid wants them: whole, incomplete, missing for two reasons, negative. */
static void fill_points(struct point points[ROWS * COLUMNS])
{
    const struct indicator *const rows[ROWS] = {&CLIENTS, &WORKLOAD, &SHORTAGE, &WAIT};
    static const int64_t units[ROWS][COLUMNS] = {
        {32429, 32080, 31416}, {153, 142, 126}, {0, -12345, 0}, {0, 34, 29}};
    static const uint8_t decimals[ROWS] = {0, 1, 2, 0};
    for (size_t i = 0; i < (size_t)ROWS * COLUMNS; i++) {
        const size_t row = i / COLUMNS;
        const struct point point = point_of(rows[row], i % COLUMNS);
        points[i] = with_value(point, units[row][i % COLUMNS], decimals[row]);
    }
    points[0].received = 12;
    points[3].received = 11;
    points[5].series_break = true;
    points[5].numerator = number(31416, 0);
    points[5].denominator = number(249330, 2);
    points[5].norm = number(128, 1);
    points[6] = without_value(point_of(&SHORTAGE, 0), REASON_NO_NORM, 13);
    points[9] = without_value(point_of(&WAIT, 0), REASON_NOT_DELIVERED, 0);
}

/** A grid over those points with everything it points at. */
struct sample {
    struct rulebook rulebook;
    struct table_row rows[ROWS];
    struct table table;
    struct grid_row grid_rows[ROWS];
    const struct peildatum *columns[COLUMNS];
    struct point points[ROWS * COLUMNS];
};

static struct grid sample_grid(struct sample *sample)
{
    *sample = (struct sample){
        .rulebook.monitor = {.id = SLICE_LITERAL("gi"),
                             .name = SLICE_LITERAL("GI-monitor"),
                             .sources = SOURCES,
                             .source_count = 2},
        .rows = {{.indicator = &CLIENTS},
                 {.indicator = &WORKLOAD, .decimals = 1},
                 {.indicator = &SHORTAGE, .decimals = 2},
                 {.indicator = &WAIT, .name = SLICE_LITERAL("Wachttijd"), .decimals = 0}},
        .table = {.id = SLICE_LITERAL("ontwikkeling"),
                  .name = SLICE_LITERAL("Ontwikkeling werkomvang"),
                  .source = SLICE_LITERAL("brief"),
                  .row_count = ROWS},
        .columns = {&PEILDATA[0], &PEILDATA[1], &PEILDATA[2]},
    };
    sample->table.rows = sample->rows;
    for (size_t i = 0; i < ROWS; i++)
        sample->grid_rows[i] = (struct grid_row){.shown = &sample->rows[i]};
    fill_points(sample->points);
    return (struct grid){
        .rulebook = &sample->rulebook,
        .table = &sample->table,
        .columns = sample->columns,
        .column_count = COLUMNS,
        .rows = sample->grid_rows,
        .row_count = ROWS,
        .points = sample->points,
    };
}

/** Renders the sample and holds it against its golden file. */
static void check_grid(const struct rendering *rendering, enum language language,
                       const char *golden)
{
    struct sample sample;
    struct text text = {0};
    const struct grid grid = sample_grid(&sample);
    rendering->grid(&text, &grid, language);
    golden_check(golden, text_slice(&text));
    text_done(&text);
}

static void test_a_table_as_json(void **unused)
{
    (void)unused;
    check_grid(&render_json, LANGUAGE_PLAIN, "render/tabel.json");
}

static void test_a_table_as_csv(void **unused)
{
    (void)unused;
    check_grid(&render_csv, LANGUAGE_PLAIN, "render/tabel.csv");
    check_grid(&render_csv, LANGUAGE_DUTCH, "render/tabel-nl.csv");
}

static void test_a_table_as_markdown(void **unused)
{
    (void)unused;
    check_grid(&render_markdown, LANGUAGE_PLAIN, "render/tabel.md");
}

static void test_a_table_as_a_page(void **unused)
{
    (void)unused;
    check_grid(&render_html, LANGUAGE_PLAIN, "render/tabel.html");
}

/** The book holds the figures as numbers and explains them: versions, norms, notes, source. */
static void test_a_table_as_a_book(void **unused)
{
    (void)unused;
    struct sample sample;
    struct text text = {0};
    struct arena arena;
    arena_init(&arena);
    const struct grid grid = sample_grid(&sample);
    book_text_put(&text, render_book_grid(&grid, (struct moment){.ms = 1732262400123}, &arena));
    golden_check("render/tabel-werkblad.txt", text_slice(&text));
    text_done(&text);
    arena_done(&arena);
}

/** Points of every level, with and without all that may be absent. */
static void check_series(const struct rendering *rendering, enum language language,
                         const char *golden)
{
    struct sample sample;
    struct text text = {0};
    (void)sample_grid(&sample);
    struct point points[] = {sample.points[4], sample.points[5], sample.points[6], sample.points[7],
                             sample.points[1]};
    points[1].level = LEVEL_ORGANISATION;
    points[1].organisation = slice_of("jb-noord");
    points[2].definition = 0;
    points[4].level = LEVEL_REGION;
    points[4].region = slice_of("JZ01");
    const struct series series = {.points = points, .count = 5};
    rendering->series(&text, &series, language);
    golden_check(golden, text_slice(&text));
    text_done(&text);
}

static void test_a_series_as_a_book(void **unused)
{
    (void)unused;
    struct sample sample;
    struct text text = {0};
    struct arena arena;
    arena_init(&arena);
    const struct grid grid = sample_grid(&sample);
    const struct series series = {.points = sample.points, .count = ROWS * COLUMNS};
    book_text_put(&text, render_book_series(&series, grid.rulebook, (struct moment){0}, &arena));
    golden_check("render/reeks-werkblad.txt", text_slice(&text));
    text_done(&text);
    arena_done(&arena);
}

static void test_a_series_as_json(void **unused)
{
    (void)unused;
    check_series(&render_json, LANGUAGE_PLAIN, "render/reeks.json");
}

static void test_a_series_as_csv(void **unused)
{
    (void)unused;
    check_series(&render_csv, LANGUAGE_PLAIN, "render/reeks.csv");
    check_series(&render_csv, LANGUAGE_DUTCH, "render/reeks-nl.csv");
}

static void test_no_points_are_an_empty_answer(void **unused)
{
    (void)unused;
    const struct series series = {0};
    struct text text = {0};
    render_json.series(&text, &series, LANGUAGE_PLAIN);
    assert_true(slice_is(text_slice(&text), "{\"reeksen\":[]}"));
    text_clear(&text);
    render_csv.series(&text, &series, LANGUAGE_PLAIN);
    assert_true(slice_is(text_slice(&text),
                         "indicator,niveau,organisatie,regio,peildatum,waarde,teller,noemer,"
                         "definitie,reeksbreuk,norm,responsOntvangen,responsVerwacht,status,reden"
                         "\r\n"));
    text_done(&text);
}

/** Lines of the table proper are equally wide in code points, so they line up in a terminal. */
static void test_the_lines_of_a_markdown_table_are_equally_wide(void **unused)
{
    (void)unused;
    struct sample sample;
    struct text text = {0};
    const struct grid grid = sample_grid(&sample);
    render_markdown.grid(&text, &grid, LANGUAGE_PLAIN);
    struct slice line, rest = text_slice(&text);
    size_t lines = 0, width = 0;
    while (slice_cut(rest, '\n', &line, &rest)) {
        if (!slice_starts(line, "|")) continue;
        if (lines++ == 0) width = utf8_length(line);
        assert_int_equal(utf8_length(line), width);
    }
    assert_int_equal(lines, ROWS + 2);
    text_done(&text);
}

static struct text markdown_of(const struct grid *grid)
{
    struct text text = {0};
    render_markdown.grid(&text, grid, LANGUAGE_PLAIN);
    text_putc(&text, '\0');
    return text;
}

/** A table without anything to explain says nothing but its source. */
static void test_notes_are_written_only_where_needed(void **unused)
{
    (void)unused;
    struct sample sample;
    struct grid grid = sample_grid(&sample);
    for (size_t i = 0; i < (size_t)ROWS * COLUMNS; i++)
        sample.points[i] = with_value(point_of(&CLIENTS, i % COLUMNS), 7, 0);
    struct text text = markdown_of(&grid);
    assert_null(strstr(text.ptr, "‡"));
    assert_null(strstr(text.ptr, "†"));
    assert_null(strstr(text.ptr, "–"));
    assert_non_null(strstr(text.ptr, "Verzamelbrief"));
    text_done(&text);
}

/** One reason for all that is missing needs no list of places; the same response no list of rows.
 */
static void test_a_note_that_holds_everywhere_names_no_places(void **unused)
{
    (void)unused;
    struct sample sample;
    struct grid grid = sample_grid(&sample);
    for (size_t i = 0; i < (size_t)ROWS * COLUMNS; i++) {
        sample.points[i] = with_value(point_of(&CLIENTS, i % COLUMNS), 7, 0);
        sample.points[i].received = i % COLUMNS == 2 ? 12 : 13;
    }
    sample.points[0] = without_value(point_of(&CLIENTS, 0), REASON_NO_NORM, 13);
    struct text text = markdown_of(&grid);
    assert_non_null(strstr(text.ptr, "\n\n† Op 1 oktober 2024: 12 van 13 organisaties.\n"));
    assert_non_null(strstr(text.ptr, "\n\n– Er gold nog geen norm.\n"));
    text_done(&text);
}

static void test_a_table_without_peildata_is_still_a_table(void **unused)
{
    (void)unused;
    struct sample sample;
    struct grid grid = sample_grid(&sample);
    grid.column_count = 0;
    struct text text = markdown_of(&grid);
    assert_non_null(strstr(text.ptr, "| Tekort (fte) "));
    text_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_table_as_json),
        cmocka_unit_test(test_a_table_as_csv),
        cmocka_unit_test(test_a_table_as_markdown),
        cmocka_unit_test(test_a_table_as_a_page),
        cmocka_unit_test(test_a_table_as_a_book),
        cmocka_unit_test(test_a_series_as_a_book),
        cmocka_unit_test(test_a_series_as_json),
        cmocka_unit_test(test_a_series_as_csv),
        cmocka_unit_test(test_no_points_are_an_empty_answer),
        cmocka_unit_test(test_the_lines_of_a_markdown_table_are_equally_wide),
        cmocka_unit_test(test_notes_are_written_only_where_needed),
        cmocka_unit_test(test_a_note_that_holds_everywhere_names_no_places),
        cmocka_unit_test(test_a_table_without_peildata_is_still_a_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
