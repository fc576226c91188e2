#ifndef GIMON_EDGE_DAEMON_H
#define GIMON_EDGE_DAEMON_H

/** What the command line says; the rest stands in the configuration. */
struct daemon_options {
    const char *config_file;
    const char *listen; /**< instead of `luister:`; NULL: what the file says */
};

/**
 * Serves until SIGTERM or SIGINT has ended it cleanly: 0. What keeps it from starting is said on
 * standard error: 1. SIGHUP reads definitions and tokens anew; a second SIGTERM ends at once.
 */
int daemon_run(const struct daemon_options *options);

#endif
