/*
 * Organisations and definitions over time: a and b merged into c, which was there already; d was
 * split into e and f; g became h and h became i. And one version of a definition for all peildata.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "core/succession.h"
#include "unit/log_fixture.h"

#define FIRST  "2023-06-01"
#define SECOND "2024-06-01"
#define THIRD  "2025-06-01"

static const char MONITOR[] =
    "monitor: proef\n"
    "naam: Proef\n"
    "cijfers:\n"
    "  kinderen: {naam: K, soort: aantal, eenheid: kinderen}\n"
    "  fte: {naam: F, soort: getal, decimalen: 1, eenheid: fte}\n"
    "  uren: {naam: U, soort: getal, decimalen: 1, eenheid: uren}\n"
    "  rapport: {naam: R, soort: opgave, decimalen: 1, eenheid: x}\n"
    "indicatoren:\n"
    "  last: {naam: w, eenheid: x, decimalen: 1, versies: ["
    "{soort: verhouding, teller: [kinderen], noemer: [fte]}, "
    "{vanaf: 2024-01-01, soort: verhouding, factor: 10, teller: [kinderen], noemer: [uren], "
    "reden: omdat}]}\n"
    "  midden: {naam: m, eenheid: x, decimalen: 1, versies: ["
    "{soort: gemiddelde, teller: [kinderen], noemer: [fte]}]}\n"
    "normen: [{indicator: last, waarde: 12, vanaf: 2024-01-01}, "
    "{indicator: last, waarde: 11, vanaf: 2025-01-01}]\n"
    "peildata: [{datum: 2023-06-01}, {datum: 2024-06-01}, {datum: 2025-06-01}]\n";

static const char ORGANISATIONS[] =
    "organisaties:\n"
    "  a: {naam: A, monitors: [proef], vanaf: 2020-01-01, tot: 2023-12-31, opvolgers: [c]}\n"
    "  b: {naam: B, monitors: [proef], vanaf: 2020-01-01, tot: 2024-12-31, opvolgers: [c]}\n"
    "  c: {naam: C, monitors: [proef], vanaf: 2024-01-01}\n"
    "  d: {naam: D, monitors: [proef], vanaf: 2020-01-01, tot: 2023-12-31, opvolgers: [e, f]}\n"
    "  e: {naam: E, monitors: [proef], vanaf: 2024-01-01}\n"
    "  f: {naam: F, monitors: [proef], vanaf: 2024-01-01}\n"
    "  g: {naam: G, monitors: [proef], vanaf: 2020-01-01, tot: 2023-12-31, opvolgers: [h]}\n"
    "  h: {naam: H, monitors: [proef], vanaf: 2024-01-01, tot: 2024-12-31, opvolgers: [i]}\n"
    "  i: {naam: I, monitors: [proef], vanaf: 2025-01-01}\n"
    "  elders: {naam: X, monitors: [proef], vanaf: 2020-01-01, tot: 2023-12-31, "
    "opvolgers: [ander]}\n"
    "  ander: {naam: Y, monitors: [proefje], vanaf: 2020-01-01}\n"
    "  later: {naam: Z, monitors: [proef], vanaf: 2020-01-01, tot: 2025-06-01, opvolgers: [c]}\n"
    "  eerder: {naam: W, monitors: [proef], vanaf: 2020-01-01, tot: 2024-12-31, "
    "opvolgers: [straks]}\n"
    "  straks: {naam: V, monitors: [proef], vanaf: 2026-01-01}\n";

static void open_log(struct log_fixture *log)
{
    log_fixture_init(log);
    log_fixture_define(log, "proef", MONITOR, ORGANISATIONS);
}

static void deliver(struct log_fixture *log, const char *peildatum, const char *organisation,
                    const char *figures)
{
    const struct slice delivery = arena_print(&log->arena, "{\"cijfers\":{%s}}", figures);
    log_fixture_deliver(log, peildatum, organisation, "", delivery);
}

/* All organisations' points of one indicator; `today` by those of today. */
static struct series lines(struct log_fixture *log, const char *indicator, bool today)
{
    const struct rulebook *rulebook = state_rulebook(log->state, state_now(), NULL);
    struct subject *subject = arena_new(&log->arena, sizeof *subject);
    assert_true(subject_find(rulebook, slice_of(indicator), &log->arena, subject));
    const struct question question = {.subjects = subject,
                                      .subject_count = 1,
                                      .level = LEVEL_ORGANISATION,
                                      .today = today,
                                      .known = state_now()};
    return series_answer(log->state, &question, &log->arena);
}

static const struct point *find(struct series series, const char *organisation,
                                const char *peildatum)
{
    struct date date;
    assert_true(date_parse(slice_of(peildatum), &date));
    for (size_t i = 0; i < series.count; i++) {
        if (slice_is(series.points[i].organisation, organisation) &&
            date_compare(series.points[i].peildatum, date) == 0)
            return &series.points[i];
    }
    return NULL;
}

static void assert_point(struct log_fixture *log, const struct point *point, const char *value,
                         unsigned received, unsigned expected)
{
    assert_non_null(point);
    assert_string_equal(log_fixture_value(log, point), value);
    assert_int_equal(point->received, received);
    assert_int_equal(point->expected, expected);
}

/* ---- who counts under whom ---- */

static void test_heirs(void **unused)
{
    static const char *const heirs[][2] = {
        {"a", "c"},
        {"b", "c"},
        {"c", "c"},
        {"d", "d"},
        {"e", "e"},
        {"g", "i"},
        {"h", "i"},
        {"i", "i"},
        {"elders", "elders"}, /* no monitor */
        {"later", "later"} /* the last day is a peildatum */,
        {"eerder", "eerder"},
    };
    struct log_fixture log;
    (void)unused;
    open_log(&log);
    const struct rulebook *rulebook = state_rulebook(log.state, state_now(), NULL);
    for (size_t i = 0; i < sizeof heirs / sizeof *heirs; i++) {
        const struct organisation *heir = succession_today(
            rulebook, directory_find_organisation(&rulebook->directory, slice_of(heirs[i][0])));
        assert_true(slice_is(heir->id, heirs[i][1]));
    }
    log_fixture_done(&log);
}

/* A rulebook of long ago may say anything: who goes round in a circle stays where it is. */
static void test_a_circle_ends(void **unused)
{
    static const struct slice monitors[] = {SLICE_LITERAL("proef")};
    static const struct slice ids[] = {SLICE_LITERAL("een"), SLICE_LITERAL("twee"),
                                       SLICE_LITERAL("niemand")};
    const struct peildatum peildata[] = {{.date = {.day = 100}}};
    struct organisation organisations[3];
    for (size_t i = 0; i < 3; i++)
        organisations[i] = (struct organisation){.id = ids[i],
                                                 .monitors = monitors,
                                                 .monitor_count = 1,
                                                 .has_until = true,
                                                 .until = {.day = 50},
                                                 .successors = &ids[(i + 1) % 2],
                                                 .successor_count = 1};
    organisations[2].id = slice_of("drie");
    organisations[2].successors = &ids[2];
    const struct rulebook rulebook = {
        .monitor = {.id = monitors[0], .peildata = peildata, .peildatum_count = 1},
        .directory = {.organisations = organisations, .organisation_count = 3}};
    (void)unused;
    for (size_t i = 0; i < 3; i++)
        assert_ptr_equal(succession_today(&rulebook, &organisations[i]), &organisations[i]);
}

/* ---- their figures ---- */

static void test_merged_lines_are_ratios_of_sums(void **unused)
{
    struct log_fixture log;
    (void)unused;
    open_log(&log);
    deliver(&log, FIRST, "a", "\"kinderen\":100,\"fte\":10");
    deliver(&log, FIRST, "b", "\"kinderen\":300,\"fte\":20");
    deliver(&log, SECOND, "b", "\"kinderen\":290,\"uren\":20");
    deliver(&log, SECOND, "c", "\"kinderen\":110,\"uren\":30");
    deliver(&log, FIRST, "d", "\"kinderen\":70,\"fte\":7");
    deliver(&log, FIRST, "g", "\"kinderen\":50,\"fte\":5");
    deliver(&log, SECOND, "h", "\"kinderen\":60,\"uren\":5");
    deliver(&log, THIRD, "i", "\"kinderen\":70,\"uren\":5");

    const struct series as_delivered = lines(&log, "last", false);
    assert_point(&log, find(as_delivered, "a", FIRST), "10", 1, 1);
    assert_null(find(as_delivered, "c", FIRST));
    const struct series today = lines(&log, "last", true);
    assert_null(find(today, "a", FIRST));
    assert_null(find(today, "b", SECOND));
    assert_point(&log, find(today, "c", FIRST), "13.3", 2, 2); /* not the mean of 10 and 15 */
    assert_int_equal(find(today, "c", FIRST)->numerator.value.units, 400);
    assert_point(&log, find(today, "c", SECOND), "80", 2, 2);
    assert_point(&log, find(today, "c", THIRD), "niet-aangeleverd", 0, 1);
    assert_point(&log, find(today, "d", FIRST), "10", 1, 1);
    assert_null(find(today, "e", FIRST));
    assert_null(find(today, "g", FIRST));
    assert_null(find(today, "h", SECOND));
    assert_point(&log, find(today, "i", FIRST), "10", 1, 1);
    assert_point(&log, find(today, "i", SECOND), "120", 1, 1);
    assert_point(&log, find(today, "i", THIRD), "140", 1, 1);
    log_fixture_done(&log);
}

/* A mean over organisations is over those that delivered, on a merged line too. */
static void test_merged_lines_of_other_formulas(void **unused)
{
    struct log_fixture log;
    (void)unused;
    open_log(&log);
    deliver(&log, FIRST, "a", "\"kinderen\":100,\"fte\":10,\"rapport\":7.5");
    deliver(&log, FIRST, "b", "\"kinderen\":300,\"fte\":20,\"rapport\":8.5");
    const struct series mean = lines(&log, "midden", true);
    assert_point(&log, find(mean, "c", FIRST), "12.5", 2, 2);
    assert_int_equal(find(mean, "c", FIRST)->denominator.value.units, 2);
    assert_point(&log, find(lines(&log, "rapport", true), "c", FIRST), "niet-van-toepassing", 2, 2);
    log_fixture_done(&log);
}

/* Half a group is said; set aside is said where nothing of the group is left. */
static void test_what_is_missing_of_a_group(void **unused)
{
    const char *const aside = "{\"reden\":\"dubbel\",\"revisie\":1,\"terzijde\":true}";
    struct log_fixture log;
    (void)unused;
    open_log(&log);
    deliver(&log, FIRST, "a", "\"kinderen\":100,\"fte\":10");
    assert_point(&log, find(lines(&log, "last", true), "c", FIRST), "10", 1, 2);
    deliver(&log, FIRST, "b", "\"kinderen\":300,\"fte\":20");
    log_fixture_say(&log, RECORD_SET_ASIDE, FIRST, "b", aside);
    assert_point(&log, find(lines(&log, "last", true), "c", FIRST), "10", 1, 2);
    log_fixture_say(&log, RECORD_SET_ASIDE, FIRST, "a", aside);
    assert_point(&log, find(lines(&log, "last", true), "c", FIRST), "terzijde-gelegd", 0, 2);
    log_fixture_done(&log);
}

/* ---- one version for all peildata ---- */

static struct point by_version(struct log_fixture *log, const char *indicator, unsigned version,
                               const char *peildatum)
{
    const struct rulebook *rulebook = state_rulebook(log->state, state_now(), NULL);
    struct subject *subject = arena_new(&log->arena, sizeof *subject);
    struct question question = {.subjects = subject,
                                .subject_count = 1,
                                .version = version,
                                .has_from = true,
                                .has_to = true,
                                .known = state_now()};
    assert_true(date_parse(slice_of(peildatum), &question.from));
    question.to = question.from;
    assert_true(subject_find(rulebook, slice_of(indicator), &log->arena, subject));
    const struct series series = series_answer(log->state, &question, &log->arena);
    assert_int_equal(series.count, 1);
    return series.points[0];
}

static void assert_version(struct log_fixture *log, const struct point *point, const char *value,
                           unsigned version)
{
    assert_string_equal(log_fixture_value(log, point), value);
    assert_int_equal(point->definition, version);
    assert_false(point->series_break);
}

static void test_one_version_for_all_peildata(void **unused)
{
    struct log_fixture log;
    (void)unused;
    open_log(&log);
    deliver(&log, FIRST, "a", "\"kinderen\":100,\"fte\":10");
    deliver(&log, SECOND, "c", "\"kinderen\":120,\"fte\":8,\"uren\":30");
    deliver(&log, THIRD, "c", "\"kinderen\":120,\"uren\":40");

    assert_true(log_fixture_ask(&log, "last", NULL, SECOND, state_now()).series_break);
    struct point point = by_version(&log, "last", 1, SECOND);
    assert_version(&log, &point, "15", 1);
    assert_int_equal(point.norm.value.units, 12);
    point = by_version(&log, "last", 2, SECOND);
    assert_version(&log, &point, "40", 2);
    point = by_version(&log, "last", 1, THIRD);
    assert_version(&log, &point, "niet-aangeleverd", 1);
    assert_int_equal(point.norm.value.units, 11);
    point = by_version(&log, "last", 2, FIRST);
    assert_version(&log, &point, "niet-aangeleverd", 2);
    point = by_version(&log, "last", 3, FIRST);
    assert_version(&log, &point, "andere-definitie", 0);
    point = by_version(&log, "kinderen", 1, FIRST);
    assert_version(&log, &point, "100", 1);
    point = by_version(&log, "kinderen", 2, FIRST);
    assert_version(&log, &point, "andere-definitie", 0);
    log_fixture_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heirs),
        cmocka_unit_test(test_a_circle_ends),
        cmocka_unit_test(test_merged_lines_are_ratios_of_sums),
        cmocka_unit_test(test_merged_lines_of_other_formulas),
        cmocka_unit_test(test_what_is_missing_of_a_group),
        cmocka_unit_test(test_one_version_for_all_peildata),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
