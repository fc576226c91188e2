#ifndef GIMON_CLI_TOKEN_AUDIT_H
#define GIMON_CLI_TOKEN_AUDIT_H

#include "base/date.h"

/** Our clock. */
struct moment token_clock(void);

/**
 * Writes the audit line of a change of tokens on standard error: `action` (a literal), the token's
 * name (empty: none that is known), whether it was done, and which user of the system did it. Never
 * the token.
 */
void token_audit(const char *action, struct slice name, bool done);

#endif
