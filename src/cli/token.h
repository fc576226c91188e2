#ifndef GIMON_CLI_TOKEN_H
#define GIMON_CLI_TOKEN_H

/** `gimon token`; argv[0] is the name of the command. Returns the exit code. */
int cli_token(int argc, char **argv);

#endif
