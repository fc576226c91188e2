#ifndef GIMON_CORE_SUBJECT_H
#define GIMON_CORE_SUBJECT_H

#include "core/rulebook.h"

/**
 * What is asked of: an indicator, or columns of a measure that are added up (`clienten`,
 * `clienten.jeugdbescherming`), seen as an indicator with one version.
 */
struct subject {
    struct slice id;
    const struct indicator *indicator;
    uint8_t decimals; /**< the value is rounded to this many, once, from the exact figure */
};

/**
 * What `id` means in this rulebook: an indicator, else columns of a measure; false if neither.
 * Anything it has to make lives in the arena.
 */
bool subject_find(const struct rulebook *rulebook, struct slice id, struct arena *arena,
                  struct subject *ret_subject) __attribute__((warn_unused_result));

/** All indicators of the definition, in its order: monitor.indicator_count subjects. */
struct subject *subjects_all(const struct rulebook *rulebook, struct arena *arena);

/** The same without those that show the figure of some organisation (indicator_is_bound). */
struct subject *subjects_unbound(const struct rulebook *rulebook, struct arena *arena,
                                 size_t *ret_count);

/** Those that say something about one organisation: not those over them (indicator_is_spread). */
struct subject *subjects_of_one(const struct rulebook *rulebook, struct arena *arena,
                                size_t *ret_count);

/** All columns of the definition, each on its own, in its order: monitor.column_count subjects. */
struct subject *subjects_of_columns(const struct rulebook *rulebook, struct arena *arena);

/**
 * The same subjects as another rulebook has them, rounded alike; those that it does not have are
 * left out. `ret_count` may be where `count` came from.
 */
const struct subject *subjects_in(const struct rulebook *rulebook, const struct subject *subjects,
                                  size_t count, struct arena *arena, size_t *ret_count);

#endif
