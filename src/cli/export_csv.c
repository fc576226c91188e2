/*
 * Everything delivered to a monitor, in the long form of a delivery with before each line whose it
 * is, of which peildatum, revision and record, and what became of it. Happy path: the peildata of
 * the definition; of each the response, which says who delivered; of each delivery its receipts and
 * of each revision its lines. The lines are copied cell by cell and not read: what a deliverer
 * wrote is what comes out. An answer that is no gimon's is said, and nothing is printed.
 */
#include "cli/export_csv.h"

#include "cli/export_client.h"
#include "codec/csv_scan.h"
#include "codec/csv_writer.h"

#include <cjson/cJSON.h>
#include <string.h>

/** Columns of a delivery: cijfer, deel, regio, sinds, waarde. */
enum { LINE_CELLS = 5 };

/** One delivery, as the response tells of it. */
struct delivered {
    const char *peildatum, *organisation, *status;
    int newest; /**< the revision that the status is about */
};

static const char *text_of(const cJSON *object, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return text ? text : "";
}

/** 0 where it is not there; revisions count from 1. */
static int number_of(const cJSON *object, const char *key)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(number) ? number->valueint : 0;
}

/** Asks for a list in a JSON object; NULL where that fails. The caller deletes the root. */
static cJSON *read_json(struct export *export, struct slice below, const char *key,
                        const cJSON **ret_list)
{
    struct slice body;
    if (!export_read(export, below, "application/json", &body)) return NULL;
    cJSON *root = cJSON_ParseWithLength(body.ptr, body.len);
    *ret_list = cJSON_GetObjectItemCaseSensitive(root, key);
    if (cJSON_IsArray(*ret_list)) return root;
    cJSON_Delete(root);
    export_misunderstands(export, below);
    return NULL;
}

/** The path of a delivery, with what stands below it. */
static struct slice delivery_path(struct export *export, const struct delivered *delivered,
                                  const char *below)
{
    struct text organisation = {0};
    http_put_part(&organisation, slice_of(delivered->organisation));
    text_putc(&organisation, '\0');
    const struct slice path =
        arena_print(&export->arena, "/peildata/%s/aanleveringen/%s/revisies%s",
                    delivered->peildatum, organisation.ptr, below);
    text_done(&organisation);
    return path;
}

/** What became of a revision: the response tells it of the newest, the others were replaced. */
static const char *status_of(const struct delivered *delivered, int revision)
{
    return revision == delivered->newest ? delivered->status : "vervangen";
}

static void put_line(struct csv *csv, const struct delivered *delivered, const cJSON *receipt,
                     struct csv_scan *scan)
{
    struct csv_cell cell;
    const int revision = number_of(receipt, "revisie");
    csv_puts(csv, delivered->peildatum);
    csv_puts(csv, delivered->organisation);
    csv_put_int(csv, (uint64_t)revision);
    csv_puts(csv, status_of(delivered, revision));
    csv_puts(csv, text_of(receipt, "kenmerk"));
    csv_puts(csv, text_of(receipt, "ontvangenOp"));
    while (csv_scan_cell(scan, &cell))
        csv_put(csv, cell.text);
    csv_end_row(csv);
}

/** Whether it is the header that each delivery begins with. */
static bool read_header(struct csv_scan *scan)
{
    struct csv_cell cell;
    size_t count = 0;
    if (!csv_scan_row(scan)) return false;
    while (csv_scan_cell(scan, &cell)) {
        if (count == 0 && !slice_is(cell.text, "cijfer")) return false;
        count++;
    }
    return count == LINE_CELLS;
}

static bool put_revision(struct export *export, const struct delivered *delivered,
                         const cJSON *receipt)
{
    struct csv csv = csv_over(&export->out, LANGUAGE_DUTCH);
    const struct slice number =
        arena_print(&export->arena, "/%d?formaat=csv", number_of(receipt, "revisie"));
    const struct slice path = delivery_path(export, delivered, number.ptr);
    struct csv_scan scan;
    struct slice body;
    if (!export_read(export, path, "text/csv", &body)) return false;
    csv_scan_init(&scan, body, CSV_UTF8, &export->arena);
    if (!read_header(&scan)) return export_misunderstands(export, path);
    while (csv_scan_row(&scan))
        put_line(&csv, delivered, receipt, &scan);
    return true;
}

/** Receipts of withdrawals and of what analysts did name a revision too, but bring none. */
static bool brings_revision(const cJSON *receipt)
{
    const char *outcome = text_of(receipt, "uitkomst");
    return strcmp(outcome, "nieuw") == 0 || strcmp(outcome, "gewijzigd") == 0;
}

static bool put_delivery(struct export *export, const struct delivered *delivered)
{
    const cJSON *list, *receipt;
    bool good = true;
    cJSON *root = read_json(export, delivery_path(export, delivered, ""), "revisies", &list);
    if (!root) return false;
    cJSON_ArrayForEach(receipt, list)
    {
        if (good && brings_revision(receipt)) good = put_revision(export, delivered, receipt);
    }
    cJSON_Delete(root);
    return good;
}

static bool put_peildatum(struct export *export, const char *peildatum)
{
    const struct slice below = arena_print(&export->arena, "/peildata/%s/aanleveringen", peildatum);
    const cJSON *list, *row;
    bool good = true;
    cJSON *root = read_json(export, below, "aanleveringen", &list);
    if (!root) return false;
    cJSON_ArrayForEach(row, list)
    {
        const struct delivered delivered = {
            .peildatum = peildatum,
            .organisation = text_of(row, "organisatie"),
            .status = text_of(row, "status"),
            .newest = number_of(row, "revisie"),
        };
        if (good && delivered.newest > 0) good = put_delivery(export, &delivered);
    }
    cJSON_Delete(root);
    return good;
}

static void put_header(struct text *out)
{
    static const char *const names[] = {
        "peildatum", "organisatie", "revisie", "status", "kenmerk", "ontvangenOp",
        "cijfer",    "deel",        "regio",   "sinds",  "waarde",
    };
    struct csv csv = csv_over(out, LANGUAGE_DUTCH);
    text_puts(out, "\xEF\xBB\xBF"); /* without it Excel takes UTF-8 for Windows-1252 */
    csv_put_header(&csv, names, sizeof names / sizeof names[0]);
    csv_end_row(&csv);
}

static bool dump(struct export *export)
{
    const cJSON *list, *item;
    bool good = true;
    cJSON *root = read_json(export, slice_of(""), "peildata", &list);
    if (!root) return false;
    put_header(&export->out);
    cJSON_ArrayForEach(item, list)
    {
        if (good) good = put_peildatum(export, text_of(item, "peildatum"));
    }
    cJSON_Delete(root);
    return good;
}

int cli_export_csv(int argc, char **argv)
{
    static const struct export_kind KIND = {
        .synopsis = "gimon export csv --monitor MONITOR [OPTION]...",
        .about =
            "Prints everything delivered that the token may see, all revisions, one line a value: "
            "in\n"
            "the form of a delivery in CSV, with before it the peildatum, the organisation, the\n"
            "revision, what became of it, its kenmerk and when it came.",
        .run = dump,
    };
    return export_command(argc, argv, &KIND);
}
