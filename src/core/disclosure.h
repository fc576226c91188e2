#ifndef GIMON_CORE_DISCLOSURE_H
#define GIMON_CORE_DISCLOSURE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The rule of a public table. All but freedom in the smallest unit that is counted. */
struct disclosure_rule {
    int64_t threshold; /**< below this a count is hidden; 10 */
    int64_t base;    /**< what is shown is rounded to a multiple of this, half away from zero; 5 */
    int64_t freedom; /**< so many different values a hidden count must still be able to take; 5 */
    int64_t apart;   /**< values so far apart count as different: 100 where a whole is a hundred of
                        the smallest unit; 0 is 1 */
    int64_t grain;   /**< a reader is taken to know what is shown to a multiple of this: 0 for the
                          base, which is what is shown; 1 for the value behind it */
};

/**
 * A figure that could be published: the sum of some atoms. Atoms are the smallest unknowns (one
 * organisation's one column in one region), whole numbers from 0, numbered from 0.
 */
struct disclosure_cell {
    const unsigned *atoms; /**< ascending, each once */
    size_t atom_count;
    int64_t value; /**< the true sum */
    bool withheld; /**< hidden whatever its size, as its companion is hidden */
    bool settled;  /**< decided before (an earlier edition): `shown` is given, and never changes */
    unsigned rank; /**< where there is a choice, the lowest rank is hidden first; of equal ranks the
                        smallest rounded value, then the first in the list */
    bool shown;    /**< the decision */
};

/**
 * Decides which of the cells that belong together may be shown, so that nothing hidden can be
 * worked out. Cells of earlier editions belong to what the reader knows; an atom that did not
 * change between editions is the same atom. Cells over the same atoms are one number: shown or
 * hidden together, and known to the reader if an earlier edition has shown one of them.
 *
 * The reader is taken to know that shown counts are what they are rounded to and not below the
 * threshold, and which hidden counts are below it and which are not (of withheld ones, nothing).
 * Promised of each hidden cell: among all tables of whole atoms that agree with that, it takes at
 * least `freedom` different values. Two exceptions, both of what cannot be helped, as they are with
 * every unsettled cell hidden:
 * 1. where knowing why cells are hidden rules out too many values (ten columns of 9 make nine rows
 *    of 10), a cell is protected against a reader who sees that they are hidden and not why;
 * 2. where earlier editions leave a cell fewer values than that, it keeps those.
 * Nothing is hidden without need: to show any one more would break the promise. Where the search
 * for tables gives up, all that hangs together with it is hidden.
 *
 * Not promised: that a reader who has this program and tries every table in it learns nothing more.
 * What is hidden beside the small counts depends on them. With a grain of 1 little can be learned
 * that way, and nothing from a list with its total (docs/decisions/0016).
 */
void disclosure_decide(const struct disclosure_rule *rule, size_t atom_count,
                       struct disclosure_cell *cells, size_t cell_count, struct arena *arena);

/** The value as it is shown: the nearest multiple of the rule's base, half away from zero. */
int64_t disclosure_rounded(const struct disclosure_rule *rule, int64_t value);

#endif
