#ifndef GIMON_CORE_SUCCESSION_H
#define GIMON_CORE_SUCCESSION_H

#include "core/rulebook.h"

/*
 * Organisations over time: which of today's organisations one that ended counts under. "Today" is
 * the newest peildatum of the rulebook, never the clock: the same log and definitions give the same
 * lines on every day.
 */

/**
 * The organisation that this one counts under today: itself, unless it ended with exactly one
 * successor that takes part in the monitor and has begun; then that one's, and so on. Where there
 * are several successors nobody knows their shares, so it stays itself.
 */
const struct organisation *succession_today(const struct rulebook *rulebook,
                                            const struct organisation *organisation);

#endif
