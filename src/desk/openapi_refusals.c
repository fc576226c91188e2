/*
 * How a route can refuse, as responses: one a status, with an example for each of its problems.
 * Which they are is decided in route_refusals.c, what they look like in problem.h.
 */
#include "desk/openapi_parts.h"
#include "desk/problem.h"
#include "desk/route_refusals.h"
#include "desk/route_table.h"

#include <string.h>

/* The name of a problem: the last part of its type. */
static const char *name_of(enum problem problem)
{
    return strrchr(problem_type(problem), '/') + 1;
}

/* Headers that go with a status, besides those of every answer. */
static void put_headers(struct openapi *openapi, unsigned status)
{
    const bool waits = status == 429 || status == 503;
    json_open_object(&openapi->json, "headers");
    openapi_put_common_headers(openapi);
    if (waits) openapi_put_reference(openapi, "Retry-After", "headers", slice_of("Retry-After"));
    if (status == 401)
        openapi_put_reference(openapi, "WWW-Authenticate", "headers", slice_of("WWW-Authenticate"));
    json_close_object(&openapi->json);
}

/* Of the problems with this status: their titles as one line. */
static struct slice titles(struct openapi *openapi, unsigned refusals, unsigned status)
{
    struct slice line = {0};
    for (unsigned i = 0; i < PROBLEM_COUNT; i++) {
        if (!(refusals & ROUTE_BIT(i)) || problem_status((enum problem)i) != status) continue;
        line = arena_print(openapi->arena, "%s%s%s.", line.len > 0 ? line.ptr : "",
                           line.len > 0 ? " Of: " : "", problem_title((enum problem)i));
    }
    return line;
}

static void put_examples(struct openapi *openapi, unsigned refusals, unsigned status)
{
    json_open_object(&openapi->json, "examples");
    for (unsigned i = 0; i < PROBLEM_COUNT; i++) {
        if (!(refusals & ROUTE_BIT(i)) || problem_status((enum problem)i) != status) continue;
        const char *name = name_of((enum problem)i);
        openapi_put_reference(openapi, name, "examples", slice_of(name));
    }
    json_close_object(&openapi->json);
}

static void put_refusal(struct openapi *openapi, unsigned refusals, unsigned status)
{
    struct json *json = &openapi->json;
    json_open_object(json, arena_print(openapi->arena, "%u", status).ptr);
    json_text(json, "description", titles(openapi, refusals, status));
    put_headers(openapi, status);
    json_open_object(json, "content");
    json_open_object(json, "application/problem+json");
    openapi_put_reference(openapi, "schema", "schemas", slice_of("Probleem"));
    put_examples(openapi, refusals, status);
    json_close_object(json);
    json_close_object(json);
    json_close_object(json);
}

void openapi_put_refusals(struct openapi *openapi, const struct route *route)
{
    const unsigned refusals = route_refusals(route);
    unsigned before = 0;
    /* The table of problems ascends by status. */
    for (unsigned i = 0; i < PROBLEM_COUNT; i++) {
        const unsigned status = problem_status((enum problem)i);
        if (!(refusals & ROUTE_BIT(i)) || status == before) continue;
        put_refusal(openapi, refusals, status);
        before = status;
    }
}

/* Of all routes together. A method that a path does not have is refused before there is a route. */
static unsigned all_refusals(void)
{
    const struct routes routes = route_table();
    unsigned refusals = 0;
    for (size_t i = 0; i < routes.count; i++)
        refusals |= route_refusals(&routes.items[i]);
    return refusals;
}

void openapi_put_problems(struct openapi *openapi)
{
    struct json *json = &openapi->json;
    const unsigned refusals = all_refusals();
    for (unsigned i = 0; i < PROBLEM_COUNT; i++) {
        const enum problem problem = (enum problem)i;
        if (!(refusals & ROUTE_BIT(i))) continue;
        json_open_object(json, name_of(problem));
        json_puts(json, "summary", problem_title(problem));
        json_open_object(json, "value");
        json_puts(json, "type", problem_type(problem));
        json_int(json, "status", problem_status(problem));
        json_puts(json, "title", problem_title(problem));
        json_puts(json, "detail", "Wat er in dit geval is, en wat te doen.");
        json_close_object(json);
        json_close_object(json);
    }
}
