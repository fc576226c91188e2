/*
 * Cells out of bytes: every habit of a spreadsheet gives the same cells, and lines and columns are
 * those of the file. A test's file is shown as its cells: `|` behind each cell, `/` behind a row.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/text.h"
#include "codec/csv_scan.h"

static const char *fault_mark(enum csv_fault fault)
{
    switch (fault) {
    case CSV_SOUND: break;
    case CSV_OPEN_QUOTE: return "!open";
    case CSV_AFTER_QUOTE: return "!after";
    case CSV_CONTROL: return "!control";
    }
    return "";
}

static void show(struct text *text, struct slice body, enum csv_charset charset)
{
    struct csv_scan scan;
    struct csv_cell cell;
    struct arena arena;
    arena_init(&arena);
    csv_scan_init(&scan, body, charset, &arena);
    while (csv_scan_row(&scan)) {
        while (csv_scan_cell(&scan, &cell)) {
            text_put(text, cell.text);
            text_puts(text, fault_mark(cell.fault));
            text_putc(text, '|');
        }
        text_putc(text, '/');
    }
    arena_done(&arena);
}

static void assert_cells_of(struct slice body, enum csv_charset charset, const char *expected)
{
    struct text text = {0};
    show(&text, body, charset);
    if (!slice_is(text_slice(&text), expected))
        fail_msg("\"%.*s\" is not \"%s\"", (int)text.len, text.ptr, expected);
    text_done(&text);
}

static void assert_cells(const char *body, const char *expected)
{
    assert_cells_of(slice_of(body), CSV_UTF8, expected);
}

static void test_separators_line_ends_and_bom(void **state)
{
    (void)state;
    assert_cells("a;b\n1;2\n", "a|b|/1|2|/");
    assert_cells("a,b\r\n1,2", "a|b|/1|2|/");
    assert_cells(
        "\xEF\xBB\xBF"
        "a;b\r1,5;2\r",
        "a|b|/1,5|2|/");
    assert_cells("sep=,\r\na,b;c\n", "a|b;c|/");
    assert_cells("sep=;\na,b;c\n", "a,b|c|/");
    assert_cells("sep=x\na,b", "sep=x|/a|b|/");
    assert_cells("\n\na;b", "|/|/a|b|/");
}

static void test_empty_cells_are_kept(void **state)
{
    (void)state;
    assert_cells("a;;\n;;\n;\n", "a|||/|||/||/");
    assert_cells("a;", "a||/");
}

static void test_blanks_around_a_cell_are_taken_off(void **state)
{
    (void)state;
    assert_cells(" a ;\tb\t\n", "a|b|/");
    assert_cells(
        "\xC2\xA0"
        "a \xE2\x80\xAF;\xEF\xBB\xBF\xE2\x80\x8B"
        "b",
        "a|b|/");
    assert_cells_of(slice_of("a\xA0;b\xEB"), CSV_UTF8, "a|b\xC3\xAB|/");
}

static void test_quotes(void **state)
{
    (void)state;
    assert_cells("\"a;b\";\"c\"\"d\"\n", "a;b|c\"d|/");
    assert_cells("x;y\n\"a\r\nb\";c\n", "x|y|/a\r\nb|c|/");
    assert_cells(" \"a\" ;\"\"\n", "a||/");
    assert_cells("een \"goede\" reden;b", "een \"goede\" reden|b|/");
    assert_cells("\"a\"b;c", "a!after|c|/");
    assert_cells("a;\"b\nc;d\n", "a|\"b!open|/c|d|/");
    assert_cells("x;y\n\"a;b\nc;\"d\"\n", "x|y|/\"a;b!open|/c|d|/");
    assert_cells("\"", "\"!open|/");
}

/* Bytes that are no UTF-8 are Windows-1252 (docs/csv.md); what is said so, too. */
static void test_charsets(void **state)
{
    (void)state;
    assert_cells("cli\xC3\xABnt", "cli\xC3\xABnt|/");
    assert_cells("cli\xEBnt;\x80", "cli\xC3\xABnt|\xE2\x82\xAC|/");
    assert_cells_of(slice_of("\xC3\xAB"), CSV_WINDOWS_1252, "\xC3\x83\xC2\xAB|/");
    assert_cells_of(slice_of("\xEF\xBB\xBF\xC3\xAB"), CSV_WINDOWS_1252, "\xC3\xAB|/");
    assert_cells("\xEB;\x81", "\xC3\xAB|!control|/");
    assert_cells("a\x07;b", "!control|b|/");
    assert_cells_of(slice_from("a\0b;c", 5), CSV_UTF8, "!control|c|/");
}

/* Columns are in bytes, as the file was sent, of the first byte that says something. */
static void test_places(void **state)
{
    struct csv_scan scan;
    struct csv_cell cell;
    struct arena arena;
    (void)state;
    arena_init(&arena);
    csv_scan_init(&scan,
                  slice_of("\xEF\xBB\xBF"
                           "x;y\r\n\"a\nb\"; c\n\n\xC3\xAB;d"),
                  CSV_UTF8, &arena);
    static const unsigned PLACES[][2] = {{1, 1}, {1, 3}, {2, 1}, {3, 5}, {4, 1}, {5, 1}, {5, 4}};
    size_t count = 0;
    while (csv_scan_row(&scan)) {
        for (; csv_scan_cell(&scan, &cell); count++) {
            assert_int_equal(cell.line, PLACES[count][0]);
            assert_int_equal(cell.column, PLACES[count][1]);
        }
    }
    assert_int_equal(count, sizeof PLACES / sizeof PLACES[0]);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_separators_line_ends_and_bom),
        cmocka_unit_test(test_empty_cells_are_kept),
        cmocka_unit_test(test_blanks_around_a_cell_are_taken_off),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_charsets),
        cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
