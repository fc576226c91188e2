/*
 * One way to read a command line: tables of commands and of options. Happy path: the first word
 * names a command, which reads its options and runs. A wrong line is one sentence on standard error
 * and exit code 2; --help is on standard output and exit code 0, everywhere.
 */
#include "cli/command.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTIONS_MOST = 16, COLUMN = 26, NAME_ROOM = 64 };

const char *command_default_url(void)
{
    const char *url = getenv("GIMON_URL");
    return url ? url : COMMAND_URL;
}

static void print_option(const struct command_option *option)
{
    char left[NAME_ROOM];
    snprintf(left, sizeof left, "--%s%s%s", option->name, option->argument ? " " : "",
             option->argument ? option->argument : "");
    if (option->letter < 256)
        printf("  -%c, %-*s%s\n", option->letter, COLUMN, left, option->help);
    else
        printf("      %-*s%s\n", COLUMN, left, option->help);
}

static void print_help(const struct command_usage *usage)
{
    static const struct command_option help = {"help", 'h', NULL, "this text"};
    printf("Usage: %s\n\n%s\n\n", usage->synopsis, usage->about);
    for (size_t at = 0; at < usage->option_count; at++)
        print_option(&usage->options[at]);
    print_option(&help);
    if (usage->after) printf("\n%s\n", usage->after);
}

/** The tables that getopt_long wants, from ours. */
static void make_tables(const struct command_usage *usage, struct option *long_options,
                        char *short_options)
{
    *short_options++ = ':'; /* we say ourselves what is missing */
    for (size_t at = 0; at < usage->option_count; at++) {
        const struct command_option *option = &usage->options[at];
        int has_argument = option->argument ? required_argument : no_argument;
        *long_options++ = (struct option){option->name, has_argument, NULL, option->letter};
        if (option->letter >= 256) continue;
        *short_options++ = (char)option->letter;
        if (option->argument) *short_options++ = ':';
    }
    *long_options++ = (struct option){"help", no_argument, NULL, 'h'};
    *long_options = (struct option){0};
    strcpy(short_options, "h");
}

static int end(struct command_line *line, int code)
{
    line->ended = true;
    line->code = code;
    return 0;
}

int command_next(struct command_line *line)
{
    struct option long_options[OPTIONS_MOST + 2];
    char short_options[2 * OPTIONS_MOST + 3];
    make_tables(line->usage, long_options, short_options);
    opterr = 0;
    int letter = getopt_long(line->argc, line->argv, short_options, long_options, NULL);
    line->value = optarg;
    if (letter == -1) return 0;
    if (letter == 'h') {
        print_help(line->usage);
        return end(line, COMMAND_FINE);
    }
    const char *word = line->argv[optind - 1];
    if (letter == ':') return end(line, command_misuse(line, "%s needs an argument", word));
    if (letter == '?') return end(line, command_misuse(line, "%s is no option here", word));
    return letter;
}

char **command_words(const struct command_line *line, size_t *ret_count)
{
    *ret_count = (size_t)(line->argc - optind);
    return line->argv + optind;
}

int command_misuse(const struct command_line *line, const char *format, ...)
{
    va_list arguments;
    fprintf(stderr, "%s: ", line->argv[0]);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\nTry '%s --help'.\n", line->argv[0]);
    return COMMAND_USAGE;
}

static void print_set(const struct command_set *set, FILE *out)
{
    fprintf(out, "Usage: %s COMMAND [OPTION]...\n\n%s\n\n", set->name, set->about);
    for (size_t at = 0; at < set->count; at++)
        fprintf(out, "  %-10s%s\n", set->commands[at].name, set->commands[at].summary);
    fprintf(out, "\n'%s COMMAND --help' tells more.\n", set->name);
}

static const struct command *find_command(const struct command_set *set, const char *name)
{
    for (size_t at = 0; at < set->count; at++)
        if (strcmp(set->commands[at].name, name) == 0) return &set->commands[at];
    return NULL;
}

int command_dispatch(const struct command_set *set, int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "";
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        print_set(set, stdout);
        return COMMAND_FINE;
    }
    const struct command *command = find_command(set, word);
    if (!command) {
        if (argc > 1) fprintf(stderr, "%s: %s is no command\n", set->name, word);
        print_set(set, stderr);
        return COMMAND_USAGE;
    }
    /* Messages begin with the whole name of the command. */
    char name[NAME_ROOM];
    snprintf(name, sizeof name, "%s %s", set->name, command->name);
    argv[1] = name;
    return command->run(argc - 1, argv + 1);
}
