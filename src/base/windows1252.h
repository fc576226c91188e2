#ifndef GIMON_BASE_WINDOWS1252_H
#define GIMON_BASE_WINDOWS1252_H

#include "base/text.h"

/**
 * Appends bytes in Windows-1252, what Dutch Windows calls ANSI, as UTF-8. False, with nothing
 * appended, where a byte has no character there (81, 8D, 8F, 90, 9D).
 */
bool windows1252_put(struct text *text, struct slice bytes) __attribute__((warn_unused_result));

#endif
