#ifndef GIMON_BASE_UTF8_H
#define GIMON_BASE_UTF8_H

#include "base/slice.h"

/** Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7: no overlongs, no surrogates). */
bool utf8_valid(struct slice text);

/** The number of code points in well-formed UTF-8. */
size_t utf8_length(struct slice text);

#endif
