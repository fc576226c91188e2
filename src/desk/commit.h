#ifndef GIMON_DESK_COMMIT_H
#define GIMON_DESK_COMMIT_H

#include "desk/precondition.h"
#include "desk/receipt.h"

/** What a request wants on the log, and how it relates to what is there. */
struct commit {
    enum record_kind kind;
    struct slice organisation;   /**< empty: the peildatum as a whole */
    struct slice content;        /**< canonical; see commit_set_content */
    struct slice sha256;         /**< hexadecimal, of the content */
    const struct notice *notice; /**< for the kinds that carry one */
    struct precondition precondition;
};

/** What the fold would say of it now. */
struct prospect {
    enum outcome outcome;
    const struct revision *standing; /**< NULL: nothing */
    const struct event *holding;     /**< UNCHANGED: what said so already; or NULL */
    const struct edition *edition;   /**< RECORD_EDITION: who has the name; NULL: nobody */
};

/** Gives a commit its canonical content and takes the digest of it, once. */
void commit_set_content(struct commit *commit, struct slice content, struct arena *arena);

/** Looks at what we know; changes nothing. */
struct prospect commit_foresee(const struct visit *visit, const struct commit *commit);

/**
 * Decides: appends what changes something; answers what changes nothing, but only once the fold has
 * caught up with the log. Without Redis 503, unless the answer is known to hold.
 */
struct verdict commit_decide(const struct visit *visit, const struct commit *commit);

#endif
