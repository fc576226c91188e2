/*
 * Small tables whose answer can be checked by hand, and one of the size that is published.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/disclosure_world.h"

static const struct disclosure_rule RULE = {.threshold = 10, .base = 5, .freedom = 5};

/* The same without rounding: what a reader adds up is exact. */
static const struct disclosure_rule EXACT = {.threshold = 10, .base = 1, .freedom = 5};

/* Atoms a, b, c with a cell each, and their total. */
static struct world *row_of_three(struct world *world, const struct disclosure_rule *rule,
                                  const int64_t *values)
{
    *world = (struct world){.rule = *rule};
    for (size_t i = 0; i < 3; i++)
        (void)world_atom(world, values[i]);
    for (unsigned mask = 1; mask <= 4; mask *= 2)
        world_cell(world, mask)->rank = 1;
    world_cell(world, 7)->rank = 2;
    return world;
}

static void assert_shown(const struct world *world, const char *expected)
{
    char shown[CELLS_MOST + 1] = "";
    for (size_t i = 0; i < world->cell_count; i++)
        shown[i] = world->cells[i].shown ? 's' : '.';
    assert_string_equal(shown, expected);
}

static void values_are_rounded_half_away_from_zero(void **context)
{
    (void)context;
    const struct disclosure_rule tens = {.threshold = 10, .base = 10, .freedom = 5};
    assert_int_equal(disclosure_rounded(&RULE, 12), 10);
    assert_int_equal(disclosure_rounded(&RULE, 13), 15);
    assert_int_equal(disclosure_rounded(&RULE, 0), 0);
    assert_int_equal(disclosure_rounded(&tens, 15), 20);
    assert_int_equal(disclosure_rounded(&tens, 14), 10);
    assert_int_equal(disclosure_rounded(&EXACT, 31416), 31416);
}

static void nothing_small_nothing_hidden(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){10, 20, 30});
    world_decide(&world);
    assert_shown(&world, "ssss");
}

static void one_small_count_needs_a_second(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){3, 40, 30});
    world_decide(&world);
    assert_shown(&world, ".s.s");
}

static void rounding_may_protect_already(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &RULE, (const int64_t[]){3, 40, 30});
    world_decide(&world);
    assert_shown(&world, ".sss");
}

static void the_lowest_rank_goes_first(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){3, 40, 30});
    world.cells[1].rank = 0;
    world_decide(&world);
    assert_shown(&world, "..ss");
}

static void of_equals_the_first_goes(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){30, 3, 30});
    world_decide(&world);
    assert_shown(&world, "..ss");
}

static void two_small_counts_may_protect_each_other(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){4, 5, 30});
    world_decide(&world);
    assert_shown(&world, "..ss");
}

static void two_noughts_do_not(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){0, 0, 30});
    world_decide(&world);
    assert_shown(&world, "...s");
}

static void what_is_withheld_is_protected(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){50, 40, 30});
    world.cells[0].withheld = true;
    world_decide(&world);
    assert_shown(&world, ".s.s");
}

static void the_same_sum_is_one_decision(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){3, 40, 30});
    world_cell(&world, 4)->rank = 9;
    world_decide(&world);
    assert_shown(&world, "..sss");
}

static void other_tables_are_left_alone(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){3, 40, 30});
    (void)world_atom(&world, 12);
    (void)world_cell(&world, 8);
    world_decide(&world);
    assert_shown(&world, ".s.ss");
}

/* The second edition has another b; shown again as a whole it would give the first one's a away. */
static void an_earlier_edition_stays_protected(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){3, 20, 30});
    world_decide(&world);
    assert_shown(&world, "..ss");
    world_settle(&world);
    unsigned b = world_atom(&world, 25);
    (void)world_cell(&world, (uint32_t)1 << b);
    (void)world_cell(&world, 1u | (uint32_t)1 << b);
    world_decide(&world);
    assert_shown(&world, "..ss.s");
}

/* Nothing can be done about what was published before, and nothing else is lost for it. */
static void what_was_given_away_does_not_spoil_the_rest(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){3, 40, 30});
    for (size_t i = 0; i < world.cell_count; i++)
        world.cells[i].shown = i > 0;
    world_settle(&world);
    (void)world_atom(&world, 4);
    (void)world_atom(&world, 50);
    (void)world_cell(&world, 8);
    (void)world_cell(&world, 16);
    (void)world_cell(&world, 1 | 8 | 16);
    world_decide(&world);
    assert_shown(&world, ".sss..s");
}

static void a_sum_of_nothing_is_no_secret(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){12, 40, 30});
    world.cells[world.cell_count++] = (struct disclosure_cell){.atoms = world.members[0]};
    world_decide(&world);
    assert_shown(&world, "ssss.");
}

/* Three rows of four, four columns of three: who is told which sums are small knows them all. */
static void bounds_alone_may_say_everything(void **context)
{
    (void)context;
    struct world world = {.rule = {.threshold = 4, .base = 1, .freedom = 3}};
    for (unsigned i = 0; i < 12; i++)
        (void)world_atom(&world, 1);
    for (unsigned row = 0; row < 3; row++)
        world_cell(&world, 0xfu << 4 * row)->rank = 1;
    for (unsigned column = 0; column < 4; column++)
        (void)world_cell(&world, 0x111u << column);
    world_decide(&world);
    assert_shown(&world, "sss....");
    assert_true(world_holds(&world));
}

static void the_same_edition_again_is_shown_alike(void **context)
{
    (void)context;
    struct world world;
    row_of_three(&world, &EXACT, (const int64_t[]){3, 40, 30});
    world_decide(&world);
    world_settle(&world);
    for (unsigned mask = 4; mask >= 1; mask /= 2)
        (void)world_cell(&world, mask);
    (void)world_cell(&world, 7);
    world_decide(&world);
    assert_shown(&world, ".s.s.s.s");
}

/* A cell of a published table; its atoms are every `step`th of `count` from `first` on. */
static void put_cell(struct disclosure_cell *cell, unsigned *atoms, const unsigned *form,
                     unsigned rank)
{
    *cell = (struct disclosure_cell){.atoms = atoms, .atom_count = form[2], .rank = rank};
    for (unsigned i = 0; i < form[2]; i++) {
        atoms[i] = form[0] + i * form[1];
        cell->value += atoms[i] * 7919 % 97; /* about one in ten is small */
    }
}

enum { REGIONS = 42, PARTS = 3, ROWS = REGIONS + 1, COLUMNS = PARTS + 1 };

/* Regions by parts; the last row and column are totals. */
static void make_regions(struct disclosure_cell (*cells)[COLUMNS],
                         unsigned (*atoms)[COLUMNS][REGIONS * PARTS])
{
    for (unsigned row = 0; row < ROWS; row++)
        for (unsigned column = 0; column < COLUMNS; column++) {
            bool down = row == REGIONS, across = column == PARTS;
            const unsigned form[] = {(down ? 0 : row * PARTS) + (across ? 0 : column),
                                     across ? 1 : PARTS,
                                     (down ? REGIONS : 1u) * (across ? PARTS : 1u)};
            put_cell(&cells[row][column], atoms[row][column], form, down * 2u + across);
        }
}

/* With exact values nothing in a row or column is hidden alone, and every total can stay. */
static void a_table_as_large_as_published(void **context)
{
    (void)context;
    static struct disclosure_cell cells[ROWS][COLUMNS];
    static unsigned atoms[ROWS][COLUMNS][REGIONS * PARTS];
    struct arena arena;
    arena_init(&arena);
    make_regions(cells, atoms);
    disclosure_decide(&EXACT, REGIONS * PARTS, &cells[0][0], ROWS * COLUMNS, &arena);
    unsigned hidden_in_all = 0;
    for (unsigned row = 0; row < ROWS; row++) {
        unsigned hidden = 0;
        for (unsigned column = 0; column < PARTS; column++)
            hidden += !cells[row][column].shown;
        assert_true(!cells[row][PARTS].shown || hidden != 1);
        assert_true(cells[row][PARTS].shown || row < REGIONS);
        hidden_in_all += hidden;
    }
    assert_in_range(hidden_in_all, REGIONS / 4, REGIONS * PARTS / 2);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_rounded_half_away_from_zero),
        cmocka_unit_test(nothing_small_nothing_hidden),
        cmocka_unit_test(one_small_count_needs_a_second),
        cmocka_unit_test(rounding_may_protect_already),
        cmocka_unit_test(the_lowest_rank_goes_first),
        cmocka_unit_test(of_equals_the_first_goes),
        cmocka_unit_test(two_small_counts_may_protect_each_other),
        cmocka_unit_test(two_noughts_do_not),
        cmocka_unit_test(what_is_withheld_is_protected),
        cmocka_unit_test(the_same_sum_is_one_decision),
        cmocka_unit_test(other_tables_are_left_alone),
        cmocka_unit_test(an_earlier_edition_stays_protected),
        cmocka_unit_test(what_was_given_away_does_not_spoil_the_rest),
        cmocka_unit_test(a_sum_of_nothing_is_no_secret),
        cmocka_unit_test(bounds_alone_may_say_everything),
        cmocka_unit_test(the_same_edition_again_is_shown_alike),
        cmocka_unit_test(a_table_as_large_as_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
