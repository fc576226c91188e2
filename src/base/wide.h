#ifndef GIMON_BASE_WIDE_H
#define GIMON_BASE_WIDE_H

/** Holds any product of two 64-bit integers, and any sum of 2^32 of those scaled by 10^9. */
__extension__ typedef __int128 wide;

#endif
