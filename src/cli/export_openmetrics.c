/*
 * The history that /metrics cannot give: Prometheus drops a sample with an old timestamp when it
 * scrapes one, but takes it from a file (promtool tsdb create-blocks-from openmetrics). Happy path:
 * the definition for names and units, the series as CSV for the exact figures, level by level, and
 * the same families that /metrics has, so that a graph runs on. A level that the token may not see
 * is left out, as /metrics does. An answer that is no gimon's is said, and nothing is printed.
 */
#include "cli/export_openmetrics.h"

#include "cli/export_client.h"
#include "codec/csv_scan.h"
#include "codec/render_metrics.h"

#include <cjson/cJSON.h>

/** What is asked for at each level, and the columns that count (api.md, section 4). */
enum { INDICATOR, LEVEL, ORGANISATION, REGION, PEILDATUM, VALUE, FIELDS };

static struct slice member(const cJSON *object, const char *key, struct arena *arena)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return arena_copy(arena, slice_of(text));
}

/** The part of a definition that metrics are named by. */
static bool read_monitor(struct export *export, struct monitor *ret_monitor)
{
    struct arena *arena = &export->arena;
    struct indicator *indicators = NULL;
    struct slice body;
    size_t count = 0;
    if (!export_read(export, slice_of(""), "application/json", &body)) return false;
    cJSON *root = cJSON_ParseWithLength(body.ptr, body.len);
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "indicatoren"), *item;
    const bool understood = cJSON_IsArray(list);
    cJSON_ArrayForEach(item, list)
    {
        indicators = arena_room(arena, indicators, count, sizeof *indicators);
        indicators[count++] = (struct indicator){
            .id = member(item, "indicator", arena),
            .name = member(item, "naam", arena),
            .unit = member(item, "eenheid", arena),
        };
    }
    *ret_monitor = (struct monitor){
        .id = member(root, "monitor", arena), .indicators = indicators, .indicator_count = count};
    cJSON_Delete(root);
    return understood || export_misunderstands(export, slice_of(""));
}

/** The first FIELDS cells of a row; what is not there is empty. */
static void read_cells(struct csv_scan *scan, struct slice cells[FIELDS])
{
    struct csv_cell cell;
    for (size_t i = 0; i < FIELDS; i++)
        cells[i] = (struct slice){0};
    for (size_t i = 0; csv_scan_cell(scan, &cell); i++)
        if (i < FIELDS) cells[i] = cell.text;
}

/** False where the row is not one of a series; a point without a value is one. */
static bool read_point(const struct slice cells[FIELDS], enum level level, struct point *ret_point)
{
    struct point point = {
        .id = cells[INDICATOR],
        .level = level,
        .organisation = cells[ORGANISATION],
        .region = cells[REGION],
    };
    if (!slice_is(cells[LEVEL], level_id(level))) return false;
    if (!date_parse(cells[PEILDATUM], &point.peildatum)) return false;
    point.value.present = cells[VALUE].len > 0;
    if (point.value.present && decimal_parse(cells[VALUE], &point.value.value) != DECIMAL_OK)
        return false;
    *ret_point = point;
    return true;
}

static bool read_points(struct export *export, struct slice body, enum level level,
                        struct series *ret_series)
{
    struct series series = {0};
    struct slice cells[FIELDS];
    struct csv_scan scan;
    csv_scan_init(&scan, body, CSV_UTF8, &export->arena);
    if (!csv_scan_row(&scan)) return false;
    read_cells(&scan, cells);
    if (!slice_is(cells[INDICATOR], "indicator") || !slice_is(cells[VALUE], "waarde")) return false;
    while (csv_scan_row(&scan)) {
        read_cells(&scan, cells);
        if (cells[INDICATOR].len == 0) continue;
        series.points =
            arena_room(&export->arena, series.points, series.count, sizeof *series.points);
        if (!read_point(cells, level, &series.points[series.count])) return false;
        series.count++;
    }
    *ret_series = series;
    return true;
}

/** Only the nation's figures must be there to be seen. */
static bool is_hidden(const struct http_answer *answer, enum level level)
{
    return level != LEVEL_NATIONAL && (answer->status == 401 || answer->status == 403);
}

static bool read_level(struct export *export, enum level level, struct series *ret_series)
{
    const struct slice below =
        arena_print(&export->arena, "/reeksen?niveau=%s&formaat=csv", level_id(level));
    struct http_answer answer = export_ask(export, below, "text/csv");
    bool good = is_hidden(&answer, level);
    if (!good && export_accepts(export, &answer)) {
        const struct slice body = arena_copy(&export->arena, text_slice(&answer.body));
        good = read_points(export, body, level, ret_series) || export_misunderstands(export, below);
    }
    http_answer_done(&answer);
    return good;
}

static bool dump(struct export *export)
{
    struct monitor monitor;
    struct series levels[LEVEL_COUNT] = {0};
    if (!read_monitor(export, &monitor)) return false;
    for (enum level level = 0; level < LEVEL_COUNT; level++)
        if (!read_level(export, level, &levels[level])) return false;
    render_metrics_history(&export->out, &monitor, levels, LEVEL_COUNT);
    return true;
}

int cli_export_openmetrics(int argc, char **argv)
{
    static const struct export_kind KIND = {
        .synopsis = "gimon export openmetrics --monitor MONITOR [OPTION]...",
        .about =
            "Prints every figure of every peildatum that the token may see as OpenMetrics, under "
            "the\n"
            "names of /metrics and with the peildatum (0:00 UTC) as timestamp, to back-fill a\n"
            "Prometheus: promtool tsdb create-blocks-from openmetrics FILE DATA.",
        .run = dump,
    };
    return export_command(argc, argv, &KIND);
}
