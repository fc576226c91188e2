#ifndef GIMON_CODEC_FINDINGS_JSON_H
#define GIMON_CODEC_FINDINGS_JSON_H

#include "codec/json_writer.h"
#include "core/finding.h"

/**
 * Writes findings as answers and the log show them: an array of objects with `code`, `ernst`,
 * `toelichting`, `plaats`, `regel`, `kolom`, `melding`, `waarde` and `verwacht`; what is absent is
 * left out. `waarde` is a number or literal where that is what was found and it is exact, else a
 * text.
 */
void findings_json_put(struct json *json, const char *key, const struct findings *findings);

/** Appends the same array as a document of its own. */
void findings_json_write(struct text *text, const struct findings *findings);

/**
 * Reads back what findings_json_write wrote and adds it to `findings`; texts live in their arena.
 * What is no finding is passed over, and a finding without a code or a known `ernst` too.
 */
void findings_json_read(struct slice array, struct findings *findings);

/**
 * Adds how many findings of each severity stand in an array that findings_json_write wrote; the
 * counts are the caller's to begin with.
 */
void findings_json_count(struct slice array, unsigned counts[SEVERITY_COUNT]);

#endif
