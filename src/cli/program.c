/* The table of commands. */
#include "cli/program.h"

#include "cli/check.h"
#include "cli/command.h"
#include "cli/export.h"
#include "cli/redact.h"
#include "cli/report.h"
#include "cli/serve.h"
#include "cli/submit.h"
#include "cli/token.h"
#include "cli/verify.h"
#include "cli/version.h"

#include <string.h>

static const struct command COMMANDS[] = {
    {"serve", "run the daemon", cli_serve},
    {"check", "read configuration and definitions, and say what is wrong", cli_check},
    {"submit", "deliver figures", cli_submit},
    {"report", "print a table", cli_report},
    {"export", "print everything there is of a monitor, for another program", cli_export},
    {"token", "make, list and revoke tokens", cli_token},
    {"verify", "hold the log, or a receipt, against the hash chain", cli_verify},
    {"redact", "take the free texts out of one record", cli_redact},
    {"version", "print the version", cli_version},
};

static const struct command_set PROGRAM = {
    .name = "gimon",
    .about = "Monitor daemon for youth protection: takes deliveries, keeps them, computes figures.",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof COMMANDS[0],
};

int program_run(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--version") == 0) return cli_version(1, argv);
    return command_dispatch(&PROGRAM, argc, argv);
}
