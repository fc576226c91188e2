/*
 * Who made or took away a token on this host (BIO2 8.15): the same line as the daemon writes, so
 * that one search finds both.
 */
#include "cli/token_audit.h"

#include "desk/audit.h"
#include "edge/log.h"

#include <pwd.h>
#include <time.h>
#include <unistd.h>

struct moment token_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (struct moment){.ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000};
}

/** The user who runs the command; under sudo that is root, and sudo keeps its own record. */
static void put_user(struct text *text)
{
    const struct passwd *user = getpwuid(getuid());
    text_printf(text, "%s (uid %ld)", user ? user->pw_name : "?", (long)getuid());
}

void token_audit(const char *action, struct slice name, bool done)
{
    struct text user = {0}, object = {0}, line = {0};
    put_user(&user);
    text_puts(&object, name.len > 0 ? "token " : "token");
    text_put(&object, name);
    audit_put(&line, &(struct audit){.time = token_clock(),
                                     .action = action,
                                     .object = text_slice(&object),
                                     .result = done ? AUDIT_ACCEPTED : AUDIT_REFUSED,
                                     .origin = slice_of("local"),
                                     .actor = text_slice(&user)});
    log_always("%.*s", (int)line.len, line.ptr);
    text_done(&user);
    text_done(&object);
    text_done(&line);
}
