#ifndef GIMON_CLI_REDACT_H
#define GIMON_CLI_REDACT_H

/** gimon redact; gives the exit code. */
int cli_redact(int argc, char **argv);

#endif
