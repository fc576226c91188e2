#ifndef GIMON_TESTS_FUZZ_TARGET_H
#define GIMON_TESTS_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

/** What libFuzzer calls with bytes of its own making, and replay.c with a corpus. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
