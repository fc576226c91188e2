#ifndef GIMON_DESK_DESK_H
#define GIMON_DESK_DESK_H

#include "codec/book.h"
#include "core/access.h"
#include "core/limits.h"
#include "core/showing.h"
#include "core/state.h"
#include "desk/message.h"
#include "desk/meter.h"
#include "desk/metrics_cache.h"
#include "desk/openapi_copy.h"

/** One monitor's log as the desk sees it; kept up to date by the one who follows the log. */
struct ledger {
    struct slice monitor;
    const struct state *state; /**< NULL until the log has been replayed once */
    size_t number;             /**< what drafts call it, whichever others come or go */
    struct showings *showings; /**< what the public may see of it, as far as that is decided */
};

/** What decides: everything a handler may look at. The caller owns it all and keeps it current. */
struct desk {
    struct ledger *ledgers; /**< ascending by monitor: answers list them in this order */
    size_t ledger_count;
    const struct access *access;
    struct meter *meter;
    enum openness open;            /**< what needs no token */
    size_t body_bytes;             /**< largest body, for the 413 */
    size_t history;                /**< most recent peildata in gi_reeks */
    struct limits limits;          /**< how often one may ask */
    struct proxies proxies;        /**< who may say where a request comes from */
    struct metrics_cache *metrics; /**< rendered figures that are kept; NULL: none are */
    struct openapi_copy *openapi;  /**< the OpenAPI document is kept here; NULL: it is not */
};

/** What goes on the log; the journal adds `v`, `poging` and `vorige`. Lives in the arena. */
struct draft {
    size_t ledger; /**< its number */
    struct slice fields[FIELD_COUNT];
};

/** What a verdict asks for. */
enum verdict_kind {
    VERDICT_REPLY,  /**< answer this */
    VERDICT_APPEND, /**< put `draft` on the log, then desk_settle */
    VERDICT_SYNC,   /**< fold up to the last id of `draft`'s log, then desk_receive with `synced` */
    VERDICT_BOOK,   /**< write `book` down, away from the loop, then desk_bind */
    VERDICT_SHOW,   /**< decide what `draft`'s log shows of `edition`, then desk_receive again */
};

/** Who wants to change what, as far as that has been found out; see audit.h. */
struct deed {
    enum method method;
    struct slice object; /**< the path, with nothing in it that was made up */
    struct slice actor;  /**< name of the token, empty without a valid one */
    const char *role;
};

/** The decision on a request, a value. */
struct verdict {
    enum verdict_kind kind;
    const char *route; /**< template of the route, for the meter; a literal */
    struct deed deed;  /**< lives in the request's arena */
    struct reply reply;
    struct draft draft;
    const struct edition *edition; /**< VERDICT_SHOW: of that log's state */
    const struct book *book; /**< lives in the request's arena and points at nothing outside it */
};

struct admission;

/** What is known when a request is decided. */
struct circumstance {
    struct moment now;
    bool writable;  /**< Redis takes commits now */
    bool synced;    /**< the fold is up to the log's last id as of after the request came in */
    bool impatient; /**< a VERDICT_SHOW took too long: what is not decided by now is not shown */
    const struct admission *admission; /**< of desk_admit; NULL: nobody counts */
};

/** How an append ended. */
enum settlement_kind {
    SETTLED_FOLDED,  /**< it is on the log and folded: `id` and `fate` tell the rest */
    SETTLED_REFUSED, /**< Redis did not take it: surely not stored */
    SETTLED_UNKNOWN, /**< no answer in time: it may or may not be stored */
};

struct settlement {
    enum settlement_kind kind;
    struct record_id id;
    struct fate fate;
};

/** Decides on a request. Does nothing, changes nothing but counters. */
struct verdict desk_receive(const struct desk *desk, const struct request *request,
                            const struct circumstance *circumstance);

/** The answer to a request whose append has ended; `draft` is the verdict's. */
struct reply desk_settle(const struct desk *desk, const struct request *request,
                         const struct draft *draft, const struct settlement *settlement,
                         struct moment now);

/**
 * The answer to a request whose book has been written: the verdict's reply with `bytes` for body,
 * which it takes over; a 500 where there are none.
 */
struct reply desk_bind(const struct request *request, const struct reply *reply,
                       struct text *bytes);

#endif
