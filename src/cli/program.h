#ifndef GIMON_CLI_PROGRAM_H
#define GIMON_CLI_PROGRAM_H

/** The whole program; gives the exit code. */
int program_run(int argc, char **argv);

#endif
