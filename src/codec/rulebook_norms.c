/*
 * `normen`: values to compare an indicator with, each from a day on, kept ascending by that day.
 * Faults: an indicator that does not exist, a value that nothing can be divided by, two norms of
 * one indicator from the same day.
 */
#include "codec/rulebook_parts.h"

#include <stdlib.h>

enum { NORM_INDICATOR, NORM_VALUE, NORM_FROM, NORM_SOURCE, NORM_DESCRIPTION, NORM_KEYS };

static const struct schema_key NORM_TABLE[] = {
    [NORM_INDICATOR] = {.name = SLICE_LITERAL("indicator"), .type = SCHEMA_TEXT, .required = true},
    [NORM_VALUE] = {.name = SLICE_LITERAL("waarde"),
                    .type = SCHEMA_DECIMAL,
                    .required = true,
                    .most = 1000000000,
                    .help = "above 0"},
    [NORM_FROM] = {.name = SLICE_LITERAL("vanaf"), .type = SCHEMA_DATE, .required = true},
    [NORM_SOURCE] = {.name = SLICE_LITERAL("bron"), .type = SCHEMA_TEXT},
    [NORM_DESCRIPTION] = {.name = SLICE_LITERAL("omschrijving"), .type = SCHEMA_TEXT},
};
static const struct schema NORM_SCHEMA = {.keys = NORM_TABLE, .count = NORM_KEYS};

static int compare_norms(const void *left, const void *right)
{
    const struct norm *a = left;
    const struct norm *b = right;
    int order = date_compare(a->from, b->from);
    return order != 0 ? order : slice_compare(a->indicator->id, b->indicator->id);
}

static bool has_norm(const struct norm *norms, size_t count, const struct norm *norm)
{
    for (size_t i = 0; i < count; i++) {
        if (compare_norms(&norms[i], norm) == 0) return true;
    }
    return false;
}

/** Reads one norm; false where it is not complete enough to keep. */
static bool read_norm(const struct making *making, const struct node *node, struct norm *ret_norm)
{
    struct schema_value values[NORM_KEYS];
    if (!schema_read(&NORM_SCHEMA, node, "a norm", making->faults, values)) return false;
    *ret_norm = (struct norm){.indicator = indicator_reference(making, &values[NORM_INDICATOR]),
                              .value = values[NORM_VALUE].decimal,
                              .from = values[NORM_FROM].date,
                              .source = source_reference(making, &values[NORM_SOURCE]),
                              .description = values[NORM_DESCRIPTION].text};
    if (values[NORM_VALUE].present && ret_norm->value.units <= 0)
        faults_add(making->faults, values[NORM_VALUE].place, "\"waarde\" must be above 0");
    return ret_norm->indicator != NULL && values[NORM_FROM].present;
}

void norms_read(const struct making *making, const struct schema_value *list)
{
    struct norm *norms = arena_array(&making->rulebook->arena, schema_count(list), sizeof *norms);
    size_t count = 0;
    for (size_t i = 0; i < schema_count(list); i++) {
        const struct node *node = &list->node->children[i];
        if (!read_norm(making, node, &norms[count])) continue;
        if (has_norm(norms, count, &norms[count]))
            faults_add(making->faults, node->place,
                       "this indicator has a norm from that day already");
        count++;
    }
    if (count > 1) qsort(norms, count, sizeof *norms, compare_norms);
    making->rulebook->monitor.norms = norms;
    making->rulebook->monitor.norm_count = count;
}
