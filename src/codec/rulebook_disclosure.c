/*
 * `openbaarmaking`: how the monitor's figures are shown to the public. Without it the usual numbers
 * hold. Fault: rounding to more than the threshold, by which a figure that is shown could become 0.
 */
#include "codec/rulebook_parts.h"

enum { DISCLOSURE_THRESHOLD, DISCLOSURE_BASE, DISCLOSURE_KEYS };

enum { THRESHOLD_LEAST = 5, THRESHOLD_MOST = 1000, THRESHOLD_INITIAL = 10 };
enum { BASE_LEAST = 1, BASE_MOST = 1000, BASE_INITIAL = 5 };

static const struct schema_key DISCLOSURE_TABLE[] = {
    [DISCLOSURE_THRESHOLD] = {.name = SLICE_LITERAL("drempel"),
                              .type = SCHEMA_WHOLE,
                              .least = THRESHOLD_LEAST,
                              .most = THRESHOLD_MOST,
                              .initial = THRESHOLD_INITIAL,
                              .help = "counts below it are hidden"},
    [DISCLOSURE_BASE] = {.name = SLICE_LITERAL("afronding"),
                         .type = SCHEMA_WHOLE,
                         .least = BASE_LEAST,
                         .most = BASE_MOST,
                         .initial = BASE_INITIAL,
                         .help = "counts are rounded to a multiple of it"},
};
static const struct schema DISCLOSURE_SCHEMA = {.keys = DISCLOSURE_TABLE, .count = DISCLOSURE_KEYS};

void disclosure_read(const struct making *making, const struct schema_value *map)
{
    static const struct node nothing = {.kind = NODE_MAP};
    struct schema_value values[DISCLOSURE_KEYS];
    const struct node *node = map->present ? map->node : &nothing;
    schema_read(&DISCLOSURE_SCHEMA, node, "\"openbaarmaking\"", making->faults, values);
    if (values[DISCLOSURE_BASE].number > values[DISCLOSURE_THRESHOLD].number)
        faults_add(making->faults, values[DISCLOSURE_BASE].place,
                   "\"afronding\" must not be more than \"drempel\"");
    making->rulebook->monitor.disclosure = (struct disclosure_terms){
        .threshold = values[DISCLOSURE_THRESHOLD].number,
        .base = values[DISCLOSURE_BASE].number,
    };
}
