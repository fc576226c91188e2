/*
 * Who changed something from this host (BIO2 8.15): the same line as the daemon writes, so that one
 * search finds both.
 */
#include "cli/local_audit.h"

#include "edge/clock.h"
#include "edge/log.h"

#include <pwd.h>
#include <unistd.h>

/* Under sudo that is root, and sudo keeps its own record. */
void local_put_user(struct text *text)
{
    const struct passwd *user = getpwuid(getuid());
    text_printf(text, "%s (uid %ld)", user ? user->pw_name : "?", (long)getuid());
}

void local_audit(struct audit audit)
{
    struct text user = {0}, line = {0};
    local_put_user(&user);
    audit.time = clock_now();
    audit.origin = slice_of("local");
    audit.actor = text_slice(&user);
    audit_put(&line, &audit);
    log_always("%.*s", (int)line.len, line.ptr);
    text_done(&user);
    text_done(&line);
}
