#ifndef GIMON_DESK_RECEIPT_H
#define GIMON_DESK_RECEIPT_H

#include "codec/json_writer.h"
#include "core/state.h"

/** What a receipt is made of; everything belongs to the state. */
struct receipt {
    const struct state *state;
    struct slice monitor;
    struct date peildatum;
    struct slice organisation; /**< empty: of the peildatum as a whole */
    const struct event *event; /**< what it is a receipt of */
    bool unchanged;            /**< it was so before the request */
};

/**
 * Appends the receipt as JSON. It depends on the log up to its event and on nothing else, so every
 * instance gives the same bytes at any time; but for one thing: once its free texts have been taken
 * out they are gone, and `geredigeerd` names the record that says so.
 */
void receipt_write(struct text *text, const struct receipt *receipt, struct arena *arena);

/** Puts the members of a receipt into an object that is open. */
void receipt_put(struct json *json, const struct receipt *receipt, struct arena *arena);

/** What became of a delivery, as answers say it: `nieuw`, `gewijzigd`, `ongewijzigd`. */
const char *receipt_outcome_word(enum outcome outcome);

#endif
