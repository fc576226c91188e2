#ifndef GIMON_CORE_CITE_H
#define GIMON_CORE_CITE_H

#include "base/arena.h"
#include "base/text.h"

/** No more bytes than this of anything that a deliverer wrote are quoted back. */
enum { CITE_MOST = 80 };

/**
 * What was written, fit to be quoted in a finding: well-formed UTF-8 whatever the bytes, whole code
 * points, cut with an ellipsis after CITE_MOST bytes, digits that could be a BSN starred out.
 */
struct slice cite_excerpt(struct arena *arena, struct slice written);

/** Appends `/` and the key as RFC 6901 escapes it (`~0`, `~1`), quoted as above. */
void cite_pointer_put(struct text *text, struct slice key);

#endif
