#ifndef GIMON_DESK_COMPARISON_H
#define GIMON_DESK_COMPARISON_H

#include "codec/json_writer.h"
#include "core/state.h"

/** A delivery beside what stood elsewhere, as of one record of the log. */
struct comparison {
    const struct state *state;
    const struct rulebook *rulebook; /**< in force then; NULL: everything is empty */
    struct record_id known;          /**< what stood on other peildata is taken as of here */
    struct date peildatum;
    struct slice organisation;
    const struct submission *submission;
    struct arena *arena;
};

/** An array of every column that differs from `was` on the same peildatum; NULL: empty. */
void comparison_put_changes(struct json *json, const char *key, const struct comparison *comparison,
                            const struct submission *was);

/** An array of every column that differs from what counted on the preceding peildatum. */
void comparison_put_course(struct json *json, const char *key, const struct comparison *comparison);

/** An array of the indicators that follow, beside those of the preceding peildatum. */
void comparison_put_indicators(struct json *json, const char *key,
                               const struct comparison *comparison);

#endif
