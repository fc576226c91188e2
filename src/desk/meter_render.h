#ifndef GIMON_DESK_METER_RENDER_H
#define GIMON_DESK_METER_RENDER_H

#include "base/date.h"
#include "codec/exposition.h"
#include "desk/meter.h"

/** How far the log of one monitor has been folded. */
struct log_facts {
    struct slice monitor;
    uint64_t entries;
    uint64_t chain_breaks; /**< records that contradict the chain, or that nothing vouches for */
    struct moment last;    /**< of the newest record; of no meaning without entries */
};

/** What the daemon says of itself. */
struct daemon_facts {
    const char *version;
    const struct meter *meter;
    const struct log_facts *logs; /**< one a monitor */
    size_t log_count;
};

/**
 * Appends the daemon's own part of /metrics: traffic, Redis, the log, limits, the process. It is
 * rendered for every scrape, unlike the figures. Does not end the page: exposition_end does.
 */
void meter_render(struct text *text, const struct daemon_facts *facts,
                  enum exposition_format format);

#endif
