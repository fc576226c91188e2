#ifndef GIMON_TESTS_DISCLOSURE_WORLD_H
#define GIMON_TESTS_DISCLOSURE_WORLD_H

#include "core/disclosure.h"

enum {
    ATOMS_MOST = 32,
    CELLS_MOST = 80,
    UNKNOWNS_MOST = ATOMS_MOST + CELLS_MOST,
    EQUATIONS_MOST = 400
};

/** One unknown is the sum of others. Unknowns are the atoms, and after those the cells. */
struct equation {
    unsigned char whole, parts[ATOMS_MOST], part_count;
};

/** A small problem with the truth behind it, and a reader who tries every whole table. */
struct world {
    struct disclosure_rule rule;
    int64_t atoms[ATOMS_MOST];
    size_t atom_count;
    unsigned members[CELLS_MOST][ATOMS_MOST];
    struct disclosure_cell cells[CELLS_MOST];
    size_t cell_count;
    struct equation equations[EQUATIONS_MOST]; /**< made by world_decide */
    size_t equation_count;
};

/** How much the reader knows of hidden cells: why each is hidden, or nothing. */
enum reader { CAREFUL, PLAIN };

/** A generator of its own, so that every run is the same run. */
unsigned world_random(unsigned *seed, unsigned below);

/** An atom more; its number. */
unsigned world_atom(struct world *world, int64_t value);

/** A cell more: the sum of the atoms of a bit mask. A mask without atoms is no cell: NULL. */
struct disclosure_cell *world_cell(struct world *world, uint32_t mask);

/** The mask of a cell. */
uint32_t world_mask(const struct disclosure_cell *cell);

/** disclosure_decide with an arena of its own. */
void world_decide(struct world *world);

/** Everything decided becomes what an earlier edition decided. */
void world_settle(struct world *world);

/**
 * How many values whole tables that agree with what the reader knows give a cell; at most the
 * rule's freedom, counted near the truth. A value for which the search gives up is not counted.
 */
int64_t world_values(const struct world *world, size_t cell, enum reader reader);

/** Hides every cell that may be hidden. */
void world_hide_all(struct world *world);

/** Checks all that is promised of decided cells. False with a line on stderr where it fails. */
bool world_holds(const struct world *world);

/** Writes the world down, for who must look into a failure. */
void world_print(const struct world *world);

#endif
