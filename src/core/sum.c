/*
 * Sums of columns. Each value is a 64-bit integer in its column's unit; brought to the unit of the
 * finest column it has 93 bits, so that 2^34 of them fit 128 and nothing here can overflow.
 */
#include "core/sum.h"

#include "core/rounding.h"

static uint8_t term_decimals(const struct monitor *monitor, const struct term *term)
{
    uint8_t most = 0;
    for (size_t i = 0; i < term->count; i++) {
        const uint8_t decimals = monitor->columns[term->columns[i]].decimals;
        most = decimals > most ? decimals : most;
    }
    return most;
}

struct sum sum_of_none(const struct monitor *monitor, const struct term *term)
{
    return (struct sum){.decimals = term_decimals(monitor, term)};
}

void sum_add(struct sum *sum, const struct monitor *monitor, const struct term *term,
             const struct row *row)
{
    for (size_t i = 0; i < term->count; i++) {
        const unsigned column = term->columns[i];
        const struct figure *figure = &row->values[column];
        if (figure->presence != PRESENCE_VALUE) continue;
        const uint8_t finer = (uint8_t)(sum->decimals - monitor->columns[column].decimals);
        sum->units += (wide)figure->units * decimal_power(finer);
    }
}

struct maybe sum_to_decimal(const struct sum *sum)
{
    if (sum->units > INT64_MAX || sum->units < INT64_MIN) return (struct maybe){.present = false};
    const struct decimal value = {.units = (int64_t)sum->units, .decimals = sum->decimals};
    return (struct maybe){.present = true, .value = value};
}

void sum_to_exact(const struct sum *sum, mpq_ptr ret_exact)
{
    rounding_set(ret_exact,
                 (struct decimal){.units = (int64_t)sum->units, .decimals = sum->decimals});
}
