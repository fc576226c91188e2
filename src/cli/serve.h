#ifndef GIMON_CLI_SERVE_H
#define GIMON_CLI_SERVE_H

/** `gimon serve`; argv[0] is the name of the command. Returns the exit code. */
int cli_serve(int argc, char **argv);

#endif
