#ifndef GIMON_EDGE_REDIS_COMMAND_H
#define GIMON_EDGE_REDIS_COMMAND_H

#include "base/slice.h"

/** The words of one Redis command, binary-safe, borrowed until it is sent. Zero is empty. */
struct command {
    const char **words;
    size_t *lengths;
    size_t count, room;
};

/** Starts a new command; the room of the one before is kept. */
void command_begin(struct command *command, const char *name);

/** Adds a word. */
void command_add(struct command *command, struct slice word);
void command_add_text(struct command *command, const char *word);

/** Frees the room. */
void command_done(struct command *command);

#endif
