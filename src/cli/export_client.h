#ifndef GIMON_CLI_EXPORT_CLIENT_H
#define GIMON_CLI_EXPORT_CLIENT_H

#include "base/arena.h"
#include "cli/command.h"
#include "cli/http_client.h"

/** One export that is going on: what it asks, of whom, and what it has so far. */
struct export
{
    const char *command; /**< as messages begin: `gimon export csv` */
    const char *monitor;
    struct http_client *client;
    struct arena arena; /**< for everything that is read */
    struct text out;    /**< goes to standard output whole, or not at all */
    int code;           /**< what the command ends with, so far */
};

/** Fills `out`; false where it cannot, said on standard error and with `code` set. */
typedef bool (*export_run)(struct export *export);

/** The gist of a subcommand: its help, and what it does. Options are the same for all of them. */
struct export_kind {
    const char *synopsis, *about;
    export_run run;
};

/** Reads the options, runs, and prints what came of it; gives the exit code. */
int export_command(int argc, char **argv, const struct export_kind *kind);

/** Asks for what lies below the monitor, such as `/reeksen`; the caller frees the answer. */
struct http_answer export_ask(struct export *export, struct slice below, const char *accept);

/** Whether it is a 200; if not that is said on standard error, and `code` is set. */
bool export_accepts(struct export *export, const struct http_answer *answer)
    __attribute__((warn_unused_result));

/** Both, with the body in the arena; false where it is no 200. */
bool export_read(struct export *export, struct slice below, const char *accept,
                 struct slice *ret_body) __attribute__((warn_unused_result));

/** Says that an answer is not what the contract says, and sets `code`; false, for the caller. */
bool export_misunderstands(struct export *export, struct slice below);

#endif
