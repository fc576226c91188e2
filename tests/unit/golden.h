#ifndef GIMON_TESTS_GOLDEN_H
#define GIMON_TESTS_GOLDEN_H

#include "base/slice.h"

/**
 * Holds `actual` against the file `tests/golden/<name>`, byte for byte; fails the test with the
 * first line that differs. With GIMON_UPDATE_GOLDEN=1 in the environment it writes the file
 * instead.
 */
void golden_check(const char *name, struct slice actual);

#endif
