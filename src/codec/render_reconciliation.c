/*
 * Computed against published, line by line: JSON and CSV for programs, Markdown for a dossier. What
 * was printed stands with the decimals it was printed with, where a form has fixed decimals. It
 * cannot fail.
 */
#include "codec/render_reconciliation.h"

#include "codec/json_writer.h"
#include "codec/markdown.h"
#include "codec/markdown_table.h"
#include "codec/render_edition.h"

/* What a line is called: a check by its own name, a figure by its indicator's. */
static struct slice name_of(const struct reconciliation_row *row)
{
    return row->check != NULL ? row->check->name : row->line->indicator->name;
}

static struct slice id_of(const struct reconciliation_row *row)
{
    return row->check != NULL ? row->check->id : row->line->id;
}

static struct slice note_of(const struct reconciliation_row *row)
{
    return row->check != NULL ? row->check->note : row->line->note;
}

/* What the printed figure is held against. */
static const char *against_of(const struct reconciliation_row *row)
{
    return row->check != NULL ? "gepubliceerd" : "editie";
}

/* ---- JSON ---- */

static void put_row(struct json *json, const struct reconciliation_row *row)
{
    json_open_object(json, NULL);
    json_text(json, "document", row->publication->id);
    json_text(json, "regel", id_of(row));
    json_text(json, "naam", name_of(row));
    json_text(json, "indicator", row->line->indicator->id);
    json_text_if(json, "plaats", row->line->place);
    json_date(json, "peildatum", row->peildatum);
    json_puts(json, "tegenover", against_of(row));
    json_decimal(json, "gepubliceerd", row->published);
    if (row->computed.present) json_decimal(json, "berekend", row->computed.value);
    if (row->difference.present) json_decimal(json, "verschil", row->difference.value);
    json_puts(json, "oordeel", judgement_id(row->judgement));
    if (row->reason != REASON_NONE) json_puts(json, "reden", reason_id(row->reason));
    json_text_if(json, "toelichting", note_of(row));
    json_close_object(json);
}

static void put_counts(struct json *json, const struct reconciliation *reconciliation)
{
    json_open_object(json, "samenvatting");
    json_int(json, "gelijk", reconciliation->counts[JUDGEMENT_EQUAL]);
    json_int(json, "verschilt", reconciliation->counts[JUDGEMENT_DIFFERENT]);
    json_int(json, "nietBerekend", reconciliation->counts[JUDGEMENT_MISSING]);
    json_close_object(json);
}

void render_reconciliation_json(struct text *text, const struct reconciliation *reconciliation)
{
    struct json json;
    json_init(&json, text);
    json_open_object(&json, NULL);
    json_open_object(&json, "editie");
    render_edition_put(&json, reconciliation->edition, reconciliation->rulebook->monitor.id);
    json_close_object(&json);
    put_counts(&json, reconciliation);
    json_open_array(&json, "aansluiting");
    for (size_t i = 0; i < reconciliation->count; i++)
        put_row(&json, &reconciliation->rows[i]);
    json_close_array(&json);
    json_close_object(&json);
}

/* ---- CSV ---- */

static void put_maybe(struct csv *csv, struct maybe number)
{
    if (number.present)
        csv_put_fixed(csv, number.value);
    else
        csv_skip(csv);
}

static void put_csv_row(struct csv *csv, const struct reconciliation_row *row)
{
    csv_put(csv, row->publication->id);
    csv_put(csv, id_of(row));
    csv_put(csv, name_of(row));
    csv_put(csv, row->line->indicator->id);
    csv_put(csv, row->line->place);
    csv_put_date(csv, row->peildatum);
    csv_puts(csv, against_of(row));
    csv_put_fixed(csv, row->published);
    put_maybe(csv, row->computed);
    put_maybe(csv, row->difference);
    csv_puts(csv, judgement_id(row->judgement));
    csv_puts(csv, reason_id(row->reason));
    csv_put(csv, note_of(row));
    csv_end_row(csv);
}

void render_reconciliation_csv(struct text *text, const struct reconciliation *reconciliation,
                               enum language language)
{
    static const char *const names[] = {
        "document",     "regel",    "naam",     "indicator", "plaats", "peildatum",   "tegenover",
        "gepubliceerd", "berekend", "verschil", "oordeel",   "reden",  "toelichting",
    };
    struct csv csv = csv_over(text, language);
    csv_put_header(&csv, names, sizeof names / sizeof names[0]);
    csv_end_row(&csv);
    for (size_t i = 0; i < reconciliation->count; i++)
        put_csv_row(&csv, &reconciliation->rows[i]);
}

/* ---- Markdown ---- */

static const char *const COLUMNS[] = {"Regel",    "Peildatum", "Gepubliceerd",
                                      "Berekend", "Verschil",  "Oordeel"};
enum { COLUMN_COUNT = sizeof COLUMNS / sizeof COLUMNS[0] };

static void add_number(struct markdown_table *table, struct maybe number)
{
    struct text text = {0};
    if (number.present)
        decimal_put_dutch(&text, number.value);
    else
        text_putc(&text, '-');
    markdown_table_add(table, text_slice(&text));
    text_done(&text);
}

/* `Wachtlijst (tabel)` */
static void add_name(struct markdown_table *table, const struct reconciliation_row *row)
{
    struct text text = {0};
    text_put(&text, name_of(row));
    if (row->check == NULL && row->line->place.len > 0) {
        text_puts(&text, " (");
        text_put(&text, row->line->place);
        text_putc(&text, ')');
    }
    markdown_table_add(table, text_slice(&text));
    text_done(&text);
}

static void add_row(struct markdown_table *table, const struct reconciliation_row *row)
{
    struct text date = {0};
    add_name(table, row);
    date_put(&date, row->peildatum);
    markdown_table_add(table, text_slice(&date));
    add_number(table, (struct maybe){.present = true, .value = row->published});
    add_number(table, row->computed);
    add_number(table, row->difference);
    markdown_table_add(table, slice_of(judgement_id(row->judgement)));
    text_done(&date);
}

/* Each note once, under what it is about. */
static void put_notes(struct text *text, const struct reconciliation_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct reconciliation_row *row = &rows[i];
        const bool told = i > 0 && rows[i - 1].line == row->line && rows[i - 1].check == row->check;
        if (note_of(row).len == 0 || told) continue;
        text_putc(text, '\n');
        markdown_put_plain(text, name_of(row));
        text_puts(text, ": ");
        markdown_put_plain(text, note_of(row));
        text_putc(text, '\n');
    }
}

/* The rows of one document, from `first` on; gives the first that is another's. */
static size_t put_document(struct text *text, const struct reconciliation *reconciliation,
                           size_t first)
{
    const struct publication *publication = reconciliation->rows[first].publication;
    struct arena arena;
    size_t at = first;
    arena_init(&arena);
    struct markdown_table table = {.arena = &arena, .columns = COLUMN_COUNT};
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        markdown_table_add(&table, slice_of(COLUMNS[i]));
    for (; at < reconciliation->count && reconciliation->rows[at].publication == publication; at++)
        add_row(&table, &reconciliation->rows[at]);
    text_puts(text, "\n## ");
    markdown_put_plain(text, publication->id);
    text_puts(text, "\n\n");
    markdown_table_put(text, &table);
    put_notes(text, &reconciliation->rows[first], at - first);
    arena_done(&arena);
    return at;
}

static void put_heading(struct text *text, const struct reconciliation *reconciliation)
{
    const struct edition *edition = reconciliation->edition;
    text_puts(text, "# Aansluiting van editie ");
    markdown_put_plain(text, edition->name);
    text_puts(text, "\n\n");
    markdown_put_plain(text, reconciliation->rulebook->monitor.name);
    text_puts(text, ", landelijk; status: ");
    text_puts(text, status_id(edition->status));
    text_puts(text, ". Bekend op ");
    moment_put_dutch(text, record_id_moment(edition->known));
    text_printf(text, ". Gelijk: %u, verschilt: %u, niet berekend: %u.\n",
                reconciliation->counts[JUDGEMENT_EQUAL],
                reconciliation->counts[JUDGEMENT_DIFFERENT],
                reconciliation->counts[JUDGEMENT_MISSING]);
}

void render_reconciliation_markdown(struct text *text, const struct reconciliation *reconciliation)
{
    size_t at = 0;
    put_heading(text, reconciliation);
    if (reconciliation->count == 0)
        text_puts(text, "\nVan deze peildata zijn geen gepubliceerde cijfers opgenomen.\n");
    while (at < reconciliation->count)
        at = put_document(text, reconciliation, at);
}
