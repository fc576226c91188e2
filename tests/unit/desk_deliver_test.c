#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/desk_fixture.h"

/*
 * A delivery: what the desk wants done with it (append, sync, answer) and what it answers once that
 * has been done, for each way it can end. Redis is never here: a test commits drafts itself.
 */

#define DELIVERY "/v1/monitors/gi/peildata/2024-10-01/aanleveringen/jb-noord"

static const char *example(struct desk_fixture *fixture)
{
    return desk_fixture_example(fixture, "2024-10-01");
}

/* The example with one lawyer more or less: a change that no check minds. */
static const char *with_lawyers(struct desk_fixture *fixture, const char *lawyers)
{
    return desk_fixture_replace(fixture, example(fixture), "3.84", lawyers);
}

static void assert_field(const struct draft *draft, enum record_field field, const char *value)
{
    assert_true(slice_is(draft->fields[field], value));
}

/* ---- the draft ---- */

/* Everything the log keeps but what the journal adds, in the form the log has for ever. */
static void test_a_new_delivery_is_appended(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct attempt attempt = desk_fixture_put(example(fixture));
    const struct verdict verdict = desk_fixture_receive(fixture, &attempt);
    const struct draft *draft = &verdict.draft;
    assert_int_equal(verdict.kind, VERDICT_APPEND);
    assert_int_equal(draft->ledger, 0);
    assert_field(draft, FIELD_KIND, "aanlevering");
    assert_field(draft, FIELD_PEILDATUM, "2024-10-01");
    assert_field(draft, FIELD_ORGANISATION, "jb-noord");
    assert_field(draft, FIELD_BY, "JB Noord productie");
    assert_field(draft, FIELD_EXPECTED, "");
    assert_field(draft, FIELD_FINDINGS, "[]");
    assert_field(draft, FIELD_FORMAT, "");
    assert_field(draft, FIELD_ATTEMPT, "");
    assert_field(draft, FIELD_PREVIOUS, "");
    assert_true(slice_starts(draft->fields[FIELD_CONTENT], "{\"cijfers\":{\"clienten\":{"));

    struct digest digest;
    const struct digest content = digest_of(draft->fields[FIELD_CONTENT]);
    assert_true(digest_parse(draft->fields[FIELD_DIGEST], &digest));
    assert_true(digest_equal(&digest, &content));
}

/* The draft belongs to the request: what it was decided by may be gone when it is written. */
static void test_a_draft_outlives_token_and_state(void **state)
{
    struct desk_fixture *fixture = *state;
    char name[] = "JB Noord productie";
    fixture->tokens[0].name = slice_of(name);
    const struct attempt attempt = desk_fixture_put(example(fixture));
    const struct verdict verdict = desk_fixture_receive(fixture, &attempt);
    memset(name, 'x', sizeof name - 1);
    assert_field(&verdict.draft, FIELD_BY, "JB Noord productie");
}

/* ---- what is refused ---- */

/* A wrong delivery learns all that is wrong with it, whether Redis is there or not. */
static void test_a_wrong_delivery_is_told_everything(void **state)
{
    struct desk_fixture *fixture = *state;
    const char *body = desk_fixture_replace(fixture, example(fixture), "1401", "-3");
    body = desk_fixture_replace(fixture, body, "4632", "\"veel\"");
    const struct attempt attempt = desk_fixture_put(body);
    for (int writable = 0; writable < 2; writable++) {
        fixture->circumstance.writable = writable != 0;
        struct reply reply = desk_fixture_answer(fixture, &attempt);
        const struct slice text = text_slice(&reply.body);
        assert_int_equal(reply.status, 400);
        assert_string_equal(reply.content_type, "application/problem+json");
        assert_true(slice_holds(text, "/problemen/ongeldige-aanlevering"));
        assert_true(slice_holds(text, "\"/cijfers/clienten/jeugdbescherming\""));
        assert_true(slice_holds(text, "\"/cijfers/verzuim/ziektedagen\""));
        text_done(&reply.body);
    }
    assert_int_equal(state_count(fixture->log.state), 1);
}

/* Where not all findings are shown, the answer does not pretend that they are. */
static void test_more_than_can_be_shown_is_said(void **state)
{
    struct desk_fixture *fixture = *state;
    struct text body = {0};
    text_puts(&body, "{\"cijfers\": {\"fte\": {");
    for (unsigned i = 0; i <= FINDINGS_MOST; i++)
        text_printf(&body, "%s\"%u\": x", i > 0 ? "," : "", i);
    text_puts(&body, "}}}");
    const struct attempt many = desk_fixture_put(text_keep(&body, &fixture->arena).ptr);
    const struct attempt few = desk_fixture_put("{}");
    assert_true(slice_holds(desk_fixture_body(fixture, &many), "meer te verbeteren"));
    assert_true(slice_holds(desk_fixture_body(fixture, &few), "Hieronder staat alles"));
}

/* What is no delivery at all has findings too. */
static void test_no_delivery_at_all(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const bodies[] = {"", "[]", "{", "{}", "\xff", "{\"cijfers\":{}} x"};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        const struct attempt attempt = desk_fixture_put(bodies[i]);
        struct reply reply = desk_fixture_answer(fixture, &attempt);
        assert_int_equal(reply.status, 400);
        assert_true(slice_holds(text_slice(&reply.body), "\"bevindingen\":[{"));
        text_done(&reply.body);
    }
}

/* A right delivery without Redis is surely not stored, and says when to come back. */
static void test_without_redis_nothing_is_taken(void **state)
{
    struct desk_fixture *fixture = *state;
    desk_fixture_deliver(fixture, example(fixture), 201);
    fixture->circumstance.writable = false;
    const struct attempt attempts[] = {desk_fixture_put(with_lawyers(fixture, "9")),
                                       desk_fixture_put(example(fixture))};
    for (size_t i = 0; i < 2; i++) {
        const struct verdict verdict = desk_fixture_receive(fixture, &attempts[i]);
        struct reply reply = verdict.reply;
        assert_int_equal(verdict.kind, VERDICT_REPLY);
        assert_int_equal(reply.status, 503);
        assert_true(slice_holds(text_slice(&reply.body), "/problemen/niet-bewaard"));
        assert_string_equal(desk_fixture_header(fixture, &reply, "Retry-After"), "1");
        text_done(&reply.body);
    }
}

/* Redis may go away between catching up and answering: what was caught up with still holds. */
static void test_what_is_synced_is_answered_without_redis(void **state)
{
    struct desk_fixture *fixture = *state;
    desk_fixture_deliver(fixture, example(fixture), 201);
    fixture->circumstance.writable = false;
    fixture->circumstance.synced = true;
    desk_fixture_deliver(fixture, example(fixture), 200);
    desk_fixture_deliver(fixture, with_lawyers(fixture, "9"), 503);
}

/* ---- settlements ---- */

static struct reply settle(struct desk_fixture *fixture, struct settlement settlement)
{
    const struct attempt attempt = desk_fixture_put(example(fixture));
    const struct request *request = desk_fixture_request(fixture, &attempt);
    const struct verdict verdict = desk_receive(&fixture->desk, request, &fixture->circumstance);
    assert_int_equal(verdict.kind, VERDICT_APPEND);
    return desk_settle(&fixture->desk, request, &verdict.draft, &settlement,
                       fixture->circumstance.now);
}

static void assert_settled(struct desk_fixture *fixture, struct settlement settlement,
                           unsigned status, const char *type)
{
    struct reply reply = settle(fixture, settlement);
    assert_int_equal(reply.status, status);
    assert_true(slice_holds(text_slice(&reply.body), type));
    assert_string_equal(desk_fixture_header(fixture, &reply, "API-Version"), "1.0.0");
    if (status == 503)
        assert_string_equal(desk_fixture_header(fixture, &reply, "Retry-After"), "1");
    text_done(&reply.body);
}

/* Refused is "surely not", no answer is "unknown": the client must be able to tell them apart. */
static void test_settlements_that_are_no(void **state)
{
    struct desk_fixture *fixture = *state;
    assert_settled(fixture, (struct settlement){.kind = SETTLED_REFUSED}, 503,
                   "/problemen/niet-bewaard");
    assert_settled(fixture, (struct settlement){.kind = SETTLED_UNKNOWN}, 503,
                   "/problemen/onbekend-of-bewaard");
    const struct fate lost = {.outcome = OUTCOME_LOST, .revision = 4};
    assert_settled(fixture, (struct settlement){.kind = SETTLED_FOLDED, .fate = lost}, 412,
                   "revisie 4");
    const struct fate ignored = {.outcome = OUTCOME_IGNORED};
    assert_settled(fixture, (struct settlement){.kind = SETTLED_FOLDED, .fate = ignored}, 500,
                   "/problemen/interne-fout");
}

/* The log was lost between the fold and the answer: nobody knows any more. */
static void test_a_state_that_went_away(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct attempt attempt = desk_fixture_put(example(fixture));
    const struct request *request = desk_fixture_request(fixture, &attempt);
    const struct verdict verdict = desk_receive(&fixture->desk, request, &fixture->circumstance);
    const struct settlement settlement = desk_fixture_commit(fixture, &verdict.draft);
    fixture->ledger.state = NULL;
    struct reply reply = desk_settle(&fixture->desk, request, &verdict.draft, &settlement,
                                     fixture->circumstance.now);
    assert_int_equal(reply.status, 503);
    text_done(&reply.body);
}

/* ---- preconditions ---- */

static unsigned guarded(struct desk_fixture *fixture, const char *if_match,
                        const char *if_none_match, const char *lawyers)
{
    struct attempt attempt = desk_fixture_put(with_lawyers(fixture, lawyers));
    attempt.if_match = if_match;
    attempt.if_none_match = if_none_match;
    return desk_fixture_status(fixture, &attempt);
}

static void test_preconditions_guard(void **state)
{
    struct desk_fixture *fixture = *state;
    assert_int_equal(guarded(fixture, "\"1\"", NULL, "1"), 412);
    assert_int_equal(guarded(fixture, "*", NULL, "1"), 412);
    assert_int_equal(guarded(fixture, NULL, "*", "1"), 201);
    assert_int_equal(guarded(fixture, NULL, "*", "2"), 412);
    assert_int_equal(guarded(fixture, "\"7\"", NULL, "2"), 412);
    assert_int_equal(guarded(fixture, "W/\"1\"", NULL, "2"), 412);
    assert_int_equal(guarded(fixture, "\"1\"", NULL, "2"), 200);
    assert_int_equal(guarded(fixture, "\"7\", \"2\"", NULL, "3"), 200);
    assert_int_equal(guarded(fixture, "*", NULL, "4"), 200);
    /* Sending again after an answer that got lost must not lose to itself. */
    assert_int_equal(guarded(fixture, "\"3\"", NULL, "4"), 200);
}

static void test_malformed_preconditions(void **state)
{
    struct desk_fixture *fixture = *state;
    assert_int_equal(guarded(fixture, "1", NULL, "1"), 400);
    assert_int_equal(guarded(fixture, "\"1", NULL, "1"), 400);
    assert_int_equal(guarded(fixture, NULL, "\"1\"", "1"), 400);
    assert_int_equal(guarded(fixture, "\"1\"", "*", "1"), 400);
    assert_int_equal(state_count(fixture->log.state), 1);
}

/* What the log keeps of a precondition is the revision that must stand, 0 for none. */
static void test_the_draft_carries_the_precondition(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt attempt = desk_fixture_put(example(fixture));
    attempt.if_none_match = "*";
    struct verdict verdict = desk_fixture_receive(fixture, &attempt);
    assert_field(&verdict.draft, FIELD_EXPECTED, "0");
    desk_fixture_deliver(fixture, example(fixture), 201);
    attempt = desk_fixture_put(with_lawyers(fixture, "9"));
    attempt.if_match = "*";
    verdict = desk_fixture_receive(fixture, &attempt);
    assert_field(&verdict.draft, FIELD_EXPECTED, "1");
}

/* By what we know it is lost; but what we know may be old, so the log is read up first. */
static void test_lost_is_said_only_when_synced(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt attempt = desk_fixture_put(with_lawyers(fixture, "9"));
    attempt.if_match = "\"1\"";
    assert_int_equal(desk_fixture_receive(fixture, &attempt).kind, VERDICT_SYNC);
    desk_fixture_deliver(fixture, example(fixture), 201); /* what the log turns out to hold */
    fixture->circumstance.synced = true;
    assert_int_equal(desk_fixture_receive(fixture, &attempt).kind, VERDICT_APPEND);
}

/* ---- GET ---- */

/* What comes back can be delivered again unchanged, and its ETag is the revision. */
static void test_what_was_delivered_comes_back(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct attempt get = {.target = DELIVERY, .token = "analist"};
    assert_int_equal(desk_fixture_status(fixture, &get), 404);
    desk_fixture_deliver(fixture, example(fixture), 201);
    struct reply reply = desk_fixture_answer(fixture, &get);
    assert_int_equal(reply.status, 200);
    assert_string_equal(desk_fixture_header(fixture, &reply, "ETag"), "\"1\"");
    assert_string_equal(desk_fixture_header(fixture, &reply, "Cache-Control"), "private, no-cache");
    const struct slice body = arena_copy(&fixture->arena, text_slice(&reply.body));
    text_done(&reply.body);

    const struct attempt again = desk_fixture_put(body.ptr);
    assert_true(slice_holds(desk_fixture_body(fixture, &again), "\"ongewijzigd\""));
    const struct attempt known = {.target = DELIVERY, .token = "gi", .if_none_match = "\"1\""};
    assert_int_equal(desk_fixture_status(fixture, &known), 304);
    desk_fixture_deliver(fixture, with_lawyers(fixture, "9"), 200);
    assert_int_equal(desk_fixture_status(fixture, &known), 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define DESK_TEST(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)
        DESK_TEST(test_a_new_delivery_is_appended),
        DESK_TEST(test_a_draft_outlives_token_and_state),
        DESK_TEST(test_a_wrong_delivery_is_told_everything),
        DESK_TEST(test_more_than_can_be_shown_is_said),
        DESK_TEST(test_no_delivery_at_all),
        DESK_TEST(test_without_redis_nothing_is_taken),
        DESK_TEST(test_what_is_synced_is_answered_without_redis),
        DESK_TEST(test_settlements_that_are_no),
        DESK_TEST(test_a_state_that_went_away),
        DESK_TEST(test_preconditions_guard),
        DESK_TEST(test_malformed_preconditions),
        DESK_TEST(test_the_draft_carries_the_precondition),
        DESK_TEST(test_lost_is_said_only_when_synced),
        DESK_TEST(test_what_was_delivered_comes_back),
#undef DESK_TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
