#ifndef GIMON_CLI_VERIFY_RECEIPT_H
#define GIMON_CLI_VERIFY_RECEIPT_H

#include "cli/http_client.h"
#include "cli/receipt_file.h"

/** Asks a daemon whether a receipt's record is on the log unaltered; gives the exit code. */
int verify_receipt_at_daemon(const char *command, struct http_client *client,
                             const struct receipt_file *receipt);

#endif
