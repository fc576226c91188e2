#ifndef GIMON_CORE_RULEBOOK_H
#define GIMON_CORE_RULEBOOK_H

#include "base/arena.h"
#include "core/definition.h"
#include "core/directory.h"
#include "core/publication.h"

/**
 * Everything figures of one monitor are computed by, and held against: its definition, the
 * register, the calendars and what was published, as one immutable value. It is what a `definitie`
 * record on the log carries.
 */
struct rulebook {
    struct arena arena;
    struct monitor monitor;
    struct directory directory;
    const struct calendar *calendars;
    size_t calendar_count;
    const struct publication *publications; /**< ascending by id */
    size_t publication_count;
    struct slice canonical; /**< the text that the log keeps; the same text, the same rulebook */
};

/** An empty rulebook on the heap. */
struct rulebook *rulebook_new(void);

/** Frees it and everything in it; NULL is fine. */
void rulebook_free(struct rulebook *rulebook);

/** How many organisations are expected to deliver on a peildatum. */
unsigned rulebook_expected(const struct rulebook *rulebook, struct date peildatum);

#endif
