#ifndef GIMON_CLI_DELIVERY_FILE_H
#define GIMON_CLI_DELIVERY_FILE_H

#include "base/text.h"

/** One file (`-` is standard input), where it goes and what it holds. All is borrowed. */
struct delivery_file {
    const char *name;
    struct slice monitor, peildatum, organisation;
    const char *format; /**< `json`, `csv`, or NULL: as the name ends */
};

/**
 * Fills in from the path what is still empty: `MONITOR/PEILDATUM/ORGANISATIE.json`. False where
 * something stays empty or the peildatum is no date.
 */
bool delivery_file_locate(struct delivery_file *file) __attribute__((warn_unused_result));

/** Appends the path of its resource; `below` is `_controleer`, or NULL. */
void delivery_file_put_path(struct text *path, const struct delivery_file *file, const char *below);

/** The media type it is sent as: JSON unless it is CSV. */
const char *delivery_file_type(const struct delivery_file *file);

/** Reads all of it; false and errno if that fails. */
bool delivery_file_read(const struct delivery_file *file, struct text *ret_body)
    __attribute__((warn_unused_result));

#endif
