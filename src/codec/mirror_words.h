#ifndef GIMON_CODEC_MIRROR_WORDS_H
#define GIMON_CODEC_MIRROR_WORDS_H

#include "core/finding.h"
#include "core/mirror.h"

/*
 * The mirror report in Dutch words, not escaped and not laid out: what its renderings for people
 * have in common, so that a page and a terminal cannot say different things.
 */

/** What stands above the figures. X(constant, name). */
#define MIRROR_FACTS(X)                                                                            \
    X(MIRROR_FACT_ORGANISATION, "Organisatie")                                                     \
    X(MIRROR_FACT_MONITOR, "Monitor")                                                              \
    X(MIRROR_FACT_PEILDATUM, "Peildatum")                                                          \
    X(MIRROR_FACT_PREVIOUS, "Vorige peildatum")                                                    \
    X(MIRROR_FACT_RECEIVED, "Ontvangen")                                                           \
    X(MIRROR_FACT_REVISION, "Revisie")                                                             \
    X(MIRROR_FACT_REFERENCE, "Kenmerk")                                                            \
    X(MIRROR_FACT_RESPONSE, "Respons")                                                             \
    X(MIRROR_FACT_STATUS, "Status")

enum mirror_fact {
#define MIRROR_CONSTANT(constant, name) constant,
    MIRROR_FACTS(MIRROR_CONSTANT)
#undef MIRROR_CONSTANT
        MIRROR_FACT_COUNT
};

/** The columns beside the name of a figure. X(constant, name; NULL: a peildatum). */
#define MIRROR_COLUMNS(X)                                                                          \
    X(MIRROR_OWN, NULL)                                                                            \
    X(MIRROR_PREVIOUS, NULL)                                                                       \
    X(MIRROR_CHANGE, "Verandering")                                                                \
    X(MIRROR_PERCENT, "Verandering in %")                                                          \
    X(MIRROR_NORM, "Norm")                                                                         \
    X(MIRROR_QUARTER, "Kwart (organisaties)")                                                      \
    X(MIRROR_RESPONSE, "Respons")                                                                  \
    X(MIRROR_DEFINITION, "Definitie")

enum mirror_column {
#define MIRROR_CONSTANT(constant, name) constant,
    MIRROR_COLUMNS(MIRROR_CONSTANT)
#undef MIRROR_CONSTANT
        MIRROR_COLUMN_COUNT
};

/** Indicators, or the figures that were delivered: each is a table of its own. */
struct mirror_section {
    const struct mirror *mirror;
    const char *title;
    const char *subject; /**< what a row is about, above the names */
    const struct mirror_row *rows;
    size_t row_count;
    bool shows[MIRROR_COLUMN_COUNT]; /**< which columns mean something here */
};

enum { MIRROR_SECTIONS = 2 };

/** The sections, in the order in which they are read. */
void mirror_sections(const struct mirror *mirror, struct mirror_section ret_sections[]);

/** `Spiegelrapport Jeugdbescherming Noord`. */
void mirror_put_title(struct text *text, const struct mirror *mirror);

/** The name of a fact, and its value; nothing where there is none. */
const char *mirror_fact_name(enum mirror_fact fact);
void mirror_put_fact(struct text *text, const struct mirror *mirror, enum mirror_fact fact);

/** `Indicatoren van Jeugdbescherming Noord op 1 oktober 2024`. */
void mirror_put_caption(struct text *text, const struct mirror_section *section);

/** What stands above a column. */
void mirror_put_column(struct text *text, const struct mirror_section *section,
                       enum mirror_column column);

/** What a figure is called, without the measure it is part of. */
struct slice mirror_row_name(const struct mirror_row *row);

/** The measure that a row is one of several parts of; NULL if it is none. */
const struct measure *mirror_row_group(const struct mirror_row *row);

/** What stands in a cell; `niet aangeleverd` and `n.v.t.` where that is the figure. */
void mirror_put_cell(struct text *text, const struct mirror_row *row, enum mirror_column column);

/** The mark that stands behind it: of a series break, with the version and what it makes doubtful.
 */
const char *mirror_cell_mark(const struct mirror_row *row, enum mirror_column column);

/** What a reader must know to use the figures, one line a note. */
void mirror_put_notes(struct text *text, const struct mirror *mirror);

/** The findings of the delivery; they live in the arena of `findings`. */
void mirror_findings(const struct mirror *mirror, struct findings *findings);

/** Where a finding is about: its place and, where it has one, its line; as one line. */
void mirror_put_place(struct text *text, const struct finding *finding);

#endif
