/*
 * Figures as JSON: a series as a list of points, a table as rows of cells. A cell is a point
 * without what its row and table say already. Numbers stand in shortest form, a figure that is not
 * there is an absent key and `reden` says why. It cannot fail.
 */
#include "codec/json_writer.h"
#include "codec/render.h"
#include "codec/render_mirror.h"

static void put_maybe(struct json *json, const char *key, struct maybe number)
{
    if (number.present) json_decimal(json, key, number.value);
}

static void put_response(struct json *json, const struct point *point)
{
    json_open_object(json, "respons");
    json_int(json, "ontvangen", point->received);
    json_int(json, "verwacht", point->expected);
    json_close_object(json);
}

/** What a point and a cell have in common: from the peildatum on. */
static void put_figure(struct json *json, const struct point *point)
{
    json_date(json, "peildatum", point->peildatum);
    put_maybe(json, "waarde", point->value);
    put_maybe(json, "teller", point->numerator);
    put_maybe(json, "noemer", point->denominator);
    if (point->definition > 0) json_int(json, "definitie", point->definition);
    json_bool(json, "reeksbreuk", point->series_break);
    put_maybe(json, "norm", point->norm);
    put_response(json, point);
    json_puts(json, "status", render_status(point));
    if (point->reason != REASON_NONE) json_puts(json, "reden", reason_id(point->reason));
}

static void put_point(struct json *json, const struct point *point)
{
    json_open_object(json, NULL);
    json_text(json, "indicator", point->id);
    json_puts(json, "niveau", level_id(point->level));
    json_text_if(json, "organisatie", point->organisation);
    json_text_if(json, "regio", point->region);
    put_figure(json, point);
    json_close_object(json);
}

static void put_series(struct text *text, const struct series *series, enum language language)
{
    (void)language; /* JSON knows one way to write a number */
    struct json json;
    json_init(&json, text);
    json_open_object(&json, NULL);
    json_open_array(&json, "reeksen");
    for (size_t i = 0; i < series->count; i++)
        put_point(&json, &series->points[i]);
    json_close_array(&json);
    json_close_object(&json);
}

static void put_source(struct json *json, const struct source *source)
{
    json_open_object(json, "bron");
    json_text(json, "id", source->id);
    json_text(json, "titel", source->title);
    json_text_if(json, "kenmerk", source->reference);
    if (source->has_date) json_date(json, "datum", source->date);
    json_close_object(json);
}

static void put_table(struct json *json, const struct grid *grid)
{
    const struct source *source = render_source(grid);
    json_open_object(json, "tabel");
    json_text(json, "id", grid->table->id);
    json_text(json, "naam", grid->table->name);
    json_text(json, "monitor", grid->rulebook->monitor.id);
    if (grid->table->level != LEVEL_NATIONAL)
        json_puts(json, "niveau", level_id(grid->table->level));
    if (source) put_source(json, source);
    json_close_object(json);
}

static void put_columns(struct json *json, const struct grid *grid)
{
    json_open_array(json, "kolommen");
    for (size_t i = 0; i < grid->column_count; i++)
        json_date(json, NULL, grid->columns[i]->date);
    json_close_array(json);
}

static void put_period(struct json *json, const struct peildatum *peildatum)
{
    json_open_object(json, NULL);
    json_date(json, "peildatum", peildatum->date);
    if (peildatum->period != PERIOD_NONE)
        json_puts(json, "periode", period_word(peildatum->period));
    json_date(json, "van", peildatum->from);
    json_close_object(json);
}

/** The columns that are about a period; absent where none is. */
static void put_periods(struct json *json, const struct grid *grid)
{
    bool any = false;
    for (size_t i = 0; i < grid->column_count; i++) {
        if (!grid->columns[i]->has_from) continue;
        if (!any) json_open_array(json, "perioden");
        any = true;
        put_period(json, grid->columns[i]);
    }
    if (any) json_close_array(json);
}

/** Over whom a row is, where the table has rows of members. */
static void put_member(struct json *json, const struct grid *grid, const struct grid_row *row)
{
    if (grid->table->level == LEVEL_NATIONAL) return;
    json_puts(json, "niveau", level_id(row->level));
    if (row->level == LEVEL_ORGANISATION) {
        json_text(json, "organisatie", row->member);
        json_text(json, "organisatieNaam", row->name);
    } else if (row->level == LEVEL_REGION) {
        json_text(json, "regio", row->member);
        json_text(json, "regioNaam", row->name);
    }
}

/** A change with both values that it was taken from. */
static void put_change(struct json *json, const struct grid *grid, const struct change *change)
{
    json_open_object(json, "verandering");
    put_maybe(json, "van", change->previous);
    put_maybe(json, "naar", change->now);
    if (grid->table->absolute) put_maybe(json, "absoluut", change->absolute);
    if (grid->table->percent) put_maybe(json, "procent", change->percent);
    json_int(json, "organisaties", change->organisations);
    if (change->reason != REASON_NONE) json_puts(json, "reden", reason_id(change->reason));
    json_close_object(json);
}

static void put_row(struct json *json, const struct grid *grid, size_t number)
{
    const struct grid_row *row = &grid->rows[number];
    json_open_object(json, NULL);
    json_text(json, "indicator", row->shown->indicator->id);
    json_text(json, "naam", render_row_name(row->shown));
    json_text(json, "eenheid", row->shown->indicator->unit);
    json_int(json, "decimalen", row->shown->decimals);
    put_member(json, grid, row);
    json_open_array(json, "cellen");
    for (size_t column = 0; column < grid->column_count; column++) {
        json_open_object(json, NULL);
        put_figure(json, render_cell(grid, number, column));
        if (grid->changes != NULL && column > 0)
            put_change(json, grid, render_change(grid, number, column));
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

/** The regions that have no row; absent in a table that is not by region. */
static void put_silent(struct json *json, const struct grid *grid)
{
    if (grid->table->level != LEVEL_REGION) return;
    json_open_array(json, "regiosZonderCijfers");
    for (size_t i = 0; i < grid->silent_count; i++)
        json_text(json, NULL, grid->silent[i]->id);
    json_close_array(json);
}

static void put_grid(struct text *text, const struct grid *grid, enum language language)
{
    (void)language;
    struct json json;
    json_init(&json, text);
    json_open_object(&json, NULL);
    put_table(&json, grid);
    put_columns(&json, grid);
    put_periods(&json, grid);
    json_open_array(&json, "rijen");
    for (size_t row = 0; row < grid->row_count; row++)
        put_row(&json, grid, row);
    json_close_array(&json);
    put_silent(&json, grid);
    json_close_object(&json);
}

const struct rendering render_json = {
    .name = "json",
    .media_type = "application/json",
    .content_type = "application/json",
    .series = put_series,
    .grid = put_grid,
    .mirror = mirror_put_json,
};
