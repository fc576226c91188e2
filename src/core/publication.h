#ifndef GIMON_CORE_PUBLICATION_H
#define GIMON_CORE_PUBLICATION_H

#include "core/definition.h"

/*
 * What was printed: the figures of a published document, to hold computed ones against. Read once
 * from YAML (codec/rulebook_published) with the rulebook that it is part of.
 */

/** A figure as it was printed for one peildatum, in units of its line's decimals. */
struct published_figure {
    struct date peildatum;
    struct decimal value;
};

/** An indicator as a document gives it, at one place of the document. */
struct published_line {
    struct slice id;
    const struct indicator *indicator;
    uint8_t decimals;   /**< as printed; never more than the indicator has */
    struct slice place; /**< where in the document: `tabel`; empty without */
    struct slice note;
    const struct published_figure *figures; /**< in the order of the file */
    size_t figure_count;
};

/** Lines of one document that are added up. */
struct published_sum {
    const struct published_line *const *lines;
    size_t count;
};

/**
 * A document held against itself: factor x sum(numerator) / sum(denominator) of its own figures
 * against another figure that it gives, on every peildatum for which it gives all of them.
 */
struct published_check {
    struct slice id;
    struct slice name;
    const struct published_line *line; /**< what the result is held against */
    struct published_sum numerator;
    struct published_sum denominator; /**< none: the sum itself */
    int64_t factor;
    uint8_t decimals; /**< of a ratio, as shown */
    struct slice note;
};

/** One document. */
struct publication {
    struct slice id;
    struct slice source; /**< id of a source of the monitor */
    struct slice description;
    const struct published_line *lines;
    size_t line_count;
    const struct published_check *checks;
    size_t check_count;
};

/** The line of that id; NULL if there is none. */
const struct published_line *publication_find_line(const struct publication *publication,
                                                   struct slice id);

/** What a line says of a peildatum; NULL if nothing. */
const struct published_figure *published_line_on(const struct published_line *line,
                                                 struct date peildatum);

#endif
