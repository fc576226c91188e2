#ifndef GIMON_CLI_ANSWER_PRINT_H
#define GIMON_CLI_ANSWER_PRINT_H

#include "cli/http_client.h"

#include <stdio.h>

/**
 * What a 2xx answer to a delivery says, for people: `what: nieuw (revision 1)`, then a line for
 * each finding.
 */
void answer_print_receipt(FILE *out, const char *what, const struct http_answer *answer);

/** Whether a 200 to a try-out says that the delivery would be accepted. */
bool answer_is_acceptable(const struct http_answer *answer);

/** What a 200 to a try-out says, for people; findings as above, and what would change. */
void answer_print_trial(FILE *out, const char *what, const struct http_answer *answer);

/** Why it was not done: one line that begins with `what`, then a line for each finding. */
void answer_print_refusal(FILE *out, const char *what, const struct http_answer *answer);

/**
 * The answer as it came, on one line. Where it is no JSON (nobody answered, or somebody else did):
 * an object with `status`, `title` and `detail` in its place, so that each file has its line.
 */
void answer_print_json(FILE *out, const struct http_answer *answer);

#endif
