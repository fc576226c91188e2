#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/desk_fixture.h"

/*
 * The past stays what it was. A random log of deliveries, withdrawals, deliveries set aside and put
 * back, remarks, reopenings, editions and changes of the definitions; after each record every
 * question is asked. Then each of them is asked again as known at each of the records, by kenmerk
 * and by moment, and by each edition: status, ETag and every byte must be what they were.
 */

enum { ROUNDS = 36, FIRST_DELIVERIES = 8 };

static const char *const DATES[] = {"2024-04-01", "2024-10-01"};
static const char *const NAMES[] = {"jb-noord", "rbv"};

#define PEILDATUM "/v1/monitors/gi/peildata/2024-10-01/aanleveringen"

/* Every read of figures, in every form. */
static const char *const QUESTIONS[] = {
    "/v1/monitors/gi/reeksen?indicator=workload,wachtlijst,wachttijd_start_p90,fte_tekort",
    "/v1/monitors/gi/reeksen?niveau=organisatie&formaat=csv&van=2024-04-01",
    "/v1/monitors/gi/reeksen?niveau=regio&indicator=clienten_jeugdbescherming&taal=nl",
    "/v1/monitors/gi/tabellen/ontwikkeling?formaat=json",
    "/v1/monitors/gi/tabellen/ontwikkeling?formaat=csv",
    "/v1/monitors/gi/tabellen/ontwikkeling?formaat=md",
    "/v1/monitors/gi/tabellen/ontwikkeling?formaat=html",
    "/v1/monitors/gi/herzieningen?indicator=workload",
    "/v1/monitors/gi/"
    "herzieningen?indicator=clienten&niveau=organisatie&organisatie=rbv&formaat=csv",
    "/v1/monitors/gi?formaat=json",
    PEILDATUM "?formaat=json",
    PEILDATUM "?formaat=csv",
    PEILDATUM "/jb-noord?formaat=json",
    PEILDATUM "/jb-noord?formaat=csv",
    PEILDATUM "/jb-noord/revisies?formaat=json",
    PEILDATUM "/jb-noord/revisies/2?formaat=json",
    PEILDATUM "/jb-noord/spiegelrapport?formaat=json",
    PEILDATUM "/jb-noord/spiegelrapport?formaat=md",
    PEILDATUM "/jb-noord/spiegelrapport?formaat=html",
};
enum { QUESTION_COUNT = sizeof QUESTIONS / sizeof QUESTIONS[0] };

/* ---- asking ---- */

struct given {
    unsigned status;
    struct slice body, etag;
};

/* Asks one question with a key more; NULL: as of now. */
static struct given ask(struct desk_fixture *fixture, size_t question, const char *key)
{
    struct slice target = slice_of(QUESTIONS[question]);
    if (key != NULL) target = arena_print(&fixture->arena, "%s&%s", QUESTIONS[question], key);
    struct reply reply =
        desk_fixture_answer(fixture, &(struct attempt){.target = target.ptr, .token = "analist"});
    const struct given given = {
        .status = reply.status,
        .body = arena_copy(&fixture->arena, text_slice(&reply.body)),
        .etag = slice_of(desk_fixture_header(fixture, &reply, "ETag")),
    };
    text_done(&reply.body);
    return given;
}

static void ask_all(struct desk_fixture *fixture, const char *key, struct given *ret_given)
{
    for (size_t i = 0; i < QUESTION_COUNT; i++)
        ret_given[i] = ask(fixture, i, key);
}

static void expect_all(struct desk_fixture *fixture, const char *key, const struct given *was)
{
    for (size_t i = 0; i < QUESTION_COUNT; i++) {
        const struct given is = ask(fixture, i, key);
        if (is.status != was[i].status || !slice_equal(is.body, was[i].body))
            fail_msg("%s&%s\nis  %u %s\nwas %u %s", QUESTIONS[i], key, is.status, is.body.ptr,
                     was[i].status, was[i].body.ptr);
        assert_string_equal(is.etag.ptr, was[i].etag.ptr);
    }
}

static const char *known_key(struct desk_fixture *fixture, struct record_id known, bool by_moment)
{
    struct text key = {0};
    text_puts(&key, "bekendOp=");
    if (by_moment)
        moment_put(&key, record_id_moment(known));
    else
        record_id_put(&key, known);
    return text_keep(&key, &fixture->arena).ptr;
}

/* ---- what happens ---- */

struct walk {
    struct desk_fixture *fixture;
    unsigned seed;
    unsigned editions;
    const char *edition_names[ROUNDS];
    struct record_id known[ROUNDS];
};

/* A small generator of its own, so that every run is the same run. */
static unsigned next_random(struct walk *walk, unsigned below)
{
    walk->seed = walk->seed * 1664525u + 1013904223u;
    return (walk->seed >> 8) % below;
}

/* A child that waits since the last day that makes it wait long enough, or a day less. */
static void deliver_random(struct walk *walk)
{
    struct arena *arena = &walk->fixture->arena;
    const unsigned date = next_random(walk, 2), early = next_random(walk, 2);
    static const char *const since[2][2] = {{"2024-03-21", "2024-03-22"},
                                            {"2024-09-23", "2024-09-24"}};
    const struct slice delivery =
        arena_print(arena,
                    "{\"cijfers\":{\"clienten\":{\"jeugdbescherming\":%u,\"jeugdreclassering\":%u},"
                    "\"fte\":{\"jeugdbeschermer\":%u,\"jeugdreclasseerder\":9,\"ondersteunend\":3},"
                    "\"wachtlijst\":{\"start\":[{\"sinds\":\"%s\",\"aantal\":%u}],"
                    "\"intern\":{\"aantal\":2,\"dagen\":%u}}},"
                    "\"regios\":{\"JZ01\":{\"clienten\":{\"jeugdbescherming\":%u}}}}",
                    100 + next_random(walk, 50), 20 + next_random(walk, 9),
                    8 + next_random(walk, 4), since[date][early], 1 + next_random(walk, 30),
                    20 + next_random(walk, 80), next_random(walk, 90));
    log_fixture_deliver(&walk->fixture->log, DATES[date], NAMES[next_random(walk, 2)], "",
                        delivery);
}

static void withdraw_random(struct walk *walk)
{
    log_fixture_say(&walk->fixture->log, RECORD_WITHDRAWAL, DATES[next_random(walk, 2)],
                    NAMES[next_random(walk, 2)], "{}");
}

static void set_aside_random(struct walk *walk)
{
    struct log_fixture *log = &walk->fixture->log;
    const char *name = NAMES[next_random(walk, 2)];
    struct date date;
    assert_true(date_parse(slice_of(DATES[1]), &date));
    const struct revision *standing = state_standing(log->state, date, slice_of(name), state_now());
    const struct slice content = arena_print(
        &log->arena, "{\"reden\":\"proef\",\"revisie\":%u,\"terzijde\":%s}",
        standing == NULL ? 1 : standing->number, next_random(walk, 3) > 0 ? "true" : "false");
    log_fixture_say(log, RECORD_SET_ASIDE, DATES[1], name, content.ptr);
}

static void remark_random(struct walk *walk)
{
    struct log_fixture *log = &walk->fixture->log;
    const struct slice content = arena_print(
        &log->arena, "{\"opmerking\":\"nummer %u\",\"revisie\":1}", next_random(walk, 1000));
    log_fixture_say(log, RECORD_REMARK, DATES[1], NAMES[next_random(walk, 2)], content.ptr);
}

static void reopen_random(struct walk *walk)
{
    struct log_fixture *log = &walk->fixture->log;
    const struct slice content = arena_print(
        &log->arena, "{\"reden\":\"proef\",\"tot\":\"2025-01-%02u\"}", 1 + next_random(walk, 28));
    log_fixture_say(log, RECORD_REOPENING, DATES[1], "", content.ptr);
}

/* Each change of the definitions differs from all before it. */
static void define_random(struct walk *walk)
{
    struct desk_fixture *fixture = walk->fixture;
    struct log_fixture *log = &fixture->log;
    struct rulebook_sources sources = log_fixture_sources(log, "gi");
    const char *monitor = arena_copy(&log->arena, sources.monitor.text).ptr;
    const char *calendars = arena_copy(&log->arena, sources.calendars.text).ptr;
    const char *organisations = arena_copy(&log->arena, sources.organisations.text).ptr;
    const char *name = arena_print(&log->arena, "naam: GI-monitor %zu", log->record_count).ptr;
    monitor = desk_fixture_replace(fixture, monitor, "naam: GI-monitor", name);
    const unsigned what = next_random(walk, 3);
    if (what == 0) /* an edited formula */
        monitor = desk_fixture_replace(fixture, monitor,
                                       "noemer: [fte.jeugdbeschermer, fte.jeugdreclasseerder]",
                                       "noemer: [fte.jeugdbeschermer]");
    if (what == 1) /* a decree day just before both peildata */
        calendars = desk_fixture_replace(fixture, calendars, "    dagen:\n",
                                         "    dagen:\n"
                                         "      - {datum: 2024-03-26, bron: proef}\n"
                                         "      - {datum: 2024-09-25, bron: proef}\n");
    if (what == 2) /* an organisation that ends */
        organisations =
            desk_fixture_replace(fixture, organisations, "vanaf: 2022-12-01, regios: [JZ02]",
                                 "vanaf: 2022-12-01, tot: 2024-06-30, regios: [JZ02]");
    sources.monitor.text = slice_of(monitor);
    sources.calendars.text = slice_of(calendars);
    sources.organisations.text = slice_of(organisations);
    log_fixture_adopt(log, &sources);
}

/* Of everything up to now, or up to an earlier record; of all peildata or of one. */
static void freeze_random(struct walk *walk, size_t round)
{
    struct log_fixture *log = &walk->fixture->log;
    static const char *const statuses[] = {"voorlopig", "nader-voorlopig", "definitief"};
    const struct slice name = arena_print(&log->arena, "editie-%u", walk->editions);
    struct text content = {0};
    text_putc(&content, '{');
    if (round > 0 && next_random(walk, 2) > 0) {
        text_puts(&content, "\"bekendOp\":\"");
        record_id_put(&content, walk->known[next_random(walk, (unsigned)round)]);
        text_puts(&content, "\",");
    }
    text_printf(&content, "\"naam\":\"%s\",", name.ptr);
    if (next_random(walk, 2) > 0) text_puts(&content, "\"peildata\":[\"2024-10-01\"],");
    text_printf(&content, "\"status\":\"%s\"}", statuses[next_random(walk, 3)]);
    const char *body = text_keep(&content, &log->arena).ptr;
    const struct fate fate = log_fixture_say(log, RECORD_EDITION, "", "", body);
    assert_int_equal(fate.outcome, OUTCOME_NOTED);
    walk->edition_names[walk->editions++] = name.ptr;
}

static void step_random(struct walk *walk, size_t round)
{
    static void (*const STEPS[])(struct walk *) = {
        deliver_random, deliver_random, deliver_random,  deliver_random,
        deliver_random, deliver_random, withdraw_random, set_aside_random,
        remark_random,  define_random,  reopen_random,
    };
    const size_t count = sizeof STEPS / sizeof STEPS[0];
    const unsigned step = next_random(walk, (unsigned)count + 2);
    if (step < count)
        STEPS[step](walk);
    else
        freeze_random(walk, round);
    walk->known[round] = state_last(walk->fixture->log.state);
    walk->fixture->circumstance.now.ms = (int64_t)walk->fixture->log.ms;
}

/* ---- the properties ---- */

static const char *edition_key(struct walk *walk, unsigned edition)
{
    return arena_print(&walk->fixture->arena, "editie=%s", walk->edition_names[edition]).ptr;
}

/* What an edition gave when it was made; in the round where it is the newest. */
static void keep_edition(struct walk *walk, unsigned made_before, struct given *ret_given)
{
    if (walk->editions == made_before) return;
    ask_all(walk->fixture, edition_key(walk, made_before), ret_given);
}

static void test_the_past_stays_what_it_was(void **state)
{
    static struct given live[ROUNDS][QUESTION_COUNT], frozen[ROUNDS][QUESTION_COUNT];
    struct walk walk = {.fixture = *state, .seed = 20241202};
    for (size_t round = 0; round < ROUNDS; round++) {
        const unsigned editions = walk.editions;
        step_random(&walk, round);
        ask_all(walk.fixture, NULL, live[round]);
        keep_edition(&walk, editions, frozen[editions]);
    }
    assert_true(walk.editions >= 3);
    for (size_t round = 0; round < ROUNDS; round++) {
        expect_all(walk.fixture, known_key(walk.fixture, walk.known[round], false), live[round]);
        expect_all(walk.fixture, known_key(walk.fixture, walk.known[round], true), live[round]);
    }
    for (unsigned edition = 0; edition < walk.editions; edition++)
        expect_all(walk.fixture, edition_key(&walk, edition), frozen[edition]);
}

/* Each of the ways in which figures can change, one after the other, and each changes them now. */
static void test_an_edition_never_changes(void **state)
{
    static void (*const CHANGES[])(struct walk *) = {deliver_random, set_aside_random,
                                                     withdraw_random, define_random};
    static struct given before[QUESTION_COUNT], frozen[QUESTION_COUNT], now[QUESTION_COUNT];
    struct walk walk = {.fixture = *state, .seed = 7};
    for (size_t round = 0; round < FIRST_DELIVERIES; round++)
        deliver_random(&walk);
    freeze_random(&walk, 0);
    walk.fixture->circumstance.now.ms = (int64_t)walk.fixture->log.ms;
    const struct record_id known = state_last(walk.fixture->log.state);
    ask_all(walk.fixture, NULL, before);
    ask_all(walk.fixture, edition_key(&walk, 0), frozen);

    for (size_t round = 0; round < ROUNDS; round++) {
        CHANGES[round % 4](&walk);
        walk.fixture->circumstance.now.ms = (int64_t)walk.fixture->log.ms;
        expect_all(walk.fixture, edition_key(&walk, 0), frozen);
        expect_all(walk.fixture, known_key(walk.fixture, known, round % 2 > 0), before);
    }
    ask_all(walk.fixture, NULL, now);
    for (size_t i = 0; i < QUESTION_COUNT; i++) {
        const bool one_revision = strstr(QUESTIONS[i], "/revisies/") != NULL;
        if (!one_revision && slice_equal(now[i].body, before[i].body))
            fail_msg("%s did not change", QUESTIONS[i]);
    }
}

/* An offset, a blank for the plus, and no fraction are the same moment. */
static void test_moments_are_moments(void **state)
{
    struct desk_fixture *fixture = *state;
    struct walk walk = {.fixture = fixture, .seed = 3};
    static const char *const same[] = {
        "bekendOp=2024-11-22T08:00:01.000Z", "bekendOp=2024-11-22T08:00:01Z",
        "bekendOp=2024-11-22T09:00:01+01:00", "bekendOp=2024-11-22T09:00:01 01:00",
        "bekendOp=2024-11-22T04:30:01.0-03:30"};
    struct given first[QUESTION_COUNT];
    deliver_random(&walk);
    fixture->circumstance.now.ms += 5000;
    fixture->log.ms += 5000;
    ask_all(fixture, same[0], first);
    deliver_random(&walk);
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        expect_all(fixture, same[i], first);
}

/* Before the first definition there was nothing to ask. */
static void test_before_everything(void **state)
{
    for (size_t i = 0; i < QUESTION_COUNT; i++)
        assert_int_equal(ask(*state, i, "bekendOp=1970-01-01T00:00:01Z").status, 404);
}

#define FRESH(test) cmocka_unit_test_setup_teardown(test, desk_fixture_setup, desk_fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(test_the_past_stays_what_it_was),
        FRESH(test_an_edition_never_changes),
        FRESH(test_moments_are_moments),
        FRESH(test_before_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
