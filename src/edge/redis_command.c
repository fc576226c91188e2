/* A command grows word by word in room that is used again; nothing is copied. */
#include "edge/redis_command.h"

#include "base/memory.h"

void command_begin(struct command *command, const char *name)
{
    command->count = 0;
    command_add_text(command, name);
}

void command_add(struct command *command, struct slice word)
{
    size_t room = command->room;
    command->words = memory_room(command->words, command->count, &room, sizeof *command->words);
    room = command->room;
    command->lengths =
        memory_room(command->lengths, command->count, &room, sizeof *command->lengths);
    command->room = room;
    command->words[command->count] = word.ptr != NULL ? word.ptr : "";
    command->lengths[command->count] = word.len;
    command->count++;
}

void command_add_text(struct command *command, const char *word)
{
    command_add(command, slice_of(word));
}

void command_done(struct command *command)
{
    memory_free(command->words);
    memory_free(command->lengths);
    *command = (struct command){0};
}
