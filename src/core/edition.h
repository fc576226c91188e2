#ifndef GIMON_CORE_EDITION_H
#define GIMON_CORE_EDITION_H

#include "core/fate.h"

/*
 * Editions: moments of the log that were published under a name. An edition is a record and never
 * anything but that record: its name is used once, and what it freezes is everything up to one
 * place on the log, which nothing that comes later can change.
 */

/** One edition. Owned by the state, alive as long as it. */
struct edition {
    struct slice name;
    enum status status;
    struct record_id known;      /**< the newest record that its figures know */
    const struct date *peildata; /**< ascending; none: all that the definitions have at `known` */
    size_t peildatum_count;
    char *words;               /**< what `note` stands in; its own, so that it can be forgotten */
    struct slice note;         /**< empty without */
    struct record_id redacted; /**< the record that took out the note; 0-0: none did */
    struct record_id id;       /**< of its own record */
    struct digest head;        /**< of the chain, its record included */
    struct slice by;
    struct slice sha256; /**< hexadecimal, of its canonical content */
};

/** All editions of a log, in its order. Zero is none. */
struct editions {
    struct edition **items;
    size_t count, room;
};

/** Gives back the list; what an edition has besides its note lives in the arena of its fold. */
void editions_done(struct editions *editions);

/** The edition of that name that there is at `known` (inclusive); NULL if there is none. */
const struct edition *editions_find(const struct editions *editions, struct slice name,
                                    struct record_id known);

/** The newest edition at `known` (inclusive) that covers a peildatum; NULL if there is none. */
const struct edition *editions_covering(const struct editions *editions, struct date peildatum,
                                        struct record_id known);

/** Whether the figures of a peildatum belong to the edition. */
bool edition_covers(const struct edition *edition, struct date peildatum);

/**
 * What becomes of an edition if it is folded next: NOTED, UNCHANGED where `ret_holding` says just
 * the same, LOST where that has the name and says something else. `sha256` is of its content.
 */
enum outcome editions_judge(const struct editions *editions, struct slice name, struct slice sha256,
                            const struct edition **ret_holding);

/**
 * Learns an edition whose place on the log (`known`) holds; copies what it keeps into `arena`.
 * `fate->head` is the head of the chain.
 */
void editions_fold(struct editions *editions, struct arena *arena, const struct record *record,
                   const struct edition *edition, struct fate *fate);

/** The free text of a record was taken out by another: an edition of it has no note any more. */
void editions_redact(struct editions *editions, struct record_id id, struct record_id by);

#endif
