#ifndef GIMON_CORE_CHAIN_H
#define GIMON_CORE_CHAIN_H

#include "core/record.h"
#include "core/redaction.h"

/*
 * The hash chain over one log, record by record: where it stood after each, and which redacted
 * records still wait for the `geredigeerd` record that vouches for them. What every reader of a log
 * keeps, whether it folds or verifies.
 */

/** Where the chain stood after a record. */
struct chain_link {
    struct record_id id;
    struct digest head;
};

/** A record that stands without its free texts, by the digest that it had with them. */
struct chain_stand_in {
    struct record_id id;
    struct digest was;
    struct digest rest; /**< of the fields that stand there now */
};

/** Zero-initialised is the chain of an empty log. */
struct chain {
    struct chain_link *links; /**< ascending by id */
    size_t count, room;
    struct chain_stand_in *stand_ins; /**< nobody vouches for these yet */
    size_t stand_in_count, stand_in_room;
};

/** What a `geredigeerd` record comes to, held against the log before it. */
enum chain_vouch {
    VOUCH_GOOD,      /**< the record it names stands as it says */
    VOUCH_UNTOUCHED, /**< the record it names still had its texts when it was read */
    VOUCH_UNKNOWN,   /**< there is no record of that id and digest */
    VOUCH_ALTERED,   /**< what remains of the record is not what was left of it */
};

/** Gives back its memory; the chain is that of an empty log. */
void chain_done(struct chain *chain);

/** The next record; the head that includes it. A stand-in waits from here on to be vouched for. */
struct digest chain_take(struct chain *chain, const struct record *record);

/** The newest record, zero for none, and the head there; and the head before that record. */
struct record_id chain_last(const struct chain *chain);
struct digest chain_head(const struct chain *chain);
struct digest chain_head_before(const struct chain *chain);

/** The newest record at `known` (inclusive), zero for none; `ret_head`, if not NULL, the head
 * there. */
struct record_id chain_last_at(const struct chain *chain, struct record_id known,
                               struct digest *ret_head);

/** The position of a record, or `count` if it is not there. */
size_t chain_find(const struct chain *chain, struct record_id id);

/** Whether the chain had that head at that record; at 0-0 it is 32 zero bytes. */
bool chain_agrees(const struct chain *chain, struct record_id id, const struct digest *head);

/** A `geredigeerd` record vouches for another, which then no longer waits. */
enum chain_vouch chain_vouch(struct chain *chain, const struct redaction *redaction);

#endif
