#ifndef GIMON_DESK_RECEIPT_H
#define GIMON_DESK_RECEIPT_H

#include "base/text.h"
#include "core/state.h"

/** What a receipt is made of; everything belongs to the state. */
struct receipt {
    const struct state *state;
    struct slice monitor;
    struct date peildatum;
    struct slice organisation;
    const struct revision *revision; /**< the one that stands after the request */
    const struct revision *before;   /**< the one it replaced; NULL if it replaced none */
    enum outcome outcome;            /**< OUTCOME_NEW, _CHANGED or _UNCHANGED */
};

/**
 * Appends the receipt as JSON (api.md section 3). It depends on the log up to its revision and on
 * nothing else, so every instance gives the same bytes at any time.
 */
void receipt_write(struct text *text, const struct receipt *receipt, struct arena *arena);

#endif
