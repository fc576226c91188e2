/*
 * Figures are about counts, never about persons (AVG, data minimisation). What looks like a citizen
 * service number is recognised here, so that it can be refused and is never repeated.
 */
#include "core/bsn.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool bsn_is(struct slice digits)
{
    if (digits.len != BSN_DIGITS) return false;
    int sum = 0;
    bool any = false;
    for (int i = 0; i < BSN_DIGITS; i++) {
        if (!is_digit(digits.ptr[i])) return false;
        const int digit = digits.ptr[i] - '0';
        const int weight = i < BSN_DIGITS - 1 ? BSN_DIGITS - i : -1;
        sum += weight * digit;
        any = any || digit != 0;
    }
    return any && sum % 11 == 0;
}

size_t bsn_digit_run(struct slice text)
{
    size_t run = 0;
    while (run < text.len && is_digit(text.ptr[run]))
        run++;
    return run;
}

bool bsn_in(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        const size_t run = bsn_digit_run(slice_from(text.ptr + i, text.len - i));
        if (bsn_is(slice_from(text.ptr + i, run))) return true;
        if (run > 0) i += run - 1;
    }
    return false;
}
