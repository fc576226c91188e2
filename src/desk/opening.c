/*
 * What the configuration opens. A visit that may see editions only gets the one it names, or else
 * the newest; what may be shown of it is decided once, by whoever carries out VERDICT_SHOW, and
 * then the visit comes again. Nothing here makes a figure: that everything exact stays behind is
 * seen to where points are made (core/shown).
 */
#include "desk/opening.h"

#include "desk/query.h"

bool opening_allows(const struct desk *desk, const struct route *route, enum role role)
{
    const bool opened = route->open != OPEN_NOTHING && desk->open >= route->open;
    const bool listed = (route->roles & ROUTE_BIT(role)) != 0;
    if (role == ROLE_PUBLIC && route->open != OPEN_NOTHING) return opened;
    return listed || opened;
}

bool opening_shows_only(const struct visit *visit)
{
    const struct route *route = visit->match.route;
    return visit->role == ROLE_PUBLIC && visit->desk->open == OPEN_ALL && route != NULL &&
           route->open != OPEN_NOTHING;
}

const struct edition *opening_newest(const struct ledger *ledger)
{
    const struct editions *editions = state_editions(ledger->state);
    return editions->count == 0 ? NULL : editions->items[editions->count - 1];
}

struct verdict opening_decide(const struct ledger *ledger, const struct edition *edition)
{
    return (struct verdict){
        .kind = VERDICT_SHOW,
        .draft.ledger = ledger->number,
        .edition = edition,
    };
}

bool opening_waits(const struct visit *visit, struct verdict *ret_verdict)
{
    const struct ledger *ledger = visit->ledger;
    if (visit->asked == NULL) {
        *ret_verdict = visit_refuse(visit, PROBLEM_NOT_FOUND,
                                    "Van deze monitor is nog niets gepubliceerd: er is geen "
                                    "editie.");
        return true;
    }
    if (showings_complete(ledger->showings, ledger->state, visit->asked)) return false;
    if (visit->circumstance->impatient) {
        *ret_verdict = visit_refuse(visit, PROBLEM_NOT_READY,
                                    "Wat van deze editie getoond mag worden, wordt nog bepaald; "
                                    "probeer het zo weer.");
        return true;
    }
    *ret_verdict = opening_decide(ledger, visit->asked);
    return true;
}

/* Path and values have been found to be ids, dates and words: nothing in them needs escaping. */
void opening_add_location(const struct visit *visit, struct reply *reply)
{
    const struct request *request = visit->request;
    struct slice given;
    struct text text;
    if (!visit->shown || query_value(visit, KEY_EDITION, &given)) return;
    text_init(&text);
    text_put(&text, request->path);
    text_puts(&text, "?editie=");
    text_put(&text, visit->asked->name);
    for (size_t i = 0; i < request->query_count; i++) {
        text_putc(&text, '&');
        text_put(&text, request->queries[i].key);
        text_putc(&text, '=');
        text_put(&text, request->queries[i].value);
    }
    reply_add_header(reply, "Content-Location", text_keep(&text, request->arena));
}
