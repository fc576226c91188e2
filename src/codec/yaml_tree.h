#ifndef GIMON_CODEC_YAML_TREE_H
#define GIMON_CODEC_YAML_TREE_H

#include "base/fault.h"
#include "base/text.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

/** One node of a YAML (or JSON) document with its place. A map keeps the order of the file. */
struct node {
    enum node_kind kind;
    struct place place;
    struct slice text;  /**< NODE_SCALAR; a plain `~`, `null` or nothing at all is `null` */
    bool quoted;        /**< NODE_SCALAR: a quoted or block text, not a plain word */
    struct slice *keys; /**< NODE_MAP: one a child */
    struct place *key_places;
    struct node *children; /**< NODE_LIST and NODE_MAP */
    size_t count;
};

/** What a reader of YAML accepts at most. */
enum { YAML_DEPTH = 32, YAML_NODES = 200000 };

/**
 * Reads one document. Duplicate keys, anchors, aliases, several documents, tags, control
 * characters, depth and size beyond the limits are faults. A file without a document is a null.
 * NULL if there is any fault; everything lives in the arena.
 */
const struct node *yaml_read(struct slice file, struct slice text, struct arena *arena,
                             struct faults *faults);

/** The child of a map; NULL if there is none or it is not a map. */
const struct node *node_child(const struct node *map, const char *key);

/** Whether nothing stands there: a plain `null`, `~` or no value. */
bool node_is_null(const struct node *node);

/** Appends a text in double quotes that YAML and JSON both read back as it is. */
void yaml_put_string(struct text *text, struct slice value);

/**
 * Appends the node as JSON: maps in the order of the file, every scalar a string, a plain `null`
 * or `~` as null. Reading that text again with yaml_read gives the same tree but for places.
 */
void node_put_canonical(struct text *text, const struct node *node);

#endif
