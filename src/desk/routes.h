#ifndef GIMON_DESK_ROUTES_H
#define GIMON_DESK_ROUTES_H

#include "desk/desk.h"
#include "desk/negotiate.h"

/** The parts of a path that a client fills in. X(constant, name in templates). */
#define ROUTE_PARTS(X)                                                                             \
    X(PART_MONITOR, "{monitor}")                                                                   \
    X(PART_PEILDATUM, "{peildatum}")                                                               \
    X(PART_ORGANISATION, "{organisatie}")                                                          \
    X(PART_REVISION, "{n}")                                                                        \
    X(PART_TABLE, "{tabel}")                                                                       \
    X(PART_EDITION, "{editie}")

enum route_part {
#define ROUTE_CONSTANT(constant, name) constant,
    ROUTE_PARTS(ROUTE_CONSTANT)
#undef ROUTE_CONSTANT
        PART_COUNT
};

/** Every query key there is. X(constant, key). */
#define ROUTE_KEYS(X)                                                                              \
    X(KEY_FORMAT, "formaat")                                                                       \
    X(KEY_LANGUAGE, "taal")                                                                        \
    X(KEY_INDICATOR, "indicator")                                                                  \
    X(KEY_LEVEL, "niveau")                                                                         \
    X(KEY_ORGANISATION, "organisatie")                                                             \
    X(KEY_REGION, "regio")                                                                         \
    X(KEY_FROM, "van")                                                                             \
    X(KEY_UNTIL, "tot")                                                                            \
    X(KEY_KNOWN, "bekendOp")                                                                       \
    X(KEY_EDITION, "editie")                                                                       \
    X(KEY_AS, "als")                                                                               \
    X(KEY_DEFINITION, "definitie")

enum route_key {
#define ROUTE_CONSTANT(constant, key) constant,
    ROUTE_KEYS(ROUTE_CONSTANT)
#undef ROUTE_CONSTANT
        KEY_COUNT
};

/** Sets are bits: of roles, of query keys; of formats see negotiate.h. */
#define ROUTE_BIT(constant) (1u << (constant))

struct visit;

/** Decides on a visit that has passed every gate; always gives a whole verdict. */
typedef struct verdict (*route_handler)(struct visit *visit);

/** What may be asked of a path with one method: everything that can be said without code. */
struct route {
    enum method method;    /**< METHOD_GET serves HEAD too */
    const char *path;      /**< template: `/v1/monitors/{monitor}` */
    unsigned roles;        /**< who may come here */
    enum openness open;    /**< where the configuration opens so much it is for everybody, and
                                ROLE_PUBLIC comes here only then; OPEN_NOTHING: see `roles` */
    bool own;              /**< ROLE_GI only for the organisation in the path */
    bool unready;          /**< answers before the logs have been replayed */
    unsigned takes;        /**< forms of body it reads; none: it reads none */
    unsigned keys;         /**< query keys it knows */
    unsigned formats;      /**< forms it can answer in; none: it does not look at Accept */
    bool guarded;          /**< If-Match and If-None-Match say what must stand there */
    bool shared;           /**< pages of any site may read it (CORS) */
    unsigned refusals;     /**< problems that its handler finds; see route_refusals.h for all */
    const char *operation; /**< its id in the OpenAPI document; NULL outside /v1 */
    void (*ask)(struct visit *visit); /**< reads the keys of its own into the visit; or NULL */
    route_handler handle;
};

/** What a path and method come to. */
struct match {
    const struct route *path;  /**< a route with this path; NULL: unknown path */
    const struct route *route; /**< the one with this method too; NULL: method not allowed */
    struct slice parts[PART_COUNT];
};

/** The routes that are served. */
struct routes {
    const struct route *items;
    size_t count;
};

/** Finds the route; a trailing slash or an empty part fits nothing. */
struct match routes_match(const struct routes *routes, enum method method, struct slice path);

/** The value of `Allow` for a template. */
struct slice routes_allow(const struct routes *routes, const char *path, struct arena *arena);

/** How templates write a part: `{monitor}`. */
const char *route_part_text(enum route_part part);

/** The text of a query key. */
const char *route_key_text(enum route_key key);

#endif
