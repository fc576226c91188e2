#ifndef GIMON_CORE_SHOWING_PRIVATE_H
#define GIMON_CORE_SHOWING_PRIVATE_H

#include "core/showing.h"
#include "core/showing_folio.h"

/*
 * The rooms behind showing.h:
 *   showing.c         what has been decided, and what is to be decided next
 *   showing_lines.c   what is added up
 *   showing_layout.c  the deliveries of an edition laid out as sums in a folio
 *   showing_folio.c   the folio of one peildatum, and the decisions in it
 */

/** Columns that are added up over whose deliveries count: those that have all that is needed. */
struct showing_line {
    const unsigned *needed; /**< ascending */
    size_t needed_count;
    const unsigned *term; /**< ascending */
    size_t term_count;
    bool days;      /**< days waited, which go with how many wait */
    bool published; /**< an indicator's; else it is only asked for by its columns */
};

/** One sum of an edition: where in the folio it is, and what must be shown for it to be. */
struct showing_entry {
    size_t sum;        /**< FOLIO_NONE: nobody's delivery counts, or it is never shown */
    size_t companion;  /**< in this edition; FOLIO_NONE without */
    bool counts;       /**< somebody delivered a value of it, not only null */
    unsigned received; /**< organisations whose delivery counts */
};

/** Members stand in the order: the country, organisations, regions, what is in no region. */
struct showing {
    struct digest edition; /**< head of the chain at its record */
    const struct showing_folio *folio;
    const struct slice *organisations;
    size_t organisation_count;
    const struct slice *regions; /**< the remainder's id is the last */
    size_t region_count;
    const struct showing_line *lines;
    size_t line_count;
    struct showing_entry *entries; /**< member by member, line by line */
};

/** How many members there are. */
size_t showing_members(const struct showing *showing);

/** The line of these columns (each ascending); line_count if there is none. */
size_t showing_find_line(const struct showing *showing, const struct showing_line *line);

/** The order of the numbers of columns and of atoms, for qsort. */
int showing_compare(const void *a, const void *b);

/** Columns ascending, each once: of `a`, and of `b` unless NULL. */
const unsigned *showing_columns(const struct term *a, const struct term *b, struct arena *arena,
                                size_t *ret_count);

/** The same deliveries' line of how many wait, to a line of days. */
struct showing_line showing_companion_line(const struct showing_line *line, struct arena *arena);

/** Lists every line of a monitor, once. */
void showing_list_lines(struct showing *showing, const struct monitor *monitor,
                        struct arena *arena);

/** What is laid out: the deliveries for a peildatum that an edition is made of. */
struct showing_source {
    const struct state *state;
    const struct edition *edition;
    struct date peildatum;
};

/** Lays it out in the folio, whose arena it lives in; what is new there is undecided. */
void showing_lay_out(struct showing *showing, struct showing_folio *folio,
                     const struct showing_source *what);

#endif
