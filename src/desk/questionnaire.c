/*
 * A monitor's definition as JSON, whole: what is asked, which days are no working days, what is
 * computed from it and by which version, what it is held against, when, what is checked, what is
 * shown, and where it all comes from. Kinds and rules are named as definition files name them;
 * formulas are given twice, as the columns they take and as a line to read.
 */
#include "codec/formula_text.h"
#include "codec/json_writer.h"
#include "core/finding_code.h"
#include "desk/handlers.h"

static const char *measure_word(enum measure_kind kind)
{
    switch (kind) {
    case MEASURE_COUNT: return "aantal";
    case MEASURE_NUMBER: return "getal";
    case MEASURE_WAITING: return "wachttijd";
    case MEASURE_STATED: return "opgave";
    }
    return "";
}

static const char *region_word(enum region_rule rule)
{
    switch (rule) {
    case REGION_NONE: return "geen";
    case REGION_ADDS_UP: return "telt-op";
    case REGION_OVERLAPS: return "overlapt";
    }
    return "";
}

static void put_sources(struct json *json, const struct monitor *monitor)
{
    json_open_array(json, "bronnen");
    for (size_t i = 0; i < monitor->source_count; i++) {
        const struct source *source = &monitor->sources[i];
        json_open_object(json, NULL);
        json_text(json, "bron", source->id);
        json_text(json, "titel", source->title);
        json_text_if(json, "kenmerk", source->reference);
        if (source->has_date) json_date(json, "datum", source->date);
        json_close_object(json);
    }
    json_close_array(json);
}

/* ---- measures ---- */

static void put_part(struct json *json, const struct monitor *monitor,
                     const struct measure *measure, const struct part *part)
{
    const struct column *columns = &monitor->columns[part->column];
    json_open_object(json, NULL);
    json_text_if(json, "deel", part->id);
    json_text_if(json, "naam", part->name);
    json_text_if(json, "definitie", part->definition);
    json_open_array(json, "kolommen");
    json_text(json, NULL, columns[0].id);
    if (measure->kind == MEASURE_WAITING) json_text(json, NULL, columns[1].id);
    json_close_array(json);
    json_close_object(json);
}

static void put_waiting(struct json *json, const struct measure *measure)
{
    if (measure->kind != MEASURE_WAITING) return;
    json_text(json, "kalender", measure->calendar->id);
    json_int(json, "drempel", measure->threshold);
    json_int(json, "hoogstensJaren", measure->most_years);
}

static void put_measure(struct json *json, const struct monitor *monitor,
                        const struct measure *measure)
{
    const struct decimal most = {.units = measure->most, .decimals = measure->decimals};
    json_open_object(json, NULL);
    json_text(json, "cijfer", measure->id);
    json_text(json, "naam", measure->name);
    json_puts(json, "soort", measure_word(measure->kind));
    json_text_if(json, "eenheid", measure->unit);
    json_int(json, "decimalen", measure->decimals);
    json_decimal(json, "hoogstens", most);
    json_bool(json, "verplicht", measure->required);
    json_puts(json, "regios", region_word(measure->regions));
    json_text_if(json, "definitie", measure->definition);
    json_text_if(json, "bron", measure->source);
    put_waiting(json, measure);
    json_open_array(json, "delen");
    for (size_t i = 0; i < measure->part_count; i++)
        put_part(json, monitor, measure, &measure->parts[i]);
    json_close_array(json);
    json_close_object(json);
}

/* ---- calendars ---- */

static bool counts_with(const struct monitor *monitor, const struct calendar *calendar)
{
    for (size_t i = 0; i < monitor->measure_count; i++) {
        if (monitor->measures[i].calendar == calendar) return true;
    }
    return false;
}

static void put_calendar(struct json *json, const struct calendar *calendar)
{
    json_open_object(json, NULL);
    json_text(json, "kalender", calendar->id);
    json_text(json, "naam", calendar->name);
    json_text(json, "bron", calendar->source);
    json_open_array(json, "feestdagen");
    for (unsigned i = 0; i < HOLIDAY_COUNT; i++) {
        if (calendar->holidays & (1u << i)) json_puts(json, NULL, holiday_id((enum holiday)i));
    }
    json_close_array(json);
    json_open_array(json, "dagen");
    for (size_t i = 0; i < calendar->day_count; i++)
        json_date(json, NULL, calendar->days[i]);
    json_close_array(json);
    json_close_object(json);
}

/* Those that a waiting list of this monitor is counted with: they decide who is on it. */
static void put_calendars(struct json *json, const struct rulebook *rulebook)
{
    json_open_array(json, "kalenders");
    for (size_t i = 0; i < rulebook->calendar_count; i++) {
        if (counts_with(&rulebook->monitor, &rulebook->calendars[i]))
            put_calendar(json, &rulebook->calendars[i]);
    }
    json_close_array(json);
}

/* ---- indicators ---- */

static void put_columns(struct json *json, const char *key, const struct monitor *monitor,
                        const struct term *term)
{
    if (term->count == 0) return;
    json_open_array(json, key);
    for (size_t i = 0; i < term->count; i++)
        json_text(json, NULL, monitor->columns[term->columns[i]].id);
    json_close_array(json);
}

static void put_formula(struct json *json, const struct monitor *monitor,
                        const struct version *version)
{
    struct text text;
    text_init(&text);
    formula_put(&text, monitor, version);
    json_text(json, "formule", text_slice(&text));
    text_done(&text);
}

static void put_version(struct json *json, const struct monitor *monitor,
                        const struct version *version)
{
    json_open_object(json, NULL);
    json_int(json, "versie", version->number);
    if (version->has_from) json_date(json, "vanaf", version->from);
    json_puts(json, "soort", formula_id(version->formula));
    put_formula(json, monitor, version);
    if (version->factor != 1) json_int(json, "factor", version->factor);
    if (version->formula == FORMULA_PERCENTILE) json_int(json, "percentiel", version->percentile);
    if (version->formula == FORMULA_QUARTILE) json_int(json, "kwartiel", version->quartile);
    if (version->norm != NULL) json_text(json, "norm", version->norm->id);
    put_columns(json, "teller", monitor, &version->numerator);
    put_columns(json, "noemer", monitor, &version->denominator);
    json_text_if(json, "reden", version->reason);
    json_text_if(json, "bron", version->source);
    json_text_if(json, "omschrijving", version->description);
    json_close_object(json);
}

static void put_indicator(struct json *json, const struct monitor *monitor,
                          const struct indicator *indicator)
{
    json_open_object(json, NULL);
    json_text(json, "indicator", indicator->id);
    json_text(json, "naam", indicator->name);
    json_text_if(json, "eenheid", indicator->unit);
    json_int(json, "decimalen", indicator->decimals);
    json_text_if(json, "omschrijving", indicator->description);
    json_open_array(json, "versies");
    for (size_t i = 0; i < indicator->version_count; i++)
        put_version(json, monitor, &indicator->versions[i]);
    json_close_array(json);
    json_close_object(json);
}

/* ---- norms, peildata, checks, tables ---- */

static void put_norms(struct json *json, const struct monitor *monitor)
{
    json_open_array(json, "normen");
    for (size_t i = 0; i < monitor->norm_count; i++) {
        const struct norm *norm = &monitor->norms[i];
        json_open_object(json, NULL);
        json_text(json, "indicator", norm->indicator->id);
        json_decimal(json, "waarde", norm->value);
        json_date(json, "vanaf", norm->from);
        json_text_if(json, "bron", norm->source);
        json_text_if(json, "omschrijving", norm->description);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_peildata(struct json *json, const struct monitor *monitor)
{
    json_open_array(json, "peildata");
    for (size_t i = 0; i < monitor->peildatum_count; i++) {
        const struct peildatum *peildatum = &monitor->peildata[i];
        json_open_object(json, NULL);
        json_date(json, "peildatum", peildatum->date);
        if (peildatum->period != PERIOD_NONE)
            json_puts(json, "periode", period_word(peildatum->period));
        if (peildatum->has_from) json_date(json, "van", peildatum->from);
        if (peildatum->has_opening) json_date(json, "opening", peildatum->opening);
        if (peildatum->has_due) json_date(json, "uiterlijk", peildatum->due);
        if (peildatum->has_closing) json_date(json, "sluiting", peildatum->closing);
        json_close_object(json);
    }
    json_close_array(json);
}

static void put_check(struct json *json, const struct monitor *monitor, const struct check *check)
{
    json_open_object(json, NULL);
    json_text(json, "code", check->code);
    json_puts(json, "soort", check_kind_id(check->kind));
    json_puts(json, "ernst", severity_id(check->severity));
    put_columns(json, "links", monitor, &check->left);
    put_columns(json, "rechts", monitor, &check->right);
    if (check->kind == CHECK_JUMP) {
        json_int(json, "procent", check->percent);
        json_decimal(json, "absoluut", check->absolute);
    }
    json_text(json, "wat", check->what);
    json_text(json, "doe", check->todo);
    json_close_object(json);
}

/* Absent where the table shows none. */
static void put_changes(struct json *json, const struct table *table)
{
    if (!table->absolute && !table->percent) return;
    json_open_array(json, "verandering");
    if (table->absolute) json_puts(json, NULL, "absoluut");
    if (table->percent) json_puts(json, NULL, "procent");
    json_close_array(json);
}

static void put_table(struct json *json, const struct table *table)
{
    json_open_object(json, NULL);
    json_text(json, "tabel", table->id);
    json_text(json, "naam", table->name);
    json_text_if(json, "bron", table->source);
    json_puts(json, "niveau", level_id(table->level));
    if (table->descending) json_puts(json, "volgorde", "aflopend");
    put_changes(json, table);
    json_open_array(json, "rijen");
    for (size_t i = 0; i < table->row_count; i++) {
        json_open_object(json, NULL);
        json_text(json, "indicator", table->rows[i].indicator->id);
        json_text_if(json, "naam", table->rows[i].name);
        json_int(json, "decimalen", table->rows[i].decimals);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

static void put_disclosure(struct json *json, const struct monitor *monitor)
{
    json_open_object(json, "openbaarmaking");
    json_int(json, "drempel", monitor->disclosure.threshold);
    json_int(json, "afronding", monitor->disclosure.base);
    json_close_object(json);
}

/* ---- codes ---- */

static void put_severities(struct json *json, unsigned severities)
{
    json_open_array(json, "ernst");
    for (unsigned i = 0; i < SEVERITY_COUNT; i++) {
        if (severities & (1u << i)) json_puts(json, NULL, severity_id((enum severity)i));
    }
    json_close_array(json);
}

/* The program's own codes, then those of the definition: all that a delivery can be told. */
static void put_codes(struct json *json, const struct monitor *monitor)
{
    json_open_array(json, "codes");
    for (unsigned i = 0; i < FINDING_CODE_COUNT; i++) {
        const struct finding_code_entry *entry = finding_code_entry((enum finding_code)i);
        json_open_object(json, NULL);
        json_puts(json, "code", entry->id);
        json_puts(json, "soort", finding_kind_id(entry->kind));
        put_severities(json, entry->severities);
        json_puts(json, "betekenis", entry->meaning);
        json_puts(json, "doe", entry->todo);
        json_close_object(json);
    }
    for (size_t i = 0; i < monitor->check_count; i++) {
        const struct check *check = &monitor->checks[i];
        json_open_object(json, NULL);
        json_text(json, "code", check->code);
        json_puts(json, "soort", finding_kind_id(FINDING_OWN));
        put_severities(json, 1u << check->severity);
        json_text(json, "betekenis", check->what);
        json_text(json, "doe", check->todo);
        json_close_object(json);
    }
    json_close_array(json);
}

/* ---- the whole ---- */

static void put_lists(struct json *json, const struct rulebook *rulebook)
{
    const struct monitor *monitor = &rulebook->monitor;
    json_open_array(json, "cijfers");
    for (size_t i = 0; i < monitor->measure_count; i++)
        put_measure(json, monitor, &monitor->measures[i]);
    json_close_array(json);
    put_calendars(json, rulebook);
    json_open_array(json, "indicatoren");
    for (size_t i = 0; i < monitor->indicator_count; i++)
        put_indicator(json, monitor, &monitor->indicators[i]);
    json_close_array(json);
    put_norms(json, monitor);
    json_open_array(json, "controles");
    for (size_t i = 0; i < monitor->check_count; i++)
        put_check(json, monitor, &monitor->checks[i]);
    json_close_array(json);
    put_codes(json, monitor);
    put_peildata(json, monitor);
    json_open_array(json, "tabellen");
    for (size_t i = 0; i < monitor->table_count; i++)
        put_table(json, &monitor->tables[i]);
    json_close_array(json);
    put_disclosure(json, monitor);
}

struct verdict questionnaire_get(struct visit *visit)
{
    const struct monitor *monitor = &visit->rulebook->monitor;
    const struct slice etag = visit_definition_etag(visit);
    struct verdict verdict;
    if (visit_has(visit, etag, &verdict)) return verdict;

    struct reply reply = visit_answer(etag, format_media_type(FORMAT_JSON));
    struct json json;
    json_init(&json, &reply.body);
    json_open_object(&json, NULL);
    json_text(&json, "monitor", monitor->id);
    json_text(&json, "naam", monitor->name);
    json_text_if(&json, "eigenaar", monitor->owner);
    json_text_if(&json, "omschrijving", monitor->description);
    put_sources(&json, monitor);
    put_lists(&json, visit->rulebook);
    json_close_object(&json);
    return verdict_reply(reply);
}
