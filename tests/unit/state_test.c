/*
 * What the fold promises beyond figures: who is told what, that a record which contradicts the
 * chain is noticed and located, and that what cannot be read changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "codec/payload.h"
#include "unit/log_fixture.h"

static const char ONE[] = "{\"cijfers\":{\"clienten\":{\"jeugdbescherming\":1}}}";
static const char SAME[] = " { \"cijfers\" : {\"clienten\": {\"jeugdbescherming\": 1.0} } } ";
static const char TWO[] = "{\"cijfers\":{\"clienten\":{\"jeugdbescherming\":2}}}";

static struct fate deliver(struct log_fixture *log, const char *expected, const char *delivery)
{
    return log_fixture_deliver(log, "2024-10-01", "jb-noord", expected, slice_of(delivery));
}

static void test_revisions_follow_from_log_order(void **unused)
{
    (void)unused;
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");

    struct fate first = deliver(&log, "0", ONE);
    struct fate again = deliver(&log, "", SAME);
    struct fate second = deliver(&log, "1", TWO);
    struct fate lost = deliver(&log, "1", ONE);
    struct fate resent = deliver(&log, "1", TWO);

    assert_int_equal(first.outcome, OUTCOME_NEW);
    assert_int_equal(again.outcome, OUTCOME_UNCHANGED);
    assert_int_equal(again.revision, 1);
    assert_int_equal(second.outcome, OUTCOME_CHANGED);
    assert_int_equal(second.revision, 2);
    assert_int_equal(lost.outcome, OUTCOME_LOST);
    assert_int_equal(lost.revision, 2);
    /* who sends again what stands has not lost to itself */
    assert_int_equal(resent.outcome, OUTCOME_UNCHANGED);
    assert_int_equal(
        state_cell(log.state, (struct date){.day = 19997}, slice_of("jb-noord"))->revision_count,
        2);
    log_fixture_done(&log);
}

static void test_an_altered_record_is_noticed_by_the_next(void **unused)
{
    (void)unused;
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");
    deliver(&log, "", ONE);
    deliver(&log, "", TWO);

    struct record altered = log.records[1];
    altered.fields[FIELD_CONTENT] = slice_of(TWO);
    struct state *state = log_fixture_replay(&log, 1);
    struct fate itself = state_fold(state, &altered, payload_read(&altered));
    struct fate next = state_fold(state, &log.records[2], payload_read(&log.records[2]));
    assert_false(itself.chain_broken);
    assert_true(next.chain_broken);
    assert_int_equal(state_chain_breaks(state), 1);
    state_free(state);
    log_fixture_done(&log);
}

static void test_what_cannot_be_read_stays_in_the_chain(void **unused)
{
    (void)unused;
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");
    deliver(&log, "", ONE);

    struct digest before = state_head(log.state);
    struct record record = log.records[1];
    record.id.ms = ++log.ms;
    record.fields[FIELD_CONTENT] = slice_of("{\"cijfers\":");
    struct fate unreadable = state_fold(log.state, &record, payload_read(&record));
    record.id.ms = ++log.ms;
    record.fields[FIELD_KIND] = slice_of("iets-van-later");
    struct fate unknown = state_fold(log.state, &record, payload_read(&record));

    assert_int_equal(unreadable.outcome, OUTCOME_IGNORED);
    assert_int_equal(unknown.outcome, OUTCOME_IGNORED);
    assert_false(digest_equal(&before, &unreadable.head));
    assert_int_equal(state_count(log.state), 4);
    assert_int_equal(
        state_standing(log.state, (struct date){.day = 19997}, slice_of("jb-noord"), state_now())
            ->number,
        1);
    log_fixture_done(&log);
}

static void test_definitions_count_from_their_record_on(void **unused)
{
    (void)unused;
    struct log_fixture log;
    log_fixture_init(&log);
    assert_null(state_rulebook(log.state, state_now(), NULL));
    log_fixture_define_shipped(&log, "gi");

    struct record_id since = {0};
    struct record again = log.records[0];
    again.id.ms = ++log.ms;
    struct fate fate = state_fold(log.state, &again, payload_read(&again));
    assert_int_equal(fate.outcome, OUTCOME_UNCHANGED);
    assert_non_null(state_rulebook(log.state, state_now(), &since));
    assert_int_equal(record_id_compare(since, log.records[0].id), 0);
    assert_null(state_rulebook(log.state, (struct record_id){.ms = 1}, NULL));
    log_fixture_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_revisions_follow_from_log_order),
        cmocka_unit_test(test_an_altered_record_is_noticed_by_the_next),
        cmocka_unit_test(test_what_cannot_be_read_stays_in_the_chain),
        cmocka_unit_test(test_definitions_count_from_their_record_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
