#ifndef GIMON_CODEC_FORMULA_TEXT_H
#define GIMON_CODEC_FORMULA_TEXT_H

#include "base/text.h"
#include "core/definition.h"

/** Appends the formula of a version as a line to read: `100 × a / (b + c)`. */
void formula_put(struct text *text, const struct monitor *monitor, const struct version *version);

#endif
