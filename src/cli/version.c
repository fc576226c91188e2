/* gimon version: one line, for people and scripts. */
#include "cli/version.h"

#include "cli/command.h"

#include <stdio.h>

static const struct command_usage USAGE = {
    .synopsis = "gimon version",
    .about = "Prints the name and the version.",
};

int cli_version(int argc, char **argv)
{
    struct command_line line = {.argc = argc, .argv = argv, .usage = &USAGE};
    size_t count;
    command_next(&line);
    if (line.ended) return line.code;
    command_words(&line, &count);
    if (count > 0) return command_misuse(&line, "there is nothing to name");
    printf("gimon %s\n", GIMON_VERSION);
    return COMMAND_FINE;
}
