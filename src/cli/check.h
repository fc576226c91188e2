#ifndef GIMON_CLI_CHECK_H
#define GIMON_CLI_CHECK_H

/** `gimon check`; argv[0] is the name of the command. Returns the exit code. */
int cli_check(int argc, char **argv);

#endif
