/*
 * Exact decimal numbers of at most 18 digits. Reading walks the text once: sign, whole part,
 * fraction, exponent; digits that say nothing (zeros at either end) are not counted, so the value
 * decides and never its spelling. A number that does not fit is told apart from one that is none.
 */
#include "base/decimal.h"

enum { DIGITS_MOST = 18, EXPONENT_MOST = 1000000000 };

static const int64_t powers_of_ten[] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};

/* A number while it is read: digits x 10^exponent. Zeros are held back until a digit follows. */
struct reading {
    struct slice rest;
    bool negative;
    uint64_t digits;
    int64_t digit_count; /**< may pass DIGITS_MOST; then `digits` is no longer kept */
    int64_t zeros;       /**< held back */
    int64_t exponent;
};

static bool next_is(const struct reading *reading, char byte)
{
    return reading->rest.len > 0 && reading->rest.ptr[0] == byte;
}

static bool next_is_digit(const struct reading *reading)
{
    const struct slice rest = reading->rest;
    return rest.len > 0 && rest.ptr[0] >= '0' && rest.ptr[0] <= '9';
}

static char take(struct reading *reading)
{
    const char byte = reading->rest.ptr[0];
    reading->rest = slice_from(reading->rest.ptr + 1, reading->rest.len - 1);
    return byte;
}

static void append_digit(struct reading *reading, unsigned digit)
{
    if (reading->digit_count < DIGITS_MOST) reading->digits = reading->digits * 10 + digit;
    reading->digit_count++;
}

static void add_digit(struct reading *reading, unsigned digit)
{
    if (digit == 0) {
        reading->zeros += reading->digit_count > 0;
        return;
    }
    for (; reading->zeros > 0; reading->zeros--)
        append_digit(reading, 0);
    append_digit(reading, digit);
}

/* A run of at least one digit; each lowers the exponent by `lower`. */
static bool read_digits(struct reading *reading, int lower)
{
    if (!next_is_digit(reading)) return false;
    while (next_is_digit(reading)) {
        add_digit(reading, (unsigned)(take(reading) - '0'));
        reading->exponent -= lower;
    }
    return true;
}

static bool read_exponent(struct reading *reading)
{
    int64_t exponent = 0;
    const bool negative = next_is(reading, '-');
    if (negative || next_is(reading, '+')) take(reading);
    if (!next_is_digit(reading)) return false;
    while (next_is_digit(reading)) {
        const int digit = take(reading) - '0';
        /* Far beyond any text's length: the answer is the same from here on. */
        if (exponent < EXPONENT_MOST) exponent = exponent * 10 + digit;
    }
    reading->exponent += negative ? -exponent : exponent;
    return true;
}

/* RFC 8259, section 6: [ minus ] int [ frac ] [ exp ]. */
static bool read_number(struct reading *reading)
{
    reading->negative = next_is(reading, '-');
    if (reading->negative) take(reading);
    if (next_is(reading, '0')) {
        take(reading);
    } else if (!read_digits(reading, 0)) {
        return false;
    }
    if (next_is(reading, '.')) {
        take(reading);
        if (!read_digits(reading, 1)) return false;
    }
    if (next_is(reading, 'e') || next_is(reading, 'E')) {
        take(reading);
        if (!read_exponent(reading)) return false;
    }
    return reading->rest.len == 0;
}

int64_t decimal_power(uint8_t exponent)
{
    return powers_of_ten[exponent];
}

struct decimal decimal_of(int64_t value)
{
    return (struct decimal){.units = value, .decimals = 0};
}

enum decimal_answer decimal_parse(struct slice text, struct decimal *ret_value)
{
    struct reading reading = {.rest = text};
    if (!read_number(&reading)) return DECIMAL_NO_NUMBER;
    if (reading.digit_count == 0) {
        *ret_value = decimal_of(0);
        return DECIMAL_OK;
    }
    const int64_t exponent = reading.exponent + reading.zeros;
    if (reading.digit_count + exponent > DIGITS_MOST) return DECIMAL_TOO_LARGE;
    if (exponent < -DECIMAL_MOST) return DECIMAL_TOO_FINE;
    if (reading.digit_count > DIGITS_MOST) return DECIMAL_TOO_LARGE;
    const int64_t scale = exponent > 0 ? powers_of_ten[exponent] : 1;
    const int64_t units = (int64_t)reading.digits * scale;
    *ret_value = (struct decimal){
        .units = reading.negative ? -units : units,
        .decimals = exponent < 0 ? (uint8_t)-exponent : 0,
    };
    return DECIMAL_OK;
}

bool decimal_to_units(struct decimal value, uint8_t decimals, int64_t *ret_units)
{
    const struct decimal shortest = decimal_shortest(value);
    int64_t units = shortest.units;
    if (units == 0) {
        *ret_units = 0;
        return true;
    }
    if (shortest.decimals > decimals) return false;
    for (uint8_t at = shortest.decimals; at < decimals; at++) {
        if (__builtin_mul_overflow(units, 10, &units)) return false;
    }
    *ret_units = units;
    return true;
}

struct decimal decimal_shortest(struct decimal value)
{
    while (value.decimals > 0 && value.units % 10 == 0) {
        value.units /= 10;
        value.decimals--;
    }
    return value;
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *ret_sum)
{
    const uint8_t decimals = a.decimals > b.decimals ? a.decimals : b.decimals;
    int64_t left, right, sum;
    if (!decimal_to_units(a, decimals, &left) || !decimal_to_units(b, decimals, &right))
        return false;
    if (__builtin_add_overflow(left, right, &sum)) return false;
    *ret_sum = (struct decimal){.units = sum, .decimals = decimals};
    return true;
}

bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *ret_difference)
{
    if (b.units == INT64_MIN) return false;
    b.units = -b.units;
    return decimal_add(a, b, ret_difference);
}

/* What stands behind the point, in units of 10^-18, with the sign of the value. */
static int64_t fraction_of(struct decimal value)
{
    return value.units % powers_of_ten[value.decimals] * powers_of_ten[18 - value.decimals];
}

int decimal_compare(struct decimal a, struct decimal b)
{
    /* Part by part, since a common scale may not fit. */
    const int64_t whole_a = a.units / powers_of_ten[a.decimals];
    const int64_t whole_b = b.units / powers_of_ten[b.decimals];
    if (whole_a != whole_b) return whole_a < whole_b ? -1 : 1;
    const int64_t fraction_a = fraction_of(a);
    const int64_t fraction_b = fraction_of(b);
    return (fraction_a > fraction_b) - (fraction_a < fraction_b);
}

static uint64_t magnitude(int64_t units)
{
    return units < 0 ? -(uint64_t)units : (uint64_t)units;
}

/* Appends `point` and as many digits of `fraction` as there are decimals. */
static void put_fraction(struct text *text, uint64_t fraction, uint8_t decimals, char point)
{
    if (decimals == 0) return;
    text_putc(text, point);
    for (uint8_t left = decimals; left > 0; left--) {
        const uint64_t unit = (uint64_t)powers_of_ten[left - 1];
        text_putc(text, (char)('0' + fraction / unit % 10));
    }
}

/* Appends with a point before every third digit from the right. */
static void put_grouped(struct text *text, uint64_t whole)
{
    uint64_t group = 1;
    while (whole / group >= 1000)
        group *= 1000;
    text_put_u64(text, whole / group);
    while (group > 1) {
        group /= 1000;
        const uint64_t digits = whole / group % 1000;
        text_putc(text, '.');
        text_putc(text, (char)('0' + digits / 100));
        text_putc(text, (char)('0' + digits / 10 % 10));
        text_putc(text, (char)('0' + digits % 10));
    }
}

void decimal_put(struct text *text, struct decimal value)
{
    decimal_put_fixed(text, decimal_shortest(value));
}

void decimal_put_fixed(struct text *text, struct decimal value)
{
    const uint64_t unit = (uint64_t)powers_of_ten[value.decimals];
    const uint64_t units = magnitude(value.units);
    if (value.units < 0) text_putc(text, '-');
    text_put_u64(text, units / unit);
    put_fraction(text, units % unit, value.decimals, '.');
}

void decimal_put_dutch(struct text *text, struct decimal value)
{
    const uint64_t unit = (uint64_t)powers_of_ten[value.decimals];
    const uint64_t units = magnitude(value.units);
    if (value.units < 0) text_putc(text, '-');
    put_grouped(text, units / unit);
    put_fraction(text, units % unit, value.decimals, ',');
}
