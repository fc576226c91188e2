/*
 * YAML text to a tree of places and texts, by libyaml's events. Only what a definition needs is
 * taken: maps, lists and texts. Anchors, aliases, tags and a second document are refused, so that
 * what a reader sees in a file is all there is. Nothing is typed here: `5` is the text "5", and
 * what it means is said by the schema that reads it.
 *
 * Happy path: one pass over the events builds the tree in the arena. Faults are collected and
 * reading goes on wherever the events can still be followed; a syntax error, too deep a nesting and
 * too many nodes end it.
 */
#include "codec/yaml_tree.h"

#include "codec/fault_text.h"

#include <stdlib.h>
#include <yaml.h>

struct reader {
    yaml_parser_t parser;
    struct slice file;
    struct slice text;
    struct arena *arena;
    struct faults *faults;
    size_t nodes;
};

static bool read_node(struct reader *reader, yaml_event_t *event, unsigned depth,
                      struct node *ret_node);

static struct place place_at(const struct reader *reader, yaml_mark_t mark)
{
    return (struct place){
        .file = reader->file, .line = (unsigned)mark.line + 1, .column = (unsigned)mark.column + 1};
}

/** libyaml names only the byte where it found bytes that are no text: line and column by counting.
 */
static struct place place_of_offset(const struct reader *reader, size_t offset)
{
    struct place place = {.file = reader->file, .line = 1, .column = 1};
    for (size_t i = 0; i < offset && i < reader->text.len; i++) {
        unsigned char byte = (unsigned char)reader->text.ptr[i];
        if (byte == '\n') {
            place.line++;
            place.column = 1;
        } else if ((byte & 0xC0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

static void add_syntax_fault(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    const char *problem = parser->problem != NULL ? parser->problem : "not readable";
    if (parser->error == YAML_READER_ERROR) {
        faults_add(reader->faults, place_of_offset(reader, parser->problem_offset),
                   "this is not YAML: %s", problem);
        return;
    }
    struct place place = place_at(reader, parser->problem_mark);
    if (parser->context == NULL)
        faults_add(reader->faults, place, "this is not YAML: %s", problem);
    else
        faults_add(reader->faults, place, "this is not YAML: %s (%s from line %zu)", problem,
                   parser->context, parser->context_mark.line + 1);
}

static bool next_event(struct reader *reader, yaml_event_t *ret_event)
{
    if (yaml_parser_parse(&reader->parser, ret_event)) return true;
    add_syntax_fault(reader);
    return false;
}

static void refuse_anchor(struct reader *reader, const yaml_event_t *event,
                          const yaml_char_t *anchor)
{
    if (anchor != NULL)
        faults_add(reader->faults, place_at(reader, event->start_mark),
                   "anchors (&%s) are not allowed: write the value out", (const char *)anchor);
}

static void refuse_tag(struct reader *reader, const yaml_event_t *event, const yaml_char_t *tag)
{
    if (tag != NULL)
        faults_add(reader->faults, place_at(reader, event->start_mark),
                   "tags (%s) are not allowed: leave it out", (const char *)tag);
}

/** The four ways in which YAML writes that there is nothing. */
static bool is_null_word(struct slice text)
{
    return text.len == 0 || slice_is(text, "~") || slice_is(text, "null") ||
           slice_is(text, "Null") || slice_is(text, "NULL");
}

/** Control characters would end up in names, logs and terminals; only line ends and tabs pass. */
static bool has_control(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F) return true;
    }
    return false;
}

static struct slice take_text(struct reader *reader, const yaml_event_t *event)
{
    struct slice text =
        slice_from((const char *)event->data.scalar.value, event->data.scalar.length);
    refuse_anchor(reader, event, event->data.scalar.anchor);
    refuse_tag(reader, event, event->data.scalar.tag);
    if (has_control(text))
        faults_add(reader->faults, place_at(reader, event->start_mark),
                   "this text holds a control character: leave it out");
    return arena_copy(reader->arena, text);
}

static void take_scalar(struct reader *reader, const yaml_event_t *event, struct node *node)
{
    node->kind = NODE_SCALAR;
    node->text = take_text(reader, event);
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (!node->quoted && is_null_word(node->text)) node->text = slice_of("null");
}

static bool read_list(struct reader *reader, unsigned depth, struct node *list)
{
    yaml_event_t event;
    while (next_event(reader, &event)) {
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            yaml_event_delete(&event);
            return true;
        }
        list->children =
            arena_room(reader->arena, list->children, list->count, sizeof *list->children);
        if (!read_node(reader, &event, depth + 1, &list->children[list->count])) return false;
        list->count++;
    }
    return false;
}

/** Reads a key and its value; `event` is where the key begins. */
static bool read_member(struct reader *reader, yaml_event_t *event, unsigned depth,
                        struct node *map)
{
    struct place place = place_at(reader, event->start_mark);
    struct node key;
    struct arena *arena = reader->arena;
    if (!read_node(reader, event, depth + 1, &key)) return false;
    if (key.kind != NODE_SCALAR)
        faults_add(reader->faults, place, "a key must be a text, not a list or a map");
    map->keys = arena_room(arena, map->keys, map->count, sizeof *map->keys);
    map->key_places = arena_room(arena, map->key_places, map->count, sizeof *map->key_places);
    map->children = arena_room(arena, map->children, map->count, sizeof *map->children);
    map->keys[map->count] = key.text;
    map->key_places[map->count] = place;
    yaml_event_t value;
    if (!next_event(reader, &value) ||
        !read_node(reader, &value, depth + 1, &map->children[map->count]))
        return false;
    map->count++;
    return true;
}

struct keyed {
    struct slice key;
    size_t index;
};

static int compare_keyed(const void *left, const void *right)
{
    const struct keyed *a = left;
    const struct keyed *b = right;
    int order = slice_compare(a->key, b->key);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/** Sorted, equal keys are neighbours: also a map of a hundred thousand keys is looked at quickly.
 */
static void refuse_duplicates(struct reader *reader, const struct node *map)
{
    struct keyed *sorted = arena_array(reader->arena, map->count, sizeof *sorted);
    for (size_t i = 0; i < map->count; i++)
        sorted[i] = (struct keyed){.key = map->keys[i], .index = i};
    if (map->count > 1) qsort(sorted, map->count, sizeof *sorted, compare_keyed);
    for (size_t i = 1; i < map->count; i++) {
        if (slice_equal(sorted[i - 1].key, sorted[i].key))
            faults_add(reader->faults, map->key_places[sorted[i].index],
                       "duplicate key %s; it stands on line %u already",
                       fault_quote(reader->faults, sorted[i].key),
                       map->key_places[sorted[i - 1].index].line);
    }
}

static bool read_map(struct reader *reader, unsigned depth, struct node *map)
{
    yaml_event_t event;
    while (next_event(reader, &event)) {
        if (event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            refuse_duplicates(reader, map);
            return true;
        }
        if (!read_member(reader, &event, depth, map)) return false;
    }
    return false;
}

static bool within_limits(struct reader *reader, struct place place, unsigned depth)
{
    reader->nodes++;
    if (reader->nodes > YAML_NODES) {
        faults_add(reader->faults, place, "there are more than %d values in this file", YAML_NODES);
        return false;
    }
    if (depth > YAML_DEPTH) {
        faults_add(reader->faults, place, "lists and maps are nested more than %d deep",
                   YAML_DEPTH);
        return false;
    }
    return true;
}

/** Takes what the event itself says: its kind and, of a text, all of it. */
static void take_event(struct reader *reader, const yaml_event_t *event, struct node *node)
{
    if (event->type == YAML_SCALAR_EVENT) {
        take_scalar(reader, event, node);
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        node->kind = NODE_LIST;
        refuse_anchor(reader, event, event->data.sequence_start.anchor);
        refuse_tag(reader, event, event->data.sequence_start.tag);
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        node->kind = NODE_MAP;
        refuse_anchor(reader, event, event->data.mapping_start.anchor);
        refuse_tag(reader, event, event->data.mapping_start.tag);
    } else {
        node->text = slice_of("null");
        faults_add(reader->faults, node->place,
                   "aliases (*%s) are not allowed: write the value out",
                   (const char *)event->data.alias.anchor);
    }
}

/** Reads one node and gives its first event back to libyaml. */
static bool read_node(struct reader *reader, yaml_event_t *event, unsigned depth,
                      struct node *ret_node)
{
    *ret_node = (struct node){.place = place_at(reader, event->start_mark)};
    bool within = within_limits(reader, ret_node->place, depth);
    if (within) take_event(reader, event, ret_node);
    yaml_event_delete(event);
    if (!within) return false;
    if (ret_node->kind == NODE_LIST) return read_list(reader, depth, ret_node);
    if (ret_node->kind == NODE_MAP) return read_map(reader, depth, ret_node);
    return true;
}

/** After the document's end nothing may follow. */
static bool refuse_second(struct reader *reader)
{
    yaml_event_t event;
    if (!next_event(reader, &event)) return false;
    if (event.type == YAML_DOCUMENT_START_EVENT)
        faults_add(reader->faults, place_at(reader, event.start_mark),
                   "a second document begins here: one file holds one document");
    yaml_event_delete(&event);
    return true;
}

/** Whether the event was read and is not of the kind that ends the walk. */
static bool step_over(struct reader *reader, yaml_event_type_t type, bool *ret_matched)
{
    yaml_event_t event;
    if (!next_event(reader, &event)) return false;
    *ret_matched = event.type == type;
    yaml_event_delete(&event);
    return true;
}

/** The stream: its start, one document or none, its end. */
static bool read_stream(struct reader *reader, struct node *root)
{
    bool matched;
    yaml_event_t event;
    *root = (struct node){.place = {.file = reader->file, .line = 1, .column = 1},
                          .text = slice_of("null")};
    if (!step_over(reader, YAML_STREAM_START_EVENT, &matched) ||
        !step_over(reader, YAML_DOCUMENT_START_EVENT, &matched))
        return false;
    if (!matched) return true;
    return next_event(reader, &event) && read_node(reader, &event, 1, root) &&
           step_over(reader, YAML_DOCUMENT_END_EVENT, &matched) && refuse_second(reader);
}

const struct node *yaml_read(struct slice file, struct slice text, struct arena *arena,
                             struct faults *faults)
{
    struct reader reader = {.file = file, .text = text, .arena = arena, .faults = faults};
    struct node *root = arena_new(arena, sizeof *root);
    size_t before = faults->count;
    if (!yaml_parser_initialize(&reader.parser)) {
        faults_add(faults, (struct place){.file = file}, "no memory to read this");
        return NULL;
    }
    yaml_parser_set_input_string(&reader.parser,
                                 (const unsigned char *)(text.len > 0 ? text.ptr : ""), text.len);
    bool complete = read_stream(&reader, root);
    yaml_parser_delete(&reader.parser);
    return complete && faults->count == before ? root : NULL;
}

const struct node *node_child(const struct node *map, const char *key)
{
    for (size_t i = 0; map->kind == NODE_MAP && i < map->count; i++) {
        if (slice_is(map->keys[i], key)) return &map->children[i];
    }
    return NULL;
}

bool node_is_null(const struct node *node)
{
    return node->kind == NODE_SCALAR && !node->quoted && slice_is(node->text, "null");
}
