#ifndef GIMON_CORE_SLATE_H
#define GIMON_CORE_SLATE_H

#include "core/row.h"
#include "core/series.h"

/*
 * Over whom and what a point is taken: the members that a question asks about, and of each member
 * the rows that were delivered for a peildatum.
 */

/** Over whom one line of points is taken: at most one of the two is set; neither: the country. */
struct member {
    const struct organisation *organisation;
    const struct region *region;
};

/** The rows of one member on one peildatum, and how many were expected. */
struct slate {
    const struct row **rows; /**< one an expected organisation; NULL: nothing that counts */
    size_t count;
    bool aside; /**< something stands and is set aside, and nothing counts */
};

/** What slates are made from: the same for all members and peildata of a question. */
struct slate_source {
    const struct state *state;
    const struct rulebook *rulebook; /**< in force at the question's `known` */
    const struct question *question;
    struct arena *arena; /**< where everything made lives */
};

/** All members that the question asks about, in the order of the register. */
struct member *slate_members(const struct slate_source *source, size_t *ret_count);

/** The rows of a member on a peildatum. */
struct slate slate_of(const struct slate_source *source, struct member member,
                      struct date peildatum);

#endif
