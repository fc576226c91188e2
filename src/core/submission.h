#ifndef GIMON_CORE_SUBMISSION_H
#define GIMON_CORE_SUBMISSION_H

#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"

/*
 * What one organisation delivers for one peildatum, by the names it used. Nothing here depends on a
 * definition: a delivery stays readable when the questionnaire changes.
 */

/** What was delivered for one part of a measure. */
enum value_kind {
    VALUE_NUMBER,         /**< `1834`, `160.25` */
    VALUE_NOT_APPLICABLE, /**< `null`: says "niet van toepassing", adds nothing */
    VALUE_DATES,          /**< `[{"sinds": "2024-09-02", "aantal": 3}]`; empty: nobody waits */
    VALUE_COUNT_DAYS,     /**< `{"aantal": 12, "dagen": 912}` */
};

/** So many wait since that day. */
struct waiting_row {
    struct date since;
    int64_t count;
    unsigned line, column; /**< where it was read; 0 if unknown */
};

/** One value: measure, part (empty if undivided) and region (empty for the total). */
struct entry {
    struct slice measure;
    struct slice part;
    struct slice region;
    enum value_kind kind;
    struct decimal number;          /**< VALUE_NUMBER */
    struct slice written;           /**< VALUE_NUMBER: the number as it was spelled */
    struct decimal count, days;     /**< VALUE_COUNT_DAYS */
    const struct waiting_row *rows; /**< VALUE_DATES: ascending by date, no equal dates, no zeros */
    size_t row_count;
    unsigned line, column; /**< where it was read; 0 if unknown */
};

/** A declared indicator, to be compared with the derived one. */
struct declared {
    struct slice indicator;
    struct decimal value;
    unsigned line, column;
};

/** Free text under a code of a finding, or under `algemeen`. */
struct note {
    struct slice code;
    struct slice text;
    unsigned line, column;
};

/** A value that was asked for on a line and not filled in: it is missing, and this is where. */
struct blank {
    struct slice measure;
    struct slice part;
    unsigned line, column;
};

/** A delivery. Arrays are in canonical order: by region, measure and part; by indicator; by code.
 */
struct submission {
    struct arena arena;
    const struct entry *entries;
    size_t entry_count;
    const struct declared *declared;
    size_t declared_count;
    const struct note *notes;
    size_t note_count;
    const struct blank *blanks; /**< of the totals, in the order of the file */
    size_t blank_count;
    bool is_sheet; /**< came as a spreadsheet: findings say n.v.t. where JSON has null */
};

/** An empty submission on the heap. */
struct submission *submission_new(void);

/** Frees it and everything in it; NULL is fine. */
void submission_free(struct submission *submission);

/**
 * A copy of its own that takes no more memory than it must: to be kept, not to be checked. It has
 * no blanks and no numbers as they were spelled.
 */
struct submission *submission_pack(const struct submission *submission);

/** A copy of its own that has everything but the notes. */
struct submission *submission_without_notes(const struct submission *submission);

/** Whether anything was delivered of a region (empty: in total). */
bool submission_has_region(const struct submission *submission, struct slice region);

/** The entry of that measure, part and region; NULL if it was not delivered. */
const struct entry *submission_find(const struct submission *submission, struct slice measure,
                                    struct slice part, struct slice region);

/** The text under a code; the empty slice if there is none. */
struct slice submission_note(const struct submission *submission, struct slice code);

/** The first line left blank for a part of a measure, or for any part; NULL if there is none. */
const struct blank *submission_find_blank(const struct submission *submission, struct slice measure,
                                          const struct slice *part);

/** What a reader has collected, in the order of its file; the arrays live in the submission. */
struct collection {
    struct entry *entries;
    size_t entry_count;
    struct declared *declared;
    size_t declared_count;
    struct note *notes;
    size_t note_count;
    struct blank *blanks;
    size_t blank_count;
};

/** Sorts what was collected, in place, into canonical order and makes it the submission's. */
void submission_settle(struct submission *submission, const struct collection *collection);

/** The greatest count of a waiting row: what 18 digits hold. */
#define WAITING_COUNT_MOST INT64_C(999999999999999999)

/**
 * Sorts rows by date, in place, adds equal dates and drops zeros; the new number of rows. Where a
 * sum passes WAITING_COUNT_MOST it stays there and `ret_overflow` is set; it is never cleared.
 */
size_t waiting_rows_settle(struct waiting_row *rows, size_t count, bool *ret_overflow);

/**
 * The order of names: by UTF-16 code unit, as RFC 8785 (3.2.3) sorts keys. That is byte order but
 * for names with characters beyond the basic plane.
 */
int submission_compare_names(struct slice a, struct slice b);

#endif
