/*
 * Editions in the fold, and the status they give to figures: a name is used once, what an edition
 * freezes stays, and a figure is as firm as the newest edition that has it as it is now.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "core/known.h"
#include "unit/log_fixture.h"

#define FORMULA "teller: [kinderen]"
#define MONITOR(formula, peildata)                                                                 \
    "monitor: proef\n"                                                                             \
    "naam: Proef\n"                                                                                \
    "cijfers:\n"                                                                                   \
    "  kinderen: {naam: K, soort: aantal, eenheid: kinderen}\n"                                    \
    "  fte: {naam: F, soort: aantal, eenheid: fte}\n"                                              \
    "indicatoren:\n"                                                                               \
    "  som: {naam: S, eenheid: x, versies: [{soort: som, " formula                                 \
    "}]}\n"                                                                                        \
    "  fte: {naam: F, eenheid: x, versies: [{soort: som, teller: [fte]}]}\n"                       \
    "peildata: [{datum: 2024-04-01}, {datum: 2024-10-01}" peildata "]\n"

static const char ORGANISATIONS[] =
    "organisaties:\n"
    "  een: {naam: Een, monitors: [proef], vanaf: 2020-01-01}\n"
    "  twee: {naam: Twee, monitors: [proef], vanaf: 2020-01-01}\n";

static int setup(void **state)
{
    static struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define(&log, "proef", MONITOR(FORMULA, ""), ORGANISATIONS);
    *state = &log;
    return 0;
}

static int teardown(void **state)
{
    log_fixture_done(*state);
    return 0;
}

static void deliver(struct log_fixture *log, const char *peildatum, const char *delivery)
{
    log_fixture_deliver(log, peildatum, "een", "", slice_of(delivery));
}

static struct fate freeze(struct log_fixture *log, const char *content)
{
    return log_fixture_say(log, RECORD_EDITION, "", "", content);
}

static const struct edition *find(const struct log_fixture *log, const char *name)
{
    return editions_find(state_editions(log->state), slice_of(name), state_now());
}

static void expect_status(struct log_fixture *log, const char *indicator, const char *peildatum,
                          enum status expected)
{
    const struct point point = log_fixture_ask(log, indicator, NULL, peildatum, state_now());
    if (point.status != expected)
        fail_msg("%s on %s is %s, not %s", indicator, peildatum, status_id(point.status),
                 status_id(expected));
}

#define APRIL  "2024-04-01"
#define AUTUMN "2024-10-01"

/* ---- the fold ---- */

static void test_a_name_is_used_once(void **state)
{
    struct log_fixture *log = *state;
    static const char first[] = "{\"naam\":\"brief\",\"status\":\"voorlopig\"}";
    const struct fate made = freeze(log, first);
    assert_int_equal(made.outcome, OUTCOME_NOTED);
    const struct fate again = freeze(log, first);
    assert_int_equal(again.outcome, OUTCOME_UNCHANGED);
    assert_int_equal(record_id_compare(again.about, made.about), 0);
    const struct fate other = freeze(log, "{\"naam\":\"brief\",\"status\":\"definitief\"}");
    assert_int_equal(other.outcome, OUTCOME_LOST);
    assert_int_equal(record_id_compare(other.about, made.about), 0);
    assert_int_equal(state_editions(log->state)->count, 1);
    assert_int_equal(find(log, "brief")->status, STATUS_PROVISIONAL);
    assert_int_equal(record_id_compare(find(log, "brief")->known, made.about), 0);
}

/* What would not stay the same for ever is no edition. */
static void test_a_place_that_does_not_hold_is_none(void **state)
{
    struct log_fixture *log = *state;
    static const char *const places[] = {"9999999-0", "1000-7", "2024-10-01T00:00:00Z", "1-0"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const struct slice content =
            arena_print(&log->arena,
                        "{\"bekendOp\":\"%s\",\"naam\":\"a\",\"status\":\"voorlopig\"}", places[i]);
        assert_int_equal(freeze(log, content.ptr).outcome, OUTCOME_IGNORED);
    }
    assert_int_equal(freeze(log, "{\"naam\":\"A\",\"status\":\"voorlopig\"}").outcome,
                     OUTCOME_IGNORED);
    assert_int_equal(state_editions(log->state)->count, 0);
}

static void test_nothing_can_be_frozen_before_there_are_definitions(void **state)
{
    (void)state;
    struct log_fixture log;
    log_fixture_init(&log);
    assert_int_equal(freeze(&log, "{\"naam\":\"a\",\"status\":\"voorlopig\"}").outcome,
                     OUTCOME_IGNORED);
    log_fixture_done(&log);
}

static void test_what_is_said_of_it_can_be_taken_out(void **state)
{
    struct log_fixture *log = *state;
    freeze(log, "{\"naam\":\"a\",\"status\":\"definitief\",\"toelichting\":\"Van Jan\"}");
    assert_true(slice_is(find(log, "a")->note, "Van Jan"));
    assert_int_equal(log_fixture_redact(log, log->record_count - 1).outcome, OUTCOME_REDACTED);
    assert_int_equal(find(log, "a")->note.len, 0);
    assert_int_equal(record_id_compare(find(log, "a")->redacted, log->last), 0);

    struct state *first = log->state;
    log->state = log_fixture_replay(log, log->record_count);
    assert_int_equal(find(log, "a")->note.len, 0);
    assert_int_equal(find(log, "a")->status, STATUS_FINAL);
    assert_true(
        slice_equal(find(log, "a")->sha256,
                    editions_find(state_editions(first), slice_of("a"), state_now())->sha256));
    state_free(first);
}

/* ---- status ---- */

static void test_a_figure_is_as_firm_as_its_edition(void **state)
{
    struct log_fixture *log = *state;
    deliver(log, APRIL, "{\"cijfers\":{\"kinderen\":10,\"fte\":2}}");
    deliver(log, AUTUMN, "{\"cijfers\":{\"kinderen\":12,\"fte\":2}}");
    expect_status(log, "som", APRIL, STATUS_PROVISIONAL);
    freeze(log, "{\"naam\":\"a\",\"peildata\":[\"2024-04-01\"],\"status\":\"definitief\"}");
    expect_status(log, "som", APRIL, STATUS_FINAL);
    expect_status(log, "som", AUTUMN, STATUS_PROVISIONAL);
    freeze(log, "{\"naam\":\"b\",\"status\":\"nader-voorlopig\"}");
    expect_status(log, "som", APRIL, STATUS_REVISED); /* the newest one decides */
    expect_status(log, "som", AUTUMN, STATUS_REVISED);
    expect_status(log, "kinderen", AUTUMN, STATUS_REVISED); /* a column is a figure too */
}

/* Only figures that changed lose it, and what was gives it back. */
static void test_what_changed_is_provisional_again(void **state)
{
    struct log_fixture *log = *state;
    deliver(log, APRIL, "{\"cijfers\":{\"kinderen\":10,\"fte\":2}}");
    deliver(log, AUTUMN, "{\"cijfers\":{\"kinderen\":12,\"fte\":2}}");
    freeze(log, "{\"naam\":\"a\",\"status\":\"definitief\"}");
    deliver(log, AUTUMN, "{\"cijfers\":{\"kinderen\":13,\"fte\":2}}");
    expect_status(log, "som", AUTUMN, STATUS_PROVISIONAL);
    expect_status(log, "fte", AUTUMN, STATUS_FINAL);
    expect_status(log, "som", APRIL, STATUS_FINAL);
    deliver(log, AUTUMN, "{\"cijfers\":{\"kinderen\":12,\"fte\":2}}");
    expect_status(log, "som", AUTUMN, STATUS_FINAL);
    log_fixture_say(log, RECORD_SET_ASIDE, AUTUMN, "een",
                    "{\"reden\":\"r\",\"revisie\":3,\"terzijde\":true}");
    expect_status(log, "som", AUTUMN, STATUS_PROVISIONAL);
    log_fixture_say(log, RECORD_SET_ASIDE, AUTUMN, "een",
                    "{\"reden\":\"r\",\"revisie\":3,\"terzijde\":false}");
    log_fixture_say(log, RECORD_REMARK, AUTUMN, "een", "{\"opmerking\":\"o\",\"revisie\":3}");
    expect_status(log, "som", AUTUMN, STATUS_FINAL);
}

/* A new peildatum takes nothing away from a figure that was published; another formula does. */
static void test_definitions_that_change(void **state)
{
    struct log_fixture *log = *state;
    deliver(log, AUTUMN, "{\"cijfers\":{\"kinderen\":12,\"fte\":2}}");
    freeze(log, "{\"naam\":\"a\",\"status\":\"definitief\"}");
    log_fixture_define(log, "proef", MONITOR(FORMULA, ", {datum: 2025-04-01}"), ORGANISATIONS);
    expect_status(log, "som", AUTUMN, STATUS_FINAL);
    expect_status(log, "som", "2025-04-01", STATUS_PROVISIONAL); /* was not there to be frozen */
    log_fixture_define(log, "proef", MONITOR("teller: [kinderen, fte]", ""), ORGANISATIONS);
    expect_status(log, "som", AUTUMN, STATUS_PROVISIONAL);
    expect_status(log, "fte", AUTUMN, STATUS_FINAL);
}

/* Before an edition was made nobody knew of it. */
static void test_status_is_as_known_then(void **state)
{
    struct log_fixture *log = *state;
    deliver(log, AUTUMN, "{\"cijfers\":{\"kinderen\":12,\"fte\":2}}");
    const struct record_id before = log->last;
    freeze(log, "{\"naam\":\"a\",\"status\":\"definitief\"}");
    deliver(log, AUTUMN, "{\"cijfers\":{\"kinderen\":14,\"fte\":2}}");
    struct point point = log_fixture_ask(log, "som", NULL, AUTUMN, before);
    assert_int_equal(point.status, STATUS_PROVISIONAL);
    point = log_fixture_ask(log, "som", NULL, AUTUMN, find(log, "a")->id);
    assert_int_equal(point.status, STATUS_FINAL);
    assert_int_equal(point.value.value.units, 12);
}

/* ---- as known at ---- */

static enum known_answer known_at(const struct log_fixture *log, const char *text,
                                  struct record_id *ret_known)
{
    const struct moment now = {.ms = 5000};
    return known_parse(log->state, slice_of(text), now, ret_known);
}

static void test_moments_and_records(void **state)
{
    struct log_fixture *log = *state; /* its one record is 1001-0 */
    struct record_id known;
    assert_int_equal(known_at(log, "1001-0", &known), KNOWN_OK);
    assert_true(known.ms == 1001 && known.seq == 0);
    assert_int_equal(known_at(log, "1001-1", &known), KNOWN_ABSENT);
    assert_int_equal(known_at(log, "1970-01-01T00:00:01.001Z", &known), KNOWN_OK);
    assert_true(known.ms == 1001 && known.seq == UINT64_MAX);
    assert_int_equal(known_at(log, "1970-01-01T02:00:01.001+02:00", &known), KNOWN_OK);
    assert_true(known.ms == 1001);
    assert_int_equal(known_at(log, "1970-01-01T00:00:05Z", &known), KNOWN_OK);
    assert_int_equal(known_at(log, "1970-01-01T00:00:05.001Z", &known), KNOWN_FUTURE);
    assert_int_equal(known_at(log, "1969-12-31T23:59:59Z", &known), KNOWN_OK);
    assert_true(known.ms == 0 && known.seq == 0);
    static const char *const wrong[] = {"", "1001", "gisteren", "2024-10-01", "01001-0"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(known_at(log, wrong[i], &known), KNOWN_NOTHING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_name_is_used_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_place_that_does_not_hold_is_none, setup, teardown),
        cmocka_unit_test(test_nothing_can_be_frozen_before_there_are_definitions),
        cmocka_unit_test_setup_teardown(test_what_is_said_of_it_can_be_taken_out, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_figure_is_as_firm_as_its_edition, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_changed_is_provisional_again, setup, teardown),
        cmocka_unit_test_setup_teardown(test_definitions_that_change, setup, teardown),
        cmocka_unit_test_setup_teardown(test_status_is_as_known_then, setup, teardown),
        cmocka_unit_test_setup_teardown(test_moments_and_records, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
