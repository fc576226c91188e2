#ifndef GIMON_DESK_VISIT_H
#define GIMON_DESK_VISIT_H

#include "codec/render.h"
#include "desk/credential.h"
#include "desk/media.h"
#include "desk/problem.h"
#include "desk/routes.h"

/**
 * A request on its way through the desk and all that has been found out about it so far. Each step
 * fills in what the later ones rely on; lives on the stack of desk_receive.
 */
struct visit {
    const struct desk *desk;
    const struct request *request;
    const struct circumstance *circumstance;
    struct match match;

    const struct ledger *ledger; /**< of {monitor}; NULL where the path has none */
    struct record_id known;      /**< the newest record to answer from; state_now() unless asked */
    bool past;                   /**< that was asked: by `bekendOp` or `editie` */
    const struct edition *asked; /**< of `editie`; NULL without */
    bool shown;                  /**< only what may be shown: of `asked`, else of nothing */
    const struct rulebook *rulebook;   /**< in force then: the ledger's, else the newest of all */
    const struct peildatum *peildatum; /**< of {peildatum} */
    const struct organisation *organisation; /**< of {organisatie} */
    const struct table *table;               /**< of {tabel} */
    const struct edition *edition;           /**< of {editie} */

    enum credential credential;
    const struct token *token; /**< NULL without a valid one */
    enum role role;

    struct findings findings; /**< what is wrong with the question or the delivery */
    struct question question; /**< of /reeksen */
    enum format format;
    bool format_given; /**< by `formaat=`, so Accept does not matter */
    enum language language;
    struct media media; /**< of the body, where the route takes one */
};

/** The number of the visit's ledger, as drafts name it. */
size_t visit_ledger(const struct visit *visit);

/** The ledger of a draft; NULL for one that was never the desk's. */
const struct ledger *desk_ledger(const struct desk *desk, size_t number);

/** The verdict that gives this answer. */
struct verdict verdict_reply(struct reply reply);

/** The verdict that says no, with a Dutch sentence and the findings there are. */
struct verdict visit_refuse(const struct visit *visit, enum problem problem, const char *detail);

/**
 * Adds an error about a query key or header: its `place` is the key, its `found` the value as it
 * was sent. All its texts must live as long as the request.
 */
void visit_find(struct visit *visit, struct finding finding);

/** The day it is (Europe/Amsterdam), or was when what is asked was known. */
struct date visit_today(const struct visit *visit);

/** A 200 with an ETag and no body yet. */
struct reply visit_answer(struct slice etag, const char *content_type);

/** The same for figures: it says too how old the newest thing is that they may be made of. */
struct reply visit_figures(const struct visit *visit, struct slice etag, const char *content_type);

/** How the format of the visit is written. */
const struct rendering *visit_rendering(const struct visit *visit);

/**
 * The ETag of an answer made from one ledger's log as far as the visit looks: the first 16 digits
 * of its chain there, the form, the edition, `als` and `definitie` if they are asked, and whose
 * eyes it is for where `by_role` says that matters.
 */
struct slice visit_etag(const struct visit *visit, bool by_role);

/** The ETag of an answer whose content has that digest, whatever it was made from. */
struct slice visit_digest_etag(const struct visit *visit, const struct digest *digest);

/** The ETag of an answer made from definitions and register only: the path's ledger's, or all. */
struct slice visit_definition_etag(const struct visit *visit);

/**
 * Whether If-None-Match says that the client has this already: then the verdict is 304 and nothing
 * needs to be rendered.
 */
bool visit_has(const struct visit *visit, struct slice etag, struct verdict *ret_verdict);

/** The rulebook in force whose `definitie` record is the newest of all ledgers; NULL if none. */
const struct rulebook *desk_newest_rulebook(const struct desk *desk);

/** Whether a ledger has been replayed and has a definition. */
bool ledger_ready(const struct ledger *ledger);

/** Whether all are. */
bool desk_ready(const struct desk *desk);

#endif
