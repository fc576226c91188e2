#ifndef GIMON_TESTS_FOLD_MODEL_H
#define GIMON_TESTS_FOLD_MODEL_H

#include <stdbool.h>

/*
 * What a test of the fold knows of deliveries without asking the fold, and the plain recomputation
 * of the figures of its monitor: integers and one child at a time, nothing shared with the program.
 */

enum { MODEL_ORGANISATIONS = 3, MODEL_ROWS_MOST = 4 };

/* A value that is missing (0), null (1) or there (2). */
struct value {
    int presence;
    long units;
};

struct wait {
    long days;
    long count;
};

/* What the test itself knows of a delivery. */
struct model {
    bool delivered; /* something stands */
    bool aside;     /* and it is set aside */
    unsigned revision;
    struct value a, b, fte;
    int list; /* 0 missing, 1 null, 2 dates, 3 count and days */
    struct wait waits[MODEL_ROWS_MOST];
    int wait_count;
    char json[1024];
};

/* The value of an indicator over the organisations of one peildatum, or its reason, as text. */
void model_answer(const struct model *models, const char *indicator, char *out);

#endif
