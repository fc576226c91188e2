#ifndef GIMON_CORE_QUESTION_H
#define GIMON_CORE_QUESTION_H

#include "core/edition.h"
#include "core/showing.h"
#include "core/subject.h"

/** What is asked. Empty lists mean all; `from` and `to` are inclusive. */
struct question {
    const struct subject *subjects;
    size_t subject_count;
    enum level level;
    bool changes; /**< each point against the peildatum before it among those that are asked */
    const struct slice *organisations;
    size_t organisation_count;
    const struct slice *regions; /**< ids, REMAINDER_ID among them */
    size_t region_count;
    bool has_from, has_to;
    struct date from;
    struct date to;
    bool today;             /**< by today's organisations (core/succession), not as delivered */
    unsigned version;       /**< of the definition on every peildatum; 0: the one in force there */
    struct record_id known; /**< state_now(), or the newest record that may be used */
    const struct edition *edition; /**< as frozen in it, `known` is its place; NULL: in none */
    const struct showings *shown;  /**< only what may be shown of that edition; NULL: all, exact */
};

#endif
