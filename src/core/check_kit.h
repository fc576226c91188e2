#ifndef GIMON_CORE_CHECK_KIT_H
#define GIMON_CORE_CHECK_KIT_H

#include "core/finding_code.h"
#include "core/row.h"
#include "core/state.h"

/* What the parts of core/check share; nobody else needs this. */

/** A check under way. */
struct checker {
    const struct rulebook *rulebook;
    const struct monitor *monitor; /**< of the rulebook */
    const struct state *state;
    const struct peildatum *peildatum;
    const struct organisation *organisation;
    struct date today;
    bool on_behalf;
    const struct submission *submission;
    struct findings *findings;
    bool *refused; /**< one a column: its value was refused, so nothing is computed from it */
};

/** The parts that have files of their own; check.c has the others and the order. */
void check_entries(struct checker *checker);
void check_completeness(struct checker *checker);
void check_regions(struct checker *checker);
void check_relations(struct checker *checker);

/** A name that the definition or register does not have. */
struct check_unknown {
    enum finding_code code;
    const char *message; /**< a sentence; the nearest name is added to it */
    struct slice name;
    const struct slice *known;
    size_t known_count;
    struct slice place;
    unsigned line, column;
};

/** Reports it, with what is known. */
void check_report_unknown(struct checker *checker, const struct check_unknown *unknown);

/** The names of a measure's parts: `vertrokken, inDienst`. */
struct slice check_part_names(struct checker *checker, const struct measure *measure);

/**
 * The JSON pointer of a measure or one of its parts, as totals (region empty) or in a region.
 * Empty names at the end are left out.
 */
struct slice check_place(struct checker *checker, struct slice region, struct slice measure,
                         struct slice part);

/** The JSON pointer of a name under one of the other sections, such as `/opgegeven`. */
struct slice check_place_under(struct checker *checker, const char *section, struct slice name);

/** A finding at an entry: place, line and column filled in. */
struct finding check_at_entry(struct checker *checker, const struct entry *entry,
                              enum severity severity, enum finding_code code);

/**
 * A finding at a column of the totals, at the whole measure where `whole`; it has a line where the
 * column was delivered.
 */
struct finding check_at_column(struct checker *checker, const struct column *column, bool whole,
                               enum severity severity, struct slice code);

/** Whether an error was already reported at this place or below it. */
bool check_has_error(const struct checker *checker, struct slice place);

/** A number for a sentence: `12,6`, shortest, without thousands points. And for `found`: `12.6`. */
struct slice check_number(struct checker *checker, struct decimal value);
struct slice check_number_found(struct checker *checker, struct decimal value);

/** A day for a sentence: `1 april 2024`; and as files have it: `2024-04-01`. */
struct slice check_day(struct checker *checker, struct date date);
struct slice check_date(struct checker *checker, struct date date);

#endif
