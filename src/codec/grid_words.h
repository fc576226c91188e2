#ifndef GIMON_CODEC_GRID_WORDS_H
#define GIMON_CODEC_GRID_WORDS_H

#include "core/grid.h"

/*
 * A table in Dutch words, not escaped and not laid out: what its renderings for people have in
 * common, so that a page and a terminal cannot show different things.
 */

/** What stands in a column of the table as it is shown. */
enum slot_kind { SLOT_VALUE, SLOT_ABSOLUTE, SLOT_PERCENT };

/** A column as shown: after a peildatum come the changes that the definition asks for. */
struct slot {
    size_t column; /**< the peildatum */
    enum slot_kind kind;
};

/** How many columns are shown, and the one with that number, from the left. */
size_t grid_slot_count(const struct grid *grid);
struct slot grid_slot(const struct grid *grid, size_t number);

/** Appends what stands in a cell: a figure, a change with its sign, a mark, or nothing at all. */
void grid_put_cell(struct text *text, const struct grid *grid, size_t row, struct slot slot);

/** Appends the marks behind it; a note says what they mean. */
void grid_put_marks(struct text *text, const struct grid *grid, size_t row, struct slot slot);

/** Appends `GI-monitor, landelijk; status: voorlopig.` */
void grid_put_lead(struct text *text, const struct grid *grid);

/** What the rows are about, above them: `Regio`; of a national table `Indicator`. */
const char *grid_subject(const struct grid *grid);

/** What a row is called where its group has a heading: the member; else the indicator. */
struct slice grid_row_name(const struct grid *grid, size_t row);

/** The unit behind that name; empty where the heading has it. */
struct slice grid_row_unit(const struct grid *grid, size_t row);

#endif
