#ifndef GIMON_DESK_DELIVERY_BODY_H
#define GIMON_DESK_DELIVERY_BODY_H

#include "core/submission.h"
#include "desk/visit.h"

/**
 * Reads the body of a visit as a delivery, in the form its Content-Type names; all that is wrong
 * with it is added to the visit's findings. NULL where nothing can be made of it. The caller frees.
 */
struct submission *delivery_body_read(struct visit *visit);

/**
 * The body of an answer that shows a delivery in the form the client asked for: as JSON its
 * canonical content, as CSV with a name to save it under.
 */
void delivery_body_show(const struct visit *visit, const struct revision *revision,
                        struct reply *reply);

/** Adds the header that tells a browser to save a CSV file under this name. */
void delivery_body_name(struct reply *reply, struct slice name, struct arena *arena);

#endif
