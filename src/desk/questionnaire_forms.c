/*
 * What a deliverer needs to make a delivery, made from the definition: the CSV template to fill in
 * and the JSON Schema to check against. Both change only when the definition does.
 */
#include "codec/submission_csv.h"
#include "codec/submission_schema.h"
#include "desk/delivery_body.h"
#include "desk/handlers.h"

struct verdict questionnaire_template(struct visit *visit)
{
    const struct slice etag = visit_definition_etag(visit);
    struct arena *arena = visit->request->arena;
    const struct slice monitor = visit->ledger->monitor;
    struct verdict verdict;
    if (visit_has(visit, etag, &verdict)) return verdict;

    struct reply reply = visit_answer(etag, render_csv.content_type);
    delivery_body_name(&reply, arena_print(arena, "sjabloon-%.*s", (int)monitor.len, monitor.ptr),
                       arena);
    submission_csv_template(&reply.body, &visit->rulebook->monitor);
    return verdict_reply(reply);
}

struct verdict questionnaire_schema(struct visit *visit)
{
    const struct slice etag = visit_definition_etag(visit);
    struct verdict verdict;
    if (visit_has(visit, etag, &verdict)) return verdict;

    struct reply reply = visit_answer(etag, format_media_type(FORMAT_JSON));
    submission_schema_write(&reply.body, visit->rulebook);
    return verdict_reply(reply);
}
