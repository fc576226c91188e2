/*
 * The form of a delivery as a JSON Schema, so that a deliverer can check it before sending. Every
 * measure is described once, under `$defs`, since the totals and every region ask the same.
 * Descriptions are those of the definition. It cannot fail.
 */
#include "codec/submission_schema.h"

#include "codec/form_finding.h"
#include "codec/json_writer.h"

static void open_member(struct json *json, struct slice key)
{
    json_key(json, key);
    json_open_object(json, NULL);
}

static void put_type_or_null(struct json *json, const char *type)
{
    json_open_array(json, "type");
    json_puts(json, NULL, type);
    json_puts(json, NULL, "null");
    json_close_array(json);
}

/* An object that takes no other members than its properties. */
static void put_closed(struct json *json)
{
    json_puts(json, "type", "object");
    json_bool(json, "additionalProperties", false);
}

static void put_required(struct json *json, const char *first, const char *second)
{
    json_open_array(json, "required");
    json_puts(json, NULL, first);
    json_puts(json, NULL, second);
    json_close_array(json);
}

/* ---- values ---- */

static void put_count(struct json *json, const char *key, const char *description,
                      const struct measure *measure)
{
    json_open_object(json, key);
    json_puts(json, "description", description);
    json_puts(json, "type", "integer");
    json_int(json, "minimum", 0);
    if (measure != NULL) json_int(json, "maximum", measure->most);
    json_close_object(json);
}

static void put_row(struct json *json, const struct measure *measure)
{
    json_open_object(json, "items");
    put_closed(json);
    put_required(json, "sinds", "aantal");
    json_open_object(json, "properties");
    json_open_object(json, "sinds");
    json_puts(json, "description", "De dag waarop het wachten begon.");
    json_puts(json, "type", "string");
    json_puts(json, "format", "date");
    json_puts(json, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    json_close_object(json);
    put_count(json, "aantal", "Hoeveel er sinds die dag wachten.", measure);
    json_close_object(json);
    json_close_object(json);
}

/* Null, a list of days since when, or a count with the sum of days. */
static void put_waiting(struct json *json, const struct measure *measure)
{
    json_open_array(json, "anyOf");
    json_open_object(json, NULL);
    json_puts(json, "description", "Niet van toepassing.");
    json_puts(json, "type", "null");
    json_close_object(json);

    json_open_object(json, NULL);
    json_puts(json, "description", "Per begindatum hoeveel er wachten; leeg als er niemand wacht.");
    json_puts(json, "type", "array");
    put_row(json, measure);
    json_close_object(json);

    json_open_object(json, NULL);
    json_puts(json, "description", "Hoeveel er wachten, en hun wachtdagen samen.");
    put_closed(json);
    put_required(json, "aantal", "dagen");
    json_open_object(json, "properties");
    put_count(json, "aantal", "Hoeveel er wachten.", measure);
    put_count(json, "dagen", "De som van hun wachtdagen.", NULL);
    json_close_object(json);
    json_close_object(json);
    json_close_array(json);
}

/*
 * The smallest step is exact here; a validator that computes with binary fractions may see 18.9 as
 * no multiple of 0.01, which the comment says.
 */
static void put_number(struct json *json, const struct measure *measure)
{
    const struct decimal most = {.units = measure->most, .decimals = measure->decimals};
    const struct decimal step = {.units = 1, .decimals = measure->decimals};
    put_type_or_null(json, measure->decimals == 0 ? "integer" : "number");
    json_int(json, "minimum", 0);
    json_decimal(json, "maximum", most);
    if (measure->decimals == 0) return;
    json_decimal(json, "multipleOf", step);
    json_puts(json, "$comment", "Toets multipleOf met exacte decimale getallen.");
}

static void put_value(struct json *json, const struct measure *measure)
{
    if (measure->kind == MEASURE_WAITING) {
        put_waiting(json, measure);
    } else {
        put_number(json, measure);
    }
}

/* ---- measures ---- */

/* `definitie` in its unit; null is always allowed and says something. */
static void put_description(struct json *json, struct slice definition, struct slice unit)
{
    struct text text = {0};
    text_put(&text, definition);
    if (definition.len > 0) text_putc(&text, ' ');
    text_puts(&text, "Eenheid: ");
    text_put(&text, unit);
    text_puts(&text, ". Schrijf null als het niet van toepassing is.");
    json_text(json, "description", text_slice(&text));
    text_done(&text);
}

static void put_part(struct json *json, const struct measure *measure, const struct part *part)
{
    open_member(json, part->id);
    json_text(json, "title", part->name);
    put_description(json, part->definition, measure->unit);
    put_value(json, measure);
    json_close_object(json);
}

static struct slice definition_name(struct text *text, const struct measure *measure)
{
    text_clear(text);
    text_puts(text, "cijfer-");
    text_put(text, measure->id);
    return text_slice(text);
}

static void put_measure(struct json *json, const struct measure *measure)
{
    json_text(json, "title", measure->name);
    put_description(json, measure->definition, measure->unit);
    if (!measure->divided) {
        put_value(json, measure);
        return;
    }
    put_type_or_null(json, "object");
    json_bool(json, "additionalProperties", false);
    json_int(json, "minProperties", 1);
    json_open_object(json, "properties");
    for (size_t i = 0; i < measure->part_count; i++)
        put_part(json, measure, &measure->parts[i]);
    json_close_object(json);
}

static void put_definitions(struct json *json, const struct monitor *monitor)
{
    struct text name = {0};
    for (size_t i = 0; i < monitor->measure_count; i++) {
        open_member(json, definition_name(&name, &monitor->measures[i]));
        put_measure(json, &monitor->measures[i]);
        json_close_object(json);
    }
    text_done(&name);
}

static void put_reference(struct json *json, const struct measure *measure)
{
    struct text name = {0};
    struct text pointer = {0};
    text_puts(&pointer, "#/$defs/");
    text_put(&pointer, definition_name(&name, measure));
    open_member(json, measure->id);
    json_text(json, "$ref", text_slice(&pointer));
    json_close_object(json);
    text_done(&name);
    text_done(&pointer);
}

static void put_references(struct json *json, const struct monitor *monitor, bool total)
{
    json_open_object(json, "properties");
    for (size_t i = 0; i < monitor->measure_count; i++) {
        const struct measure *measure = &monitor->measures[i];
        if (total || measure->regions != REGION_NONE) put_reference(json, measure);
    }
    json_close_object(json);
}

/* ---- sections ---- */

static void put_figures(struct json *json, const struct monitor *monitor)
{
    json_open_object(json, "cijfers");
    json_puts(json, "description",
              "De cijfers van de organisatie als geheel. Wat ontbreekt, is "
              "niet aangeleverd en geen nul.");
    put_closed(json);
    json_int(json, "minProperties", 1);
    json_open_array(json, "required");
    for (size_t i = 0; i < monitor->measure_count; i++) {
        if (monitor->measures[i].required) json_text(json, NULL, monitor->measures[i].id);
    }
    json_close_array(json);
    put_references(json, monitor, true);
    json_close_object(json);
}

static void put_regions(struct json *json, const struct directory *directory)
{
    json_open_object(json, "regios");
    json_puts(json, "description", "Dezelfde cijfers per jeugdzorgregio, voor zover bekend.");
    put_closed(json);
    json_open_object(json, "properties");
    for (size_t i = 0; i < directory->region_count; i++) {
        open_member(json, directory->regions[i].id);
        json_text(json, "title", directory->regions[i].name);
        json_puts(json, "$ref", "#/$defs/cijfers-van-regio");
        json_close_object(json);
    }
    json_close_object(json);
    json_close_object(json);
}

static void put_declared(struct json *json, const struct monitor *monitor)
{
    json_open_object(json, "opgegeven");
    json_puts(json, "description",
              "Zelf berekende indicatoren, om te vergelijken met wat uit de "
              "cijfers volgt.");
    put_closed(json);
    json_open_object(json, "properties");
    for (size_t i = 0; i < monitor->indicator_count; i++) {
        const struct indicator *indicator = &monitor->indicators[i];
        if (indicator_is_spread(indicator)) continue;
        open_member(json, indicator->id);
        json_text(json, "title", indicator->name);
        json_puts(json, "type", "number");
        json_close_object(json);
    }
    json_close_object(json);
    json_close_object(json);
}

static void put_notes(struct json *json)
{
    json_open_object(json, "toelichtingen");
    json_puts(json, "description", "Toelichtingen bij de code van een bevinding, of bij algemeen.");
    json_puts(json, "type", "object");
    json_open_object(json, "propertyNames");
    json_int(json, "minLength", 1);
    json_close_object(json);
    json_open_object(json, "additionalProperties");
    json_puts(json, "type", "string");
    json_int(json, "maxLength", FORM_NOTE_MOST);
    json_puts(json, "pattern", "[^ \t\r\n]");
    json_close_object(json);
    json_close_object(json);
}

static void put_shared(struct json *json, const struct monitor *monitor)
{
    json_open_object(json, "$defs");
    put_definitions(json, monitor);
    json_open_object(json, "cijfers-van-regio");
    put_closed(json);
    json_int(json, "minProperties", 1);
    put_references(json, monitor, false);
    json_close_object(json);
    json_close_object(json);
}

void submission_schema_write(struct text *text, const struct rulebook *rulebook)
{
    const struct monitor *monitor = &rulebook->monitor;
    struct json json;
    json_init(&json, text);
    json_open_object(&json, NULL);
    json_puts(&json, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_text(&json, "title", monitor->name);
    json_text_if(&json, "description", monitor->description);
    put_closed(&json);
    json_open_array(&json, "required");
    json_puts(&json, NULL, "cijfers");
    json_close_array(&json);
    json_open_object(&json, "properties");
    put_figures(&json, monitor);
    put_regions(&json, &rulebook->directory);
    put_declared(&json, monitor);
    put_notes(&json);
    json_close_object(&json);
    put_shared(&json, monitor);
    json_close_object(&json);
}
