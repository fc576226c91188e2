#ifndef GIMON_BASE_SHARED_H
#define GIMON_BASE_SHARED_H

#include "base/text.h"

/**
 * Bytes that several hold and nobody changes: a rendered page that is kept and is being sent, more
 * than once perhaps. Whoever holds them drops them once; the last one frees them. One thread only.
 */
struct shared;

/** Takes over the text (it is empty afterwards); the caller holds it. */
struct shared *shared_new(struct text *text);

/** Holds it once more. */
struct shared *shared_hold(struct shared *shared);

/** Holds it no longer; NULL is fine. */
void shared_drop(struct shared *shared);

/** The bytes, alive as long as the caller holds them. */
struct slice shared_slice(const struct shared *shared);

#endif
