#ifndef GIMON_CODEC_CSV_WRITER_H
#define GIMON_CODEC_CSV_WRITER_H

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"

/** How numbers and separators are written in CSV. */
enum language { LANGUAGE_PLAIN, LANGUAGE_DUTCH };

/** Writes CSV by RFC 4180 straight into a text: separators by itself, quotes where needed. */
struct csv {
    struct text *text;
    char separator;
    bool dutch;
    bool started; /**< the row has a field already */
};

/** A writer that appends to `text`: `,` and a point, or the Dutch `;` and comma. */
struct csv csv_over(struct text *text, enum language language);

/** One field each; csv_skip leaves it empty. */
void csv_put(struct csv *csv, struct slice value);
void csv_puts(struct csv *csv, const char *value);
void csv_put_int(struct csv *csv, uint64_t value);
void csv_put_date(struct csv *csv, struct date date);
void csv_put_fixed(struct csv *csv, struct decimal number);
void csv_skip(struct csv *csv);

/** The header row, but for its end. */
void csv_put_header(struct csv *csv, const char *const *names, size_t count);

/** Ends the row. */
void csv_end_row(struct csv *csv);

#endif
