#ifndef GIMON_CORE_VINTAGE_H
#define GIMON_CORE_VINTAGE_H

#include "core/series.h"

/*
 * How figures were revised: what a figure was first, what it is now, and how often it changed on
 * the way. "Was" is what an answer gave at that moment, by the definitions then in force.
 */

/** A figure as it was given from one record of the log on. */
struct vintage {
    bool present;        /**< there is such a moment; nothing below holds otherwise */
    struct record_id id; /**< of the record that brought it */
    struct maybe value;
    enum reason reason; /**< why there is no value */
    unsigned received;
    unsigned expected;
};

/** All vintages of one figure, in short. */
struct vintage_line {
    struct slice id; /**< of the subject */
    enum level level;
    struct slice organisation;
    struct date peildatum;
    struct vintage first;    /**< the first value there was */
    struct vintage complete; /**< the first over everybody who was expected */
    struct vintage latest;   /**< how it is now, with a value or without */
    struct maybe difference; /**< latest less complete, or less first; of the rounded values */
    unsigned revisions;      /**< how often it changed after the one it is held against */
};

/** Lines by subject as asked, then organisation, then peildatum. */
struct vintages {
    struct vintage_line *lines;
    size_t count;
};

/**
 * What became of every figure that a question about the country or organisations would give, up to
 * its `known`. Lives in the arena and points into the state.
 */
struct vintages vintages_answer(const struct state *state, const struct question *question,
                                struct arena *arena);

#endif
