#ifndef GIMON_CORE_SHOWING_H
#define GIMON_CORE_SHOWING_H

#include "core/disclosure.h"
#include "core/point.h"
#include "core/state.h"

/*
 * What the public may see of editions. For every edition and each of its peildata it is decided
 * once which sums may be shown (core/disclosure), and the decision is kept: it depends on the log
 * up to the edition's record only, so it never changes and every instance comes to the same.
 *
 * A sum is a numerator or a denominator over somebody: the country, an organisation, a region. It
 * is known by the columns that it adds up and by those that its formula needs, since these say
 * whose delivery counts.
 */

/** Decisions about the editions of one monitor's log, on the heap; points at nothing outside it. */
struct showings;

/** None decided; and the end of them (NULL is fine). */
struct showings *showings_new(void);
void showings_free(struct showings *showings);

/** What was decided about one edition on one peildatum. Valid until something else is decided. */
struct showing;

/** The decision about an edition and a peildatum of it; NULL where it has not been made. */
const struct showing *showings_find(const struct showings *showings, const struct edition *edition,
                                    struct date peildatum);

/** Whether all is decided that the edition's own peildata need. */
bool showings_complete(const struct showings *showings, const struct state *state,
                       const struct edition *edition);

/**
 * What is to be decided next so that an edition can be shown; taken out of the showings until it is
 * given back. In between it points at nothing but itself: another thread may decide it.
 */
struct showing_task;

/**
 * The next task of an edition; NULL where all has been decided. An edition needs those before it
 * about the same peildatum: what they showed stays known.
 */
struct showing_task *showings_begin(struct showings *showings, const struct state *state,
                                    const struct edition *edition);

/** Decides: all the work, and nothing but work. */
void showing_task_run(struct showing_task *task);

/** Keeps what was decided; the task is gone. */
void showings_end(struct showings *showings, struct showing_task *task);

/** The rule by which it was decided, in whole units. */
const struct disclosure_rule *showing_rule(const struct showing *showing);

/** Over whom a sum is taken, as in struct point. */
struct showing_place {
    enum level level;
    struct slice organisation;
    struct slice region;
};

/** A sum that was decided about. */
struct showing_figure {
    struct maybe shown; /**< rounded; absent where it may not be shown */
    struct maybe exact; /**< as it is; absent where there is no such sum */
    unsigned received;  /**< organisations it is taken over */
};

/**
 * What was decided about a sum: `version` says what its formula needs, `term` is its numerator or
 * denominator.
 */
struct showing_figure showing_sum(const struct showing *showing, const struct showing_place *place,
                                  const struct version *version, const struct term *term);

/** How many organisations the edition's definitions know, and the id of each. */
size_t showing_organisation_count(const struct showing *showing);
struct slice showing_organisation(const struct showing *showing, size_t index);

/** Whether an organisation's delivery counts in a formula: then there is such a sum. */
bool showing_counts(const struct showing *showing, struct slice organisation,
                    const struct version *version);

#endif
