#ifndef GIMON_EDGE_ENTRY_H
#define GIMON_EDGE_ENTRY_H

#include <hiredis/hiredis.h>

#include "core/record.h"

/** Entries of a stream as Redis answers them: id, then names and values in turn. */

/**
 * Reads an entry: fields by name, whatever their order; copies nothing, the record points into the
 * reply. False for what can be no entry. `ret_well_formed`, if not NULL: it has the fields of
 * format 1, each once, in their order, and at most `geredigeerd` behind them.
 */
bool entry_read(const redisReply *entry, struct record *ret_record, bool *ret_well_formed)
    __attribute__((warn_unused_result));

/** The id of an entry. */
bool entry_read_id(const redisReply *entry, struct record_id *ret_id)
    __attribute__((warn_unused_result));

/** The last id in the answer to `XREVRANGE key + - COUNT 1`, zero for an empty log. */
bool entries_read_last(const redisReply *reply, struct record_id *ret_id)
    __attribute__((warn_unused_result));

#endif
