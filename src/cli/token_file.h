#ifndef GIMON_CLI_TOKEN_FILE_H
#define GIMON_CLI_TOKEN_FILE_H

#include "core/access.h"

/** toegang.yaml while it is being changed: nobody else changes it meanwhile. */
struct token_file {
    const char *path;
    int lock; /**< on the folder it lies in */
    struct access *access;
};

/** Locks and reads it; false and a sentence on standard error if that fails. */
bool token_file_open(struct token_file *file, const char *path) __attribute__((warn_unused_result));

/**
 * Writes `access` in its place in one step (a new file, then a rename), with the owner and mode of
 * before; a new one is for the owner and group of its folder, 0640. False and a sentence on
 * standard error if that fails: then the old one stands.
 */
bool token_file_replace(const struct token_file *file, const struct access *access)
    __attribute__((warn_unused_result));

/** Unlocks and frees. */
void token_file_close(struct token_file *file);

#endif
