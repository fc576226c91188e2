/*
 * gimon check: reads the configuration and all it points at, as `gimon serve` does, and says
 * everything that is wrong, one line a fault. What it accepts, `serve` starts with.
 */
#include "cli/check.h"

#include "cli/command.h"
#include "edge/load.h"

#include <stdio.h>

static const struct command_option OPTIONS[] = {
    {"config", 'c', "FILE", "the configuration (default: " COMMAND_CONFIG ")"},
};

static const struct command_usage USAGE = {
    .synopsis = "gimon check [OPTION]...",
    .about =
        "Reads the configuration, the definitions, the register and the tokens, and says\n"
        "everything that is wrong, a line each: file:line:column: message.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .after = "Exit code: 0 nothing is wrong, 1 something is, 2 usage.",
};

static void put_count(size_t count, const char *one, const char *many, const char *after)
{
    printf("%zu %s%s", count, count == 1 ? one : many, after);
}

static void print_summary(const struct loaded *loaded)
{
    const struct rulebook *first = loaded->rulebooks[0];
    printf("ok: ");
    put_count(loaded->rulebook_count, "monitor", "monitors", ", ");
    put_count(first->directory.organisation_count, "organisation", "organisations", ", ");
    put_count(first->directory.region_count, "region", "regions", ", ");
    put_count(first->calendar_count, "calendar", "calendars", "\n");
}

static int check(const char *config_file)
{
    struct loaded loaded;
    bool fine = load_all(&loaded, config_file);
    if (fine)
        print_summary(&loaded);
    else
        load_print_faults(&loaded.faults);
    load_done(&loaded);
    return fine ? COMMAND_FINE : COMMAND_REFUSED;
}

int cli_check(int argc, char **argv)
{
    struct command_line line = {.argc = argc, .argv = argv, .usage = &USAGE};
    const char *config_file = COMMAND_CONFIG;
    size_t count;
    while (command_next(&line) != 0)
        config_file = line.value;
    if (line.ended) return line.code;
    char **words = command_words(&line, &count);
    if (count > 0) return command_misuse(&line, "unexpected word: %s", words[0]);
    return check(config_file);
}
