#ifndef GIMON_CORE_SLATE_H
#define GIMON_CORE_SLATE_H

#include "core/indicator.h"
#include "core/question.h"
#include "core/remainder.h"
#include "core/state.h"

/*
 * Over whom and what a point is taken: the members that a question asks about, and of each member
 * the rows that were delivered for a peildatum.
 */

/** Over whom one line of points is taken: at most one of the three; none: the country. */
struct member {
    const struct organisation *organisation;
    const struct region *region;
    bool remainder; /**< what is attributed to no region */
};

/** The rows of one member on one peildatum: one an organisation that was expected. */
struct slate {
    const struct organisation **organisations;
    const struct row **rows;        /**< NULL: nothing that counts */
    struct regional_rows *regional; /**< of the remainder: to be taken off each row; else NULL */
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

/** The id of the organisation or region; empty for the country. */
struct slice member_id(struct member member);

/** The rows of a member on a peildatum. */
struct slate slate_of(const struct slate_source *source, struct member member,
                      struct date peildatum);

/** What a figure of this version is taken over: a row an organisation, in the slate's order. */
struct sample slate_sample(const struct slate *slate, const struct monitor *monitor,
                           const struct version *version, struct arena *arena);

#endif
