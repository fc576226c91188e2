#ifndef GIMON_TESTS_FINDING_TEXT_H
#define GIMON_TESTS_FINDING_TEXT_H

#include "base/text.h"
#include "core/finding.h"

/*
 * Findings as a person reads them, for golden files: severity, code, place, line and column, then
 * the message, what was found, what is allowed and the reason given, each on a line of its own.
 */
void finding_text_put(struct text *text, const struct findings *findings);

#endif
