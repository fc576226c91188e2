/*
 * The figures of a monitor as metrics: one family an indicator, in the definition's order, then the
 * history and what is known of the response. A family without a sample is left out whole. A missing
 * value is a missing sample, and nothing on the page carries a timestamp: Prometheus would drop an
 * old one in silence, so the peildatum is a label or a gauge of its own. A file to back-fill from
 * has the same families, and there each sample stands at its peildatum.
 */
#include "codec/render_metrics.h"

/** What the families are made with: the name is spelled anew for each. */
struct page {
    const struct metrics_page *given;
    struct exposition exposition;
    bool stamped; /**< samples stand at their peildatum */
    struct text name;
    struct text help;
    struct text date;
};

/** How an indicator's unit shows in the name and the value. */
struct scale {
    const char *unit;   /**< as the definition says it */
    const char *suffix; /**< last part of the name, which is the metric's unit */
    uint8_t decimals;   /**< the value is divided by ten to this power */
};

static const struct scale *scale_of(const struct indicator *indicator)
{
    static const struct scale plain = {.unit = "", .suffix = "", .decimals = 0};
    static const struct scale scales[] = {
        {.unit = "%", .suffix = "ratio", .decimals = 2},
        {.unit = "dagen", .suffix = "dagen", .decimals = 0},
    };
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        if (slice_is(indicator->unit, scales[i].unit)) return &scales[i];
    }
    return &plain;
}

/** An id as part of a metric's name: letters, digits and `_`. */
static void put_name(struct text *name, struct slice id)
{
    for (size_t i = 0; i < id.len; i++) {
        const char c = id.ptr[i];
        const bool fits =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        text_putc(name, fits ? c : '_');
    }
}

/** Begins the family `<monitor>_<id>[_<unit>]` with the help that stands in the page. */
static void begin_family(struct page *page, struct slice id, const char *unit)
{
    text_clear(&page->name);
    put_name(&page->name, page->given->monitor->id);
    text_putc(&page->name, '_');
    put_name(&page->name, id);
    if (unit[0]) text_putc(&page->name, '_');
    text_puts(&page->name, unit);
    const struct family family = {
        .name = text_slice(&page->name),
        .kind = FAMILY_GAUGE,
        .unit = slice_of(unit),
        .help = text_slice(&page->help),
    };
    exposition_family(&page->exposition, &family);
}

/** A family of ours rather than of the definition. */
static void begin_own_family(struct page *page, const char *id, const char *unit, const char *help)
{
    text_clear(&page->help);
    text_puts(&page->help, help);
    begin_family(page, slice_of(id), unit);
}

/** `Workload per fte (kinderen per fte)`; a share of the whole is said to be one. */
static void put_help(struct text *help, const struct indicator *indicator)
{
    text_clear(help);
    text_put(help, indicator->name);
    if (slice_is(indicator->unit, "%")) {
        text_puts(help, " (als deel van 1)");
    } else if (indicator->unit.len > 0) {
        text_puts(help, " (");
        text_put(help, indicator->unit);
        text_putc(help, ')');
    }
}

static void put_place(struct exposition *exposition, const struct point *point)
{
    exposition_label(exposition, "niveau", slice_of(level_id(point->level)));
    exposition_label(exposition, "organisatie", point->organisation);
    exposition_label(exposition, "regio", point->region);
}

static bool is_shown(const struct point *point, const struct indicator *indicator)
{
    return point->value.present && slice_equal(point->id, indicator->id);
}

/** 0:00 UTC of a day, in seconds. */
static int64_t midnight(struct date date)
{
    enum { SECONDS_A_DAY = 86400 };
    return (int64_t)date.day * SECONDS_A_DAY;
}

static void put_gauge(struct page *page, const struct point *point, const struct scale *scale)
{
    struct exposition *exposition = &page->exposition;
    struct decimal value = decimal_shortest(point->value.value);
    value.decimals = (uint8_t)(value.decimals + scale->decimals);
    exposition_sample(exposition, "");
    put_place(exposition, point);
    if (page->stamped)
        exposition_value_at(exposition, value, midnight(point->peildatum));
    else
        exposition_value(exposition, value);
}

static void put_indicator(struct page *page, const struct indicator *indicator)
{
    const struct scale *scale = scale_of(indicator);
    bool begun = false;
    put_help(&page->help, indicator);
    for (size_t i = 0; i < page->given->gauge_count; i++) {
        const struct series *series = &page->given->gauges[i];
        for (size_t j = 0; j < series->count; j++) {
            if (!is_shown(&series->points[j], indicator)) continue;
            if (!begun) begin_family(page, indicator->id, scale->suffix);
            begun = true;
            put_gauge(page, &series->points[j], scale);
        }
    }
}

static void put_history_point(struct exposition *exposition, const struct point *point,
                              struct text *date)
{
    text_clear(date);
    date_put(date, point->peildatum);
    exposition_sample(exposition, "");
    exposition_label(exposition, "indicator", point->id);
    put_place(exposition, point);
    exposition_label(exposition, "peildatum", text_slice(date));
    exposition_value(exposition, point->value.value);
}

static void put_history(struct page *page)
{
    bool begun = false;
    for (size_t i = 0; i < page->given->history_count; i++) {
        const struct series *series = &page->given->history[i];
        for (size_t j = 0; j < series->count; j++) {
            if (!series->points[j].value.present) continue;
            if (!begun) begin_own_family(page, "reeks", "", "Alle indicatoren per peildatum.");
            begun = true;
            put_history_point(&page->exposition, &series->points[j], &page->date);
        }
    }
}

static void put_norms(struct page *page)
{
    const struct monitor *monitor = page->given->monitor;
    bool begun = false;
    for (size_t i = 0; i < monitor->indicator_count; i++) {
        const struct indicator *indicator = &monitor->indicators[i];
        const struct norm *norm = monitor_norm_on(monitor, indicator, page->given->peildatum->date);
        if (!norm) continue;
        if (!begun) begin_own_family(page, "norm", "", "Norm, in de eenheid van de indicator.");
        begun = true;
        exposition_sample(&page->exposition, "");
        exposition_label(&page->exposition, "indicator", indicator->id);
        exposition_value(&page->exposition, norm->value);
    }
}

static void put_response(struct page *page)
{
    const int64_t day = midnight(page->given->peildatum->date);
    begin_own_family(page, "peildatum_timestamp", "seconds",
                     "Peildatum van de landelijke en regionale cijfers, 0 uur UTC.");
    exposition_sample(&page->exposition, "");
    exposition_value(&page->exposition, decimal_of(day));

    begin_own_family(page, "respons_verwacht", "", "Organisaties verwacht op de peildatum.");
    exposition_sample(&page->exposition, "");
    exposition_count(&page->exposition, page->given->expected);

    begin_own_family(page, "respons_ontvangen", "", "Organisaties ontvangen op de peildatum.");
    exposition_sample(&page->exposition, "");
    exposition_count(&page->exposition, page->given->received);
}

static void put_arrivals(struct page *page)
{
    const struct metrics_page *given = page->given;
    begin_own_family(page, "aanlevering_ontvangen_timestamp", "seconds",
                     "Moment van de nieuwste aanlevering die staat.");
    for (size_t i = 0; i < given->delivery_count; i++) {
        const struct decimal seconds = {.units = given->deliveries[i].received.ms, .decimals = 3};
        exposition_sample(&page->exposition, "");
        exposition_label(&page->exposition, "organisatie", given->deliveries[i].organisation);
        exposition_value(&page->exposition, seconds);
    }
}

static void put_findings(struct page *page)
{
    const struct metrics_page *given = page->given;
    begin_own_family(page, "bevindingen", "", "Bevindingen bij de nieuwste aanlevering.");
    for (size_t i = 0; i < given->delivery_count; i++) {
        for (enum severity severity = 0; severity < SEVERITY_COUNT; severity++) {
            exposition_sample(&page->exposition, "");
            exposition_label(&page->exposition, "organisatie", given->deliveries[i].organisation);
            exposition_label(&page->exposition, "ernst", slice_of(severity_id(severity)));
            exposition_count(&page->exposition, given->deliveries[i].findings[severity]);
        }
    }
}

void render_metrics(struct text *text, const struct metrics_page *given,
                    enum exposition_format format)
{
    struct page page = {.given = given};
    exposition_init(&page.exposition, text, format);
    for (size_t i = 0; i < given->monitor->indicator_count; i++)
        put_indicator(&page, &given->monitor->indicators[i]);
    put_history(&page);
    if (given->peildatum) {
        put_norms(&page);
        put_response(&page);
    }
    if (given->delivery_count > 0) {
        put_arrivals(&page);
        put_findings(&page);
    }
    text_done(&page.name);
    text_done(&page.help);
    text_done(&page.date);
}

void render_metrics_history(struct text *text, const struct monitor *monitor,
                            const struct series *series, size_t count)
{
    const struct metrics_page given = {.monitor = monitor, .gauges = series, .gauge_count = count};
    struct page page = {.given = &given, .stamped = true};
    exposition_init(&page.exposition, text, EXPOSITION_OPENMETRICS);
    for (size_t i = 0; i < monitor->indicator_count; i++)
        put_indicator(&page, &monitor->indicators[i]);
    exposition_end(text, EXPOSITION_OPENMETRICS);
    text_done(&page.name);
    text_done(&page.help);
}
