/*
 * The OpenAPI document (OpenAPI 3.0.3; NL API Design Rules 2.1): exactly the routes under /v1. What
 * a route takes, gives and refuses comes from its row in the route table; what it means, and how
 * what goes in and out looks, is written by hand in openapi/ under its operation's name. So a route
 * cannot be served and not described, and the other way round a test holds.
 */
#include "desk/handlers.h"
#include "desk/headers.h"
#include "desk/openapi_parts.h"
#include "desk/openapi_words.h"
#include "desk/route_table.h"

#include <string.h>

/* The server's path: all paths of the document lie below it. */
static const char BASE[] = "/v1";

void openapi_put_reference(struct openapi *openapi, const char *key, const char *kind,
                           struct slice name)
{
    const struct slice target =
        arena_print(openapi->arena, "#/components/%s/%.*s", kind, (int)name.len, name.ptr);
    json_open_object(&openapi->json, key);
    json_text(&openapi->json, "$ref", target);
    json_close_object(&openapi->json);
}

void openapi_put_common_headers(struct openapi *openapi)
{
    static const char *const names[] = {"API-Version", "RateLimit-Policy", "RateLimit"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        openapi_put_reference(openapi, names[i], "headers", slice_of(names[i]));
}

static void put_info(struct openapi *openapi)
{
    struct json *json = &openapi->json;
    const struct slice words = openapi_words(OPENAPI_INFO);
    json_puts(json, "openapi", "3.0.3");
    json_open_object(json, "info");
    json_puts(json, "version", HEADERS_API_VERSION);
    openapi_put_members(json, openapi_member(words, "info", openapi->arena), openapi->arena);
    json_close_object(json);
    json_open_array(json, "servers");
    json_open_object(json, NULL);
    json_puts(json, "url", BASE);
    json_close_object(json);
    json_close_array(json);
    openapi_put(json, "tags", openapi_member(words, "tags", openapi->arena));
}

/* Whether this is the first row with its path: all methods of a path stand together. */
static bool begins_path(const struct routes *routes, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(routes->items[i].path, routes->items[index].path) == 0) return false;
    }
    return routes->items[index].operation != NULL;
}

static void put_path(struct openapi *openapi, const struct routes *routes, const char *path)
{
    json_open_object(&openapi->json, path + strlen(BASE));
    for (size_t i = 0; i < routes->count; i++) {
        if (strcmp(routes->items[i].path, path) == 0)
            openapi_put_operation(openapi, &routes->items[i]);
    }
    json_close_object(&openapi->json);
}

static void put_paths(struct openapi *openapi)
{
    const struct routes routes = route_table();
    json_open_object(&openapi->json, "paths");
    for (size_t i = 0; i < routes.count; i++) {
        if (begins_path(&routes, i)) put_path(openapi, &routes, routes.items[i].path);
    }
    json_close_object(&openapi->json);
}

static void put_components(struct openapi *openapi)
{
    struct json *json = &openapi->json;
    json_open_object(json, "components");
    openapi_put_members(json, openapi_words(OPENAPI_COMPONENTS), openapi->arena);
    json_open_object(json, "examples");
    openapi_put_problems(openapi);
    json_close_object(json);
    json_open_object(json, "schemas");
    openapi_put_enumerations(openapi);
    openapi_put_members(json, openapi_words(OPENAPI_SCHEMAS), openapi->arena);
    json_close_object(json);
    json_close_object(json);
}

static void make(struct openapi_copy *copy, struct arena *arena)
{
    struct openapi openapi = {.arena = arena};
    json_init(&openapi.json, &copy->document);
    json_open_object(&openapi.json, NULL);
    put_info(&openapi);
    put_paths(&openapi);
    put_components(&openapi);
    json_close_object(&openapi.json);
    copy->digest = digest_of(text_slice(&copy->document));
}

static struct verdict answer(const struct visit *visit, const struct openapi_copy *copy)
{
    const struct slice etag = visit_digest_etag(visit, &copy->digest);
    struct verdict verdict;
    if (visit_has(visit, etag, &verdict)) return verdict;
    struct reply reply = visit_answer(etag, format_media_type(FORMAT_JSON));
    text_put(&reply.body, text_slice(&copy->document));
    return verdict_reply(reply);
}

struct verdict openapi_get(struct visit *visit)
{
    struct openapi_copy own = {0};
    struct openapi_copy *copy = visit->desk->openapi != NULL ? visit->desk->openapi : &own;
    if (copy->document.len == 0) make(copy, visit->request->arena);
    const struct verdict verdict = answer(visit, copy);
    openapi_copy_done(&own);
    return verdict;
}
