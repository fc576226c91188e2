/*
 * Finding a route: a path is known if a template fits it part by part, a method if a route with
 * that template has it. Which routes there are is in route_table.c.
 */
#include "desk/routes.h"

#include <string.h>

static const struct slice part_names[PART_COUNT] = {
#define ROUTE_ROW(constant, name) [constant] = SLICE_LITERAL(name),
    ROUTE_PARTS(ROUTE_ROW)
#undef ROUTE_ROW
};

static const char *const key_texts[KEY_COUNT] = {
#define ROUTE_ROW(constant, key) [constant] = (key),
    ROUTE_KEYS(ROUTE_ROW)
#undef ROUTE_ROW
};

static const char *const method_names[METHOD_OTHER] = {
    [METHOD_GET] = "GET, HEAD", [METHOD_HEAD] = "HEAD",     [METHOD_PUT] = "PUT",
    [METHOD_POST] = "POST",     [METHOD_DELETE] = "DELETE", [METHOD_OPTIONS] = "OPTIONS",
};

const char *route_part_text(enum route_part part)
{
    return part_names[part].ptr;
}

const char *route_key_text(enum route_key key)
{
    return key_texts[key];
}

/* Takes a part to fill in off a path, which goes up to the next slash; false for nothing. */
static bool take_part(struct slice name, struct slice *path, struct slice *ret_parts)
{
    struct slice value, rest;
    const bool more = slice_cut(*path, '/', &value, &rest);
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (slice_equal(name, part_names[i])) ret_parts[i] = value;
    }
    *path = slice_from(path->ptr + value.len, more ? rest.len + 1 : 0);
    return value.len > 0;
}

/* Templates are walked byte by byte: most differ from a path soon. A name ends its part. */
static bool path_fits(const char *template, struct slice path, struct slice *ret_parts)
{
    while (template[0] != '\0') {
        if (template[0] == '{') {
            const struct slice name = slice_from(template, strcspn(template, "/"));
            if (!take_part(name, &path, ret_parts)) return false;
            template += name.len;
        } else {
            if (path.len == 0 || path.ptr[0] != template[0]) return false;
            path = slice_from(path.ptr + 1, path.len - 1);
            template ++;
        }
    }
    return path.len == 0;
}

struct match routes_match(const struct routes *routes, enum method method, struct slice path)
{
    const enum method served = method == METHOD_HEAD ? METHOD_GET : method;
    struct match match = {0};
    for (size_t i = 0; i < routes->count; i++) {
        struct slice parts[PART_COUNT] = {0};
        if (!path_fits(routes->items[i].path, path, parts)) continue;
        match.path = &routes->items[i];
        if (routes->items[i].method == served) match.route = &routes->items[i];
        for (size_t j = 0; j < PART_COUNT; j++)
            match.parts[j] = parts[j];
    }
    return match;
}

struct slice routes_allow(const struct routes *routes, const char *path, struct arena *arena)
{
    struct slice allow = {0};
    for (size_t i = 0; i < routes->count; i++) {
        if (!slice_is(slice_of(path), routes->items[i].path)) continue;
        allow = arena_print(arena, "%.*s%s%s", (int)allow.len, allow.len > 0 ? allow.ptr : "",
                            allow.len > 0 ? ", " : "", method_names[routes->items[i].method]);
    }
    return allow;
}
