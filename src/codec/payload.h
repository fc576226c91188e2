#ifndef GIMON_CODEC_PAYLOAD_H
#define GIMON_CODEC_PAYLOAD_H

#include "core/state.h"

/**
 * Reads what a record carries: the delivery of an `aanlevering`, the rulebook of a `definitie`, the
 * notice of a `terzijde`, `opmerking` or `heropening`, what a `geredigeerd` took out. Content that
 * cannot be read gives an empty payload: the fold keeps the record in the chain and learns nothing
 * from it.
 */
struct payload payload_read(const struct record *record);

#endif
