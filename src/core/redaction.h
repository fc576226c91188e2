#ifndef GIMON_CORE_REDACTION_H
#define GIMON_CORE_REDACTION_H

#include "core/record.h"

/** What a `geredigeerd` record says (docs/log.md). */
struct redaction {
    struct record_id target; /**< the record whose free texts were taken out */
    struct digest was;       /**< record_digest of it, before and ever after */
    struct digest rest;      /**< record_fields_digest of what was left of it */
};

/** Whether records of this kind have free texts that can be taken out. */
bool redaction_is_possible(enum record_kind kind);

/**
 * Appends what remains of `inhoud` without its free texts. A delivery loses `toelichtingen` and is
 * then the canonical form of what remains; other kinds keep their members and lose the words.
 * Content that cannot be taken apart loses everything.
 */
void redaction_put_content(struct text *text, enum record_kind kind, struct slice content);

/** Appends what remains of `bevindingen`: each `toelichting` is empty from then on. */
void redaction_put_findings(struct text *text, struct slice findings);

/** Hears of a JSON text as it is written, quotes included. */
typedef void redaction_word(void *self, struct slice word);

/** Tells of each text, not a key, that stands in `content` and no longer in what `rest` is of it.
 */
void redaction_each_word(struct slice content, struct slice rest, redaction_word *tell, void *self);

#endif
