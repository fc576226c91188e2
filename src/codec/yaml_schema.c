/*
 * Reading maps by a table: the keys that may stand there, their types and bounds. A reader says
 * what it wants and gets values; every way in which a file can be wrong is told here, in one voice.
 *
 * Happy path: each member finds its row, its value is read by the row's type, and what is required
 * is there. Faults never stop the walk, so an operator sees all of them at once.
 */
#include "codec/yaml_schema.h"

#include <stdlib.h>

static const char *kind_name(const struct node *node)
{
    if (node->kind == NODE_LIST) return "a list";
    if (node->kind == NODE_MAP) return "a map";
    return node_is_null(node) ? "nothing" : "a text";
}

/** One value being read: the row that says what it must be, and where it goes. */
struct reading {
    const struct schema_key *key;
    const struct node *node;
    struct faults *faults;
    struct schema_value *value;
};

static void refuse(const struct reading *reading, const char *wanted)
{
    const struct node *node = reading->node;
    bool text = node->kind == NODE_SCALAR && !node_is_null(node);
    faults_add(reading->faults, node->place, "\"%.*s\" must be %s, not %s",
               (int)reading->key->name.len, reading->key->name.ptr, wanted,
               text ? fault_quote(reading->faults, node->text) : kind_name(node));
}

static bool is_text(const struct reading *reading)
{
    return reading->node->kind == NODE_SCALAR && !node_is_null(reading->node);
}

static bool read_text(const struct reading *reading)
{
    if (!is_text(reading) || slice_trim(reading->node->text).len == 0) {
        refuse(reading, "a text");
        return false;
    }
    reading->value->text = reading->node->text;
    return true;
}

static bool read_bool(const struct reading *reading)
{
    bool yes = is_text(reading) && slice_is(reading->node->text, "true");
    if (!yes && !(is_text(reading) && slice_is(reading->node->text, "false"))) {
        refuse(reading, "true or false");
        return false;
    }
    reading->value->number = yes;
    return true;
}

/** `a whole number from 1 to 99 (what it is)` */
static void refuse_number(const struct reading *reading, const char *kind)
{
    const struct schema_key *key = reading->key;
    struct slice wanted =
        arena_print(reading->faults->arena, "%s from %lld to %lld%s%s%s", kind,
                    (long long)key->least, (long long)key->most, key->help != NULL ? " (" : "",
                    key->help != NULL ? key->help : "", key->help != NULL ? ")" : "");
    refuse(reading, wanted.ptr);
}

static bool read_decimal(const struct reading *reading)
{
    struct decimal value;
    if (!is_text(reading) || decimal_parse(reading->node->text, &value) != DECIMAL_OK ||
        decimal_compare(value, decimal_of(reading->key->least)) < 0 ||
        decimal_compare(value, decimal_of(reading->key->most)) > 0) {
        refuse_number(reading, "a number");
        return false;
    }
    reading->value->decimal = value;
    return true;
}

static bool read_whole(const struct reading *reading)
{
    struct decimal value;
    int64_t whole;
    if (!is_text(reading) || decimal_parse(reading->node->text, &value) != DECIMAL_OK ||
        !decimal_to_units(value, 0, &whole) || whole < reading->key->least ||
        whole > reading->key->most) {
        refuse_number(reading, "a whole number");
        return false;
    }
    reading->value->number = whole;
    return true;
}

static bool read_date(const struct reading *reading)
{
    if (!is_text(reading) || !date_parse(reading->node->text, &reading->value->date)) {
        refuse(reading, "a date such as 2024-10-01");
        return false;
    }
    return true;
}

static bool read_moment(const struct reading *reading)
{
    if (!is_text(reading) || !moment_parse(reading->node->text, &reading->value->moment)) {
        refuse(reading, "a moment such as 2024-10-14T09:30:00Z");
        return false;
    }
    return true;
}

static bool read_choice(const struct reading *reading)
{
    struct words choices = reading->key->choices;
    if (!is_text(reading)) {
        struct slice wanted =
            arena_print(reading->faults->arena, "one of %s", fault_list(reading->faults, choices));
        refuse(reading, wanted.ptr);
        return false;
    }
    for (size_t i = 0; i < choices.count; i++) {
        if (slice_equal(choices.items[i], reading->node->text)) {
            reading->value->number = (int64_t)i;
            return true;
        }
    }
    struct slice what =
        arena_print(reading->faults->arena, "value of \"%s\":", reading->key->name.ptr);
    fault_unknown(reading->faults, reading->node->place, what.ptr, reading->node->text, choices);
    return false;
}

static bool read_kind(const struct reading *reading, enum node_kind kind)
{
    if (reading->node->kind == kind) return true;
    refuse(reading, kind == NODE_LIST ? "a list" : "a map");
    return false;
}

static int compare_items(const void *left, const void *right)
{
    const struct node *const *a = left;
    const struct node *const *b = right;
    int order = slice_compare((*a)->text, (*b)->text);
    if (order != 0) return order;
    return *a < *b ? -1 : *a > *b;
}

/** Items that say the same are neighbours once sorted. The list can be used all the same. */
static void refuse_twice(const struct node *list, struct faults *faults)
{
    const struct node **sorted = arena_array(faults->arena, list->count, sizeof *sorted);
    for (size_t i = 0; i < list->count; i++)
        sorted[i] = &list->children[i];
    if (list->count > 1) qsort(sorted, list->count, sizeof *sorted, compare_items);
    for (size_t i = 1; i < list->count; i++) {
        if (slice_equal(sorted[i - 1]->text, sorted[i]->text))
            faults_add(faults, sorted[i]->place, "%s stands in this list already",
                       fault_quote(faults, sorted[i]->text));
    }
}

/* A fault where an item of a list is no text. */
static void need_text(const struct node *item, const char *what, struct faults *faults)
{
    const bool scalar = item->kind == NODE_SCALAR && !node_is_null(item);
    if (scalar && slice_trim(item->text).len > 0) return;
    faults_add(faults, item->place, "%s must be a text, not %s", what,
               scalar ? "\"\"" : kind_name(item));
}

static bool read_texts(const struct reading *reading)
{
    size_t before = reading->faults->count;
    if (!read_kind(reading, NODE_LIST)) return false;
    struct slice what =
        arena_print(reading->faults->arena, "an item of \"%s\"", reading->key->name.ptr);
    for (size_t i = 0; i < reading->node->count; i++)
        need_text(&reading->node->children[i], what.ptr, reading->faults);
    if (reading->faults->count > before) return false;
    refuse_twice(reading->node, reading->faults);
    return true;
}

static bool read_value(const struct reading *reading)
{
    switch (reading->key->type) {
    case SCHEMA_TEXT: return read_text(reading);
    case SCHEMA_BOOL: return read_bool(reading);
    case SCHEMA_WHOLE: return read_whole(reading);
    case SCHEMA_DECIMAL: return read_decimal(reading);
    case SCHEMA_DATE: return read_date(reading);
    case SCHEMA_MOMENT: return read_moment(reading);
    case SCHEMA_CHOICE: return read_choice(reading);
    case SCHEMA_TEXTS: return read_texts(reading);
    case SCHEMA_LIST: return read_kind(reading, NODE_LIST);
    case SCHEMA_MAP: return read_kind(reading, NODE_MAP);
    }
    return false;
}

static struct words key_names(const struct schema *schema, struct arena *arena)
{
    struct slice *names = arena_array(arena, schema->count, sizeof *names);
    for (size_t i = 0; i < schema->count; i++)
        names[i] = schema->keys[i].name;
    return (struct words){.items = names, .count = schema->count};
}

static size_t find_key(const struct schema *schema, struct slice name)
{
    size_t key = 0;
    while (key < schema->count && !slice_equal(schema->keys[key].name, name))
        key++;
    return key;
}

static void read_members(const struct schema *schema, const struct node *map, struct faults *faults,
                         struct schema_value *values)
{
    for (size_t i = 0; i < map->count; i++) {
        size_t key = find_key(schema, map->keys[i]);
        if (key == schema->count) {
            fault_unknown(faults, map->key_places[i], "key", map->keys[i],
                          key_names(schema, faults->arena));
            continue;
        }
        struct schema_value *value = &values[key];
        value->given = true;
        value->node = &map->children[i];
        value->place = value->node->place;
        value->present = read_value(&(struct reading){
            .key = &schema->keys[key], .node = value->node, .faults = faults, .value = value});
    }
}

bool schema_read(const struct schema *schema, const struct node *node, const char *what,
                 struct faults *faults, struct schema_value *ret_values)
{
    for (size_t i = 0; i < schema->count; i++)
        ret_values[i] =
            (struct schema_value){.place = node->place, .number = schema->keys[i].initial};
    if (node->kind != NODE_MAP) {
        faults_add(faults, node->place, "%s must be a map with keys, not %s. Allowed: %s", what,
                   kind_name(node), fault_list(faults, key_names(schema, faults->arena)));
        return false;
    }
    read_members(schema, node, faults, ret_values);
    for (size_t i = 0; i < schema->count; i++) {
        if (schema->keys[i].required && !ret_values[i].given)
            faults_add(faults, node->place, "key \"%s\" is missing", schema->keys[i].name.ptr);
    }
    return true;
}

size_t schema_count(const struct schema_value *value)
{
    return value->present ? value->node->count : 0;
}

void schema_refuse(const struct schema *schema, const struct schema_value *values, size_t key,
                   const char *why, struct faults *faults)
{
    if (values[key].given)
        faults_add(faults, values[key].place, "\"%s\" has no meaning here: %s",
                   schema->keys[key].name.ptr, why);
}

void schema_need(const struct schema *schema, const struct schema_value *values, size_t key,
                 const char *why, struct faults *faults)
{
    if (!values[key].given)
        faults_add(faults, values[key].place, "key \"%s\" is missing: %s",
                   schema->keys[key].name.ptr, why);
}

enum { ID_MOST = 64 };

static bool is_lower(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool fits_style(char byte, enum id_style style)
{
    switch (style) {
    case ID_NAME:
        return is_lower(byte) || is_upper(byte) || is_digit(byte) || byte == '-' || byte == '_';
    case ID_SNAKE: return is_lower(byte) || is_digit(byte) || byte == '_';
    case ID_KEBAB: return is_lower(byte) || is_digit(byte) || byte == '-';
    case ID_REGION: return is_upper(byte) || is_digit(byte);
    }
    return false;
}

static const char *style_rule(enum id_style style)
{
    switch (style) {
    case ID_NAME: return "a small letter, then letters, digits, - or _";
    case ID_SNAKE: return "a small letter, then small letters, digits or _";
    case ID_KEBAB: return "a small letter, then small letters and digits with single - between";
    case ID_REGION: return "a capital, then capitals or digits";
    }
    return "";
}

static bool id_fits(struct slice id, enum id_style style)
{
    if (id.len == 0 || id.len > ID_MOST ||
        !(style == ID_REGION ? is_upper(id.ptr[0]) : is_lower(id.ptr[0])))
        return false;
    for (size_t i = 0; i < id.len; i++) {
        bool doubled = i + 1 == id.len || id.ptr[i + 1] == '-';
        if (!fits_style(id.ptr[i], style) || (style == ID_KEBAB && id.ptr[i] == '-' && doubled))
            return false;
    }
    return true;
}

bool schema_check_id(struct slice id, enum id_style style, struct place place,
                     struct faults *faults)
{
    if (id_fits(id, style)) return true;
    faults_add(faults, place, "%s is no id here: %s, at most %d bytes", fault_quote(faults, id),
               style_rule(style), ID_MOST);
    return false;
}
