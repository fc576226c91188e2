#ifndef GIMON_DESK_READING_H
#define GIMON_DESK_READING_H

#include "desk/visit.h"

/**
 * Whether the visitor may see the figures that are asked. National ones are for whoever came this
 * far, and so is whatever is shown of an edition; a GI sees its own organisations, and those are
 * all that it means when it names none. Bounds (indicator_is_bound) are for who sees everybody's
 * figures.
 */
bool reading_may_see(struct visit *visit);

/** Whether others would get another answer to the same question, or none. */
bool reading_is_personal(const struct visit *visit);

/** The verdict that says no to the others. */
struct verdict reading_refuse(const struct visit *visit);

#endif
