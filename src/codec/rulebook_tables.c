/*
 * `tabellen`: what is published together, one indicator a row. A row may show fewer decimals than
 * its indicator has, never more. Faults: references to nothing, a table without rows, a row by
 * region of an indicator that nobody delivers by region.
 */
#include "codec/rulebook_parts.h"

enum { TABLE_NAME, TABLE_SOURCE, TABLE_LEVEL, TABLE_ORDER, TABLE_CHANGE, TABLE_ROWS, TABLE_KEYS };

static const struct slice LEVELS[] = {
#define DEFINITION_ID(constant, id) [constant] = SLICE_LITERAL(id),
    DEFINITION_LEVELS(DEFINITION_ID)
#undef DEFINITION_ID
};

enum { ORDER_REGISTER, ORDER_DESCENDING, ORDER_WORDS };

static const struct slice ORDERS[] = {
    [ORDER_REGISTER] = SLICE_LITERAL("register"),
    [ORDER_DESCENDING] = SLICE_LITERAL("aflopend"),
};

enum { CHANGE_ABSOLUTE, CHANGE_PERCENT, CHANGE_WORDS };

static const struct slice CHANGES[] = {
    [CHANGE_ABSOLUTE] = SLICE_LITERAL("absoluut"),
    [CHANGE_PERCENT] = SLICE_LITERAL("procent"),
};

static const struct schema_key TABLE_TABLE[] = {
    [TABLE_NAME] = {.name = SLICE_LITERAL("naam"), .type = SCHEMA_TEXT, .required = true},
    [TABLE_SOURCE] = {.name = SLICE_LITERAL("bron"), .type = SCHEMA_TEXT},
    [TABLE_LEVEL] = {.name = SLICE_LITERAL("niveau"),
                     .type = SCHEMA_CHOICE,
                     .initial = LEVEL_NATIONAL,
                     .choices = {LEVELS, LEVEL_COUNT}},
    [TABLE_ORDER] = {.name = SLICE_LITERAL("volgorde"),
                     .type = SCHEMA_CHOICE,
                     .initial = ORDER_REGISTER,
                     .choices = {ORDERS, ORDER_WORDS}},
    [TABLE_CHANGE] = {.name = SLICE_LITERAL("verandering"), .type = SCHEMA_TEXTS},
    [TABLE_ROWS] = {.name = SLICE_LITERAL("rijen"), .type = SCHEMA_LIST, .required = true},
};
static const struct schema TABLE_SCHEMA = {.keys = TABLE_TABLE, .count = TABLE_KEYS};

enum { ROW_INDICATOR, ROW_NAME, ROW_DECIMALS, ROW_KEYS };

static const struct schema_key ROW_TABLE[] = {
    [ROW_INDICATOR] = {.name = SLICE_LITERAL("indicator"), .type = SCHEMA_TEXT, .required = true},
    [ROW_NAME] = {.name = SLICE_LITERAL("naam"), .type = SCHEMA_TEXT},
    [ROW_DECIMALS] = {.name = SLICE_LITERAL("decimalen"), .type = SCHEMA_WHOLE, .most = 6},
};
static const struct schema ROW_SCHEMA = {.keys = ROW_TABLE, .count = ROW_KEYS};

/** Reads one row; what it does not say it takes from its indicator. */
static void read_row(const struct making *making, const struct node *node, struct table_row *row)
{
    struct schema_value values[ROW_KEYS];
    if (!schema_read(&ROW_SCHEMA, node, "a row", making->faults, values)) return;
    const struct indicator *indicator = indicator_reference(making, &values[ROW_INDICATOR]);
    if (indicator == NULL) return;
    *row = (struct table_row){
        .indicator = indicator, .name = indicator->name, .decimals = indicator->decimals};
    if (values[ROW_NAME].present) row->name = values[ROW_NAME].text;
    if (!values[ROW_DECIMALS].present) return;
    row->decimals = (uint8_t)values[ROW_DECIMALS].number;
    if (row->decimals > indicator->decimals)
        faults_add(making->faults, values[ROW_DECIMALS].place,
                   "a row has no more decimals than its indicator, which has %u",
                   (unsigned)indicator->decimals);
}

static bool term_has_regions(const struct monitor *monitor, const struct term *term)
{
    for (size_t i = 0; i < term->count; i++) {
        const struct column *column = &monitor->columns[term->columns[i]];
        if (column->measure->regions == REGION_NONE) return false;
    }
    return true;
}

/** Whether any version of it can be computed for a region. */
static bool indicator_has_regions(const struct monitor *monitor, const struct indicator *indicator)
{
    for (size_t i = 0; i < indicator->version_count; i++) {
        const struct version *version = &indicator->versions[i];
        if (term_has_regions(monitor, &version->numerator) &&
            term_has_regions(monitor, &version->denominator))
            return true;
    }
    return false;
}

static void check_regional(const struct making *making, const struct node *rows,
                           const struct table *table)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const struct indicator *indicator = table->rows[i].indicator;
        if (indicator == NULL || indicator_has_regions(&making->rulebook->monitor, indicator))
            continue;
        faults_add(making->faults, rows->children[i].place,
                   "\"%.*s\" is not delivered by region: see \"regios\" of its \"cijfers\"",
                   (int)indicator->id.len, indicator->id.ptr);
    }
}

static void read_changes(const struct making *making, const struct schema_value *list,
                         struct table *table)
{
    for (size_t i = 0; i < schema_count(list); i++) {
        const struct node *item = &list->node->children[i];
        if (slice_equal(item->text, CHANGES[CHANGE_ABSOLUTE]))
            table->absolute = true;
        else if (slice_equal(item->text, CHANGES[CHANGE_PERCENT]))
            table->percent = true;
        else
            fault_unknown(making->faults, item->place, "change", item->text,
                          (struct words){.items = CHANGES, .count = CHANGE_WORDS});
    }
}

static void read_table(const struct making *making, const struct node *map, size_t index,
                       struct table *table)
{
    struct schema_value values[TABLE_KEYS];
    table->id = map->keys[index];
    schema_check_id(table->id, ID_KEBAB, map->key_places[index], making->faults);
    if (!schema_read(&TABLE_SCHEMA, &map->children[index], "a table", making->faults, values))
        return;
    size_t count = schema_count(&values[TABLE_ROWS]);
    struct table_row *rows = arena_array(&making->rulebook->arena, count, sizeof *rows);
    for (size_t i = 0; i < count; i++)
        read_row(making, &values[TABLE_ROWS].node->children[i], &rows[i]);
    if (values[TABLE_ROWS].present && count == 0)
        faults_add(making->faults, values[TABLE_ROWS].place, "\"rijen\" is empty");
    table->name = values[TABLE_NAME].text;
    table->source = source_reference(making, &values[TABLE_SOURCE]);
    table->rows = rows;
    table->row_count = count;
    table->level = (enum level)values[TABLE_LEVEL].number;
    table->descending = values[TABLE_ORDER].number == ORDER_DESCENDING;
    read_changes(making, &values[TABLE_CHANGE], table);
    if (table->level == LEVEL_NATIONAL)
        schema_refuse(&TABLE_SCHEMA, values, TABLE_ORDER, "a national table has no members",
                      making->faults);
    if (table->level == LEVEL_REGION) check_regional(making, values[TABLE_ROWS].node, table);
}

void tables_read(const struct making *making, const struct schema_value *map)
{
    size_t count = schema_count(map);
    struct table *tables = arena_array(&making->rulebook->arena, count, sizeof *tables);
    for (size_t i = 0; i < count; i++)
        read_table(making, map->node, i, &tables[i]);
    making->rulebook->monitor.tables = tables;
    making->rulebook->monitor.table_count = count;
}
