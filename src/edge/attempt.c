/*
 * Each append has a random name, so that its record is known again on the log whatever became of
 * the connection. Happy path: sixteen bytes of the kernel's. It fails where the kernel gives none.
 */
#include "edge/attempt.h"

#include <errno.h>
#include <sys/random.h>

bool attempt_make(char ret_attempt[static ATTEMPT_LENGTH])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[ATTEMPT_LENGTH / 2];
    ssize_t length;
    do {
        length = getrandom(bytes, sizeof bytes, 0);
    } while (length < 0 && errno == EINTR);
    if (length != (ssize_t)sizeof bytes) return false;
    for (size_t i = 0; i < sizeof bytes; i++) {
        ret_attempt[2 * i] = digits[bytes[i] >> 4];
        ret_attempt[2 * i + 1] = digits[bytes[i] & 15];
    }
    return true;
}
