#ifndef GIMON_CODEC_SUBMISSION_JSON_H
#define GIMON_CODEC_SUBMISSION_JSON_H

#include "core/finding.h"
#include "core/submission.h"

/** Nesting deeper than this is refused. */
enum { SUBMISSION_JSON_DEPTH = 16 };

/**
 * Reads a delivery in one pass: exact decimals, every value with its line and column. All that is
 * wrong with the form becomes a finding of severity ERROR and the rest is still read, so the
 * caller can check it too. NULL only where nothing can be made of the bytes: no JSON, or no
 * object. Needs no definition: which names exist is for core/check to say. The caller frees.
 */
struct submission *submission_json_read(struct slice body, struct findings *findings);

/**
 * Appends the canonical delivery: RFC 8785 (keys sorted, no blanks), numbers as shortest decimals,
 * waiting dates ascending, `{"aantal":0,"dagen":0}` as `[]`. Equal deliveries, equal bytes.
 */
void submission_json_write(struct text *text, const struct submission *submission);

#endif
