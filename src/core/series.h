#ifndef GIMON_CORE_SERIES_H
#define GIMON_CORE_SERIES_H

#include "core/change.h"
#include "core/question.h"
#include "core/state.h"

/**
 * Points, ordered by subject as asked, then organisation or region, then peildatum. After the
 * regions comes what is attributed to none, of every subject that has a remainder (core/remainder).
 */
struct series {
    struct point *points;
    struct change *changes; /**< one a point, if the question asks for them */
    size_t count;
};

/**
 * Answers a question from the state. The rulebook in force at `known` decides; without one there
 * are no points. An edition has points of its own peildata only, and all of them have its status.
 * One organisation has no points of a bound (indicator_is_bound). Where only what may be shown is
 * asked for, without an edition nothing is. Points live in the arena and point into the rulebook.
 */
struct series series_answer(const struct state *state, const struct question *question,
                            struct arena *arena);

/** The same without looking at editions: every status is provisional. For who shows none. */
struct series series_figures(const struct state *state, const struct question *question,
                             struct arena *arena);

/** The figures of one delivery on its own, as the state would give them were it to stand. */
struct series series_of_submission(const struct rulebook *rulebook,
                                   const struct organisation *organisation,
                                   const struct submission *submission, struct date peildatum,
                                   struct arena *arena);

/** How many of the organisations that are expected on a day have a delivery that counts. */
unsigned series_delivered(const struct state *state, const struct rulebook *rulebook,
                          struct date date, struct record_id known);

/**
 * The peildatum of the gauges: the newest for which every expected organisation has delivered;
 * where there is none, the newest with the most deliveries; NULL without any. Of an edition (NULL:
 * as it is now) its own peildata, as it has them; the rulebook is the one in force then.
 */
const struct peildatum *series_gauge_peildatum(const struct state *state,
                                               const struct rulebook *rulebook,
                                               const struct edition *edition);

#endif
