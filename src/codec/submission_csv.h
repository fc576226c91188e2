#ifndef GIMON_CODEC_SUBMISSION_CSV_H
#define GIMON_CODEC_SUBMISSION_CSV_H

#include "base/text.h"
#include "codec/csv_scan.h"
#include "core/finding.h"
#include "core/rulebook.h"
#include "core/submission.h"

/*
 * A delivery in the long form (docs/csv.md): a header and one line a value,
 * `cijfer;deel;regio;sinds;waarde`. It holds exactly what the JSON form holds.
 */

/** A body in CSV, and what it takes to read it. */
struct submission_csv {
    struct slice body;
    enum csv_charset charset;
    const struct rulebook *rulebook; /**< says what is a waiting list and what has decimals */
};

/**
 * Reads a delivery; all that is wrong with its form becomes a finding of severity ERROR with line
 * and column, and the rest is still read. `place` is the JSON pointer of the same value, or
 * `regel 3, kolom 14` where there is none. NULL only where there is no header that names at least
 * `cijfer` and `waarde`. Which names exist is for core/check to say. The caller frees.
 */
struct submission *submission_csv_read(const struct submission_csv *source,
                                       struct findings *findings);

/**
 * Appends the delivery as a Dutch spreadsheet opens it: UTF-8 with a BOM, `;`, CRLF, decimal comma,
 * lines in canonical order. Equal deliveries, equal bytes; read again it is the same delivery.
 */
void submission_csv_write(struct text *text, const struct submission *submission);

/**
 * Appends the template of a questionnaire: the header and every line that a deliverer fills in,
 * with an empty `waarde`, in the order of the definition.
 */
void submission_csv_template(struct text *text, const struct monitor *monitor);

#endif
