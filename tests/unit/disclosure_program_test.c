/*
 * A reader who has the program: every list there is, up to a size, is decided; lists that come out
 * alike are all that the reader can tell apart. In each such group a hidden count takes at least as
 * many values as the rule says. This holds for a list with its total if the rule's grain is 1; in
 * tables of two ways a few groups are smaller (docs/decisions/0016).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "unit/disclosure_world.h"

enum { LIST_MOST = 5, TEXT_ROOM = 40, LISTS_MOST = 8000 };

/* A list with its total, and what was published of it. */
struct outcome {
    char published[TEXT_ROOM];
    int64_t values[LIST_MOST];
    bool shown[LIST_MOST];
    bool whole; /* all lists that come out like it are among those tried */
};

static struct outcome outcome_of(const struct disclosure_rule *rule, const int64_t *values,
                                 size_t count, int64_t most)
{
    struct world world = {.rule = *rule};
    for (unsigned i = 0; i < count; i++)
        (void)world_cell(&world, (uint32_t)1 << world_atom(&world, values[i]));
    world_cell(&world, ((uint32_t)1 << count) - 1)->rank = 1;
    world_decide(&world);
    struct outcome outcome = {.whole = false};
    char *at = outcome.published;
    for (size_t i = 0; i <= count; i++) {
        const struct disclosure_cell *cell = &world.cells[i];
        outcome.values[i] = cell->value;
        outcome.shown[i] = cell->shown;
        int64_t rounded = disclosure_rounded(rule, cell->value);
        at += cell->shown ? sprintf(at, "%ld ", (long)rounded) : sprintf(at, ". ");
        outcome.whole = cell->shown && rounded + rule->base <= most; /* the total, in the end */
    }
    return outcome;
}

static int compare_outcomes(const void *left, const void *right)
{
    const struct outcome *a = left, *b = right;
    return strcmp(a->published, b->published);
}

/* Every list of `count` values with a total up to `most`. */
static size_t try_all(const struct disclosure_rule *rule, size_t count, int64_t most,
                      struct outcome *outcomes)
{
    size_t tried = 0;
    int64_t values[LIST_MOST] = {0};
    for (size_t place = 0; place < count;) {
        int64_t total = 0;
        for (size_t i = 0; i < count; i++)
            total += values[i];
        if (total <= most) {
            assert_true(tried < LISTS_MOST);
            outcomes[tried++] = outcome_of(rule, values, count, most);
        }
        for (place = 0; place < count && values[place] == most; place++)
            values[place] = 0;
        if (place < count) values[place]++;
    }
    return tried;
}

static int64_t values_in_group(const struct outcome *group, size_t count, size_t cell)
{
    int64_t different = 0;
    for (size_t i = 0; i < count; i++) {
        size_t before = 0;
        while (before < i && group[before].values[cell] != group[i].values[cell])
            before++;
        different += before == i;
    }
    return different;
}

static void check_group(const struct disclosure_rule *rule, const struct outcome *group,
                        size_t count, size_t cells)
{
    for (size_t i = 0; group->whole && i < cells; i++)
        if (!group->shown[i] && values_in_group(group, count, i) < rule->freedom)
            fail_msg("cell %zu can be worked out in %s", i, group->published);
}

static void check_lists(const struct disclosure_rule *rule, size_t count, int64_t most)
{
    struct outcome *outcomes = calloc(LISTS_MOST, sizeof *outcomes);
    size_t tried = try_all(rule, count, most, outcomes), groups = 0;
    qsort(outcomes, tried, sizeof *outcomes, compare_outcomes);
    for (size_t from = 0, to; from < tried; from = to, groups++) {
        for (to = from; to < tried && compare_outcomes(&outcomes[from], &outcomes[to]) == 0;)
            to++;
        check_group(rule, &outcomes[from], to - from, count + 1);
    }
    free(outcomes);
    assert_true(groups > 1);
}

static void two_counts_and_their_total(void **context)
{
    (void)context;
    const struct disclosure_rule rule = {.threshold = 10, .base = 5, .freedom = 5, .grain = 1};
    check_lists(&rule, 2, 60);
}

static void three_counts_and_their_total(void **context)
{
    (void)context;
    const struct disclosure_rule rule = {.threshold = 4, .base = 3, .freedom = 3, .grain = 1};
    check_lists(&rule, 3, 20);
}

static void four_counts_and_their_total(void **context)
{
    (void)context;
    const struct disclosure_rule rule = {.threshold = 4, .base = 3, .freedom = 3, .grain = 1};
    check_lists(&rule, 4, getenv("GIMON_LONG") ? 18 : 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_counts_and_their_total),
        cmocka_unit_test(three_counts_and_their_total),
        cmocka_unit_test(four_counts_and_their_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
