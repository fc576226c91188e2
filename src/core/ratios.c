/*
 * Ratios of organisations, kept as exact fractions: what is said over organisations is said over
 * these, and rounded once by whoever asked. Nothing can fail.
 */
#include "core/ratios.h"

#include <stdlib.h>

#include "base/memory.h"
#include "core/quarter.h"

void ratios_done(struct ratios *ratios)
{
    for (size_t i = 0; i < ratios->count; i++)
        mpq_clear(ratios->items[i]);
    memory_free(ratios->items);
}

void ratios_add(struct ratios *ratios, mpq_srcptr numerator, mpq_srcptr denominator)
{
    ratios->items = memory_room(ratios->items, ratios->count, &ratios->room, sizeof *ratios->items);
    mpq_ptr ratio = ratios->items[ratios->count++];
    mpq_init(ratio);
    mpq_div(ratio, numerator, denominator);
}

void ratios_mean(const struct ratios *ratios, mpq_ptr ret_mean)
{
    mpq_t count;
    mpq_init(count);
    mpq_set_ui(count, ratios->count, 1);
    mpq_set_ui(ret_mean, 0, 1);
    for (size_t i = 0; i < ratios->count; i++)
        mpq_add(ret_mean, ret_mean, ratios->items[i]);
    mpq_div(ret_mean, ret_mean, count);
    mpq_clear(count);
}

static int compare_ratios(const void *left, const void *right)
{
    mpq_srcptr a = left, b = right;
    return mpq_cmp(a, b);
}

void ratios_quartile(struct ratios *ratios, unsigned quartile, mpq_ptr ret_bound)
{
    qsort(ratios->items, ratios->count, sizeof *ratios->items, compare_ratios);
    mpq_set(ret_bound, ratios->items[quarter_end(quartile, ratios->count) - 1]);
}
