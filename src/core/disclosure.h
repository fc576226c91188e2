#ifndef GIMON_CORE_DISCLOSURE_H
#define GIMON_CORE_DISCLOSURE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The rule of a public table. All in whole counts, all at least 1. */
struct disclosure_rule {
    int64_t threshold; /**< below this a count is hidden; 10 */
    int64_t base;    /**< what is shown is rounded to a multiple of this, half away from zero; 5 */
    int64_t freedom; /**< so many different values a hidden count must still be able to take; 5 */
};

/**
 * A figure that could be published: the sum of some atoms. Atoms are the smallest unknowns (one
 * organisation's one column in one region), whole numbers from 0, numbered from 0.
 */
struct disclosure_cell {
    const unsigned *atoms; /**< ascending, each once */
    size_t atom_count;
    int64_t value; /**< the true sum */
    bool withheld; /**< hidden whatever it is, as its companion is hidden; says nothing of its size
                    */
    bool settled;  /**< decided before (an earlier edition): `shown` is given, and never changes */
    unsigned rank; /**< where there is a choice, the lowest rank is hidden first; of equal ranks the
                        smallest rounded value, then the first in the list */
    bool shown;    /**< the decision */
};

/**
 * Decides which of the cells that belong together may be shown, so that nothing hidden can be
 * worked out from what is shown. Cells of earlier editions belong to what the reader knows; an
 * atom that did not change between editions is the same atom.
 */
void disclosure_decide(const struct disclosure_rule *rule, size_t atom_count,
                       struct disclosure_cell *cells, size_t cell_count, struct arena *arena);

/** The value as it is shown: the nearest multiple of the rule's base, half away from zero. */
int64_t disclosure_rounded(const struct disclosure_rule *rule, int64_t value);

#endif
