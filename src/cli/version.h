#ifndef GIMON_CLI_VERSION_H
#define GIMON_CLI_VERSION_H

/** `gimon version`; argv[0] is the name of the command. Returns the exit code. */
int cli_version(int argc, char **argv);

#endif
