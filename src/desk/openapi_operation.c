/*
 * One route as an OpenAPI operation. Its words (summary, description, what goes in and out) stand
 * in openapi/operations.json under its id; all the rest follows from its row: who may, what the
 * path and the query hold, which forms it takes and gives, how it refuses.
 */
#include "desk/openapi_parts.h"
#include "desk/openapi_words.h"

#include <string.h>

static const char *const METHODS[METHOD_OTHER] = {
    [METHOD_GET] = "get",
    [METHOD_PUT] = "put",
    [METHOD_POST] = "post",
    [METHOD_DELETE] = "delete",
};

/* ---- who ---- */

static bool is_public(const struct route *route)
{
    return (route->roles & ROUTE_BIT(ROLE_PUBLIC)) != 0 || route->open != OPEN_NOTHING;
}

/* `Toegang: gi (alleen voor de eigen organisatie), analist.` */
static struct slice access_line(const struct openapi *openapi, const struct route *route)
{
    struct slice line = {0};
    if (route->open == OPEN_NATIONAL)
        return slice_of(
            "Toegang: elk token; zonder token alleen wat de beheerder heeft opengezet.");
    if (route->open == OPEN_ALL)
        return slice_of(
            "Toegang: analist; met `openbaar: alles` iedereen, zonder toelichting, "
            "maker en keten.");
    if (is_public(route)) return slice_of("Toegang: iedereen, ook zonder token.");
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if (!(route->roles & ROUTE_BIT(i))) continue;
        const bool own = i == ROLE_GI && route->own;
        line = arena_print(openapi->arena, "%s%s%s%s",
                           line.len > 0 ? line.ptr : "Toegang: ", line.len > 0 ? ", " : "",
                           role_id((enum role)i), own ? " (voor de eigen organisatie)" : "");
    }
    return arena_print(openapi->arena, "%s.", line.ptr);
}

static void put_access(struct openapi *openapi, const struct route *route)
{
    struct json *json = &openapi->json;
    json_open_array(json, "x-rollen");
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if (route->roles & ROUTE_BIT(i)) json_puts(json, NULL, role_id((enum role)i));
    }
    json_close_array(json);
    json_open_array(json, "security");
    json_open_object(json, NULL);
    json_open_array(json, "token");
    json_close_array(json);
    json_close_object(json);
    if (is_public(route)) {
        json_open_object(json, NULL);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_words(struct openapi *openapi, const struct route *route, struct slice words)
{
    struct json *json = &openapi->json;
    const struct slice description = openapi_text(words, "description", openapi->arena);
    const struct slice access = access_line(openapi, route);
    json_puts(json, "operationId", route->operation);
    openapi_put(json, "tags", openapi_member(words, "tags", openapi->arena));
    openapi_put(json, "summary", openapi_member(words, "summary", openapi->arena));
    json_text(json, "description",
              arena_print(openapi->arena, "%.*s\n\n%.*s", (int)description.len, description.ptr,
                          (int)access.len, access.ptr));
}

/* ---- what goes in ---- */

static void put_parameter(struct openapi *openapi, const char *place, struct slice name)
{
    const struct slice whole =
        arena_print(openapi->arena, "%s-%.*s", place, (int)name.len, name.ptr);
    openapi_put_reference(openapi, NULL, "parameters", whole);
}

static void put_path_parameters(struct openapi *openapi, const struct route *route)
{
    for (unsigned i = 0; i < PART_COUNT; i++) {
        const struct slice part = slice_of(route_part_text((enum route_part)i));
        if (strstr(route->path, part.ptr) != NULL)
            put_parameter(openapi, "pad", slice_from(part.ptr + 1, part.len - 2));
    }
}

/* `formaat` is not the same everywhere: its words are the route's. */
static void put_format_parameter(struct openapi *openapi, const struct route *route)
{
    struct json *json = &openapi->json;
    json_open_object(json, NULL);
    json_puts(json, "name", route_key_text(KEY_FORMAT));
    json_puts(json, "in", "query");
    json_puts(json, "description", "De vorm van het antwoord, voor wie geen Accept kan meegeven.");
    json_open_object(json, "schema");
    json_puts(json, "type", "string");
    json_open_array(json, "enum");
    for (unsigned i = 0; i < FORMAT_COUNT; i++) {
        if (route->formats & FORMAT_BIT(i)) json_puts(json, NULL, format_word((enum format)i));
    }
    json_close_array(json);
    json_close_object(json);
    json_close_object(json);
}

static void put_parameters(struct openapi *openapi, const struct route *route)
{
    json_open_array(&openapi->json, "parameters");
    put_path_parameters(openapi, route);
    for (unsigned i = 0; i < KEY_COUNT; i++) {
        if (!(route->keys & ROUTE_BIT(i))) continue;
        if (i == KEY_FORMAT)
            put_format_parameter(openapi, route);
        else
            put_parameter(openapi, "vraag", slice_of(route_key_text((enum route_key)i)));
    }
    if (route->guarded) put_parameter(openapi, "kop", slice_of("If-Match"));
    if (route->guarded) put_parameter(openapi, "kop", slice_of("If-None-Match-ster"));
    if (route->method == METHOD_GET) put_parameter(openapi, "kop", slice_of("If-None-Match"));
    json_close_array(&openapi->json);
}

/* One member a form; what is not described is a text. */
static void put_content(struct openapi *openapi, unsigned formats, struct slice words)
{
    struct json *json = &openapi->json;
    json_open_object(json, "content");
    for (unsigned i = 0; i < FORMAT_COUNT; i++) {
        const char *media_type = format_media_type((enum format)i);
        if (!(formats & FORMAT_BIT(i))) continue;
        const struct slice described = openapi_member(words, media_type, openapi->arena);
        openapi_put(json, media_type,
                    described.len > 0 ? described : slice_of("{\"schema\":{\"type\":\"string\"}}"));
    }
    json_close_object(json);
}

static void put_body(struct openapi *openapi, const struct route *route, struct slice words)
{
    if (route->takes == 0) return;
    json_open_object(&openapi->json, "requestBody");
    json_bool(&openapi->json, "required", true);
    put_content(openapi, route->takes, openapi_member(words, "request", openapi->arena));
    json_close_object(&openapi->json);
}

/* ---- what comes out ---- */

/* Reads say what they are a version of. Every answer has the version of the API. */
static void put_headers(struct openapi *openapi, const struct route *route, struct slice words)
{
    json_open_object(&openapi->json, "headers");
    openapi_put_common_headers(openapi);
    if (route->method == METHOD_GET)
        openapi_put_reference(openapi, "ETag", "headers", slice_of("ETag"));
    if (route->shared)
        openapi_put_reference(openapi, "Access-Control-Allow-Origin", "headers",
                              slice_of("Access-Control-Allow-Origin"));
    openapi_put_members(&openapi->json, openapi_member(words, "headers", openapi->arena),
                        openapi->arena);
    json_close_object(&openapi->json);
}

static void put_answer(struct openapi *openapi, const struct route *route, struct slice words)
{
    struct json *json = &openapi->json;
    json_open_object(json, NULL);
    openapi_put(json, "description", openapi_member(words, "description", openapi->arena));
    put_headers(openapi, route, words);
    if (route->formats != 0)
        put_content(openapi, route->formats, openapi_member(words, "content", openapi->arena));
    json_close_object(json);
}

static void put_responses(struct openapi *openapi, const struct route *route, struct slice words)
{
    struct openapi_walk walk;
    struct slice status, answer;
    json_open_object(&openapi->json, "responses");
    openapi_walk_begin(&walk, openapi_member(words, "responses", openapi->arena), openapi->arena);
    while (openapi_walk_next(&walk, &status, &answer)) {
        json_key(&openapi->json, status);
        put_answer(openapi, route, answer);
    }
    if (route->method == METHOD_GET)
        openapi_put_reference(openapi, "304", "responses", slice_of("NietVeranderd"));
    openapi_put_refusals(openapi, route);
    json_close_object(&openapi->json);
}

void openapi_put_operation(struct openapi *openapi, const struct route *route)
{
    const struct slice words =
        openapi_member(openapi_words(OPENAPI_OPERATIONS), route->operation, openapi->arena);
    json_open_object(&openapi->json, METHODS[route->method]);
    put_words(openapi, route, words);
    put_access(openapi, route);
    put_parameters(openapi, route);
    put_body(openapi, route, words);
    put_responses(openapi, route, words);
    json_close_object(&openapi->json);
}
