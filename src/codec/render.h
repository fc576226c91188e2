#ifndef GIMON_CODEC_RENDER_H
#define GIMON_CODEC_RENDER_H

#include "codec/csv_writer.h"
#include "core/grid.h"
#include "core/mirror.h"

/**
 * One way of showing what was computed: each function appends a whole document. A rendering that
 * cannot show something has NULL there.
 */
struct rendering {
    const char *name;         /**< as `formaat=` says it: `json`, `csv`, `md`, `html` */
    const char *media_type;   /**< what `Accept` asks for */
    const char *content_type; /**< what the answer says */
    void (*series)(struct text *text, const struct series *series, enum language language);
    void (*grid)(struct text *text, const struct grid *grid, enum language language);
    void (*mirror)(struct text *text, const struct mirror *mirror);
};

/** The status of a figure as answers write it: `voorlopig` as long as no edition holds it. */
const char *render_status(const struct point *point);

/** Appends `; status: definitief`, per peildatum where they differ; nothing for an empty table. */
void render_grid_status(struct text *text, const struct grid *grid);

/** What a row of a table is called: its own name, else its indicator's. */
struct slice render_row_name(const struct table_row *row);

/** The document that a table's definition names; NULL without one. */
const struct source *render_source(const struct grid *grid);

/** The figure in a row and column of a table. */
const struct point *render_cell(const struct grid *grid, size_t row, size_t column);

/** The change since the column before, of a table that shows changes. */
const struct change *render_change(const struct grid *grid, size_t row, size_t column);

/** Whether rows of one indicator form a group, and whether this one is its first. */
bool render_has_groups(const struct grid *grid);
bool render_begins_group(const struct grid *grid, size_t row);

/** Whether a row is of the country: what is said of an indicator is said there, for all members. */
bool render_is_national(const struct grid *grid, size_t row);

/** Whether a change is taken over fewer organisations than either of its figures. */
bool render_is_over_fewer(const struct grid *grid, size_t row, size_t column);

extern const struct rendering render_json;
extern const struct rendering render_csv;
extern const struct rendering render_markdown;
extern const struct rendering render_html;

#endif
