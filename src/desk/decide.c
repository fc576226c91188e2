/*
 * The desk's decision on a request. A visit passes the gates below in their order; the first one
 * that says no gives the verdict, and who passes all of them reaches the handler of its route:
 *
 *   too long? (414, 431)  too often? (429)  ready? (503)  path? (404)  method? (405)  token? (401)
 *   role? (403, or 401 without a token)  query? (400)  form? (406)  body? (415, 413)
 *
 * Status and headers are the same on every route because they are decided here and in headers.c.
 */
#include "desk/admission.h"
#include "desk/credential.h"
#include "desk/deed.h"
#include "desk/headers.h"
#include "desk/opening.h"
#include "desk/past.h"
#include "desk/query.h"
#include "desk/route_table.h"
#include "desk/visit.h"

/* What the meter calls a path that is none of ours. */
#define UNKNOWN_ROUTE "onbekend"

/* A gate: true if it gives the verdict, false if the visit may go on. */
typedef bool (*gate)(struct visit *visit, struct verdict *ret_verdict);

/* Says no, in a Dutch sentence. */
static bool refuse(const struct visit *visit, struct verdict *ret_verdict, enum problem problem,
                   const char *detail)
{
    *ret_verdict = visit_refuse(visit, problem, detail);
    return true;
}

/* What is longer than any question of ours has not been looked at. */
static bool gate_head(struct visit *visit, struct verdict *ret_verdict)
{
    const struct request *request = visit->request;
    if (request->target_too_long)
        return refuse(visit, ret_verdict, PROBLEM_TARGET_TOO_LONG,
                      "Vraag in een keer minder, zodat het adres korter wordt.");
    if (request->headers_too_large)
        return refuse(visit, ret_verdict, PROBLEM_HEADERS_TOO_LARGE,
                      "Stuur minder of kortere koppen mee, bijvoorbeeld geen cookies.");
    return false;
}

/* Counted once, before the desk was asked; see admission.h. */
static bool gate_limit(struct visit *visit, struct verdict *ret_verdict)
{
    const struct admission *admission = visit->circumstance->admission;
    if (admission == NULL || admission->turned_away == TURNED_AWAY_NOT) return false;
    const struct slice detail = admission_detail(admission, visit->request->arena);
    return refuse(visit, ret_verdict, PROBLEM_TOO_MANY, detail.ptr);
}

static const struct ledger *find_ledger(const struct desk *desk, struct slice monitor)
{
    for (size_t i = 0; i < desk->ledger_count; i++) {
        if (slice_equal(desk->ledgers[i].monitor, monitor)) return &desk->ledgers[i];
    }
    return NULL;
}

/* A path of one monitor needs that monitor's log; every other one needs them all. */
static bool gate_ready(struct visit *visit, struct verdict *ret_verdict)
{
    const struct desk *desk = visit->desk;
    if (visit->match.path != NULL && visit->match.path->unready) return false;
    visit->ledger = find_ledger(desk, visit->match.parts[PART_MONITOR]);
    if (visit->ledger != NULL ? ledger_ready(visit->ledger) : desk_ready(desk)) return false;
    return refuse(visit, ret_verdict, PROBLEM_NOT_READY,
                  "Het logboek wordt nog ingelezen; probeer het zo weer.");
}

/* Which rulebook the parts of the path are looked up in; in the past there may be none. */
static bool find_monitor(struct visit *visit)
{
    past_find(visit);
    if (visit->match.parts[PART_MONITOR].len == 0) {
        visit->rulebook = desk_newest_rulebook(visit->desk);
        return true;
    }
    if (visit->ledger == NULL) return false;
    visit->rulebook = state_rulebook(visit->ledger->state, visit->known, NULL);
    return true;
}

static bool find_peildatum(struct visit *visit)
{
    const struct slice part = visit->match.parts[PART_PEILDATUM];
    struct date date;
    if (part.len == 0) return true;
    if (!date_parse(part, &date)) return false;
    visit->peildatum = monitor_find_peildatum(&visit->rulebook->monitor, date);
    return visit->peildatum != NULL;
}

static bool find_organisation(struct visit *visit)
{
    const struct slice part = visit->match.parts[PART_ORGANISATION];
    if (part.len == 0) return true;
    if (visit->rulebook == NULL) return false;
    visit->organisation = directory_find_organisation(&visit->rulebook->directory, part);
    return visit->organisation != NULL;
}

static bool find_table(struct visit *visit)
{
    const struct slice part = visit->match.parts[PART_TABLE];
    if (part.len == 0) return true;
    visit->table = monitor_find_table(&visit->rulebook->monitor, part);
    return visit->table != NULL;
}

/* What it is called is not everybody's to know: who may ask is told by the handler. */
static void find_edition(struct visit *visit)
{
    const struct slice part = visit->match.parts[PART_EDITION];
    if (part.len == 0) return;
    visit->edition = editions_find(state_editions(visit->ledger->state), part, visit->known);
}

static bool gate_path(struct visit *visit, struct verdict *ret_verdict)
{
    if (visit->match.path == NULL)
        return refuse(visit, ret_verdict, PROBLEM_NOT_FOUND, "Dit adres bestaat hier niet.");
    if (!find_monitor(visit))
        return refuse(visit, ret_verdict, PROBLEM_NOT_FOUND, "Deze monitor bestaat niet.");
    if (visit->past && visit->rulebook == NULL)
        return refuse(visit, ret_verdict, PROBLEM_NOT_FOUND,
                      "Op dat moment was deze monitor hier nog niet bekend.");
    if (!find_peildatum(visit))
        return refuse(visit, ret_verdict, PROBLEM_NOT_FOUND,
                      "Deze monitor heeft deze peildatum niet.");
    if (!find_organisation(visit))
        return refuse(visit, ret_verdict, PROBLEM_NOT_FOUND,
                      "Deze organisatie staat niet in het register.");
    if (!find_table(visit))
        return refuse(visit, ret_verdict, PROBLEM_NOT_FOUND, "Deze monitor heeft deze tabel niet.");
    find_edition(visit);
    return false;
}

static bool gate_method(struct visit *visit, struct verdict *ret_verdict)
{
    if (visit->match.route != NULL) return false;
    const struct routes routes = route_table();
    const struct slice allow =
        routes_allow(&routes, visit->match.path->path, visit->request->arena);
    const struct slice detail =
        arena_print(visit->request->arena, "Hier kan alleen: %s.", allow.ptr);
    *ret_verdict = visit_refuse(visit, PROBLEM_METHOD, detail.ptr);
    reply_add_header(&ret_verdict->reply, "Allow", allow);
    return true;
}

/* The tokens are those that were on disk when the request came in. */
static bool gate_token(struct visit *visit, struct verdict *ret_verdict)
{
    switch (visit->credential) {
    case CREDENTIAL_NONE:
    case CREDENTIAL_VALID: return false;
    case CREDENTIAL_MALFORMED:
        return refuse(visit, ret_verdict, PROBLEM_NO_TOKEN,
                      "De kop Authorization moet luiden: Bearer <token>.");
    case CREDENTIAL_UNKNOWN: break;
    }
    return refuse(visit, ret_verdict, PROBLEM_NO_TOKEN, "Dit token is onbekend of verlopen.");
}

static bool gate_role(struct visit *visit, struct verdict *ret_verdict)
{
    const struct route *route = visit->match.route;
    const bool allowed = opening_allows(visit->desk, route, visit->role);
    if (visit->role == ROLE_PUBLIC && !allowed)
        return refuse(visit, ret_verdict, PROBLEM_NO_TOKEN,
                      "Geef een token mee: Authorization: Bearer <token>.");
    if (!allowed)
        return refuse(visit, ret_verdict, PROBLEM_FORBIDDEN, "De rol van dit token mag dit niet.");
    if (visit->role != ROLE_GI || !route->own ||
        token_acts_for(visit->token, visit->organisation->id))
        return false;
    return refuse(visit, ret_verdict, PROBLEM_FORBIDDEN, "Dit token is niet van deze organisatie.");
}

static bool gate_query(struct visit *visit, struct verdict *ret_verdict)
{
    past_check(visit);
    query_read(visit);
    if (visit->findings.count == 0) return false;
    return refuse(visit, ret_verdict, PROBLEM_BAD_QUERY,
                  "De vraag is niet beantwoord; hieronder staat wat er niet klopt.");
}

/* `application/json, text/csv` */
static struct slice list_media(unsigned formats, const char *between, struct arena *arena)
{
    struct slice list = {0};
    for (unsigned i = 0; i < FORMAT_COUNT; i++) {
        if (!(formats & FORMAT_BIT(i))) continue;
        list = arena_print(arena, "%s%s%s", list.len > 0 ? list.ptr : "",
                           list.len > 0 ? between : "", format_media_type((enum format)i));
    }
    return list;
}

static bool gate_form(struct visit *visit, struct verdict *ret_verdict)
{
    const unsigned formats = visit->match.route->formats;
    if (formats == 0 || visit->format_given) return false;
    if (negotiate_accept(visit->request->accept, formats, &visit->format)) return false;

    const struct slice offered = list_media(formats, ", ", visit->request->arena);
    const struct slice detail =
        arena_print(visit->request->arena, "Hier is te krijgen: %s.", offered.ptr);
    return refuse(visit, ret_verdict, PROBLEM_NOT_ACCEPTABLE, detail.ptr);
}

/* The body is there in a form that this route reads. */
static bool gate_media(struct visit *visit, struct verdict *ret_verdict)
{
    const unsigned takes = visit->match.route->takes;
    if (takes == 0) return false;
    switch (media_parse(visit->request->content_type, takes, &visit->media)) {
    case MEDIA_OK: return false;
    case MEDIA_BAD_CHARSET:
        return refuse(visit, ret_verdict, PROBLEM_MEDIA_TYPE,
                      "Deze charset wordt hier niet gelezen. JSON is UTF-8; CSV is UTF-8 of "
                      "Windows-1252.");
    case MEDIA_UNKNOWN: break;
    }
    const struct slice taken = list_media(takes, " of ", visit->request->arena);
    const struct slice detail =
        arena_print(visit->request->arena, "Stuur Content-Type: %s mee.", taken.ptr);
    return refuse(visit, ret_verdict, PROBLEM_MEDIA_TYPE, detail.ptr);
}

static bool gate_body(struct visit *visit, struct verdict *ret_verdict)
{
    const struct request *request = visit->request;
    if (!request->body_too_large) return false;
    const struct slice detail = arena_print(
        request->arena, "Een aanlevering is ten hoogste %zu bytes.", visit->desk->body_bytes);
    return refuse(visit, ret_verdict, PROBLEM_TOO_LARGE, detail.ptr);
}

static const gate gates[] = {
    gate_head, gate_limit, gate_ready, gate_path,  gate_method, gate_token,
    gate_role, gate_query, gate_form,  gate_media, gate_body,
};

static struct verdict pass_gates(struct visit *visit)
{
    struct verdict verdict;
    for (size_t i = 0; i < sizeof gates / sizeof gates[0]; i++) {
        if (gates[i](visit, &verdict)) return verdict;
    }
    return visit->match.route->handle(visit);
}

static void find_route(struct visit *visit)
{
    const struct routes routes = route_table();
    visit->match = routes_match(&routes, visit->request->method, visit->request->path);
}

static void find_token(struct visit *visit)
{
    visit->credential = credential_read(visit->desk->access, visit->request,
                                        visit->circumstance->now, &visit->token);
    visit->role = visit->token != NULL ? visit->token->role : ROLE_PUBLIC;
}

struct verdict desk_receive(const struct desk *desk, const struct request *request,
                            const struct circumstance *circumstance)
{
    struct visit visit = {.desk = desk, .request = request, .circumstance = circumstance};
    findings_init(&visit.findings, request->arena);
    find_route(&visit);
    find_token(&visit);
    struct verdict verdict = pass_gates(&visit);
    verdict.route = visit.match.path != NULL ? visit.match.path->path : UNKNOWN_ROUTE;
    verdict.deed = deed_describe(&visit, verdict.route);
    const bool answers = verdict.kind == VERDICT_REPLY || verdict.kind == VERDICT_BOOK;
    if (answers) headers_add_common(&verdict.reply, request);
    if (visit.match.path != NULL && visit.match.path->shared)
        reply_add_header(&verdict.reply, "Access-Control-Allow-Origin", slice_of("*"));
    return verdict;
}

struct reply desk_bind(const struct request *request, const struct reply *reply, struct text *bytes)
{
    struct reply bound = *reply;
    if (bytes->len == 0) {
        bound = problem_reply(PROBLEM_INTERNAL, "Het werkblad kon niet worden gemaakt.", NULL);
        headers_add_common(&bound, request);
        return bound;
    }
    bound.body = *bytes;
    *bytes = (struct text){0};
    return bound;
}
