#ifndef GIMON_CLI_SUBMIT_H
#define GIMON_CLI_SUBMIT_H

/** `gimon submit`; argv[0] is the name of the command. Returns the exit code. */
int cli_submit(int argc, char **argv);

#endif
