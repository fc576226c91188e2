#ifndef GIMON_DESK_OPENAPI_PARTS_H
#define GIMON_DESK_OPENAPI_PARTS_H

#include "codec/json_writer.h"
#include "desk/routes.h"

/* What the files of the OpenAPI document share; nobody else needs this. */

/** The document that is being written. */
struct openapi {
    struct json json;
    struct arena *arena;
};

/** Puts the member of a path for one route: `"put": {...}`. */
void openapi_put_operation(struct openapi *openapi, const struct route *route);

/** Puts the response for each way in which the route can refuse. */
void openapi_put_refusals(struct openapi *openapi, const struct route *route);

/** Puts the members of `headers` that every answer has. */
void openapi_put_common_headers(struct openapi *openapi);

/** Puts an example for each problem, to be referred to by the last part of its type. */
void openapi_put_problems(struct openapi *openapi);

/** Puts a schema for each enumeration of the program: its ids, and only those. */
void openapi_put_enumerations(struct openapi *openapi);

/** Puts `{"$ref": "#/components/<kind>/<name>"}`. */
void openapi_put_reference(struct openapi *openapi, const char *key, const char *kind,
                           struct slice name);

#endif
