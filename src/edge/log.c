#include "edge/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * What an operator reads. A line is formed in one buffer and handed to the kernel in one write, so
 * lines of several threads and processes do not mix. Control characters become blanks: a name or an
 * answer from outside cannot forge a second line. A line that cannot be written is lost; there is
 * nowhere left to say so.
 */

/* Longer lines are cut; facts are short. */
enum { LINE_ROOM = 2048 };

static enum log_level level_most = LOG_LEVEL_INFO;

void log_set_level(enum log_level level)
{
    level_most = level;
}

static const char *word_of(enum log_level level)
{
    switch (level) {
    case LOG_LEVEL_ERROR: return "error: ";
    case LOG_LEVEL_WARNING: return "warning: ";
    case LOG_LEVEL_DEBUG: return "debug: ";
    case LOG_LEVEL_NOTICE:
    case LOG_LEVEL_INFO: break;
    }
    return "";
}

/* systemd sets JOURNAL_STREAM for a service whose standard error goes to its journal. */
static size_t put_prefix(char *line, size_t room, enum log_level level)
{
    const bool journald = getenv("JOURNAL_STREAM") != NULL;
    const int length = journald ? snprintf(line, room, "<%d>", (int)level)
                                : snprintf(line, room, "%s", word_of(level));
    return length > 0 ? (size_t)length : 0;
}

static void write_whole(const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(STDERR_FILENO, bytes, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return;
        }
        bytes += written;
        length -= (size_t)written;
    }
}

__attribute__((format(printf, 2, 0))) static void write_line(enum log_level level,
                                                             const char *format, va_list arguments)
{
    char line[LINE_ROOM];
    const size_t prefix = put_prefix(line, sizeof line, level);
    const int length = vsnprintf(line + prefix, sizeof line - prefix, format, arguments);
    if (length < 0) {
        return;
    }
    size_t end = prefix + (size_t)length;
    end = end < sizeof line - 1 ? end : sizeof line - 1;
    for (size_t i = prefix; i < end; i++) {
        const unsigned char byte = (unsigned char)line[i];
        line[i] = byte < 0x20 || byte == 0x7f ? ' ' : line[i];
    }
    line[end] = '\n';
    write_whole(line, end + 1);
}

void log_line(enum log_level level, const char *format, ...)
{
    if (level > level_most) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    write_line(level, format, arguments);
    va_end(arguments);
}

void log_always(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_line(LOG_LEVEL_NOTICE, format, arguments);
    va_end(arguments);
}
