#ifndef GIMON_CORE_BSN_H
#define GIMON_CORE_BSN_H

#include "base/slice.h"

/** A citizen service number (burgerservicenummer) has nine digits. */
enum { BSN_DIGITS = 9 };

/**
 * Whether exactly nine digits could be a BSN: they pass the elfproef (9a + 8b + ... + 2h - i is
 * divisible by 11) and are not all zero.
 */
bool bsn_is(struct slice digits);

/** Whether a run of exactly nine digits somewhere in the text could be a BSN. */
bool bsn_in(struct slice text);

/** The length of the run of digits at the start of the text. */
size_t bsn_digit_run(struct slice text);

#endif
