/*
 * Who and where: the monitors, the organisations with their validity and successors, the regions.
 * Everything comes from the rulebook that is in force, so all instances answer the same.
 */
#include "codec/json_writer.h"
#include "desk/handlers.h"

/* Writes the members of the answer's one object. */
typedef void (*document)(const struct visit *visit, struct json *json);

static struct verdict answer(const struct visit *visit, document write)
{
    const struct slice etag = visit_definition_etag(visit);
    struct verdict verdict;
    if (visit_has(visit, etag, &verdict)) return verdict;

    struct reply reply = visit_answer(etag, format_media_type(FORMAT_JSON));
    struct json json;
    json_init(&json, &reply.body);
    json_open_object(&json, NULL);
    write(visit, &json);
    json_close_object(&json);
    return verdict_reply(reply);
}

static void put_ids(struct json *json, const char *key, const struct slice *ids, size_t count)
{
    json_open_array(json, key);
    for (size_t i = 0; i < count; i++)
        json_text(json, NULL, ids[i]);
    json_close_array(json);
}

/* ---- monitors ---- */

static void put_monitor(struct json *json, const struct monitor *monitor)
{
    json_open_object(json, NULL);
    json_text(json, "monitor", monitor->id);
    json_text(json, "naam", monitor->name);
    json_text_if(json, "eigenaar", monitor->owner);
    json_text_if(json, "omschrijving", monitor->description);
    json_open_array(json, "peildata");
    for (size_t i = 0; i < monitor->peildatum_count; i++)
        json_date(json, NULL, monitor->peildata[i].date);
    json_close_array(json);
    json_close_object(json);
}

static void write_monitors(const struct visit *visit, struct json *json)
{
    const struct desk *desk = visit->desk;
    json_open_array(json, "monitors");
    for (size_t i = 0; i < desk->ledger_count; i++)
        put_monitor(json, &state_rulebook(desk->ledgers[i].state, state_now(), NULL)->monitor);
    json_close_array(json);
}

struct verdict register_monitors(struct visit *visit)
{
    return answer(visit, write_monitors);
}

/* ---- organisations ---- */

static void put_organisation(struct json *json, const struct organisation *organisation)
{
    json_text(json, "organisatie", organisation->id);
    json_text(json, "naam", organisation->name);
    json_text_if(json, "oin", organisation->oin);
    put_ids(json, "monitors", organisation->monitors, organisation->monitor_count);
    json_date(json, "vanaf", organisation->from);
    if (organisation->has_until) json_date(json, "tot", organisation->until);
    put_ids(json, "opvolgers", organisation->successors, organisation->successor_count);
    put_ids(json, "regios", organisation->regions, organisation->region_count);
}

static void write_organisations(const struct visit *visit, struct json *json)
{
    json_open_array(json, "organisaties");
    const struct directory *directory = &visit->rulebook->directory;
    for (size_t i = 0; i < directory->organisation_count; i++) {
        json_open_object(json, NULL);
        put_organisation(json, &directory->organisations[i]);
        json_close_object(json);
    }
    json_close_array(json);
}

static void write_organisation(const struct visit *visit, struct json *json)
{
    put_organisation(json, visit->organisation);
}

static struct verdict no_register(const struct visit *visit)
{
    return visit_refuse(visit, PROBLEM_NOT_FOUND, "Er is nog geen monitor, dus geen register.");
}

struct verdict register_organisations(struct visit *visit)
{
    if (visit->rulebook == NULL) return no_register(visit);
    return answer(visit, write_organisations);
}

struct verdict register_organisation(struct visit *visit)
{
    return answer(visit, write_organisation);
}

/* ---- regions ---- */

static void write_regions(const struct visit *visit, struct json *json)
{
    const struct directory *directory = &visit->rulebook->directory;
    json_text_if(json, "bron", directory->region_source);
    json_open_array(json, "regios");
    for (size_t i = 0; i < directory->region_count; i++) {
        json_open_object(json, NULL);
        json_text(json, "regio", directory->regions[i].id);
        json_text(json, "naam", directory->regions[i].name);
        json_close_object(json);
    }
    json_close_array(json);
}

struct verdict register_regions(struct visit *visit)
{
    if (visit->rulebook == NULL) return no_register(visit);
    return answer(visit, write_regions);
}
