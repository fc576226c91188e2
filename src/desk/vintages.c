/*
 * How figures were revised, as a quality figure: the same question as that for series, without
 * regions. It is computed from the whole log each time, so a client that has it gets 304 first.
 */
#include "codec/render_vintages.h"
#include "desk/handlers.h"
#include "desk/query.h"
#include "desk/reading.h"

void vintages_ask(struct visit *visit)
{
    struct slice value;
    reading_ask_series(visit);
    if (visit->question.level == LEVEL_REGION && query_value(visit, KEY_LEVEL, &value))
        query_find_bad(visit, KEY_LEVEL, value,
                       "Herzieningen zijn er landelijk en per organisatie.");
}

struct verdict vintages_get(struct visit *visit)
{
    const bool csv = visit->format == FORMAT_CSV;
    struct verdict verdict;
    if (!reading_may_see(visit)) return reading_refuse(visit);
    const struct slice etag = visit_etag(visit, reading_is_personal(visit));
    if (visit_has(visit, etag, &verdict)) return verdict;

    const struct vintages vintages =
        vintages_answer(visit->ledger->state, &visit->question, visit->request->arena);
    struct reply reply = visit_figures(
        visit, etag, csv ? "text/csv; charset=utf-8" : format_media_type(FORMAT_JSON));
    if (csv)
        render_vintages_csv(&reply.body, &vintages, visit->language);
    else
        render_vintages_json(&reply.body, &vintages);
    return verdict_reply(reply);
}
