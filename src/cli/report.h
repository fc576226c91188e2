#ifndef GIMON_CLI_REPORT_H
#define GIMON_CLI_REPORT_H

/** `gimon report`; argv[0] is the name of the command. Returns the exit code. */
int cli_report(int argc, char **argv);

#endif
