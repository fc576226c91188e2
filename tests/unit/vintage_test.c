/*
 * The history of figures: what was first, what is held against it, how often it changed, and what
 * is no revision (the first deliveries of others, remarks, a delivery that changes another figure).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "core/vintage.h"
#include "unit/log_fixture.h"

#define MONITOR(formula)                                                                           \
    "monitor: proef\n"                                                                             \
    "naam: Proef\n"                                                                                \
    "cijfers:\n"                                                                                   \
    "  kinderen: {naam: K, soort: aantal, eenheid: kinderen}\n"                                    \
    "  fte: {naam: F, soort: aantal, eenheid: fte}\n"                                              \
    "indicatoren:\n"                                                                               \
    "  som: {naam: S, eenheid: x, versies: [{soort: som, teller: [" formula                        \
    "]}]}\n"                                                                                       \
    "peildata: [{datum: 2024-04-01}, {datum: 2024-10-01}]\n"

static const char ORGANISATIONS[] =
    "organisaties:\n"
    "  een: {naam: Een, monitors: [proef], vanaf: 2020-01-01}\n"
    "  twee: {naam: Twee, monitors: [proef], vanaf: 2020-01-01}\n";

static int setup(void **state)
{
    static struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define(&log, "proef", MONITOR("kinderen"), ORGANISATIONS);
    *state = &log;
    return 0;
}

static int teardown(void **state)
{
    log_fixture_done(*state);
    return 0;
}

static void deliver(struct log_fixture *log, const char *organisation, const char *delivery)
{
    log_fixture_deliver(log, "2024-10-01", organisation, "", slice_of(delivery));
}

/* The history of `som` on 2024-10-01; organisation NULL: national. */
static struct vintage_line history(struct log_fixture *log, const char *organisation,
                                   struct record_id known)
{
    const struct rulebook *rulebook = state_rulebook(log->state, known, NULL);
    struct slice organisations[] = {slice_of(organisation)};
    struct subject subject;
    struct date date;
    assert_true(subject_find(rulebook, slice_of("som"), &log->arena, &subject));
    assert_true(date_parse(slice_of("2024-10-01"), &date));
    const struct question question = {
        .subjects = &subject,
        .subject_count = 1,
        .level = organisation == NULL ? LEVEL_NATIONAL : LEVEL_ORGANISATION,
        .organisations = organisations,
        .organisation_count = organisation == NULL ? 0 : 1,
        .has_from = true,
        .from = date,
        .known = known,
    };
    const struct vintages vintages = vintages_answer(log->state, &question, &log->arena);
    assert_int_equal(vintages.count, 1);
    return vintages.lines[0];
}

static void expect(const struct vintage *vintage, int64_t value, unsigned received)
{
    assert_true(vintage->present && vintage->value.present);
    assert_int_equal(vintage->value.value.units, value);
    assert_int_equal(vintage->received, received);
}

static void test_nothing_yet(void **state)
{
    const struct vintage_line line = history(*state, NULL, state_now());
    assert_false(line.first.present || line.complete.present || line.difference.present);
    assert_int_equal(line.revisions, 0);
    assert_true(line.latest.present);
    assert_int_equal(line.latest.reason, REASON_NOT_DELIVERED);
}

/* With the others' first deliveries a national figure is completed, not revised. */
static void test_completing_is_no_revision(void **state)
{
    struct log_fixture *log = *state;
    deliver(log, "een", "{\"cijfers\":{\"kinderen\":10}}");
    deliver(log, "een", "{\"cijfers\":{\"kinderen\":11}}");
    struct vintage_line line = history(log, NULL, state_now());
    assert_false(line.complete.present);
    expect(&line.first, 10, 1);
    assert_int_equal(line.difference.value.units, 1);
    assert_int_equal(line.revisions, 1);

    deliver(log, "twee", "{\"cijfers\":{\"kinderen\":5}}");
    const struct record_id completed = log->last;
    line = history(log, NULL, state_now());
    expect(&line.first, 10, 1);
    expect(&line.complete, 16, 2);
    expect(&line.latest, 16, 2);
    assert_int_equal(record_id_compare(line.complete.id, completed), 0);
    assert_int_equal(line.difference.value.units, 0);
    assert_int_equal(line.revisions, 0);
}

static void test_revisions_are_counted(void **state)
{
    struct log_fixture *log = *state;
    deliver(log, "een", "{\"cijfers\":{\"kinderen\":10}}");
    deliver(log, "twee", "{\"cijfers\":{\"kinderen\":5}}");
    deliver(log, "een", "{\"cijfers\":{\"kinderen\":12}}");
    const struct record_id newest = log->last;
    deliver(log, "een", "{\"cijfers\":{\"kinderen\":12,\"fte\":3}}"); /* another figure */
    log_fixture_say(log, RECORD_REMARK, "2024-10-01", "een", "{\"opmerking\":\"o\",\"revisie\":3}");
    struct vintage_line line = history(log, NULL, state_now());
    expect(&line.latest, 17, 2);
    assert_int_equal(record_id_compare(line.latest.id, newest), 0);
    assert_int_equal(line.difference.value.units, 2);
    assert_int_equal(line.revisions, 1);
    assert_int_equal(history(log, "twee", state_now()).revisions, 0);
    line = history(log, "een", state_now());
    expect(&line.complete, 10, 1);
    assert_int_equal(line.revisions, 1);
}

/* A value that goes and comes back changed twice; one that went has no difference. */
static void test_withdrawn_and_set_aside(void **state)
{
    struct log_fixture *log = *state;
    deliver(log, "een", "{\"cijfers\":{\"kinderen\":10}}");
    log_fixture_say(log, RECORD_SET_ASIDE, "2024-10-01", "een",
                    "{\"reden\":\"r\",\"revisie\":1,\"terzijde\":true}");
    struct vintage_line line = history(log, "een", state_now());
    assert_int_equal(line.latest.reason, REASON_SET_ASIDE);
    assert_false(line.difference.present);
    assert_int_equal(line.revisions, 1);
    log_fixture_say(log, RECORD_SET_ASIDE, "2024-10-01", "een",
                    "{\"reden\":\"r\",\"revisie\":1,\"terzijde\":false}");
    log_fixture_say(log, RECORD_WITHDRAWAL, "2024-10-01", "een", "{}");
    line = history(log, "een", state_now());
    assert_int_equal(line.latest.reason, REASON_NOT_DELIVERED);
    assert_int_equal(line.revisions, 3);
}

/* Each value is what was given at its moment, so an edited formula is a revision. */
static void test_definitions_revise_too(void **state)
{
    struct log_fixture *log = *state;
    deliver(log, "een", "{\"cijfers\":{\"kinderen\":10,\"fte\":1}}");
    deliver(log, "twee", "{\"cijfers\":{\"kinderen\":5,\"fte\":2}}");
    const struct record_id before = log->last;
    log_fixture_define(log, "proef", MONITOR("kinderen, fte"), ORGANISATIONS);
    const struct record_id adopted = log->last;
    const struct vintage_line line = history(log, NULL, state_now());
    expect(&line.complete, 15, 2);
    expect(&line.latest, 18, 2);
    assert_int_equal(record_id_compare(line.latest.id, adopted), 0);
    assert_int_equal(line.revisions, 1);
    assert_int_equal(history(log, NULL, before).revisions, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing_yet, setup, teardown),
        cmocka_unit_test_setup_teardown(test_completing_is_no_revision, setup, teardown),
        cmocka_unit_test_setup_teardown(test_revisions_are_counted, setup, teardown),
        cmocka_unit_test_setup_teardown(test_withdrawn_and_set_aside, setup, teardown),
        cmocka_unit_test_setup_teardown(test_definitions_revise_too, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
