/*
 * From cells to sums: cells over the same atoms are one number, in one edition or in several, and
 * are shown or hidden together. Sums that share no atom, not even through others, say nothing of
 * each other; those that do are put beside each other as a component.
 */
#include "core/disclosure_private.h"

#include <stdlib.h>
#include <string.h>

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_atoms(const struct disclosure_cell *a, const struct disclosure_cell *b)
{
    if (a->atom_count != b->atom_count) return compare_sizes(a->atom_count, b->atom_count);
    for (size_t i = 0; i < a->atom_count; i++)
        if (a->atoms[i] != b->atoms[i]) return compare_sizes(a->atoms[i], b->atoms[i]);
    return 0;
}

/* By atoms, then by place in the list. */
static int compare_cells(const void *left, const void *right, void *list)
{
    const struct disclosure_cell *cells = list;
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    int atoms = compare_atoms(&cells[a], &cells[b]);
    return atoms ? atoms : compare_sizes(a, b);
}

static int compare_sums(const void *left, const void *right)
{
    const struct cell_sum *a = *(const struct cell_sum *const *)left;
    const struct cell_sum *b = *(const struct cell_sum *const *)right;
    int component = compare_sizes(a->component, b->component);
    return component ? component : compare_sizes(a->place, b->place);
}

int disclosure_more_important(const struct cell_sum *a, const struct cell_sum *b)
{
    if (a->rank != b->rank) return a->rank > b->rank ? -1 : 1;
    if (a->rounded != b->rounded) return a->rounded > b->rounded ? -1 : 1;
    return -compare_sizes(a->place, b->place);
}

/* All values that are rounded to what the reader knows, and are not below the threshold. */
static struct bounds bounds_if_shown(const struct disclosure_rule *rule, int64_t value)
{
    const struct disclosure_rule known = {.base = rule->grain ? rule->grain : rule->base};
    int64_t low = disclosure_rounded(&known, value) - known.base / 2;
    int64_t least = value >= rule->threshold ? rule->threshold : 0;
    return (struct bounds){.low = low > least ? low : least, .high = low + known.base - 1};
}

/* A reader who is told too much: why each cell is hidden, unless its companion is the reason. */
static struct bounds bounds_if_hidden(const struct disclosure_rule *rule, int64_t value)
{
    if (value < rule->threshold) return (struct bounds){.low = 0, .high = rule->threshold - 1};
    return (struct bounds){.low = rule->threshold, .high = INT64_MAX};
}

static struct cell_sum first_cell_of_sum(const struct disclosure_rule *rule,
                                         const struct disclosure_cell *cell, size_t place)
{
    return (struct cell_sum){
        .atoms = cell->atoms,
        .atom_count = cell->atom_count,
        .value = cell->value,
        .rounded = disclosure_rounded(rule, cell->value),
        .if_shown = bounds_if_shown(rule, cell->value),
        .if_hidden = {.low = 0, .high = INT64_MAX},
        .rank = cell->rank,
        .place = place,
        .open = cell->value >= rule->threshold,
        .need = rule->freedom,
    };
}

/*
 * One cell more over the same atoms. What an edition has shown is known; else what hides one of
 * the cells hides all.
 */
static void join_cell(struct cell_sum *sum, const struct disclosure_rule *rule,
                      const struct disclosure_cell *cell)
{
    if (cell->rank > sum->rank) sum->rank = cell->rank;
    if (cell->settled && cell->shown) sum->shown = true;
    if (cell->settled || cell->withheld) sum->open = false;
    if (!cell->withheld) sum->if_hidden = bounds_if_hidden(rule, sum->value);
}

static size_t root_of(size_t *parents, size_t atom)
{
    while (parents[atom] != atom) {
        parents[atom] = parents[parents[atom]];
        atom = parents[atom];
    }
    return atom;
}

/* The root is the lowest atom, so that components have an order of their own. */
static void unite(size_t *parents, size_t a, size_t b)
{
    size_t one = root_of(parents, a), other = root_of(parents, b);
    if (one < other)
        parents[other] = one;
    else
        parents[one] = other;
}

/* Sums without atoms are alone. */
static void find_components(struct sums *sums, size_t atom_count, struct arena *arena)
{
    size_t *parents = arena_array(arena, atom_count, sizeof *parents);
    for (size_t i = 0; i < atom_count; i++)
        parents[i] = i;
    for (size_t i = 0; i < sums->count; i++)
        for (size_t j = 1; j < sums->items[i].atom_count; j++)
            unite(parents, sums->items[i].atoms[0], sums->items[i].atoms[j]);
    for (size_t i = 0; i < sums->count; i++) {
        struct cell_sum *sum = &sums->items[i];
        sum->component = sum->atom_count ? root_of(parents, sum->atoms[0]) : atom_count + i;
    }
}

static void put_together(struct sums *sums, struct arena *arena)
{
    sums->together = arena_array(arena, sums->count, sizeof(struct cell_sum *));
    for (size_t i = 0; i < sums->count; i++)
        sums->together[i] = &sums->items[i];
    qsort(sums->together, sums->count, sizeof(struct cell_sum *), compare_sums);
}

static size_t *cells_by_atoms(struct disclosure_cell *cells, size_t count, struct arena *arena)
{
    size_t *order = arena_array(arena, count, sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    qsort_r(order, count, sizeof *order, compare_cells, cells);
    return order;
}

struct sums disclosure_sums(const struct disclosure_rule *rule, size_t atom_count,
                            struct disclosure_cell *cells, size_t cell_count, struct arena *arena)
{
    size_t *order = cells_by_atoms(cells, cell_count, arena);
    struct sums sums = {.items = arena_array(arena, cell_count, sizeof(struct cell_sum)),
                        .of_cell = arena_array(arena, cell_count, sizeof(struct cell_sum *))};
    for (size_t i = 0; i < cell_count; i++) {
        const struct disclosure_cell *cell = &cells[order[i]];
        if (i == 0 || compare_atoms(&cells[order[i - 1]], cell) != 0)
            sums.items[sums.count++] = first_cell_of_sum(rule, cell, order[i]);
        sums.of_cell[order[i]] = &sums.items[sums.count - 1];
        join_cell(sums.of_cell[order[i]], rule, cell);
    }
    for (size_t i = 0; i < sums.count; i++)
        if (sums.items[i].open) sums.items[i].shown = true;
    find_components(&sums, atom_count, arena);
    put_together(&sums, arena);
    return sums;
}
