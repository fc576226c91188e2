#ifndef GIMON_CORE_RECONCILIATION_H
#define GIMON_CORE_RECONCILIATION_H

#include "core/series.h"

/*
 * The reconciliation of an edition: what was printed, held line by line against what the edition
 * has, and what was printed held against itself.
 */

/** What a line comes to. X(constant, id in answers). */
#define RECONCILIATION_JUDGEMENTS(X)                                                               \
    X(JUDGEMENT_EQUAL, "gelijk")                                                                   \
    X(JUDGEMENT_DIFFERENT, "verschilt")                                                            \
    X(JUDGEMENT_MISSING, "niet-berekend")

enum judgement {
#define RECONCILIATION_CONSTANT(constant, id) constant,
    RECONCILIATION_JUDGEMENTS(RECONCILIATION_CONSTANT)
#undef RECONCILIATION_CONSTANT
        JUDGEMENT_COUNT
};

/** One printed figure and what it is held against. */
struct reconciliation_row {
    const struct publication *publication;
    const struct published_line *line;
    const struct published_check *check; /**< NULL: held against the edition */
    struct date peildatum;
    struct decimal published;
    struct maybe computed;   /**< with the decimals of the line, or of the check */
    struct maybe difference; /**< computed less published */
    enum reason reason;      /**< why nothing was computed, if the figure says so */
    enum judgement judgement;
};

/** All rows: by document, its lines before its checks, then peildatum. */
struct reconciliation {
    const struct edition *edition;
    const struct rulebook *rulebook; /**< whose documents these are */
    const struct reconciliation_row *rows;
    size_t count;
    unsigned counts[JUDGEMENT_COUNT];
};

/**
 * Holds an edition against the documents that the definitions in force at `known` know; figures of
 * peildata that the edition does not cover are left out. Lives in the arena, points into the state.
 */
struct reconciliation reconciliation_answer(const struct state *state,
                                            const struct edition *edition, struct record_id known,
                                            struct arena *arena);

/** The id of a judgement as answers write it. */
const char *judgement_id(enum judgement judgement);

#endif
