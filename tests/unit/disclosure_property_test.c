/*
 * Random small problems of every shape that is published, decided and then held against a reader
 * who tries every whole table: organisations by parts with all their totals; regions with a
 * remainder beside the organisations' totals; tables in three ways; sums of any parts; each in one
 * edition, or in two of which the second has other figures in places.
 *
 * GIMON_LONG=1 takes many more of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/disclosure_world.h"

/* A table of `count` ways; atoms are its innermost cells. */
struct shape {
    const char *name;
    unsigned sizes[3];
    unsigned cells; /* bit w: cells over what is summed out by bits of w, way 0 being bit 0 */
};

/* Sums over ways: 0 nothing, 1 way 0, 2 way 1, 3 both, up to 7 everything. */
static const struct shape SHAPES[] = {
    {"organisations by parts", {3, 2, 1}, 1u << 0 | 1u << 1 | 1u << 2 | 1u << 3},
    {"organisations by three parts", {3, 3, 1}, 1u << 0 | 1u << 1 | 1u << 2 | 1u << 3},
    {"regions and organisations apart",
     {2, 2, 2},
     1u << 1 | 1u << 2 | 1u << 3 | 1u << 5 | 1u << 6 | 1u << 7},
    {"three regions and organisations", {3, 3, 1}, 1u << 1 | 1u << 2 | 1u << 3},
    {"three ways, two at a time", {2, 2, 2}, 1u << 1 | 1u << 2 | 1u << 4},
    {"three ways, everything", {2, 2, 2}, 0xffu},
};
enum { SHAPES_HERE = sizeof SHAPES / sizeof SHAPES[0] };
enum { ATOMS_OF_TWO = 8 }; /* larger tables in two editions are more than a reader can try */

static const struct disclosure_rule RULES[] = {
    {.threshold = 10, .base = 5, .freedom = 5},
    {.threshold = 10, .base = 5, .freedom = 5, .grain = 1},
    {.threshold = 4, .base = 3, .freedom = 3},
    {.threshold = 3, .base = 1, .freedom = 3},
    {.threshold = 5, .base = 1, .freedom = 2},
    {.threshold = 4, .base = 2, .freedom = 4},
};
enum { RULES_HERE = sizeof RULES / sizeof RULES[0] };

static unsigned rounds(unsigned few, unsigned many)
{
    return getenv("GIMON_LONG") ? many : few;
}

static int64_t random_count(unsigned *seed, const struct disclosure_rule *rule)
{
    unsigned threshold = (unsigned)rule->threshold;
    switch (world_random(seed, 4)) {
    case 0: return world_random(seed, 3);
    case 1: return world_random(seed, threshold);
    case 2: return threshold - 1 + world_random(seed, 4);
    default: return threshold + world_random(seed, 2 * threshold);
    }
}

static unsigned atoms_of(const struct shape *shape)
{
    return shape->sizes[0] * shape->sizes[1] * shape->sizes[2];
}

/* The atoms of a table that are in one cell with `atom` if the ways of `summed` are summed out. */
static uint32_t part_of(const struct shape *shape, unsigned atom, unsigned summed)
{
    uint32_t mask = 0;
    for (unsigned other = 0; other < atoms_of(shape); other++) {
        unsigned a = atom, b = other;
        bool same = true;
        for (unsigned way = 0; way < 3; way++) {
            same &= (summed >> way & 1) || a % shape->sizes[way] == b % shape->sizes[way];
            a /= shape->sizes[way];
            b /= shape->sizes[way];
        }
        if (same) mask |= (uint32_t)1 << other;
    }
    return mask;
}

/* The mask of a table's atoms as one of the world's. */
static uint32_t in_world(uint32_t mask, const unsigned *numbers)
{
    uint32_t result = 0;
    for (unsigned i = 0; i < ATOMS_MOST; i++)
        if (mask >> i & 1) result |= (uint32_t)1 << numbers[i];
    return result;
}

static void add_cell(struct world *world, uint32_t mask, unsigned *seed)
{
    struct disclosure_cell *cell = world_cell(world, mask);
    cell->rank = world_random(seed, 3);
    cell->withheld = world_random(seed, 15) == 0;
}

/* One edition of the table: each kind of sum, each cell once. */
static void add_edition(struct world *world, const struct shape *shape, const unsigned *numbers,
                        unsigned *seed)
{
    for (unsigned summed = 0; summed < 8; summed++)
        for (unsigned atom = 0; (shape->cells >> summed & 1) && atom < atoms_of(shape); atom++) {
            uint32_t mask = part_of(shape, atom, summed);
            if (mask & (((uint32_t)1 << atom) - 1)) continue;
            add_cell(world, in_world(mask, numbers), seed);
        }
}

static void begin(struct world *world, const struct shape *shape, unsigned *numbers, unsigned *seed)
{
    *world = (struct world){.rule = RULES[world_random(seed, RULES_HERE)]};
    for (unsigned i = 0; i < atoms_of(shape); i++)
        numbers[i] = world_atom(world, random_count(seed, &world->rule));
    add_edition(world, shape, numbers, seed);
}

static void one_edition(void **context)
{
    (void)context;
    unsigned seed = 1;
    for (unsigned i = 0; i < rounds(15, 400); i++)
        for (size_t shape = 0; shape < SHAPES_HERE; shape++) {
            struct world world;
            unsigned numbers[ATOMS_MOST];
            begin(&world, &SHAPES[shape], numbers, &seed);
            world_decide(&world);
            if (!world_holds(&world)) fail_msg("%s, round %u", SHAPES[shape].name, i);
        }
}

static void assert_settled(const struct world *before, const struct world *after)
{
    for (size_t i = 0; i < before->cell_count; i++)
        assert_int_equal(before->cells[i].shown, after->cells[i].shown);
}

/* The second edition has some of the figures of the first, and says the same sums of them. */
static bool two_editions_hold(const struct shape *shape, unsigned *seed)
{
    struct world world;
    unsigned numbers[ATOMS_MOST];
    begin(&world, shape, numbers, seed);
    world_decide(&world);
    world_settle(&world);
    struct world before = world;
    for (unsigned i = 0; i < atoms_of(shape); i++)
        if (world_random(seed, 4) == 0)
            numbers[i] = world_atom(&world, random_count(seed, &world.rule));
    add_edition(&world, shape, numbers, seed);
    world_decide(&world);
    assert_settled(&before, &world);
    return world_holds(&world);
}

static void two_editions(void **context)
{
    (void)context;
    unsigned seed = 2;
    for (unsigned i = 0; i < rounds(8, 200); i++)
        for (size_t shape = 0; shape < SHAPES_HERE; shape++)
            if (atoms_of(&SHAPES[shape]) <= ATOMS_OF_TWO &&
                !two_editions_hold(&SHAPES[shape], &seed))
                fail_msg("%s, round %u", SHAPES[shape].name, i);
}

static void sums_of_any_parts(void **context)
{
    (void)context;
    unsigned seed = 3;
    for (unsigned i = 0; i < rounds(200, 5000); i++) {
        struct world world = {.rule = RULES[world_random(&seed, RULES_HERE)]};
        unsigned atoms = 2 + world_random(&seed, world.rule.threshold < 10 ? 5 : 2);
        unsigned cells = 2 + world_random(&seed, 10);
        for (unsigned j = 0; j < atoms; j++)
            (void)world_atom(&world, random_count(&seed, &world.rule));
        for (unsigned j = 0; j < cells; j++)
            add_cell(&world, 1 + world_random(&seed, (1u << atoms) - 1), &seed);
        world_decide(&world);
        if (!world_holds(&world)) fail_msg("sums of any parts, round %u", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_edition),
        cmocka_unit_test(two_editions),
        cmocka_unit_test(sums_of_any_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
