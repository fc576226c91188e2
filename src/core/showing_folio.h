#ifndef GIMON_CORE_SHOWING_FOLIO_H
#define GIMON_CORE_SHOWING_FOLIO_H

#include "base/date.h"
#include "base/slice.h"
#include "core/disclosure.h"

/*
 * Everything that editions said about one peildatum, as core/disclosure sees it: the smallest
 * unknowns, the sums of them that were or could be shown, and which were. A folio only grows; what
 * an edition decided holds for all later ones.
 */

/**
 * A smallest unknown: one organisation's one column in one region, in what no region has, or as a
 * whole. As long as its value stays the same it is the same unknown, in whichever edition.
 */
struct showing_atom {
    struct slice organisation;
    struct slice region; /**< empty: in none */
    bool whole;          /**< of the organisation, regions or not */
    struct slice column;
    uint8_t decimals;
    int64_t units; /**< in 10^-decimals */
    uint64_t hash; /**< the folio's */
};

/** A sum of atoms; with the same atoms it is the same sum. */
struct showing_sum {
    const unsigned *atoms; /**< ascending */
    size_t atom_count;
    int64_t units; /**< in 10^-decimals */
    uint8_t decimals;
    size_t companion; /**< hidden together with this sum; FOLIO_NONE without */
    unsigned rank;    /**< as in struct disclosure_cell */
    bool shown;
    uint64_t hash; /**< the folio's */
};

#define FOLIO_NONE SIZE_MAX

/** The most decimals whose smallest units the rule can be counted in. */
enum { FOLIO_DECIMALS = 6 };

struct showing_folio {
    struct arena arena;
    struct date peildatum;
    struct disclosure_rule rule; /**< in whole units */
    struct showing_atom *atoms;
    size_t atom_count;
    struct showing_sum *sums;
    size_t sum_count;
    size_t decided; /**< the first so many sums are */
};

/** An empty folio on the heap; and the end of it (NULL is fine). */
struct showing_folio *folio_new(struct date peildatum, const struct disclosure_rule *rule);
void folio_free(struct showing_folio *folio);

/** The number of an atom; one that is not in the folio yet is copied into it. */
unsigned folio_atom(struct showing_folio *folio, const struct showing_atom *atom);

/** The sum of these atoms (ascending); FOLIO_NONE if the folio has none. */
size_t folio_find(const struct showing_folio *folio, const unsigned *atoms, size_t count);

/** The number of a sum; one that is not in the folio yet is copied into it, undecided. */
size_t folio_sum(struct showing_folio *folio, const struct showing_sum *sum);

/**
 * Decides about the sums that are not decided yet: those without a companion first. Touches
 * nothing but the folio, for any thread.
 */
void folio_decide(struct showing_folio *folio);

/** The sum as it is shown, in its own smallest unit, whether or not it may be. */
int64_t folio_rounded(const struct showing_folio *folio, const struct showing_sum *sum);

#endif
