#ifndef GIMON_CLI_ANSWER_PRINT_H
#define GIMON_CLI_ANSWER_PRINT_H

#include "cli/http_client.h"

#include <stdio.h>

/**
 * What a 2xx answer to a delivery says, for people: `what: nieuw (revision 1)`, then a line for
 * each finding.
 */
void answer_print_receipt(FILE *out, const char *what, const struct http_answer *answer);

/** Why it was not done: one line that begins with `what`, then a line for each finding. */
void answer_print_refusal(FILE *out, const char *what, const struct http_answer *answer);

#endif
