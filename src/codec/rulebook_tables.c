/*
 * `tabellen`: what is published together, one indicator a row. A row may show fewer decimals than
 * its indicator has, never more. Faults: references to nothing, a table without rows.
 */
#include "codec/rulebook_parts.h"

enum { TABLE_NAME, TABLE_SOURCE, TABLE_ROWS, TABLE_KEYS };

static const struct schema_key TABLE_TABLE[] = {
    [TABLE_NAME] = {.name = SLICE_LITERAL("naam"), .type = SCHEMA_TEXT, .required = true},
    [TABLE_SOURCE] = {.name = SLICE_LITERAL("bron"), .type = SCHEMA_TEXT},
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
