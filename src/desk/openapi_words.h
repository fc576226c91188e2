#ifndef GIMON_DESK_OPENAPI_WORDS_H
#define GIMON_DESK_OPENAPI_WORDS_H

#include "codec/json_scan.h"
#include "codec/json_writer.h"

/*
 * What of the OpenAPI document is written by hand: descriptions, schemas, examples. It lies as JSON
 * in the folder openapi/ and is part of the program; a value is a piece of that text.
 */

/** The files of that folder, one object each. X(constant, name). */
#define OPENAPI_FILES(X)                                                                           \
    X(OPENAPI_INFO, info)                                                                          \
    X(OPENAPI_OPERATIONS, operations)                                                              \
    X(OPENAPI_COMPONENTS, components)                                                              \
    X(OPENAPI_SCHEMAS, schemas)

enum openapi_file {
#define OPENAPI_CONSTANT(constant, name) constant,
    OPENAPI_FILES(OPENAPI_CONSTANT)
#undef OPENAPI_CONSTANT
        OPENAPI_FILE_COUNT
};

/** The object that a file holds. */
struct slice openapi_words(enum openapi_file file);

/** A walk over the members of an object. */
struct openapi_walk {
    struct scan scan;
    struct findings faults; /**< stays empty: the text is part of the program */
};

/** Begins a walk; of the empty slice it ends at once. */
void openapi_walk_begin(struct openapi_walk *walk, struct slice object, struct arena *arena);

/** The next member; false at the end. A walk is always walked to its end. */
bool openapi_walk_next(struct openapi_walk *walk, struct slice *ret_key, struct slice *ret_value);

/** A member of an object; the empty slice if it has none by that name. */
struct slice openapi_member(struct slice object, const char *key, struct arena *arena);

/** A member that is a text, unescaped, in the arena; the empty slice if there is none. */
struct slice openapi_text(struct slice object, const char *key, struct arena *arena);

/** Puts a value without the blanks that made it readable; of the empty slice nothing. */
void openapi_put(struct json *json, const char *key, struct slice value);

/** Puts all members of an object into the one that is open. */
void openapi_put_members(struct json *json, struct slice object, struct arena *arena);

#endif
