/*
 * The response on a peildatum: who is expected, has delivered, is late, has findings, with the
 * calendar. An analyst sees everybody, a GI its own rows. What is overdue depends on the day, so
 * the day is in the ETag.
 */
#include "codec/render_response.h"
#include "desk/handlers.h"

/* Keeps the rows that the visitor may see; how many are expected and received stays. */
static void narrow(struct response *response, const struct token *token)
{
    size_t kept = 0;
    for (size_t i = 0; i < response->count; i++) {
        if (token_acts_for(token, response->rows[i].organisation->id))
            response->rows[kept++] = response->rows[i];
    }
    response->count = kept;
}

static struct slice day_etag(const struct visit *visit, struct date today)
{
    const struct slice etag = visit_etag(visit, true);
    return arena_print(visit->request->arena, "%.*s-%d\"", (int)etag.len - 1, etag.ptr, today.day);
}

struct verdict response_get(struct visit *visit)
{
    const struct date today = visit_today(visit);
    const struct slice etag = day_etag(visit, today);
    const bool csv = visit->format == FORMAT_CSV;
    struct verdict verdict;
    if (visit_has(visit, etag, &verdict)) return verdict;

    const struct response_question question = {
        .rulebook = visit->rulebook,
        .peildatum = visit->peildatum,
        .today = today,
        .known = visit->known,
    };
    struct response response = response_on(visit->ledger->state, &question, visit->request->arena);
    if (visit->role == ROLE_GI) narrow(&response, visit->token);
    struct reply reply =
        visit_answer(etag, csv ? "text/csv; charset=utf-8" : format_media_type(FORMAT_JSON));
    if (csv)
        render_response_csv(&reply.body, &response, visit->language);
    else
        render_response_json(&reply.body, &response);
    return verdict_reply(reply);
}
