#ifndef GIMON_CORE_RESPONSE_H
#define GIMON_CORE_RESPONSE_H

#include "core/state.h"

/** Where an organisation stands with a peildatum. X(constant, id in answers). */
#define RESPONSE_STATUSES(X)                                                                       \
    X(RESPONSE_EXPECTED, "verwacht")     /* nothing there yet, and that is in time */              \
    X(RESPONSE_RECEIVED, "ontvangen")    /* something stands, and counts */                        \
    X(RESPONSE_OVERDUE, "te-laat")       /* due and not there */                                   \
    X(RESPONSE_WITHDRAWN, "ingetrokken") /* it was there and was withdrawn */                      \
    X(RESPONSE_ASIDE, "terzijde")        /* something stands and is set aside */

enum response_status {
#define RESPONSE_CONSTANT(constant, id) constant,
    RESPONSE_STATUSES(RESPONSE_CONSTANT)
#undef RESPONSE_CONSTANT
        RESPONSE_STATUS_COUNT
};

/** One expected organisation. Everything belongs to the state and the rulebook. */
struct response_row {
    const struct organisation *organisation;
    enum response_status status;
    bool late;                       /**< what stands came after the due date, or it is overdue */
    const struct revision *revision; /**< that stands, or was withdrawn; NULL: none ever came */
    const struct event *ruling;      /**< the withdrawal or setting aside behind the status; NULL */
    const struct event *const *remarks; /**< oldest first */
    size_t remark_count;
};

/** Who is expected on a peildatum, and where each stands. */
struct response {
    struct slice monitor;
    struct peildatum window;       /**< the peildatum, with the closing date of its definition */
    const struct event *reopening; /**< NULL: none */
    struct response_row *rows;     /**< in the order of the register */
    size_t count;
    unsigned expected; /**< all of them, also where fewer rows are shown */
    unsigned received; /**< of those, RESPONSE_RECEIVED */
};

/** Of which peildatum a response is asked, and as of when. */
struct response_question {
    const struct rulebook *rulebook; /**< in force at `known` */
    const struct peildatum *peildatum;
    struct date today;      /**< Europe/Amsterdam */
    struct record_id known; /**< state_now(), or the newest record that may be used */
};

/** The response on a peildatum. Lives in the arena and points into the state. */
struct response response_on(const struct state *state, const struct response_question *question,
                            struct arena *arena);

/** The id of a status as answers write it. */
const char *response_status_id(enum response_status status);

#endif
