#ifndef GIMON_EDGE_LOG_H
#define GIMON_EDGE_LOG_H

/** How bad a line is; the numbers are syslog's, so journald sorts them. */
enum log_level {
    LOG_LEVEL_ERROR = 3,
    LOG_LEVEL_WARNING = 4,
    LOG_LEVEL_NOTICE = 5,
    LOG_LEVEL_INFO = 6,
    LOG_LEVEL_DEBUG = 7
};

/** Lines above this level are dropped; the one global of the program. Default INFO. */
void log_set_level(enum log_level level);

/**
 * One line on standard error: a fact, then `key=value` pairs. Under journald it begins with the
 * level as `<3>`. A warning says what was given up, an error what the operator should do. Never a
 * token, never a payload.
 */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** A line that no level drops: what must be kept for an audit. */
void log_always(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
