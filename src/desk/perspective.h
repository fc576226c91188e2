#ifndef GIMON_DESK_PERSPECTIVE_H
#define GIMON_DESK_PERSPECTIVE_H

#include "desk/visit.h"

/** Reads `definitie` and `als` into the question of the visit, whose level and subjects are known.
 */
void perspective_ask(struct visit *visit);

/** Adds a finding for each organisation asked for that has no line of its own today. */
void perspective_check(struct visit *visit);

#endif
