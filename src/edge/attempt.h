#ifndef GIMON_EDGE_ATTEMPT_H
#define GIMON_EDGE_ATTEMPT_H

#include <stdbool.h>

/** The name of one append, `poging` on the log: 128 random bits as hexadecimal digits. */
enum { ATTEMPT_LENGTH = 32 };

/** Makes one that nobody can guess or repeat, without a NUL; false if the kernel has none. */
bool attempt_make(char ret_attempt[static ATTEMPT_LENGTH]) __attribute__((warn_unused_result));

#endif
