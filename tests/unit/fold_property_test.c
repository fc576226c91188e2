/*
 * Random deliveries over organisations, peildata, revisions and preconditions. After every record
 * the figures are what a plain recomputation in this test says; at the end a fresh replay gives the
 * same figures, and each question "as known at" any record in between gives what was given then.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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
enum { ORGANISATIONS_HERE = 3, DATES_HERE = 2, INDICATORS_HERE = 5, ROWS_MOST = 4 };
enum { ROUNDS = 300, ANSWER_ROOM = 512 };

/* A value that is missing (0), null (1) or there (2). */
struct value {
    int presence;
    long units;
};

struct wait {
    long days;
    long count;
};

/* What the test itself knows of a delivery. */
struct model {
    bool delivered;
    unsigned revision;
    struct value a, b, fte;
    int list; /* 0 missing, 1 null, 2 dates, 3 count and days */
    struct wait waits[ROWS_MOST];
    int wait_count;
    char json[1024];
};

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
    model->wait_count = model->list < 2 ? 0 : (int)next_random(seed, ROWS_MOST + 1);
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
    at += sprintf(at, "\"kinderen\":{");
    put_value(&at, "a", model.a, false);
    put_value(&at, "b", model.b, false);
    if (at[-1] == ',') at--;
    sprintf(at, "}}}");
    return model;
}

/* ---- the plain recomputation ---- */

static long round_half_up(long twice_numerator_scaled, long denominator)
{
    return (twice_numerator_scaled + denominator) / (2 * denominator);
}

static void print_tenths(char *out, long tenths)
{
    if (tenths % 10 == 0)
        sprintf(out, "%ld", tenths / 10);
    else
        sprintf(out, "%ld.%ld", tenths / 10, tenths % 10);
}

static bool workload_counts(const struct model *model)
{
    return model->delivered && model->a.presence > 0 && model->b.presence > 0 &&
           model->fte.presence > 0;
}

static bool workload_has_value(const struct model *model)
{
    return model->a.presence == 2 || model->b.presence == 2 || model->fte.presence == 2;
}

static void plain_ratio(const struct model *models, char *out)
{
    long numerator = 0, denominator = 0;
    int received = 0, valued = 0;
    for (int i = 0; i < ORGANISATIONS_HERE; i++) {
        if (!workload_counts(&models[i])) continue;
        received++;
        valued += workload_has_value(&models[i]);
        numerator += models[i].a.units + models[i].b.units;
        denominator += models[i].fte.units;
    }
    if (received == 0)
        strcpy(out, "niet-aangeleverd");
    else if (valued == 0)
        strcpy(out, "niet-van-toepassing");
    else if (denominator == 0)
        strcpy(out, "noemer-nul");
    else
        print_tenths(out, round_half_up(2 * numerator * 1000, denominator));
}

/* The mean of at most three ratios n/d over a common denominator. */
static void plain_mean(const struct model *models, char *out)
{
    long numerator = 0, common = 1, count = 0;
    int received = 0, valued = 0;
    for (int i = 0; i < ORGANISATIONS_HERE; i++) {
        if (!workload_counts(&models[i])) continue;
        received++;
        valued += workload_has_value(&models[i]);
        if (models[i].fte.units == 0) continue;
        long own = models[i].a.units + models[i].b.units;
        numerator = numerator * models[i].fte.units + own * common;
        common *= models[i].fte.units;
        count++;
    }
    if (received == 0)
        strcpy(out, "niet-aangeleverd");
    else if (valued == 0)
        strcpy(out, "niet-van-toepassing");
    else if (count == 0)
        strcpy(out, "noemer-nul");
    else
        print_tenths(out, round_half_up(2 * numerator * 1000, common * count));
}

static bool on_list(const struct model *model, int row)
{
    return model->list == 3 || model->waits[row].days > 10;
}

/* Children, days, and how many organisations said anything and how many more than null. */
static void plain_waits(const struct model *models, long *ret_children, long *ret_days,
                        int *ret_received, int *ret_valued)
{
    for (int i = 0; i < ORGANISATIONS_HERE; i++) {
        if (!models[i].delivered || models[i].list == 0) continue;
        *ret_received += 1;
        *ret_valued += models[i].list > 1;
        for (int j = 0; j < models[i].wait_count; j++) {
            if (!on_list(&models[i], j)) continue;
            *ret_children += models[i].waits[j].count;
            *ret_days += models[i].waits[j].count * models[i].waits[j].days;
        }
    }
}

static int compare_long(const void *a, const void *b)
{
    long left = *(const long *)a, right = *(const long *)b;
    return (left > right) - (left < right);
}

/* Every child by itself, sorted; the median is the child in the middle, the lower of two. */
static void plain_median(const struct model *models, char *out)
{
    static long each[ORGANISATIONS_HERE * ROWS_MOST * 16];
    size_t count = 0;
    for (int i = 0; i < ORGANISATIONS_HERE; i++) {
        for (int j = 0; models[i].delivered && models[i].list == 2 && j < models[i].wait_count; j++)
            for (long k = 0; on_list(&models[i], j) && k < models[i].waits[j].count; k++)
                each[count++] = models[i].waits[j].days;
    }
    if (count == 0) {
        strcpy(out, "geen-verdeling");
        return;
    }
    qsort(each, count, sizeof each[0], compare_long);
    sprintf(out, "%ld", each[(count + 1) / 2 - 1]);
}

static void plain_answer(const struct model *models, const char *indicator, char *out)
{
    long children = 0, days = 0;
    int received = 0, valued = 0;
    if (strcmp(indicator, "last") == 0) {
        plain_ratio(models, out);
        return;
    }
    if (strcmp(indicator, "gemiddelde") == 0) {
        plain_mean(models, out);
        return;
    }
    plain_waits(models, &children, &days, &received, &valued);
    if (received == 0)
        strcpy(out, "niet-aangeleverd");
    else if (valued == 0)
        strcpy(out, "niet-van-toepassing");
    else if (strcmp(indicator, "wacht") == 0)
        sprintf(out, "%ld", children);
    else if (strcmp(indicator, "mediaan") == 0)
        plain_median(models, out);
    else if (children == 0)
        strcpy(out, "noemer-nul");
    else
        print_tenths(out, round_half_up(2 * days * 10, children));
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

static void plain_all(struct model models[DATES_HERE][ORGANISATIONS_HERE], char *out)
{
    char one[64];
    *out = '\0';
    for (int i = 0; i < DATES_HERE; i++) {
        for (int j = 0; j < INDICATORS_HERE; j++) {
            plain_answer(models[i], INDICATORS[j], one);
            strcat(strcat(out, one), " ");
        }
    }
}

/* Delivers at random, now and then with a precondition, and keeps the model in step. */
static void deliver_random(struct log_fixture *log, unsigned *seed,
                           struct model models[DATES_HERE][ORGANISATIONS_HERE])
{
    unsigned date = next_random(seed, DATES_HERE);
    unsigned name = next_random(seed, date == 0 ? 2 : ORGANISATIONS_HERE);
    struct model *standing = &models[date][name];
    struct model model = random_model(seed, DATES[date]);
    char expected[16] = "";
    bool holds = true;
    if (next_random(seed, 4) == 0) {
        unsigned revision = next_random(seed, standing->revision + 2);
        snprintf(expected, sizeof expected, "%u", revision);
        holds = revision == standing->revision;
    }
    struct fate fate = log_fixture_deliver(log, DATES[date], NAMES[name],
                                           arena_print(&log->arena, "%s", expected).ptr,
                                           arena_copy(&log->arena, slice_of(model.json)));
    if (fate.outcome == OUTCOME_UNCHANGED) return;
    assert_int_equal(fate.outcome, !holds                    ? OUTCOME_LOST
                                   : standing->revision == 0 ? OUTCOME_NEW
                                                             : OUTCOME_CHANGED);
    if (!holds) return;
    model.revision = standing->revision + 1;
    assert_int_equal(fate.revision, model.revision);
    *standing = model;
}

static void test_figures_follow_from_the_log(void **unused)
{
    (void)unused;
    static char live[ROUNDS][ANSWER_ROOM];
    static struct record_id known[ROUNDS];
    static struct model models[DATES_HERE][ORGANISATIONS_HERE];
    struct log_fixture log;
    char answer[ANSWER_ROOM];
    unsigned seed = 20241202;

    log_fixture_init(&log);
    log_fixture_define(&log, "proef", MONITOR, ORGANISATIONS);
    for (int i = 0; i < ROUNDS; i++) {
        deliver_random(&log, &seed, models);
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
