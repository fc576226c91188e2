#ifndef GIMON_DESK_PRECONDITION_H
#define GIMON_DESK_PRECONDITION_H

#include "core/cell.h"
#include "desk/etag.h"
#include "desk/visit.h"

/** What a client asked of the revision it is about to replace or withdraw. */
struct precondition {
    bool given;      /**< If-Match or If-None-Match stands there */
    bool none;       /**< If-None-Match: *, so nothing may stand */
    struct etags of; /**< If-Match: what must stand */
};

/** Reads the headers; false with findings in the visit where they cannot be read. */
bool precondition_read(struct visit *visit, struct precondition *ret_precondition)
    __attribute__((warn_unused_result));

/** Whether it holds for what stands (NULL: nothing). */
bool precondition_holds(const struct precondition *precondition, const struct revision *standing,
                        struct arena *arena);

/** `verwacht`: the revision that must stand when the record is folded, 0 for none; empty: any. */
struct slice precondition_field(const struct precondition *precondition,
                                const struct revision *standing, struct arena *arena);

/** The ETag of a delivery: `"<revisie>"`. */
struct slice revision_etag(const struct revision *revision, struct arena *arena);

#endif
