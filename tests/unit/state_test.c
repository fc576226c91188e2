/*
 * What the fold promises beyond figures: who is told what, that a record which contradicts the
 * chain is noticed and located, and that what cannot be read changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

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

/* ---- withdrawals and notices ---- */

static const struct date PEILDATUM = {.day = 19997};

static struct fate say(struct log_fixture *log, enum record_kind kind, const char *content)
{
    return log_fixture_say(log, kind, "2024-10-01", "jb-noord", content);
}

static const struct revision *standing(const struct log_fixture *log, struct record_id known)
{
    return state_standing(log->state, PEILDATUM, slice_of("jb-noord"), known);
}

static const struct revision *counting(const struct log_fixture *log, struct record_id known)
{
    return state_counting(log->state, PEILDATUM, slice_of("jb-noord"), known);
}

static void assert_fate(struct fate fate, enum outcome outcome, unsigned revision)
{
    assert_int_equal(fate.outcome, outcome);
    assert_int_equal(fate.revision, revision);
}

/* After a withdrawal nothing stands, and the same delivery is a new one with the next number. */
static void test_a_withdrawal_leaves_nothing_standing(void **unused)
{
    (void)unused;
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");

    assert_fate(say(&log, RECORD_WITHDRAWAL, "{}"), OUTCOME_UNCHANGED, 0);
    deliver(&log, "", ONE);
    const struct record_id before = log.last;
    assert_fate(say(&log, RECORD_WITHDRAWAL, "{}"), OUTCOME_NOTED, 0);
    const struct record_id withdrawn = log.last;
    assert_fate(say(&log, RECORD_WITHDRAWAL, "{}"), OUTCOME_UNCHANGED, 0);
    assert_fate(deliver(&log, "1", ONE), OUTCOME_LOST, 0);
    assert_fate(deliver(&log, "0", ONE), OUTCOME_NEW, 2);
    assert_null(standing(&log, state_now())->before);

    assert_int_equal(standing(&log, before)->number, 1);
    assert_null(standing(&log, withdrawn));
    assert_int_equal(standing(&log, state_now())->number, 2);
    log_fixture_done(&log);
}

static struct fate withdraw(struct log_fixture *log, const char *expected)
{
    struct record record = {0};
    record.fields[FIELD_KIND] = slice_of("intrekking");
    record.fields[FIELD_PEILDATUM] = slice_of("2024-10-01");
    record.fields[FIELD_ORGANISATION] = slice_of("jb-noord");
    record.fields[FIELD_EXPECTED] = slice_of(expected);
    record.fields[FIELD_CONTENT] = slice_of("{}");
    return log_fixture_append(log, &record);
}

static void test_a_withdrawal_has_preconditions(void **unused)
{
    (void)unused;
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");
    deliver(&log, "", ONE);
    deliver(&log, "", TWO);
    assert_fate(withdraw(&log, "1"), OUTCOME_LOST, 2);
    assert_fate(withdraw(&log, "2"), OUTCOME_NOTED, 0);
    /* who sends again has not lost to itself */
    assert_fate(withdraw(&log, "2"), OUTCOME_UNCHANGED, 0);
    log_fixture_done(&log);
}

/* Set aside it stands and does not count; put back it counts; a new revision counts at once. */
static void test_set_aside_and_put_back(void **unused)
{
    (void)unused;
    static const char ASIDE[] = "{\"reden\":\"Onvolledig\",\"revisie\":1,\"terzijde\":true}";
    static const char BACK[] = "{\"reden\":\"Nagebeld\",\"revisie\":1,\"terzijde\":false}";
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");

    assert_fate(say(&log, RECORD_SET_ASIDE, ASIDE), OUTCOME_LOST, 0);
    deliver(&log, "", ONE);
    assert_fate(say(&log, RECORD_SET_ASIDE, BACK), OUTCOME_UNCHANGED, 1);
    assert_fate(say(&log, RECORD_SET_ASIDE, ASIDE), OUTCOME_NOTED, 1);
    const struct record_id aside = log.last;
    const struct fate again = say(&log, RECORD_SET_ASIDE, ASIDE);
    assert_fate(again, OUTCOME_UNCHANGED, 1);
    assert_int_equal(record_id_compare(again.about, aside), 0);
    assert_null(counting(&log, state_now()));
    assert_non_null(standing(&log, state_now()));
    /* what is set aside is still what stands: the same again is no revision */
    assert_fate(deliver(&log, "", ONE), OUTCOME_UNCHANGED, 1);
    assert_fate(say(&log, RECORD_SET_ASIDE, BACK), OUTCOME_NOTED, 1);
    assert_non_null(counting(&log, state_now()));
    assert_null(counting(&log, aside));
    say(&log, RECORD_SET_ASIDE, ASIDE);
    assert_fate(deliver(&log, "", TWO), OUTCOME_CHANGED, 2);
    assert_int_equal(counting(&log, state_now())->number, 2);
    assert_fate(say(&log, RECORD_SET_ASIDE, BACK), OUTCOME_LOST, 2);
    log_fixture_done(&log);
}

/* A remark changes nothing but the history; the same remark twice is one. */
static void test_remarks(void **unused)
{
    (void)unused;
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");
    assert_fate(say(&log, RECORD_REMARK, "{\"opmerking\":\"Belt terug\",\"revisie\":0}"),
                OUTCOME_NOTED, 0);
    deliver(&log, "", ONE);
    assert_fate(say(&log, RECORD_REMARK, "{\"opmerking\":\"Mooi\",\"revisie\":1}"), OUTCOME_NOTED,
                1);
    assert_fate(say(&log, RECORD_REMARK, "{\"opmerking\":\"Mooi\",\"revisie\":1}"),
                OUTCOME_UNCHANGED, 1);
    assert_fate(say(&log, RECORD_REMARK, "{\"opmerking\":\"Mooi\",\"revisie\":2}"), OUTCOME_LOST,
                1);
    assert_int_equal(state_cell(log.state, PEILDATUM, slice_of("jb-noord"))->event_count, 3);
    assert_int_equal(counting(&log, state_now())->number, 1);
    log_fixture_done(&log);
}

/* The newest reopening holds, also where it is shorter: that is how one is taken back. */
static void test_reopenings(void **unused)
{
    (void)unused;
    static const struct peildatum window = {
        .date = {.day = 19997}, .has_closing = true, .closing = {.day = 20088}};
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");
    assert_int_equal(state_window(log.state, &window, state_now()).closing.day, 20088);
    log_fixture_say(&log, RECORD_REOPENING, "2024-10-01", "",
                    "{\"reden\":\"Storing\",\"tot\":\"2025-03-01\"}");
    const struct record_id longer = log.last;
    const struct fate shorter = log_fixture_say(&log, RECORD_REOPENING, "2024-10-01", "",
                                                "{\"reden\":\"Klaar\",\"tot\":\"2025-02-01\"}");
    assert_fate(shorter, OUTCOME_NOTED, 0);
    assert_int_equal(state_window(log.state, &window, state_now()).closing.day, 20120);
    assert_int_equal(state_window(log.state, &window, longer).closing.day, 20148);
    log_fixture_done(&log);
}

/* What was written by nobody of ours changes nothing, and the chain goes on. */
static void test_notices_that_cannot_be_read(void **unused)
{
    (void)unused;
    static const struct {
        enum record_kind kind;
        const char *organisation, *content;
    } cases[] = {
        {RECORD_SET_ASIDE, "jb-noord", ""},
        {RECORD_SET_ASIDE, "jb-noord", "{\"reden\":\"x\",\"terzijde\":true}"},
        {RECORD_SET_ASIDE, "jb-noord", "{\"reden\":\"x\",\"revisie\":1,\"terzijde\":1}"},
        {RECORD_REMARK, "jb-noord", "{\"opmerking\":\"x\"}"},
        {RECORD_REMARK, "jb-noord", "{\"reden\":\"x\",\"revisie\":1}"},
        {RECORD_REMARK, "", "{\"opmerking\":\"x\",\"revisie\":0}"},
        {RECORD_REOPENING, "jb-noord", "{\"reden\":\"x\",\"tot\":\"2025-03-01\"}"},
        {RECORD_REOPENING, "", "{\"reden\":\"x\",\"tot\":\"2025-02-30\"}"},
        {RECORD_WITHDRAWAL, "", "{}"},
    };
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");
    deliver(&log, "", ONE);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct fate fate = log_fixture_say(&log, cases[i].kind, "2024-10-01",
                                                 cases[i].organisation, cases[i].content);
        if (fate.outcome != OUTCOME_IGNORED) fail_msg("%s", cases[i].content);
    }
    assert_int_equal(counting(&log, state_now())->number, 1);
    assert_int_equal(state_chain_breaks(log.state), 0);
    log_fixture_done(&log);
}

/* The words of a notice may be taken out later: what it did stays. */
static void test_a_notice_without_its_words(void **unused)
{
    (void)unused;
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");
    deliver(&log, "", ONE);
    assert_fate(say(&log, RECORD_SET_ASIDE, "{\"reden\":\"\",\"revisie\":1,\"terzijde\":true}"),
                OUTCOME_NOTED, 1);
    assert_null(counting(&log, state_now()));
    log_fixture_done(&log);
}

/* Only what stands has a row, and by the newest rulebook only. */
static void test_what_stands_is_laid_out(void **unused)
{
    (void)unused;
    struct log_fixture log;
    log_fixture_init(&log);
    log_fixture_define_shipped(&log, "gi");
    const struct rulebook *first = state_rulebook(log.state, state_now(), NULL);
    deliver(&log, "", ONE);
    const struct revision *one = counting(&log, state_now());
    assert_int_equal(revision_totals(one, first)->values[0].units, 1);
    deliver(&log, "", TWO);
    const struct revision *two = counting(&log, state_now());
    assert_null(revision_totals(one, first));
    assert_int_equal(revision_totals(two, first)->values[0].units, 2);

    struct rulebook_sources sources = log_fixture_sources(&log, "gi");
    const char *calendars = arena_copy(&log.arena, sources.calendars.text).ptr;
    sources.calendars.text.len = (size_t)(strstr(calendars, "    dagen:") - calendars);
    log_fixture_adopt(&log, &sources);
    const struct rulebook *second = state_rulebook(log.state, state_now(), NULL);
    assert_null(revision_totals(two, first));
    assert_int_equal(revision_totals(two, second)->values[0].units, 2);
    log_fixture_say(&log, RECORD_WITHDRAWAL, "2024-10-01", "jb-noord", "{}");
    assert_null(revision_totals(two, second));
    log_fixture_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_revisions_follow_from_log_order),
        cmocka_unit_test(test_an_altered_record_is_noticed_by_the_next),
        cmocka_unit_test(test_what_cannot_be_read_stays_in_the_chain),
        cmocka_unit_test(test_definitions_count_from_their_record_on),
        cmocka_unit_test(test_a_withdrawal_leaves_nothing_standing),
        cmocka_unit_test(test_a_withdrawal_has_preconditions),
        cmocka_unit_test(test_set_aside_and_put_back),
        cmocka_unit_test(test_remarks),
        cmocka_unit_test(test_reopenings),
        cmocka_unit_test(test_notices_that_cannot_be_read),
        cmocka_unit_test(test_a_notice_without_its_words),
        cmocka_unit_test(test_what_stands_is_laid_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
