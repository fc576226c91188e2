#ifndef GIMON_CODEC_NOTICE_JSON_H
#define GIMON_CODEC_NOTICE_JSON_H

#include "base/text.h"
#include "core/finding.h"
#include "core/notice.h"

/**
 * Reads what an analist says, as a request or a record has it: `{"terzijde": true, "reden":
 * "..."}`, `{"opmerking": "..."}` or `{"tot": "2025-02-01", "reden": "..."}`, and for the first two
 * optionally `"revisie": 2`; or an edition, `{"naam": "brief", "status": "definitief"}`, optionally
 * with `bekendOp` (kept as it stands), `peildata` (sorted) and `toelichting`. Every key of the kind
 * must be there and no other: else NULL, and the findings say all that is wrong. A text that is
 * blank, longer than FORM_NOTE_MOST characters or names a person is a finding too, but no reason
 * not to read it. The caller frees it.
 */
struct notice *notice_json_read(enum record_kind kind, struct slice text,
                                struct findings *findings);

/** Appends the canonical form (RFC 8785), which reads back as the same notice. */
void notice_json_write(struct text *text, const struct notice *notice);

#endif
