/*
 * Random deliveries over organisations, peildata, revisions and preconditions, with withdrawals,
 * deliveries that are set aside and put back, and remarks in between. After every record
 * the figures are what a plain recomputation in this test says; at the end a fresh replay gives the
 * same figures, and each question "as known at" any record in between gives what was given then.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/fold_model.h"
#include "unit/log_fixture.h"

static const char MONITOR[] =
    "monitor: proef\n"
    "naam: Proef\n"
    "eigenaar: niemand\n"
    "cijfers:\n"
    "  kinderen: {naam: K, soort: aantal, eenheid: kinderen, delen: {a: {naam: A}, b: {naam: B}}}\n"
    "  fte: {naam: F, soort: getal, decimalen: 2, eenheid: fte}\n"
    "  lijst: {naam: L, soort: wachttijd, eenheid: kinderen, kalender: awt, drempel: 5}\n"
    "indicatoren:\n"
    "  last: {naam: w, eenheid: x, decimalen: 1, versies: [{soort: verhouding, "
    "teller: [kinderen], noemer: [fte]}]}\n"
    "  gemiddelde: {naam: g, eenheid: x, decimalen: 1, versies: [{soort: gemiddelde, "
    "teller: [kinderen], noemer: [fte]}]}\n"
    "  wacht: {naam: l, eenheid: kinderen, versies: [{soort: som, teller: [lijst]}]}\n"
    "  duur: {naam: d, eenheid: dagen, decimalen: 1, versies: [{soort: verhouding, "
    "teller: [lijst.dagen], noemer: [lijst]}]}\n"
    "  mediaan: {naam: m, eenheid: dagen, versies: [{soort: percentiel, percentiel: 50, "
    "teller: [lijst]}]}\n"
    "peildata:\n"
    "  - {datum: 2023-05-01}\n"
    "  - {datum: 2024-04-01}\n";

static const char ORGANISATIONS[] =
    "organisaties:\n"
    "  een: {naam: Een, monitors: [proef], vanaf: 2020-01-01}\n"
    "  twee: {naam: Twee, monitors: [proef], vanaf: 2020-01-01}\n"
    "  drie: {naam: Drie, monitors: [proef], vanaf: 2024-01-01}\n";

static const char *const NAMES[] = {"een", "twee", "drie"};
static const char *const DATES[] = {"2023-05-01", "2024-04-01"};
static const char *const INDICATORS[] = {"last", "gemiddelde", "wacht", "duur", "mediaan"};
enum { DATES_HERE = 2, INDICATORS_HERE = 5 };
enum { ROUNDS = 500, ANSWER_ROOM = 512 };

/* A small generator of its own, so that every run is the same run. */
static unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static struct value random_value(unsigned *seed, unsigned below)
{
    struct value value = {.presence = next_random(seed, 8) == 0 ? (int)next_random(seed, 2) : 2};
    value.units = value.presence == 2 ? (long)next_random(seed, below) : 0;
    return value;
}

static void put_value(char **at, const char *key, struct value value, bool hundredths)
{
    if (value.presence == 1)
        *at += sprintf(*at, "\"%s\":null,", key);
    else if (value.presence == 2 && hundredths)
        *at += sprintf(*at, "\"%s\":%ld.%02ld,", key, value.units / 100, value.units % 100);
    else if (value.presence == 2)
        *at += sprintf(*at, "\"%s\":%ld,", key, value.units);
}

/* Waits of 20 days or more are on the list by any calendar, of 3 or less by none. */
static void random_waits(struct model *model, unsigned *seed)
{
    model->list = (int)next_random(seed, 4);
    model->wait_count = model->list < 2 ? 0 : (int)next_random(seed, MODEL_ROWS_MOST + 1);
    if (model->list == 3) model->wait_count = 1;
    for (int i = 0; i < model->wait_count; i++) {
        bool brief = model->list == 2 && next_random(seed, 4) == 0;
        model->waits[i].days =
            brief ? (long)next_random(seed, 4) : 20 + 7L * i + (long)next_random(seed, 6);
        model->waits[i].count = 1 + (long)next_random(seed, 9);
    }
}

static void put_waits(char **at, const struct model *model, const char *peildatum)
{
    struct date date;
    if (!date_parse(slice_of(peildatum), &date)) fail();
    if (model->list == 1) *at += sprintf(*at, "\"lijst\":null,");
    if (model->list == 3)
        *at += sprintf(*at, "\"lijst\":{\"aantal\":%ld,\"dagen\":%ld},", model->waits[0].count,
                       model->waits[0].count * model->waits[0].days);
    if (model->list != 2) return;
    *at += sprintf(*at, "\"lijst\":[");
    for (int i = 0; i < model->wait_count; i++) {
        struct civil civil =
            date_to_civil((struct date){.day = date.day - (int)model->waits[i].days});
        *at += sprintf(*at, "%s{\"sinds\":\"%04d-%02d-%02d\",\"aantal\":%ld}", i > 0 ? "," : "",
                       civil.year, civil.month, civil.day, model->waits[i].count);
    }
    *at += sprintf(*at, "],");
}

static struct model random_model(unsigned *seed, const char *peildatum)
{
    struct model model = {.delivered = true,
                          .a = random_value(seed, 200),
                          .b = random_value(seed, 200),
                          .fte = random_value(seed, 900)};
    char *at = model.json;
    random_waits(&model, seed);
    at += sprintf(at, "{\"cijfers\":{");
    put_value(&at, "fte", model.fte, true);
    put_waits(&at, &model, peildatum);
    const bool divided = model.a.presence > 0 || model.b.presence > 0;
    if (divided) at += sprintf(at, "\"kinderen\":{");
    put_value(&at, "a", model.a, false);
    put_value(&at, "b", model.b, false);
    if (at[-1] == ',') at--;
    strcpy(at, divided ? "}}}" : "}}");
    return model;
}

/* ---- the property ---- */

static void answer_all(struct log_fixture *log, struct record_id known, char *out)
{
    *out = '\0';
    for (int i = 0; i < DATES_HERE; i++) {
        for (int j = 0; j < INDICATORS_HERE; j++) {
            struct point point = log_fixture_ask(log, INDICATORS[j], NULL, DATES[i], known);
            strcat(strcat(out, log_fixture_value(log, &point)), " ");
        }
    }
}

static void plain_all(struct model models[DATES_HERE][MODEL_ORGANISATIONS], char *out)
{
    char one[64];
    *out = '\0';
    for (int i = 0; i < DATES_HERE; i++) {
        for (int j = 0; j < INDICATORS_HERE; j++) {
            model_answer(models[i], INDICATORS[j], one);
            strcat(strcat(out, one), " ");
        }
    }
}

/* One cell of the walk, and what the test knows of it. */
struct step {
    struct log_fixture *log;
    unsigned *seed;
    const char *date, *name;
    struct model *standing;
};

/* Now and then a precondition; says whether it holds. */
static bool random_expected(const struct step *step, char *ret_expected, size_t room)
{
    const unsigned now = step->standing->delivered ? step->standing->revision : 0;
    *ret_expected = '\0';
    if (next_random(step->seed, 4) > 0) return true;
    const unsigned revision = next_random(step->seed, step->standing->revision + 2);
    snprintf(ret_expected, room, "%u", revision);
    return revision == now;
}

/* Delivers at random, and keeps the model in step. */
static void deliver_random(const struct step *step)
{
    struct model *standing = step->standing;
    struct model model = random_model(step->seed, step->date);
    char expected[16];
    const bool holds = random_expected(step, expected, sizeof expected);
    struct arena *arena = &step->log->arena;
    struct fate fate = log_fixture_deliver(step->log, step->date, step->name,
                                           arena_print(arena, "%s", expected).ptr,
                                           arena_copy(arena, slice_of(model.json)));
    if (fate.outcome == OUTCOME_UNCHANGED) {
        assert_true(standing->delivered);
        return;
    }
    assert_int_equal(fate.outcome, !holds                 ? OUTCOME_LOST
                                   : !standing->delivered ? OUTCOME_NEW
                                                          : OUTCOME_CHANGED);
    if (!holds) return;
    model.revision = standing->revision + 1;
    assert_int_equal(fate.revision, model.revision);
    *standing = model;
}

static void withdraw_random(const struct step *step)
{
    struct model *standing = step->standing;
    char expected[16];
    const bool holds = random_expected(step, expected, sizeof expected);
    struct record record = {0};
    record.fields[FIELD_KIND] = slice_of("intrekking");
    record.fields[FIELD_PEILDATUM] = slice_of(step->date);
    record.fields[FIELD_ORGANISATION] = slice_of(step->name);
    record.fields[FIELD_EXPECTED] = arena_print(&step->log->arena, "%s", expected);
    record.fields[FIELD_CONTENT] = slice_of("{}");
    const struct fate fate = log_fixture_append(step->log, &record);
    assert_int_equal(fate.outcome, !standing->delivered ? OUTCOME_UNCHANGED
                                   : holds              ? OUTCOME_NOTED
                                                        : OUTCOME_LOST);
    if (fate.outcome == OUTCOME_NOTED) standing->delivered = standing->aside = false;
}

/* Mostly about what stands, now and then about a revision before or after it. */
static void set_aside_random(const struct step *step)
{
    struct model *standing = step->standing;
    const bool aside = next_random(step->seed, 3) > 0;
    const unsigned revision = standing->revision + (next_random(step->seed, 8) == 0);
    const struct slice content =
        arena_print(&step->log->arena, "{\"reden\":\"proef\",\"revisie\":%u,\"terzijde\":%s}",
                    revision, aside ? "true" : "false");
    const struct fate fate =
        log_fixture_say(step->log, RECORD_SET_ASIDE, step->date, step->name, content.ptr);
    const bool about = standing->delivered && revision == standing->revision;
    assert_int_equal(fate.outcome, !about                     ? OUTCOME_LOST
                                   : standing->aside == aside ? OUTCOME_UNCHANGED
                                                              : OUTCOME_NOTED);
    if (about) standing->aside = aside;
}

static void remark_random(const struct step *step)
{
    const struct slice content =
        arena_print(&step->log->arena, "{\"opmerking\":\"proef %u\",\"revisie\":%u}",
                    next_random(step->seed, 1000), step->standing->revision);
    const struct fate fate =
        log_fixture_say(step->log, RECORD_REMARK, step->date, step->name, content.ptr);
    assert_true(fate.outcome == OUTCOME_NOTED || fate.outcome == OUTCOME_UNCHANGED);
}

static void step_random(struct log_fixture *log, unsigned *seed,
                        struct model models[DATES_HERE][MODEL_ORGANISATIONS])
{
    static void (*const STEPS[])(const struct step *step) = {
        deliver_random, deliver_random,  deliver_random,   deliver_random,
        deliver_random, withdraw_random, set_aside_random, remark_random,
    };
    const unsigned date = next_random(seed, DATES_HERE);
    const unsigned name = next_random(seed, date == 0 ? 2 : MODEL_ORGANISATIONS);
    const struct step step = {
        .log = log,
        .seed = seed,
        .date = DATES[date],
        .name = NAMES[name],
        .standing = &models[date][name],
    };
    STEPS[next_random(seed, sizeof STEPS / sizeof STEPS[0])](&step);
}

static void test_figures_follow_from_the_log(void **unused)
{
    (void)unused;
    static char live[ROUNDS][ANSWER_ROOM];
    static struct record_id known[ROUNDS];
    static struct model models[DATES_HERE][MODEL_ORGANISATIONS];
    struct log_fixture log;
    char answer[ANSWER_ROOM];
    unsigned seed = 20241202;

    log_fixture_init(&log);
    log_fixture_define(&log, "proef", MONITOR, ORGANISATIONS);
    for (int i = 0; i < ROUNDS; i++) {
        step_random(&log, &seed, models);
        answer_all(&log, state_now(), live[i]);
        known[i] = log.last;
        plain_all(models, answer);
        assert_string_equal(live[i], answer);
    }

    struct state *first = log.state;
    log.state = log_fixture_replay(&log, log.record_count);
    struct digest left = state_head(first), right = state_head(log.state);
    assert_true(digest_equal(&left, &right));
    for (int i = 0; i < ROUNDS; i++) {
        answer_all(&log, known[i], answer);
        assert_string_equal(answer, live[i]);
    }
    state_free(first);
    log_fixture_done(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures_follow_from_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
