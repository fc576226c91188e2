#ifndef GIMON_CORE_RATIOS_H
#define GIMON_CORE_RATIOS_H

#include <gmp.h>
#include <stddef.h>

/** The exact ratios of organisations, one each. Zero is none; ratios_done gives the memory back. */
struct ratios {
    mpq_t *items;
    size_t count, room;
};

void ratios_done(struct ratios *ratios);

/** Adds numerator / denominator, which is not zero. */
void ratios_add(struct ratios *ratios, mpq_srcptr numerator, mpq_srcptr denominator);

/** The mean; there is at least one. */
void ratios_mean(const struct ratios *ratios, mpq_ptr ret_mean);

/** The ratio at which a quarter ends, by nearest rank; there is at least one. Orders them. */
void ratios_quartile(struct ratios *ratios, unsigned quartile, mpq_ptr ret_bound);

#endif
