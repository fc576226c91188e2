/* gimon serve: reads its options and hands over to the daemon. */
#include "cli/serve.h"

#include "cli/command.h"
#include "edge/daemon.h"
#include "edge/log.h"

#include <string.h>

static const struct command_option OPTIONS[] = {
    {"config", 'c', "FILE", "the configuration (default: " COMMAND_CONFIG ")"},
    {"listen", 'l', "ADDRESS", "host:port or unix:/path, instead of `luister:`"},
    {"log-level", 'v', "LEVEL", "error, warning, notice, info (default) or debug"},
};

static const struct command_usage USAGE = {
    .synopsis = "gimon serve [OPTION]...",
    .about =
        "Runs the daemon in the foreground until SIGTERM or SIGINT ends it. SIGHUP reads\n"
        "definitions and tokens anew.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .after = "Exit code: 0 ended by a signal, 1 could not start, 2 usage.",
};

static const struct {
    const char *name;
    enum log_level level;
} LEVELS[] = {
    {"error", LOG_LEVEL_ERROR}, {"warning", LOG_LEVEL_WARNING}, {"notice", LOG_LEVEL_NOTICE},
    {"info", LOG_LEVEL_INFO},   {"debug", LOG_LEVEL_DEBUG},
};

static bool set_level(const char *name)
{
    for (size_t at = 0; at < sizeof LEVELS / sizeof LEVELS[0]; at++) {
        if (strcmp(LEVELS[at].name, name) != 0) continue;
        log_set_level(LEVELS[at].level);
        return true;
    }
    return false;
}

int cli_serve(int argc, char **argv)
{
    struct command_line line = {.argc = argc, .argv = argv, .usage = &USAGE};
    struct daemon_options options = {.config_file = COMMAND_CONFIG};
    size_t count;
    for (int letter; (letter = command_next(&line)) != 0;) {
        if (letter == 'c') options.config_file = line.value;
        if (letter == 'l') options.listen = line.value;
        if (letter == 'v' && !set_level(line.value))
            return command_misuse(&line, "%s is no log level", line.value);
    }
    if (line.ended) return line.code;
    char **words = command_words(&line, &count);
    if (count > 0) return command_misuse(&line, "unexpected word: %s", words[0]);
    return daemon_run(&options);
}
