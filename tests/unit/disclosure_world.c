/*
 * The reader of disclosure's tests: no linear programming, but every whole table there is. A value
 * of a cell is possible if some table has it: the ranges of atoms are narrowed by the bounds of the
 * cells and then halved, each half in turn, until one table is left or none.
 */
#include "unit/disclosure_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_MOST = 5 * 1000 * 1000 };

struct range {
    int64_t low, high;
};

/* A search for one table. */
struct search {
    const struct world *world;
    struct range bounds[CELLS_MOST];
    int64_t most; /* of an atom that nothing bounds */
    long steps;
};

/* What each atom can still be. */
struct table {
    struct range atoms[ATOMS_MOST];
};

unsigned world_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

unsigned world_atom(struct world *world, int64_t value)
{
    world->atoms[world->atom_count] = value;
    return (unsigned)world->atom_count++;
}

struct disclosure_cell *world_cell(struct world *world, uint32_t mask)
{
    if (mask == 0) return NULL;
    unsigned *members = world->members[world->cell_count];
    struct disclosure_cell *cell = &world->cells[world->cell_count++];
    *cell = (struct disclosure_cell){.atoms = members};
    for (unsigned i = 0; i < world->atom_count; i++)
        if (mask >> i & 1) {
            members[cell->atom_count++] = i;
            cell->value += world->atoms[i];
        }
    return cell;
}

uint32_t world_mask(const struct disclosure_cell *cell)
{
    uint32_t mask = 0;
    for (size_t i = 0; i < cell->atom_count; i++)
        mask |= (uint32_t)1 << cell->atoms[i];
    return mask;
}

void world_decide(struct world *world)
{
    struct arena arena;
    arena_init(&arena);
    disclosure_decide(&world->rule, world->atom_count, world->cells, world->cell_count, &arena);
    arena_done(&arena);
}

void world_settle(struct world *world)
{
    for (size_t i = 0; i < world->cell_count; i++)
        world->cells[i].settled = true;
}

void world_hide_all(struct world *world)
{
    for (size_t i = 0; i < world->cell_count; i++)
        if (!world->cells[i].settled) world->cells[i].shown = false;
}

/* --- what a reader knows
 * --------------------------------------------------------------------------- */

static struct range known_of(const struct world *world, const struct disclosure_cell *cell,
                             enum reader reader)
{
    const struct disclosure_rule *rule = &world->rule;
    struct range any = {.low = 0, .high = INT64_MAX};
    if (!cell->shown) {
        if (reader == PLAIN || cell->withheld) return any;
        if (cell->value < rule->threshold) return (struct range){0, rule->threshold - 1};
        return (struct range){rule->threshold, INT64_MAX};
    }
    struct range range = {.low = cell->value, .high = cell->value};
    int64_t rounded = disclosure_rounded(rule, cell->value);
    while (range.low > rule->threshold && disclosure_rounded(rule, range.low - 1) == rounded)
        range.low--;
    while (disclosure_rounded(rule, range.high + 1) == rounded)
        range.high++;
    return range;
}

/* Atoms that nothing bounds go up to well over the largest. */
static void prepare(struct search *search, const struct world *world, enum reader reader)
{
    *search = (struct search){.world = world};
    for (size_t i = 0; i < world->cell_count; i++)
        search->bounds[i] = known_of(world, &world->cells[i], reader);
    for (size_t i = 0; i < world->atom_count; i++)
        if (world->atoms[i] > search->most) search->most = world->atoms[i];
    search->most += 2 * world->rule.threshold + 2 * world->rule.freedom;
}

/* --- the search
 * ------------------------------------------------------------------------------------ */

static struct range sum_of(const struct table *table, const struct disclosure_cell *cell)
{
    struct range sum = {0, 0};
    for (size_t i = 0; i < cell->atom_count; i++) {
        sum.low += table->atoms[cell->atoms[i]].low;
        sum.high += table->atoms[cell->atoms[i]].high;
    }
    return sum;
}

/* Takes from the atoms of a cell what its bounds rule out; true where that was anything. */
static bool narrow_cell(struct table *table, const struct disclosure_cell *cell,
                        struct range bounds)
{
    bool narrowed = false;
    struct range sum = sum_of(table, cell);
    for (size_t i = 0; i < cell->atom_count; i++) {
        struct range *atom = &table->atoms[cell->atoms[i]], before = *atom;
        int64_t low = bounds.low - (sum.high - before.high);
        int64_t high = bounds.high - (sum.low - before.low);
        if (low > atom->low) atom->low = low;
        if (high < atom->high) atom->high = high;
        narrowed |= atom->low != before.low || atom->high != before.high;
    }
    return narrowed;
}

static bool is_possible(const struct search *search, const struct table *table)
{
    for (size_t i = 0; i < search->world->atom_count; i++)
        if (table->atoms[i].low > table->atoms[i].high) return false;
    for (size_t i = 0; i < search->world->cell_count; i++) {
        struct range sum = sum_of(table, &search->world->cells[i]);
        if (sum.low > search->bounds[i].high || sum.high < search->bounds[i].low) return false;
    }
    return true;
}

/* False where no table is left. */
static bool narrow(const struct search *search, struct table *table)
{
    for (bool again = true; again;) {
        again = false;
        if (!is_possible(search, table)) return false;
        for (size_t i = 0; i < search->world->cell_count; i++)
            again |= narrow_cell(table, &search->world->cells[i], search->bounds[i]);
    }
    return true;
}

/* The atom that can be the fewest values, but more than one; atom_count where there is none. */
static size_t narrowest(const struct search *search, const struct table *table)
{
    size_t best = search->world->atom_count;
    int64_t best_width = INT64_MAX;
    for (size_t i = 0; i < search->world->atom_count; i++) {
        int64_t width = table->atoms[i].high - table->atoms[i].low;
        if (width == 0 || width >= best_width) continue;
        best = i;
        best_width = width;
    }
    return best;
}

static void count_step(struct search *search)
{
    if (++search->steps <= STEPS_MOST) return;
    fputs("a table is too large to search\n", stderr);
    abort();
}

static bool find_table(struct search *search, struct table table)
{
    count_step(search);
    if (!narrow(search, &table)) return false;
    size_t atom = narrowest(search, &table);
    if (atom == search->world->atom_count) return true;
    struct table below = table, above = table;
    int64_t middle = (table.atoms[atom].low + table.atoms[atom].high) / 2;
    below.atoms[atom].high = middle;
    above.atoms[atom].low = middle + 1;
    bool above_first = search->world->atoms[atom] > middle;
    return find_table(search, above_first ? above : below) ||
           find_table(search, above_first ? below : above);
}

static bool can_be(struct search *search, size_t cell, int64_t value)
{
    struct range before = search->bounds[cell];
    if (value < before.low || value > before.high) return false;
    search->bounds[cell] = (struct range){value, value};
    struct table any;
    for (size_t i = 0; i < search->world->atom_count; i++)
        any.atoms[i] = (struct range){0, search->most};
    bool found = find_table(search, any);
    search->bounds[cell] = before;
    return found;
}

int64_t world_values(const struct world *world, size_t cell, enum reader reader)
{
    const int64_t freedom = world->rule.freedom, truth = world->cells[cell].value;
    struct search search;
    prepare(&search, world, reader);
    int64_t count = 0;
    for (int64_t value = truth - freedom + 1; value < truth + freedom && count < freedom; value++)
        count += can_be(&search, cell, value);
    return count;
}
