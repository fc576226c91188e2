/*
 * A redaction as the fold sees it, from both sides: a follower had the texts and forgets them, a
 * replay never saw them. Both must know the same, and decide the same of what comes after.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "codec/payload.h"
#include "unit/log_fixture.h"

static const char NAMED[] =
    "{\"cijfers\":{\"clienten\":{\"jeugdbescherming\":1}},"
    "\"toelichtingen\":{\"algemeen\":\"Jan Jansen\"}}";
static const char BARE[] = "{\"cijfers\":{\"clienten\":{\"jeugdbescherming\":1}}}";
static const char RENAMED[] =
    "{\"cijfers\":{\"clienten\":{\"jeugdbescherming\":1}},"
    "\"toelichtingen\":{\"algemeen\":\"een kind\"}}";
static const char TWO[] = "{\"cijfers\":{\"clienten\":{\"jeugdbescherming\":2}}}";

static struct fate deliver(struct log_fixture *log, const char *delivery)
{
    return log_fixture_deliver(log, "2024-10-01", "jb-noord", "", slice_of(delivery));
}

static const struct cell *cell_of(const struct state *state)
{
    return state_cell(state, (struct date){.day = 19997}, slice_of("jb-noord"));
}

static void begin(struct log_fixture *log)
{
    log_fixture_init(log);
    log_fixture_define_shipped(log, "gi");
}

static void assert_same_revision(const struct revision *a, const struct revision *b)
{
    assert_int_equal(a->number, b->number);
    assert_int_equal(record_id_compare(a->id, b->id), 0);
    assert_int_equal(record_id_compare(a->redacted, b->redacted), 0);
    assert_true(digest_equal(&a->head, &b->head));
    assert_true(slice_equal(a->sha256, b->sha256));
    assert_true(slice_equal(a->content, b->content));
    assert_true(slice_equal(a->findings, b->findings));
    assert_int_equal(a->submission->entry_count, b->submission->entry_count);
    assert_int_equal(a->submission->note_count, b->submission->note_count);
}

/* What was folded as it came, and what a fresh instance makes of the log as it stands now. */
static void assert_replay_agrees(const struct log_fixture *log)
{
    struct state *replayed = log_fixture_replay(log, log->record_count);
    const struct digest here = state_head(log->state), there = state_head(replayed);
    const struct cell *live = cell_of(log->state), *again = cell_of(replayed);
    size_t stand_ins;
    assert_true(digest_equal(&here, &there));
    assert_int_equal(state_chain_breaks(replayed), state_chain_breaks(log->state));
    state_stand_ins(replayed, &stand_ins);
    assert_int_equal(stand_ins, 0);
    assert_int_equal(live->revision_count, again->revision_count);
    for (size_t i = 0; i < live->revision_count; i++)
        assert_same_revision(live->revisions[i], again->revisions[i]);
    state_free(replayed);
}

static void the_texts_are_forgotten_and_the_rest_stays(void **unused)
{
    (void)unused;
    struct log_fixture log;
    begin(&log);
    deliver(&log, NAMED);
    const struct slice sha256 = log.records[1].fields[FIELD_DIGEST];
    assert_int_equal(cell_of(log.state)->revisions[0]->submission->note_count, 1);

    const struct fate fate = log_fixture_redact(&log, 1);
    assert_int_equal(fate.outcome, OUTCOME_REDACTED);
    assert_false(fate.chain_broken);
    const struct revision *revision = cell_of(log.state)->revisions[0];
    assert_true(slice_is(revision->content, BARE));
    assert_true(slice_equal(revision->sha256, sha256));
    assert_int_equal(revision->submission->note_count, 0);
    assert_int_equal(revision->submission->entry_count, 1);
    assert_int_equal(revision->submission->entries[0].number.units, 1);
    assert_int_equal(record_id_compare(revision->redacted, log.last), 0);
    assert_replay_agrees(&log);
    log_fixture_done(&log);
}

/* Who sends again what was redacted, or what is left of it, delivers nothing new. */
static void what_equals_a_redacted_delivery(void **unused)
{
    (void)unused;
    struct log_fixture log;
    begin(&log);
    deliver(&log, NAMED);
    log_fixture_redact(&log, 1);
    assert_int_equal(deliver(&log, NAMED).outcome, OUTCOME_UNCHANGED);
    assert_int_equal(deliver(&log, BARE).outcome, OUTCOME_UNCHANGED);
    assert_int_equal(deliver(&log, RENAMED).outcome, OUTCOME_CHANGED);
    assert_replay_agrees(&log);
    log_fixture_done(&log);
}

/* Before it is redacted a delivery with and one without texts are two: also for a replay. */
static void what_came_before_is_decided_as_it_was(void **unused)
{
    (void)unused;
    struct log_fixture log;
    begin(&log);
    assert_int_equal(deliver(&log, NAMED).outcome, OUTCOME_NEW);
    assert_int_equal(deliver(&log, NAMED).outcome, OUTCOME_UNCHANGED);
    assert_int_equal(deliver(&log, BARE).outcome, OUTCOME_CHANGED);
    assert_int_equal(deliver(&log, TWO).outcome, OUTCOME_CHANGED);
    log_fixture_redact(&log, 1);
    assert_int_equal(cell_of(log.state)->revision_count, 3);
    assert_replay_agrees(&log);
    log_fixture_done(&log);
}

/* The record that was no revision of its own, since it equalled what stood, can be redacted too. */
static void a_record_that_changed_nothing_can_be_redacted(void **unused)
{
    (void)unused;
    struct log_fixture log;
    begin(&log);
    deliver(&log, NAMED);
    deliver(&log, NAMED);
    assert_int_equal(log_fixture_redact(&log, 2).outcome, OUTCOME_REDACTED);
    assert_int_equal(cell_of(log.state)->revisions[0]->submission->note_count, 1);
    assert_int_equal(log_fixture_redact(&log, 1).outcome, OUTCOME_REDACTED);
    assert_int_equal(cell_of(log.state)->revisions[0]->submission->note_count, 0);
    assert_replay_agrees(&log);
    log_fixture_done(&log);
}

/* A reason is a free text too; what it decided stays decided, and saying it again says nothing. */
static void the_words_of_an_event_are_forgotten(void **unused)
{
    (void)unused;
    static const char aside[] = "{\"reden\":\"Jan belde\",\"revisie\":1,\"terzijde\":true}";
    static const char remark[] = "{\"opmerking\":\"Jan belde\",\"revisie\":1}";
    struct log_fixture log;
    begin(&log);
    deliver(&log, BARE);
    log_fixture_say(&log, RECORD_REMARK, "2024-10-01", "jb-noord", remark);
    log_fixture_say(&log, RECORD_SET_ASIDE, "2024-10-01", "jb-noord", aside);
    assert_int_equal(log_fixture_redact(&log, 2).outcome, OUTCOME_REDACTED);
    assert_int_equal(log_fixture_redact(&log, 3).outcome, OUTCOME_REDACTED);
    const struct cell *cell = cell_of(log.state);
    struct state *replayed = log_fixture_replay(&log, log.record_count);
    const struct cell *again = cell_of(replayed);
    assert_int_equal(cell->event_count, 3);
    assert_int_equal(again->event_count, 3);
    assert_true(cell->events[2].aside && again->events[2].aside);
    for (size_t i = 1; i < 3; i++) {
        assert_int_equal(cell->events[i].text.len, 0);
        assert_int_equal(again->events[i].text.len, 0);
        assert_true(cell->events[i].redacted.ms > 0);
        assert_true(slice_equal(cell->events[i].sha256, again->events[i].sha256));
    }
    state_free(replayed);
    assert_int_equal(log_fixture_say(&log, RECORD_REMARK, "2024-10-01", "jb-noord", remark).outcome,
                     OUTCOME_UNCHANGED);
    log_fixture_done(&log);
}

static void a_stand_in_waits_for_its_voucher(void **unused)
{
    (void)unused;
    struct log_fixture log;
    size_t count;
    begin(&log);
    deliver(&log, NAMED);
    deliver(&log, TWO);
    log_fixture_redact(&log, 1);
    struct state *state = log_fixture_replay(&log, 3);
    const struct chain_stand_in *stand_ins = state_stand_ins(state, &count);
    assert_int_equal(count, 1);
    assert_int_equal(record_id_compare(stand_ins[0].id, log.records[1].id), 0);
    const struct fate fate = state_fold(state, &log.records[3], payload_read(&log.records[3]));
    assert_int_equal(fate.outcome, OUTCOME_REDACTED);
    state_stand_ins(state, &count);
    assert_int_equal(count, 0);
    state_free(state);
    log_fixture_done(&log);
}

static void a_voucher_that_is_not_true_breaks_the_chain(void **unused)
{
    (void)unused;
    struct log_fixture log;
    begin(&log);
    deliver(&log, NAMED);
    log_fixture_redact(&log, 1);
    /* what was left is altered afterwards */
    log.records[1].fields[FIELD_CONTENT] = slice_of(TWO);
    struct state *state = log_fixture_replay(&log, log.record_count);
    assert_int_equal(state_chain_breaks(state), 1);
    assert_int_equal(cell_of(state)->revisions[0]->redacted.ms, 0);
    state_free(state);
    /* a record that is not there, and nothing that can be read */
    struct record record = log.records[2];
    record.fields[FIELD_CONTENT] = slice_of("{}");
    state = log_fixture_replay(&log, 1);
    assert_int_equal(state_fold(state, &log.records[2], payload_read(&log.records[2])).outcome,
                     OUTCOME_IGNORED);
    assert_int_equal(state_chain_breaks(state), 1);
    record.id.ms++;
    assert_int_equal(state_fold(state, &record, payload_read(&record)).outcome, OUTCOME_IGNORED);
    state_free(state);
    log_fixture_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_texts_are_forgotten_and_the_rest_stays),
        cmocka_unit_test(what_equals_a_redacted_delivery),
        cmocka_unit_test(what_came_before_is_decided_as_it_was),
        cmocka_unit_test(a_record_that_changed_nothing_can_be_redacted),
        cmocka_unit_test(the_words_of_an_event_are_forgotten),
        cmocka_unit_test(a_stand_in_waits_for_its_voucher),
        cmocka_unit_test(a_voucher_that_is_not_true_breaks_the_chain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
