/*
 * What happened to a delivery: every receipt there was, oldest first, withdrawals and what analysts
 * said included, and one revision with the delivery itself. Receipts are made anew from the log and
 * are the same bytes as they were when they were given.
 */
#include "desk/delivery_body.h"
#include "desk/handlers.h"
#include "desk/receipt.h"

static struct receipt receipt_of(const struct visit *visit, const struct event *event)
{
    return (struct receipt){
        .state = visit->ledger->state,
        .monitor = visit->ledger->monitor,
        .peildatum = visit->peildatum->date,
        .organisation = visit->organisation->id,
        .event = event,
    };
}

static const struct cell *visit_cell(const struct visit *visit)
{
    return state_cell(visit->ledger->state, visit->peildatum->date, visit->organisation->id);
}

/* Up to and including the newest event that the visit may look at. */
static void put_receipts(struct json *json, const struct visit *visit, const struct cell *cell,
                         const struct event *newest)
{
    json_open_array(json, "revisies");
    for (const struct event *event = cell->events; event <= newest; event++) {
        const struct receipt receipt = receipt_of(visit, event);
        json_open_object(json, NULL);
        receipt_put(json, &receipt, visit->request->arena);
        json_close_object(json);
    }
    json_close_array(json);
}

struct verdict history_list(struct visit *visit)
{
    const struct cell *cell = visit_cell(visit);
    const struct event *newest = cell_at(cell, visit->known);
    const struct slice etag = visit_etag(visit, false);
    struct verdict verdict;
    if (newest == NULL)
        return visit_refuse(visit, PROBLEM_NOT_FOUND, "Hier is nog niets aangeleverd.");
    if (visit_has(visit, etag, &verdict)) return verdict;

    struct reply reply = visit_answer(etag, "application/json");
    struct json json;
    json_init(&json, &reply.body);
    json_open_object(&json, NULL);
    put_receipts(&json, visit, cell, newest);
    json_close_object(&json);
    return verdict_reply(reply);
}

/* The revision that the path names; NULL if there is none, or it came later. */
static const struct revision *asked_revision(const struct visit *visit)
{
    uint64_t number = 0;
    if (!slice_to_u64(visit->match.parts[PART_REVISION], &number)) return NULL;
    const struct revision *revision = cell_revision(visit_cell(visit), number);
    if (revision == NULL || record_id_compare(revision->id, visit->known) > 0) return NULL;
    return revision;
}

/* The receipt, and what was delivered; the CSV form of a revision is the delivery alone. */
static void put_revision(struct text *text, const struct visit *visit,
                         const struct revision *revision)
{
    const struct receipt receipt = receipt_of(visit, cell_event(visit_cell(visit), revision->id));
    struct json json;
    json_init(&json, text);
    json_open_object(&json, NULL);
    receipt_put(&json, &receipt, visit->request->arena);
    json_raw(&json, "aanlevering", revision->content);
    json_close_object(&json);
}

struct verdict history_get(struct visit *visit)
{
    const struct revision *revision = asked_revision(visit);
    const struct slice etag = visit_etag(visit, false);
    struct verdict verdict;
    if (revision == NULL)
        return visit_refuse(visit, PROBLEM_NOT_FOUND, "Deze revisie bestaat niet.");
    if (visit_has(visit, etag, &verdict)) return verdict;

    struct reply reply = visit_answer(etag, format_media_type(FORMAT_JSON));
    if (visit->format == FORMAT_CSV)
        delivery_body_show(visit, revision, &reply);
    else
        put_revision(&reply.body, visit, revision);
    return verdict_reply(reply);
}
