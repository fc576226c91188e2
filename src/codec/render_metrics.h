#ifndef GIMON_CODEC_RENDER_METRICS_H
#define GIMON_CODEC_RENDER_METRICS_H

#include "codec/exposition.h"
#include "core/series.h"

/** What stands for an organisation at its own newest peildatum. */
struct metrics_delivery {
    struct slice organisation;
    struct moment received;
    unsigned findings[SEVERITY_COUNT];
};

/**
 * The figures of one monitor as /metrics shows them: plain data, computed by the caller, holding
 * only what the one who asks may see. Points without a value become no sample. Series may come in
 * any order and number; two points of a list with the same labels would make an invalid page.
 */
struct metrics_page {
    const struct monitor *monitor;
    const struct peildatum *peildatum; /**< of the gauges, series_gauge_peildatum; NULL: none yet */
    unsigned expected;                 /**< organisations on that peildatum ... */
    unsigned received;                 /**< ... and those that have delivered */
    const struct series *gauges; /**< nation and regions on that peildatum, organisations on own */
    size_t gauge_count;
    const struct series *history; /**< for the `_reeks` family */
    size_t history_count;
    const struct metrics_delivery *deliveries; /**< at most one an organisation */
    size_t delivery_count;
};

/**
 * Appends the figures' part of /metrics. Names are `<monitor>_<indicator>`
 * with `_` for what a name cannot have; an indicator in `%` ends in `_ratio` and is divided by 100,
 * one in `dagen` ends in `_dagen`. Does not end the page: exposition_end does.
 */
void render_metrics(struct text *text, const struct metrics_page *page,
                    enum exposition_format format);

/**
 * Appends every point that has a value, under the names of render_metrics and at 0:00 UTC of its
 * peildatum, as a whole OpenMetrics file: for back-filling, not for a scrape. The points of a list
 * stand in order of peildatum for each organisation or region.
 */
void render_metrics_history(struct text *text, const struct monitor *monitor,
                            const struct series *series, size_t count);

#endif
