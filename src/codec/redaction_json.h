#ifndef GIMON_CODEC_REDACTION_JSON_H
#define GIMON_CODEC_REDACTION_JSON_H

#include "core/redaction.h"

/** Appends the `inhoud` of a `geredigeerd` record: canonical JSON. */
void redaction_json_write(struct text *text, const struct redaction *redaction,
                          struct slice reason);

/** Reads it; NULL if it says no such thing. The caller frees it with memory_free. */
struct redaction *redaction_json_read(struct slice content);

#endif
