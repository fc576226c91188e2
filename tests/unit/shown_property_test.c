/*
 * Random small deliveries, published once or twice, held against a reader of what is published. The
 * test knows the truth and reads the points only: which sums there are it works out by itself, from
 * who delivered what.
 *
 * - What is shown is the truth rounded, and at least 10; what is hidden has no number at all.
 * - Every ratio and mean can be computed from the sums that are shown with it.
 * - Every hidden count can still take 5 values, or as many as earlier editions leave, by whole
 *   tables that agree with all that is shown, even for a reader who knows the very values behind it
 *   (the reader of unit/disclosure_world tries them all).
 * - What the first edition showed is what it shows after the second.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/disclosure_world.h"
#include "unit/show_bench.h"

enum { ORGANISATIONS = 3, REGIONS = 2, COLUMNS = 3, PLACES = REGIONS + 1, EDITIONS = 2 };
enum { A, B, STAFF };
enum { FREEDOM = 5, WHOLE = PLACES };
enum { REMAINDER = 1 + ORGANISATIONS + REGIONS };

static const char MONITOR[] =
    "monitor: proef\n"
    "naam: Proef\n"
    "cijfers:\n"
    "  kinderen:\n"
    "    {naam: K, soort: aantal, eenheid: kinderen, regios: telt-op,\n"
    "     delen: {a: {naam: A}, b: {naam: B}}}\n"
    "  staf: {naam: S, soort: aantal, eenheid: mensen}\n"
    "indicatoren:\n"
    "  aandeel: {naam: a, eenheid: \"%\", decimalen: 1, versies: ["
    "{soort: verhouding, factor: 100, teller: [kinderen.a], noemer: [kinderen]}]}\n"
    "  last: {naam: l, eenheid: x, decimalen: 2, versies: ["
    "{soort: verhouding, teller: [kinderen], noemer: [staf]}]}\n"
    "  gemiddeld: {naam: g, eenheid: x, decimalen: 2, versies: ["
    "{soort: gemiddelde, teller: [kinderen], noemer: [staf]}]}\n"
    "peildata: [{datum: 2024-06-01}]\n";

static const char REGISTER[] =
    "organisaties:\n"
    "  o0: {naam: O, monitors: [proef], vanaf: 2020-01-01}\n"
    "  o1: {naam: P, monitors: [proef], vanaf: 2020-01-01}\n"
    "  o2: {naam: Q, monitors: [proef], vanaf: 2020-01-01}\n";

static const char *const NAMES[] = {"o0", "o1", "o2"};
static const char *const REGION_NAMES[] = {"JZ01", "JZ02", "niet-toegedeeld"};

/* What one organisation delivered: by column and place, the last place what is in no region. */
struct delivered {
    bool present, regional, staffed;
    int64_t counts[COLUMNS][PLACES];
};

/* A sum that is published: columns, and whether only of those who delivered staff too. */
struct published {
    const char *id;
    unsigned columns;
    bool needs_staff;
};

static const struct published SUMS[] = {
    {"kinderen.a", 1u << A, false},
    {"kinderen.b", 1u << B, false},
    {"kinderen", 1u << A | 1u << B, false},
    {"staf", 1u << STAFF, true},
};
static const struct published STAFFED = {"last", 1u << A | 1u << B, true};
enum { STAFF_SUM = 3, SUM_COUNT = sizeof SUMS / sizeof SUMS[0] };

struct trial {
    unsigned seed;
    struct show_bench bench;
    struct delivered delivered[ORGANISATIONS];
    struct world world;
    /* Of each atom of the world: whose, which column, which place. */
    unsigned owner[ATOMS_MOST], column[ATOMS_MOST], place[ATOMS_MOST];
};

/* ---- making ---- */

static int64_t random_count(struct trial *trial)
{
    switch (world_random(&trial->seed, 4)) {
    case 0: return world_random(&trial->seed, 4);
    case 1: return 8 + world_random(&trial->seed, 4);
    default: return world_random(&trial->seed, 30);
    }
}

static void make_delivery(struct trial *trial, struct delivered *delivered)
{
    *delivered = (struct delivered){
        .present = world_random(&trial->seed, 6) > 0,
        .regional = world_random(&trial->seed, 2) == 0,
        .staffed = world_random(&trial->seed, 4) > 0,
    };
    for (unsigned i = 0; i < COLUMNS; i++) {
        const bool divided = delivered->regional && i != STAFF;
        for (unsigned j = divided ? 0 : REGIONS; j < PLACES; j++)
            delivered->counts[i][j] = random_count(trial);
    }
}

/* Revises something: a column of an organisation, or all of it; nothing is withdrawn. */
static void revise(struct trial *trial)
{
    struct delivered *delivered = &trial->delivered[world_random(&trial->seed, ORGANISATIONS)];
    const unsigned column = world_random(&trial->seed, COLUMNS);
    if (world_random(&trial->seed, 3) == 0 || !delivered->present)
        make_delivery(trial, delivered);
    else
        delivered->counts[column][REGIONS] = random_count(trial);
    delivered->present = true;
}

static int64_t total(const struct delivered *delivered, unsigned column)
{
    int64_t sum = 0;
    for (unsigned i = 0; i < PLACES; i++)
        sum += delivered->counts[column][i];
    return sum;
}

static void put_children(struct text *text, int64_t a, int64_t b)
{
    text_printf(text, "\"kinderen\":{\"a\":%lld,\"b\":%lld}", (long long)a, (long long)b);
}

static void deliver(struct trial *trial, unsigned organisation)
{
    const struct delivered *delivered = &trial->delivered[organisation];
    struct text text = {0};
    if (!delivered->present) return;
    text_puts(&text, "{\"cijfers\":{");
    put_children(&text, total(delivered, A), total(delivered, B));
    if (delivered->staffed)
        text_printf(&text, ",\"staf\":%lld", (long long)total(delivered, STAFF));
    text_puts(&text, "}");
    for (unsigned i = 0; delivered->regional && i < REGIONS; i++) {
        text_printf(&text, "%s\"%s\":{", i == 0 ? ",\"regios\":{" : ",", REGION_NAMES[i]);
        put_children(&text, delivered->counts[A][i], delivered->counts[B][i]);
        text_puts(&text, i + 1 < REGIONS ? "}" : "}}");
    }
    text_puts(&text, "}");
    show_bench_deliver(&trial->bench, NAMES[organisation],
                       text_keep(&text, &trial->bench.log.arena).ptr);
}

/* ---- the reader's world ---- */

static uint32_t atom_of(struct trial *trial, unsigned owner, unsigned column, unsigned place)
{
    struct world *world = &trial->world;
    const struct delivered *delivered = &trial->delivered[owner];
    const int64_t value =
        place == WHOLE ? total(delivered, column) : delivered->counts[column][place];
    for (unsigned i = 0; i < world->atom_count; i++) {
        if (trial->owner[i] == owner && trial->column[i] == column && trial->place[i] == place &&
            world->atoms[i] == value)
            return (uint32_t)1 << i;
    }
    assert_true(world->atom_count < ATOMS_MOST);
    const unsigned number = world_atom(world, value);
    trial->owner[number] = owner;
    trial->column[number] = column;
    trial->place[number] = place;
    return (uint32_t)1 << number;
}

/* Members: the country, organisations, regions, what is in no region. */
static uint32_t mask_of(struct trial *trial, const struct published *subject, unsigned member)
{
    uint32_t mask = 0;
    for (unsigned i = 0; i < ORGANISATIONS * COLUMNS; i++) {
        const unsigned owner = i / COLUMNS, column = i % COLUMNS;
        const struct delivered *delivered = &trial->delivered[owner];
        const bool regional = member > ORGANISATIONS && member != REMAINDER;
        if (!delivered->present || !(subject->columns >> column & 1)) continue;
        if (subject->needs_staff && (!delivered->staffed || regional)) continue;
        if (member > 0 && member <= ORGANISATIONS && owner != member - 1) continue;
        if (regional && !delivered->regional) continue;
        if (regional)
            mask |= atom_of(trial, owner, column, member - 1 - ORGANISATIONS);
        else if (member == REMAINDER)
            mask |= atom_of(trial, owner, column, delivered->regional ? REGIONS : WHOLE);
        else if (!delivered->regional || column == STAFF)
            mask |= atom_of(trial, owner, column, WHOLE);
        else
            for (unsigned j = 0; j < PLACES; j++)
                mask |= atom_of(trial, owner, column, j);
    }
    return mask;
}

static const struct point *find_point(struct trial *trial, const char *edition, const char *subject,
                                      unsigned member)
{
    const enum level level = member == 0               ? LEVEL_NATIONAL
                             : member <= ORGANISATIONS ? LEVEL_ORGANISATION
                                                       : LEVEL_REGION;
    const char *name = member == 0               ? ""
                       : member <= ORGANISATIONS ? NAMES[member - 1]
                                                 : REGION_NAMES[member - 1 - ORGANISATIONS];
    const struct series series = show_bench_series(&trial->bench, edition, subject, level);
    for (size_t i = 0; i < series.count; i++) {
        const struct point *point = &series.points[i];
        if (slice_is(level == LEVEL_REGION ? point->region : point->organisation, name))
            return point;
    }
    fail_msg("no point of %s", name);
    return NULL;
}

static int64_t rounded(int64_t value)
{
    return (value + 2) / 5 * 5;
}

static void fail_trial(const struct trial *trial, const char *what)
{
    world_print(&trial->world);
    fail_msg("%s", what);
}

/* The sum of a mask as published in this edition: absent, or the truth rounded. */
static void add_cell(struct trial *trial, uint32_t mask, const struct maybe *shown)
{
    struct disclosure_cell *cell = world_cell(&trial->world, mask);
    cell->shown = shown->present;
    if (!shown->present) return;
    if (cell->value < 10 || shown->value.decimals != 0 ||
        shown->value.units != rounded(cell->value))
        fail_trial(trial, "what is shown is not the truth rounded");
}

static void read_sum(struct trial *trial, const char *edition, const struct published *subject,
                     unsigned member)
{
    const struct point *point = find_point(trial, edition, subject->id, member);
    const uint32_t mask = mask_of(trial, subject, member);
    if (mask == 0 && point->reason != REASON_NOT_DELIVERED)
        fail_trial(trial, "nobody delivered this");
    if (mask == 0) return;
    if (!point->value.present && (point->reason != REASON_SUPPRESSED || point->numerator.present))
        fail_trial(trial, "hidden, and not for a reason");
    add_cell(trial, mask, &point->value);
}

/* A ratio tells its own sums; that it is hidden tells nothing that is not told elsewhere. */
static void read_ratio(struct trial *trial, const char *edition, unsigned member)
{
    const struct point *point = find_point(trial, edition, "last", member);
    struct decimal computed;
    if (!point->value.present) {
        assert_false(point->numerator.present || point->denominator.present);
        return;
    }
    add_cell(trial, mask_of(trial, &STAFFED, member), &point->numerator);
    add_cell(trial, mask_of(trial, &SUMS[STAFF_SUM], member), &point->denominator);
    const int64_t over = point->denominator.value.units;
    computed = (struct decimal){
        .units = (2 * 100 * point->numerator.value.units + over) / (2 * over), .decimals = 2};
    if (decimal_compare(computed, point->value.value) != 0)
        fail_trial(trial, "a ratio is not that of its sums");
}

/* All organisations' ratios are shown, and the mean is theirs. */
static void read_mean(struct trial *trial, const char *edition)
{
    const struct point *point = find_point(trial, edition, "gemiddeld", 0);
    long double sum = 0;
    unsigned count = 0;
    if (!point->value.present) return;
    for (unsigned i = 0; i < ORGANISATIONS; i++) {
        const struct point *own = find_point(trial, edition, "last", i + 1);
        if (!trial->delivered[i].present || !trial->delivered[i].staffed) continue;
        if (!own->value.present) fail_trial(trial, "a mean of what is hidden");
        sum += (long double)own->numerator.value.units / (long double)own->denominator.value.units;
        count++;
    }
    const long double off = sum / count - (long double)point->value.value.units / 100;
    if (off > 0.00501L || off < -0.00501L) fail_trial(trial, "a mean is not that of its ratios");
}

static void read_edition(struct trial *trial, const char *edition)
{
    for (unsigned member = 0; member <= REMAINDER; member++) {
        /* Staff are in no region at all: nothing is left of them. */
        const bool staffed = member != REMAINDER;
        for (unsigned i = 0; i < SUM_COUNT; i++) {
            if (staffed || !SUMS[i].needs_staff) read_sum(trial, edition, &SUMS[i], member);
        }
        if (staffed) read_ratio(trial, edition, member);
    }
    read_mean(trial, edition);
}

/* ---- the promise ---- */

static bool is_known(const struct world *world, size_t cell)
{
    for (size_t i = 0; i < world->cell_count; i++) {
        if (world->cells[i].shown &&
            world_mask(&world->cells[i]) == world_mask(&world->cells[cell]))
            return true;
    }
    return false;
}

/* What the first edition showed is settled: with all else hidden a count has what it can have. */
static void assert_protected(struct trial *trial, size_t earlier)
{
    struct world *world = &trial->world;
    struct world hidden;
    world_settle(world);
    world_decide(world); /* all is settled: nothing is decided, and the reader gets ready */
    for (size_t i = earlier; i < world->cell_count; i++)
        world->cells[i].settled = false;
    hidden = *world;
    world_hide_all(&hidden);
    for (size_t i = 0; i < world->cell_count; i++) {
        if (world->cells[i].shown || is_known(world, i)) continue;
        const int64_t values = world_values(world, i, PLAIN);
        if (values >= FREEDOM || values >= world_values(&hidden, i, PLAIN)) continue;
        fprintf(stderr, "cell %zu can take %lld values\n", i, (long long)values);
        fail_trial(trial, "a hidden count can be worked out");
    }
}

/* Everything that the edition shows, in one line. */
static struct slice all_of(struct trial *trial, const char *edition)
{
    static const enum level levels[] = {LEVEL_NATIONAL, LEVEL_ORGANISATION, LEVEL_REGION};
    struct text text = {0};
    for (size_t i = 0; i < LEVEL_COUNT; i++) {
        const struct series series = show_bench_series(&trial->bench, edition, NULL, levels[i]);
        for (size_t j = 0; j < series.count; j++) {
            const struct point *point = &series.points[j];
            if (point->value.present) decimal_put(&text, point->value.value);
            text_puts(&text, reason_id(point->reason));
            text_putc(&text, ' ');
        }
    }
    return text_keep(&text, &trial->bench.log.arena);
}

static void run_trial(unsigned seed)
{
    static const char *const editions[EDITIONS] = {"een", "twee"};
    struct trial trial = {
        .seed = seed,
        .world = {.rule = {.threshold = 10, .base = 5, .freedom = FREEDOM, .grain = 1}},
    };
    struct slice first = {0};
    show_bench_init(&trial.bench, MONITOR, REGISTER);
    for (unsigned i = 0; i < ORGANISATIONS - world_random(&trial.seed, 2); i++)
        make_delivery(&trial, &trial.delivered[i]);
    for (unsigned i = 0; i < EDITIONS; i++) {
        const size_t earlier = trial.world.cell_count;
        for (unsigned j = 0; j < ORGANISATIONS; j++)
            deliver(&trial, j);
        show_bench_publish(&trial.bench, editions[i]);
        read_edition(&trial, editions[i]);
        assert_protected(&trial, earlier);
        if (i == 0) first = all_of(&trial, editions[0]);
        revise(&trial);
    }
    if (!slice_equal(first, all_of(&trial, editions[0])))
        fail_trial(&trial, "the first edition has changed");
    show_bench_done(&trial.bench);
}

static void test_what_is_published_gives_nothing_away(void **state)
{
    const unsigned trials = getenv("GIMON_LONG") ? 2000 : 60;
    (void)state;
    for (unsigned i = 0; i < trials; i++)
        run_trial(1000 + i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_published_gives_nothing_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
