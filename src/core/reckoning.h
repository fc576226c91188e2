#ifndef GIMON_CORE_RECKONING_H
#define GIMON_CORE_RECKONING_H

#include "core/change.h"
#include "core/slate.h"

/** One figure: what is asked of, on which peildatum, over whom. */
struct reckoning {
    const struct rulebook *rulebook;
    const struct subject *subject;
    const struct peildatum *peildatum;
    const struct slate *slate;
    unsigned version; /**< asked for on every peildatum; 0: the one in force there */
};

/**
 * Computes a figure by the version asked for, else in force on its peildatum. The point has
 * everything but its place: level, organisation and region stay empty. Scratch work lives in the
 * arena.
 */
struct point reckoning_point(const struct reckoning *reckoning, struct arena *arena);

/**
 * The change from one peildatum to another over the organisations that are in the figure on both.
 * Where the version differs between them there is none: andere-definitie.
 */
struct change reckoning_change(const struct reckoning *previous, const struct reckoning *now,
                               struct arena *arena);

#endif
