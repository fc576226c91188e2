#ifndef GIMON_DESK_ETAG_H
#define GIMON_DESK_ETAG_H

#include "base/arena.h"

/** One entity-tag as it was sent (RFC 9110, section 8.8.3); `opaque` has its quotes. */
struct etag {
    bool weak;
    struct slice opaque;
};

/** The value of If-Match or If-None-Match: `*`, or a list. */
struct etags {
    bool any;
    const struct etag *items;
    size_t count;
};

/** Reads a header's value; false where it is neither `*` nor a list of entity-tags. */
bool etags_parse(struct slice value, struct arena *arena, struct etags *ret_etags)
    __attribute__((warn_unused_result));

/** Whether `opaque` is listed by strong comparison, as If-Match asks: a weak tag never matches. */
bool etags_match_strong(const struct etags *etags, struct slice opaque);

/** Whether `opaque` is meant by weak comparison, as If-None-Match asks; `*` means any. */
bool etags_match_weak(const struct etags *etags, struct slice opaque);

#endif
