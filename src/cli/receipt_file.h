#ifndef GIMON_CLI_RECEIPT_FILE_H
#define GIMON_CLI_RECEIPT_FILE_H

#include <cjson/cJSON.h>

#include "core/record.h"

/** A receipt as a deliverer kept it; all but what is a value lives in `json`. */
struct receipt_file {
    cJSON *json;
    struct record_id id; /**< kenmerk */
    unsigned revision;
    const char *monitor, *peildatum, *organisation;
    struct digest sha256;
    struct digest head; /**< keten */
};

/** Reads it; false if it is no receipt: a sentence that begins with `command` is on stderr. */
bool receipt_file_read(struct receipt_file *receipt, const char *command, const char *path)
    __attribute__((warn_unused_result));

/** Frees what is in it. */
void receipt_file_done(struct receipt_file *receipt);

#endif
