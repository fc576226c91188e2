#ifndef GIMON_CODEC_SUBMISSION_SCHEMA_H
#define GIMON_CODEC_SUBMISSION_SCHEMA_H

#include "base/text.h"
#include "core/rulebook.h"

/**
 * Appends the JSON Schema (draft 2020-12) of a delivery in JSON, made from the definition: what it
 * accepts, core/check may still refuse for what a schema cannot say (relations, dates against the
 * peildatum, jumps).
 */
void submission_schema_write(struct text *text, const struct rulebook *rulebook);

#endif
