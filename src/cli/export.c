/* The table of exports. */
#include "cli/export.h"

#include "cli/command.h"
#include "cli/export_csv.h"
#include "cli/export_openmetrics.h"

int cli_export(int argc, char **argv)
{
    static const struct command COMMANDS[] = {
        {"openmetrics", "the figures, to back-fill a Prometheus", cli_export_openmetrics},
        {"csv", "everything delivered, all revisions", cli_export_csv},
    };
    static const struct command_set SET = {
        .name = "gimon export",
        .about = "Prints what a daemon holds of one monitor, for another program.",
        .commands = COMMANDS,
        .count = sizeof COMMANDS / sizeof COMMANDS[0],
    };
    return command_dispatch(&SET, argc, argv);
}
