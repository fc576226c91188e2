#ifndef GIMON_CODEC_RENDER_VINTAGES_H
#define GIMON_CODEC_RENDER_VINTAGES_H

#include "codec/csv_writer.h"
#include "core/vintage.h"

/** How figures were revised, as a JSON document: one object a figure. */
void render_vintages_json(struct text *text, const struct vintages *vintages);

/** The same as CSV, one row a figure. */
void render_vintages_csv(struct text *text, const struct vintages *vintages,
                         enum language language);

#endif
