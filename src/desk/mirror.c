/*
 * GET of the mirror report. Who may see it is in the route's row; it is about one organisation and
 * looks the same to everybody who may, so its ETag depends on the log and the form alone.
 */
#include "core/mirror.h"

#include "desk/handlers.h"

struct verdict mirror_get(struct visit *visit)
{
    const struct state *state = visit->ledger->state;
    const struct mirror_question question = {
        .peildatum = visit->peildatum->date,
        .organisation = visit->organisation->id,
        .known = visit->known,
        .edition = visit->asked,
    };
    struct mirror mirror;
    struct verdict verdict;
    if (!mirror_answer(state, &question, visit->request->arena, &mirror))
        return visit_refuse(visit, PROBLEM_NOT_FOUND,
                            "Er is nog geen spiegelrapport: hier is nog niets aangeleverd.");
    const struct slice etag = visit_etag(visit, false);
    if (visit_has(visit, etag, &verdict)) return verdict;

    const struct rendering *rendering = visit_rendering(visit);
    struct reply reply = visit_figures(visit, etag, rendering->content_type);
    rendering->mirror(&reply.body, &mirror);
    return verdict_reply(reply);
}
