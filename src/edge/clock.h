#ifndef GIMON_EDGE_CLOCK_H
#define GIMON_EDGE_CLOCK_H

#include "base/date.h"

/** What the clock of this machine says; the floors below are told, and never look. */
struct moment clock_now(void);

#endif
