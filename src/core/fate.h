#ifndef GIMON_CORE_FATE_H
#define GIMON_CORE_FATE_H

#include "core/notice.h"
#include "core/redaction.h"
#include "core/rulebook.h"
#include "core/submission.h"

/* What goes into the fold with a record, and what comes out. */

/** What a record says once it is read (codec/payload); at most one is set. */
struct payload {
    struct submission *submission;
    struct rulebook *rulebook;
    struct notice *notice;
    struct redaction *redaction;
};

/** What became of a record. */
enum outcome {
    OUTCOME_NEW,       /**< the first delivery that stands, or the first after a withdrawal */
    OUTCOME_CHANGED,   /**< a later revision */
    OUTCOME_NOTED,     /**< a withdrawal or notice that holds from here on */
    OUTCOME_UNCHANGED, /**< it was so already: nothing new */
    OUTCOME_LOST,      /**< its precondition did not hold: changes nothing */
    OUTCOME_ADOPTED,   /**< a definition that is in force from here on */
    OUTCOME_REDACTED,  /**< the free texts of an earlier record are forgotten */
    OUTCOME_IGNORED,   /**< nothing this version understands; kept in the chain */
};

/** The answer of the fold. */
struct fate {
    enum outcome outcome;
    unsigned revision;      /**< that stands after the record; 0 if none, or it is about none */
    struct record_id about; /**< whose event says what holds: its own, or the one before that had
                                 said so already; zero if there is none */
    bool chain_broken;      /**< it contradicts the log: a record before this was altered */
    struct digest head;     /**< of the chain, this record included */
};

#endif
