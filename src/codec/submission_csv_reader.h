#ifndef GIMON_CODEC_SUBMISSION_CSV_READER_H
#define GIMON_CODEC_SUBMISSION_CSV_READER_H

#include "codec/csv_number.h"
#include "codec/csv_scan.h"
#include "codec/form_finding.h"
#include "core/rulebook.h"
#include "core/submission.h"

/* What the parts of the CSV reader share; nobody else needs this. */

/** The columns. X(constant, name in the header). */
#define CSV_COLUMNS(X)                                                                             \
    X(CSV_MEASURE, "cijfer")                                                                       \
    X(CSV_PART, "deel")                                                                            \
    X(CSV_REGION, "regio")                                                                         \
    X(CSV_SINCE, "sinds")                                                                          \
    X(CSV_VALUE, "waarde")

enum csv_column {
#define CSV_CONSTANT(constant, name) constant,
    CSV_COLUMNS(CSV_CONSTANT)
#undef CSV_CONSTANT
        CSV_COLUMN_COUNT
};

/** Names in the first column that are no measures. */
#define CSV_NOTE     "toelichting"
#define CSV_DECLARED "opgegeven"

/** One line of the file; a cell that is not there is empty. */
struct csv_line {
    struct csv_cell cells[CSV_COLUMN_COUNT];
};

/** What one line says about a part of a measure. */
enum csv_item_kind {
    CSV_ITEM_VALUE, /**< a number, or of any measure n.v.t. */
    CSV_ITEM_SINCE, /**< so many wait since a day */
    CSV_ITEM_COUNT, /**< so many wait */
    CSV_ITEM_DAYS,  /**< so many days together */
};

/** A line that has been read and waits for those that belong to it. */
struct csv_item {
    struct slice region, measure, part;
    enum csv_item_kind kind;
    bool not_applicable;
    bool faulty;              /**< its value was reported and is not to be used */
    struct date since;        /**< CSV_ITEM_SINCE */
    int64_t count;            /**< CSV_ITEM_SINCE */
    struct csv_number number; /**< of the other kinds */
    struct csv_cell cell;     /**< where findings about it point at */
    size_t order;             /**< in the file */
};

/** A delivery that is being read. */
struct csv_reader {
    struct csv_scan scan;
    const struct rulebook *rulebook;
    struct arena *arena; /**< of the submission */
    struct findings *findings;
    enum csv_column *positions; /**< which column stands where; CSV_COLUMN_COUNT: none of ours */
    bool *named;                /**< whether the header says anything there */
    size_t position_count;
    struct csv_item *items;
    size_t item_count;
    struct collection found;
};

/** The name of a column. */
struct slice csv_column_name(enum csv_column column);

/** Adds a finding at a cell; without a pointer its place is the line and column. */
void csv_report(struct csv_reader *reader, const struct csv_cell *cell, struct form_report report);

/** The same, at one cell of a line, with the pointer of what the line is about. */
void csv_report_line(struct csv_reader *reader, const struct csv_line *line, enum csv_column column,
                     struct form_report report);

/** Reports a cell that must be empty on this line and is not. */
void csv_need_empty(struct csv_reader *reader, const struct csv_line *line, enum csv_column column,
                    const char *message);

/** Whether a value says `n.v.t.`. */
bool csv_is_not_applicable(struct slice text);

/** Reads the value of a line as a number with so many decimals; false if it was reported. */
bool csv_read_number(struct csv_reader *reader, const struct csv_line *line, unsigned decimals,
                     struct csv_number *ret_number) __attribute__((warn_unused_result));

/** The same for a measure; where it has no decimals, a comma before thousands is reported. */
bool csv_read_figure(struct csv_reader *reader, const struct csv_line *line, unsigned decimals,
                     struct csv_number *ret_number) __attribute__((warn_unused_result));

/** Reads the date of a line; false if it was reported. */
bool csv_read_since(struct csv_reader *reader, const struct csv_line *line, struct date *ret_date)
    __attribute__((warn_unused_result));

/** Reads a line that is not blank and whose cells are sound. */
void csv_read_line(struct csv_reader *reader, const struct csv_line *line);

/** Makes entries of the items: what belongs together becomes one, what contradicts is reported. */
void csv_settle_items(struct csv_reader *reader);

/** Reports notes and declared indicators that stand in a settled submission twice. */
void csv_report_twins(struct csv_reader *reader, const struct submission *submission);

/** Whether the writer put an apostrophe before a text, since a spreadsheet would compute it. */
bool csv_is_shielded(struct slice text);

#endif
