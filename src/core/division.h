#ifndef GIMON_CORE_DIVISION_H
#define GIMON_CORE_DIVISION_H

#include "core/definition.h"
#include "core/submission.h"

/**
 * `null` for the whole of a divided measure says it of every part: it becomes one entry a part, in
 * the totals and in regions. Where a part was delivered as well it stays, and is refused as any
 * value is that stands for a whole.
 */
void submission_divide(struct submission *submission, const struct monitor *monitor);

#endif
