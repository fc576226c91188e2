#ifndef GIMON_EDGE_PROCESS_FACTS_H
#define GIMON_EDGE_PROCESS_FACTS_H

#include "desk/meter.h"

/** What the kernel says of this process now; a fact that cannot be read is 0. */
struct process_facts process_facts_read(void);

#endif
