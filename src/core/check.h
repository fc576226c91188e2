#ifndef GIMON_CORE_CHECK_H
#define GIMON_CORE_CHECK_H

#include "core/finding.h"
#include "core/state.h"

/** What a delivery is checked against. */
struct check_context {
    const struct rulebook *rulebook;
    const struct state *state; /**< for reopenings, and what counts on the preceding peildatum */
    const struct peildatum *peildatum;
    const struct organisation *organisation;
    struct date today; /**< in Europe/Amsterdam */
    bool on_behalf;    /**< an analyst delivers for the organisation: that needs a reason */
};

/**
 * Holds a delivery against everything its definition asks and adds every finding, with its
 * explanation where the delivery holds one under the code. Texts live in the findings' arena.
 */
void check_submission(const struct check_context *context, const struct submission *submission,
                      struct findings *findings);

#endif
