/*
 * All that disclosure.h promises, held against the reader who tries every whole table.
 */
#include "unit/disclosure_world.h"

#include <stdio.h>
#include <string.h>

/* What must be true of a hidden cell: so many values against that reader. */
struct promise {
    enum reader reader;
    int64_t values;
};

static struct promise promise_of(const struct world *world, size_t cell)
{
    struct world hidden = *world;
    world_hide_all(&hidden);
    if (world_values(&hidden, cell, CAREFUL) >= world->rule.freedom)
        return (struct promise){CAREFUL, world->rule.freedom};
    return (struct promise){PLAIN, world_values(&hidden, cell, PLAIN)};
}

/* A cell over the same atoms that an edition has shown makes it known. */
static bool is_known(const struct world *world, size_t cell)
{
    for (size_t i = 0; i < world->cell_count; i++)
        if (world->cells[i].shown &&
            world_mask(&world->cells[i]) == world_mask(&world->cells[cell]))
            return true;
    return false;
}

static bool is_protected(const struct world *world, size_t cell, const struct promise *promise)
{
    return world_values(world, cell, promise->reader) >= promise->values;
}

static bool all_protected(const struct world *world, const struct promise *promises)
{
    for (size_t i = 0; i < world->cell_count; i++)
        if (!is_known(world, i) && !is_protected(world, i, &promises[i])) return false;
    return true;
}

/* Cells over the same atoms go together. */
static void set_alike(struct world *world, size_t cell, bool shown)
{
    uint32_t mask = world_mask(&world->cells[cell]);
    for (size_t i = 0; i < world->cell_count; i++)
        if (!world->cells[i].settled && world_mask(&world->cells[i]) == mask)
            world->cells[i].shown = shown;
}

static bool must_be_hidden(const struct world *world, size_t cell)
{
    uint32_t mask = world_mask(&world->cells[cell]);
    if (world->cells[cell].value < world->rule.threshold) return true;
    for (size_t i = 0; i < world->cell_count; i++)
        if (world_mask(&world->cells[i]) == mask &&
            (world->cells[i].withheld || (world->cells[i].settled && !world->cells[i].shown)))
            return true;
    return false;
}

static bool is_needed(const struct world *world, size_t cell, const struct promise *promises)
{
    struct world other = *world;
    set_alike(&other, cell, true);
    return !all_protected(&other, promises);
}

static bool fail(const struct world *world, size_t cell, const char *what)
{
    fprintf(stderr, "cell %zu: %s\n", cell, what);
    world_print(world);
    return false;
}

static bool cell_holds(const struct world *world, size_t cell, const struct promise *promises)
{
    const struct disclosure_cell *it = &world->cells[cell];
    if (it->shown && !it->settled && it->value < world->rule.threshold)
        return fail(world, cell, "shown although below the threshold");
    if (it->shown && !it->settled && it->withheld)
        return fail(world, cell, "shown although withheld");
    if (it->shown || is_known(world, cell)) return true;
    if (!is_protected(world, cell, &promises[cell])) return fail(world, cell, "can be worked out");
    if (!it->settled && !must_be_hidden(world, cell) && !is_needed(world, cell, promises))
        return fail(world, cell, "hidden without need");
    return true;
}

bool world_holds(const struct world *world)
{
    struct promise promises[CELLS_MOST];
    for (size_t i = 0; i < world->cell_count; i++)
        promises[i] = promise_of(world, i);
    for (size_t i = 0; i < world->cell_count; i++)
        if (!cell_holds(world, i, promises)) return false;
    return true;
}

void world_print(const struct world *world)
{
    fprintf(stderr, "rule %ld/%ld/%ld, atoms", (long)world->rule.threshold, (long)world->rule.base,
            (long)world->rule.freedom);
    for (size_t i = 0; i < world->atom_count; i++)
        fprintf(stderr, " %ld", (long)world->atoms[i]);
    for (size_t i = 0; i < world->cell_count; i++) {
        const struct disclosure_cell *cell = &world->cells[i];
        fprintf(stderr, "\n%3zu: mask %05x value %3ld rank %u%s%s%s", i, world_mask(cell),
                (long)cell->value, cell->rank, cell->settled ? " settled" : "",
                cell->withheld ? " withheld" : "", cell->shown ? " shown" : " hidden");
    }
    fputc('\n', stderr);
}
