#ifndef GIMON_CORE_MIRROR_H
#define GIMON_CORE_MIRROR_H

#include "core/quarter.h"
#include "core/series.h"

/*
 * The mirror report: what one organisation delivered for one peildatum, held against what it said
 * before, against the norm, and against all organisations without showing what any of them said.
 */

/** One figure of the organisation: an indicator, or a column of what it delivered. */
struct mirror_row {
    const struct column *column; /**< NULL: an indicator */
    struct point own;
    bool expected_before;  /**< the organisation was expected on the preceding peildatum */
    struct point previous; /**< of that peildatum, if it was */
    struct maybe change;   /**< own less previous, of the rounded values as they are shown */
    struct maybe percent;  /**< that in per cent, one decimal; absent unless previous is above 0 */
    unsigned quarter;      /**< 1 to QUARTERS; 0: none */
    unsigned compared;     /**< organisations with a value, this one included */
    unsigned received;     /**< organisations that count, with a value or not */
    unsigned expected;
};

/** The report. Lives in the arena of its answer and points into the state. */
struct mirror {
    const struct rulebook *rulebook;
    const struct organisation *organisation;
    const struct peildatum *peildatum;
    const struct peildatum *previous; /**< the preceding one; NULL for the first */
    const struct revision *revision;  /**< the delivery that stands */
    unsigned received;                /**< organisations with a delivery that stands */
    unsigned expected;
    const struct mirror_row *rows; /**< indicators (no bounds) first, then columns */
    size_t row_count;
    size_t indicator_count;
};

/** Of whom and when a report is asked. */
struct mirror_question {
    struct date peildatum;
    struct slice organisation;
    struct record_id known;        /**< state_now(), or the newest record that may be used */
    const struct edition *edition; /**< whose status the figures have; NULL: none */
};

/**
 * Makes the report; false where nothing stands, or where the rulebook in force does not expect
 * the organisation on that peildatum: it then has no figures there.
 */
bool mirror_answer(const struct state *state, const struct mirror_question *question,
                   struct arena *arena, struct mirror *ret_mirror)
    __attribute__((warn_unused_result));

#endif
