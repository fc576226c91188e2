/*
 * The response on a peildatum, as JSON for programs and as CSV for a spreadsheet. What is not there
 * (a date that was never published, a revision that never came) is an absent key or an empty field.
 * It cannot fail.
 */
#include "codec/render_response.h"

#include "codec/findings_json.h"
#include "codec/json_writer.h"

static struct moment moment_of(const struct event *event)
{
    return record_id_moment(event->id);
}

/* What was found in the revision that stands; all zero if none does. */
static void count_findings(const struct response_row *row, unsigned counts[SEVERITY_COUNT])
{
    if (row->revision != NULL && row->status != RESPONSE_WITHDRAWN)
        findings_json_count(row->revision->findings, counts);
}

/* ---- JSON ---- */

/* Who said it when; `key` is what the words are called. */
static void put_words(struct json *json, const char *key, const struct event *event)
{
    if (event->revision != NULL) json_int(json, "revisie", event->revision->number);
    json_text_if(json, key, event->text);
    json_text(json, "door", event->by);
    json_moment(json, "op", moment_of(event));
}

static void put_calendar(struct json *json, const struct response *response)
{
    const struct peildatum *window = &response->window;
    json_open_object(json, "kalender");
    if (window->has_opening) json_date(json, "opening", window->opening);
    if (window->has_due) json_date(json, "uiterlijk", window->due);
    if (window->has_closing) json_date(json, "sluiting", window->closing);
    if (response->reopening != NULL) {
        json_open_object(json, "heropend");
        json_date(json, "tot", response->reopening->until);
        put_words(json, "reden", response->reopening);
        json_close_object(json);
    }
    json_close_object(json);
}

static void put_findings(struct json *json, const struct response_row *row)
{
    unsigned counts[SEVERITY_COUNT] = {0};
    count_findings(row, counts);
    json_open_object(json, "bevindingen");
    json_int(json, "fout", counts[SEVERITY_ERROR]);
    json_int(json, "toelichtingVereist", counts[SEVERITY_EXPLAIN]);
    json_int(json, "waarschuwing", counts[SEVERITY_WARNING]);
    json_close_object(json);
}

static void put_remarks(struct json *json, const struct response_row *row)
{
    json_open_array(json, "opmerkingen");
    for (size_t i = 0; i < row->remark_count; i++) {
        json_open_object(json, NULL);
        put_words(json, "opmerking", row->remarks[i]);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_ruling(struct json *json, const struct response_row *row)
{
    if (row->ruling == NULL) return;
    json_open_object(json, response_status_id(row->status));
    put_words(json, "reden", row->ruling);
    json_close_object(json);
}

static void put_row(struct json *json, const struct response_row *row)
{
    json_open_object(json, NULL);
    json_text(json, "organisatie", row->organisation->id);
    json_text(json, "naam", row->organisation->name);
    json_puts(json, "status", response_status_id(row->status));
    json_bool(json, "laat", row->late);
    if (row->revision != NULL) {
        json_int(json, "revisie", row->revision->number);
        json_moment(json, "ontvangenOp", record_id_moment(row->revision->id));
        json_text(json, "door", row->revision->by);
    }
    put_findings(json, row);
    put_ruling(json, row);
    put_remarks(json, row);
    json_close_object(json);
}

void render_response_json(struct text *text, const struct response *response)
{
    struct json json;
    json_init(&json, text);
    json_open_object(&json, NULL);
    json_text(&json, "monitor", response->monitor);
    json_date(&json, "peildatum", response->window.date);
    put_calendar(&json, response);
    json_open_object(&json, "respons");
    json_int(&json, "ontvangen", response->received);
    json_int(&json, "verwacht", response->expected);
    json_close_object(&json);
    json_open_array(&json, "aanleveringen");
    for (size_t i = 0; i < response->count; i++)
        put_row(&json, &response->rows[i]);
    json_close_array(&json);
    json_close_object(&json);
}

/* ---- CSV ---- */

static void put_date_if(struct csv *csv, bool present, struct date date)
{
    if (present)
        csv_put_date(csv, date);
    else
        csv_skip(csv);
}

static void put_revision(struct csv *csv, const struct revision *revision)
{
    if (revision == NULL) {
        csv_skip(csv);
        csv_skip(csv);
        csv_skip(csv);
        return;
    }
    csv_put_int(csv, revision->number);
    csv_skip(csv);
    moment_put(csv->text, record_id_moment(revision->id));
    csv_put(csv, revision->by);
}

/* All remarks in one field, a line each. */
static void put_remark_field(struct csv *csv, const struct response_row *row)
{
    struct text remarks = {0};
    for (size_t i = 0; i < row->remark_count; i++) {
        if (i > 0) text_putc(&remarks, '\n');
        text_put(&remarks, row->remarks[i]->text);
    }
    csv_put(csv, text_slice(&remarks));
    text_done(&remarks);
}

static void put_calendar_fields(struct csv *csv, const struct response *response)
{
    const struct peildatum *window = &response->window;
    const struct event *reopening = response->reopening;
    put_date_if(csv, window->has_opening, window->opening);
    put_date_if(csv, window->has_due, window->due);
    put_date_if(csv, window->has_closing, window->closing);
    put_date_if(csv, reopening != NULL, reopening == NULL ? window->date : reopening->until);
    csv_put(csv, reopening == NULL ? (struct slice){0} : reopening->text);
}

static void put_fields(struct csv *csv, const struct response_row *row)
{
    unsigned counts[SEVERITY_COUNT] = {0};
    csv_put(csv, row->organisation->id);
    csv_put(csv, row->organisation->name);
    csv_puts(csv, response_status_id(row->status));
    csv_puts(csv, row->late ? "true" : "false");
    put_revision(csv, row->revision);
    count_findings(row, counts);
    for (unsigned i = 0; i < SEVERITY_COUNT; i++)
        csv_put_int(csv, counts[i]);
    csv_put(csv, row->ruling == NULL ? (struct slice){0} : row->ruling->text);
    put_remark_field(csv, row);
}

void render_response_csv(struct text *text, const struct response *response, enum language language)
{
    static const char *const names[] = {
        "organisatie",  "naam",          "status",
        "laat",         "revisie",       "ontvangenOp",
        "door",         "fout",          "toelichtingVereist",
        "waarschuwing", "reden",         "opmerkingen",
        "opening",      "uiterlijk",     "sluiting",
        "heropendTot",  "heropendReden",
    };
    struct csv csv = csv_over(text, language);
    csv_put_header(&csv, names, sizeof names / sizeof names[0]);
    csv_end_row(&csv);
    for (size_t i = 0; i < response->count; i++) {
        put_fields(&csv, &response->rows[i]);
        put_calendar_fields(&csv, response);
        csv_end_row(&csv);
    }
}
