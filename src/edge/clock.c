/* The one place that looks at the clock on the wall. It cannot fail. */
#include "edge/clock.h"

#include <time.h>

struct moment clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (struct moment){.ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000};
}
