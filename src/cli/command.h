#ifndef GIMON_CLI_COMMAND_H
#define GIMON_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

/** What a command ends with: the exit code, as gimon(1) lists them. */
enum command_exit {
    COMMAND_FINE = 0,
    COMMAND_REFUSED = 1, /**< refused, or found wrong */
    COMMAND_USAGE = 2,
    COMMAND_UNREACHABLE = 3,
};

/** The configuration where none is named. */
#define COMMAND_CONFIG "/etc/gimon/gimon.yaml"

/** The daemon that is asked where no --url and no GIMON_URL names one. */
#define COMMAND_URL "http://127.0.0.1:8080"

/** What GIMON_URL says, or COMMAND_URL. */
const char *command_default_url(void);

/** An option: `--name`, or `-l` where `letter` is one; with an argument where that has a name. */
struct command_option {
    const char *name;
    int letter;           /**< what command_next gives; over 255: there is no short form */
    const char *argument; /**< as the help calls it, or NULL */
    const char *help;
};

/** What the help of a command says, around its table of options. */
struct command_usage {
    const char *synopsis; /**< `gimon serve [OPTION]...` */
    const char *about;    /**< sentences, lines broken */
    const struct command_option *options;
    size_t option_count;
    const char *after; /**< or NULL */
};

/** A command line that is being read; begin with these three set and the rest zero. */
struct command_line {
    int argc;
    char **argv;
    const struct command_usage *usage;
    const char *value; /**< the argument of the option just given */
    bool ended;        /**< help was asked for or the line is wrong: end with `code` */
    int code;
};

/**
 * The letter of the next option, or 0 when there are no more or the line has `ended`. --help prints
 * the help; what is no option is said on standard error.
 */
int command_next(struct command_line *line);

/** After the options: the rest of the words; `ret_count` may be 0. */
char **command_words(const struct command_line *line, size_t *ret_count);

/** Says what is wrong with the line on standard error and how to get help; gives COMMAND_USAGE. */
int command_misuse(const struct command_line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** A subcommand. */
struct command {
    const char *name;
    const char *summary;
    int (*run)(int argc, char **argv);
};

/** Commands under one name. */
struct command_set {
    const char *name; /**< `gimon` or `gimon token` */
    const char *about;
    const struct command *commands;
    size_t count;
};

/** Runs the command that argv[1] names, or prints the help of the set; gives the exit code. */
int command_dispatch(const struct command_set *set, int argc, char **argv);

#endif
