#ifndef GIMON_CODEC_RENDER_RECONCILIATION_H
#define GIMON_CODEC_RENDER_RECONCILIATION_H

#include "codec/csv_writer.h"
#include "core/reconciliation.h"

/** The reconciliation as a JSON document: the edition, one object a line, and how many of each. */
void render_reconciliation_json(struct text *text, const struct reconciliation *reconciliation);

/** The same as CSV, one row a line. */
void render_reconciliation_csv(struct text *text, const struct reconciliation *reconciliation,
                               enum language language);

/** The same for people: a table a document. */
void render_reconciliation_markdown(struct text *text, const struct reconciliation *reconciliation);

#endif
