#ifndef GIMON_DESK_PAST_H
#define GIMON_DESK_PAST_H

#include "desk/visit.h"

/**
 * Finds out as of when a visit asks (`bekendOp`, `editie`), before its path is looked up: the
 * definitions of then decide what exists. What cannot be right leaves the visit in the present.
 */
void past_find(struct visit *visit);

/** Adds a finding for everything that is wrong with those keys; the peildatum must be known. */
void past_check(struct visit *visit);

#endif
