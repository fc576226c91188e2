#ifndef GIMON_CLI_LOCAL_AUDIT_H
#define GIMON_CLI_LOCAL_AUDIT_H

#include "desk/audit.h"

/** Appends which user of this system runs the command. */
void local_put_user(struct text *text);

/**
 * Writes the audit line of a change that a command made, or tried to make, on standard error. Time,
 * origin and actor are filled in here.
 */
void local_audit(struct audit audit);

#endif
