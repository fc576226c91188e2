#ifndef GIMON_CLI_VERIFY_LOG_H
#define GIMON_CLI_VERIFY_LOG_H

#include "cli/receipt_file.h"

/** Verifies the log of every monitor of a configuration, or of one; gives the exit code. */
int verify_logs(const char *command, const char *config_file, const char *monitor);

/** Looks in Redis whether a receipt's record is on the log unaltered; gives the exit code. */
int verify_receipt_in_log(const char *command, const char *config_file,
                          const struct receipt_file *receipt);

#endif
