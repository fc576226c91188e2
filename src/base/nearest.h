#ifndef GIMON_BASE_NEAREST_H
#define GIMON_BASE_NEAREST_H

#include "base/slice.h"

/**
 * The candidate that is the fewest edits (insert, delete, replace, swap of neighbours) away from
 * `word`, the first of equals; NULL if the best is more than a third of the longer word away.
 */
const struct slice *nearest_word(struct slice word, const struct slice *candidates, size_t count);

#endif
