#ifndef GIMON_CLI_VERIFY_H
#define GIMON_CLI_VERIFY_H

/** gimon verify; gives the exit code. */
int cli_verify(int argc, char **argv);

#endif
