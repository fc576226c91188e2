/*
 * The reader of disclosure's tests: no linear programming, but every whole table there is. A value
 * of a cell is possible if some table has it: the ranges of atoms and cells are narrowed by what
 * the reader knows, and then halved, each half in turn, until one table is left or none.
 *
 * Cells are sums of atoms, and sums of cells: a total of its rows, and of its columns. The latter
 * follows from the former, but saves the reader most of the work.
 */
#include "unit/disclosure_world.h"

#include <stdio.h>
#include <string.h>

enum { STEPS_MOST = 5 * 1000 * 1000, FAR = 1000 * 1000 };

struct range {
    int64_t low, high;
};

/* What each unknown can still be. */
struct table {
    struct range unknowns[UNKNOWNS_MOST];
};

/* A search for one table. */
struct search {
    const struct world *world;
    struct table start;
    long steps;
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

static struct equation *add_equation(struct world *world, size_t cell)
{
    if (world->equation_count == EQUATIONS_MOST) return NULL;
    struct equation *equation = &world->equations[world->equation_count++];
    *equation = (struct equation){.whole = (unsigned char)(world->atom_count + cell)};
    return equation;
}

/* A cell over a mask is the sum of these cells, if they cover it; tries further cells up to three.
 */
static void find_parts(struct world *world, size_t cell, const size_t *parts, size_t count)
{
    uint32_t rest = world_mask(&world->cells[cell]);
    for (size_t i = 0; i < count; i++)
        rest &= ~world_mask(&world->cells[parts[i]]);
    struct equation *equation = rest == 0 ? add_equation(world, cell) : NULL;
    for (size_t i = 0; equation && i < count; i++)
        equation->parts[equation->part_count++] = (unsigned char)(world->atom_count + parts[i]);
    size_t more[3] = {count > 0 ? parts[0] : 0, count > 1 ? parts[1] : 0};
    for (size_t i = count ? parts[count - 1] + 1 : 0; rest && count < 3 && i < world->cell_count;
         i++) {
        uint32_t mask = world_mask(&world->cells[i]);
        more[count] = i;
        if (i != cell && (mask & rest) == mask) find_parts(world, cell, more, count + 1);
    }
}

static void make_equations(struct world *world)
{
    world->equation_count = 0;
    for (size_t i = 0; i < world->cell_count; i++) {
        struct equation *equation = add_equation(world, i);
        for (size_t j = 0; j < world->cells[i].atom_count; j++)
            equation->parts[equation->part_count++] = (unsigned char)world->cells[i].atoms[j];
    }
    for (size_t i = 0; i < world->cell_count; i++)
        find_parts(world, i, NULL, 0);
}

void world_decide(struct world *world)
{
    make_equations(world);
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

/* --- what a reader knows -------------------------------------------------------------------- */

static struct range known_of(const struct world *world, const struct disclosure_cell *cell,
                             enum reader reader)
{
    const struct disclosure_rule *rule = &world->rule;
    struct range any = {.low = 0, .high = FAR};
    if (!cell->shown) {
        if (reader == PLAIN || cell->withheld) return any;
        if (cell->value < rule->threshold) return (struct range){0, rule->threshold - 1};
        return (struct range){rule->threshold, FAR};
    }
    struct range range = {.low = cell->value, .high = cell->value};
    const struct disclosure_rule known = {.base = rule->grain ? rule->grain : rule->base};
    int64_t rounded = disclosure_rounded(&known, cell->value);
    while (range.low > rule->threshold && disclosure_rounded(&known, range.low - 1) == rounded)
        range.low--;
    while (disclosure_rounded(&known, range.high + 1) == rounded)
        range.high++;
    return range;
}

/* Atoms that nothing bounds go up to well over the largest. */
static void prepare(struct search *search, const struct world *world, enum reader reader)
{
    *search = (struct search){.world = world};
    int64_t most = 0;
    for (size_t i = 0; i < world->atom_count; i++)
        if (world->atoms[i] > most) most = world->atoms[i];
    most += 2 * world->rule.threshold + 2 * world->rule.freedom;
    for (size_t i = 0; i < world->atom_count; i++)
        search->start.unknowns[i] = (struct range){0, most};
    for (size_t i = 0; i < world->cell_count; i++)
        search->start.unknowns[world->atom_count + i] = known_of(world, &world->cells[i], reader);
}

/* --- the search ----------------------------------------------------------------------------- */

/* Takes what another range rules out; true where that was anything. */
static bool narrow_to(struct range *range, int64_t low, int64_t high)
{
    struct range before = *range;
    if (low > range->low) range->low = low;
    if (high < range->high) range->high = high;
    return range->low != before.low || range->high != before.high;
}

static bool narrow_by(struct table *table, const struct equation *equation)
{
    struct range sum = {0, 0}, *whole = &table->unknowns[equation->whole];
    for (size_t i = 0; i < equation->part_count; i++) {
        sum.low += table->unknowns[equation->parts[i]].low;
        sum.high += table->unknowns[equation->parts[i]].high;
    }
    bool narrowed = narrow_to(whole, sum.low, sum.high);
    for (size_t i = 0; i < equation->part_count; i++) {
        struct range *part = &table->unknowns[equation->parts[i]];
        narrowed |= narrow_to(part, whole->low - (sum.high - part->high),
                              whole->high - (sum.low - part->low));
    }
    return narrowed;
}

static size_t unknown_count(const struct search *search)
{
    return search->world->atom_count + search->world->cell_count;
}

static bool is_empty(struct range range)
{
    return range.low > range.high;
}

static bool leaves_nothing(const struct table *table, const struct equation *equation)
{
    for (size_t i = 0; i < equation->part_count; i++)
        if (is_empty(table->unknowns[equation->parts[i]])) return true;
    return is_empty(table->unknowns[equation->whole]);
}

/* False where no table is left. */
static bool narrow(const struct search *search, struct table *table)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < search->world->equation_count; i++) {
            const struct equation *equation = &search->world->equations[i];
            again |= narrow_by(table, equation);
            if (leaves_nothing(table, equation)) return false;
        }
    }
    return true;
}

/* The unknown that can be the fewest values, but more than one; else the number of unknowns. */
static size_t narrowest(const struct search *search, const struct table *table)
{
    size_t best = unknown_count(search);
    int64_t best_width = INT64_MAX;
    for (size_t i = 0; i < unknown_count(search); i++) {
        int64_t width = table->unknowns[i].high - table->unknowns[i].low;
        if (width == 0 || width >= best_width) continue;
        best = i;
        best_width = width;
    }
    return best;
}

static int64_t truth_of(const struct world *world, size_t unknown)
{
    return unknown < world->atom_count ? world->atoms[unknown]
                                       : world->cells[unknown - world->atom_count].value;
}

/* Where the search gives up, no table is found: what is promised must be seen to hold. */
static bool find_table(struct search *search, struct table table)
{
    if (++search->steps > STEPS_MOST) return false;
    if (!narrow(search, &table)) return false;
    size_t unknown = narrowest(search, &table);
    if (unknown == unknown_count(search)) return true;
    struct table below = table, above = table;
    int64_t middle = (table.unknowns[unknown].low + table.unknowns[unknown].high) / 2;
    below.unknowns[unknown].high = middle;
    above.unknowns[unknown].low = middle + 1;
    bool above_first = truth_of(search->world, unknown) > middle;
    return find_table(search, above_first ? above : below) ||
           find_table(search, above_first ? below : above);
}

static bool can_be(const struct search *search, size_t cell, int64_t value)
{
    struct search one = *search;
    (void)narrow_to(&one.start.unknowns[one.world->atom_count + cell], value, value);
    return find_table(&one, one.start);
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
