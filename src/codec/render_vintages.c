/*
 * The history of figures, as JSON for programs and as CSV for a spreadsheet. A value that never was
 * is an absent key or an empty field. It cannot fail.
 */
#include "codec/render_vintages.h"

#include "codec/json_writer.h"

static struct slice id_text(struct record_id id, struct text *scratch)
{
    text_clear(scratch);
    record_id_put(scratch, id);
    return text_slice(scratch);
}

/* Which value the latest is held against, as a key; NULL where there is none. */
static const char *basis_key(const struct vintage_line *line)
{
    if (line->complete.present) return "eersteVolledige";
    return line->first.present ? "eerste" : NULL;
}

/* ---- JSON ---- */

static void put_vintage(struct json *json, const char *key, const struct vintage *vintage)
{
    struct text scratch = {0};
    if (!vintage->present) return;
    json_open_object(json, key);
    if (vintage->value.present)
        json_decimal(json, "waarde", vintage->value.value);
    else
        json_puts(json, "reden", reason_id(vintage->reason));
    json_text(json, "kenmerk", id_text(vintage->id, &scratch));
    json_moment(json, "op", record_id_moment(vintage->id));
    json_open_object(json, "respons");
    json_int(json, "ontvangen", vintage->received);
    json_int(json, "verwacht", vintage->expected);
    json_close_object(json);
    json_close_object(json);
    text_done(&scratch);
}

static void put_line(struct json *json, const struct vintage_line *line)
{
    json_open_object(json, NULL);
    json_text(json, "indicator", line->id);
    json_puts(json, "niveau", level_id(line->level));
    json_text_if(json, "organisatie", line->organisation);
    json_date(json, "peildatum", line->peildatum);
    put_vintage(json, "eerste", &line->first);
    put_vintage(json, "eersteVolledige", &line->complete);
    put_vintage(json, "laatste", &line->latest);
    if (basis_key(line) != NULL) json_puts(json, "tegenover", basis_key(line));
    if (line->difference.present) json_decimal(json, "verschil", line->difference.value);
    json_int(json, "herzieningen", line->revisions);
    json_close_object(json);
}

void render_vintages_json(struct text *text, const struct vintages *vintages)
{
    struct json json;
    json_init(&json, text);
    json_open_object(&json, NULL);
    json_open_array(&json, "herzieningen");
    for (size_t i = 0; i < vintages->count; i++)
        put_line(&json, &vintages->lines[i]);
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

/* Value, kenmerk, moment and how many delivered. */
static void put_fields(struct csv *csv, const struct vintage *vintage, struct text *scratch)
{
    enum { FIELDS = 4 };
    for (int i = 0; i < FIELDS && !vintage->present; i++)
        csv_skip(csv);
    if (!vintage->present) return;
    put_maybe(csv, vintage->value);
    csv_put(csv, id_text(vintage->id, scratch));
    text_clear(scratch);
    moment_put(scratch, record_id_moment(vintage->id));
    csv_put(csv, text_slice(scratch));
    csv_put_int(csv, vintage->received);
}

static void put_row(struct csv *csv, const struct vintage_line *line, struct text *scratch)
{
    const struct vintage *latest = &line->latest;
    csv_put(csv, line->id);
    csv_puts(csv, level_id(line->level));
    csv_put(csv, line->organisation);
    csv_put_date(csv, line->peildatum);
    put_fields(csv, &line->first, scratch);
    put_fields(csv, &line->complete, scratch);
    put_fields(csv, latest, scratch);
    csv_put_int(csv, latest->expected);
    csv_puts(csv, latest->present ? reason_id(latest->reason) : "");
    csv_puts(csv, basis_key(line) == NULL ? "" : basis_key(line));
    put_maybe(csv, line->difference);
    csv_put_int(csv, line->revisions);
    csv_end_row(csv);
}

void render_vintages_csv(struct text *text, const struct vintages *vintages, enum language language)
{
    static const char *const names[] = {
        "indicator",        "niveau",          "organisatie",
        "peildatum",        "eersteWaarde",    "eersteKenmerk",
        "eersteOp",         "eersteOntvangen", "volledigeWaarde",
        "volledigeKenmerk", "volledigeOp",     "volledigeOntvangen",
        "laatsteWaarde",    "laatsteKenmerk",  "laatsteOp",
        "laatsteOntvangen", "laatsteVerwacht", "reden",
        "tegenover",        "verschil",        "herzieningen",
    };
    struct text scratch = {0};
    struct csv csv = csv_over(text, language);
    csv_put_header(&csv, names, sizeof names / sizeof names[0]);
    csv_end_row(&csv);
    for (size_t i = 0; i < vintages->count; i++)
        put_row(&csv, &vintages->lines[i], &scratch);
    text_done(&scratch);
}
