#ifndef GIMON_CODEC_FAULT_TEXT_H
#define GIMON_CODEC_FAULT_TEXT_H

#include "base/fault.h"

/** Words that may stand somewhere; they need not be unique or sorted. */
struct words {
    const struct slice *items;
    size_t count;
};

/**
 * What somebody wrote, in double quotes and on one line, for a message: cut after 60 bytes, line
 * ends shown as blanks. Lives in the faults' arena.
 */
const char *fault_quote(struct faults *faults, struct slice written);

/** The words with commas between them; of many the first ones, and how many there are. */
const char *fault_list(struct faults *faults, struct words words);

/**
 * Adds that `word` is no `what` that is known here: the nearest known word where one is near, and
 * what is allowed.
 */
void fault_unknown(struct faults *faults, struct place place, const char *what, struct slice word,
                   struct words known);

/**
 * Puts the faults from the `from`-th on in the order of their lines, files by name, and drops those
 * that say the same of the same place.
 */
void faults_order(struct faults *faults, size_t from);

#endif
