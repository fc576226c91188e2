#ifndef GIMON_CODEC_RULEBOOK_PARTS_H
#define GIMON_CODEC_RULEBOOK_PARTS_H

#include "codec/yaml_schema.h"
#include "core/rulebook.h"

/*
 * The rooms behind codec/rulebook_yaml: each reads one part of the files into the rulebook, which
 * it may allocate from, and adds what is wrong to the faults. Order matters: what is referred to
 * is read first.
 */

/** A rulebook being filled. */
struct making {
    struct rulebook *rulebook;
    struct faults *faults;
};

/** kalender.yaml -> calendars. */
void calendars_read(const struct making *making, const struct node *file);

/** regios.yaml and organisaties.yaml -> directory; regions first. */
void regions_read(const struct making *making, const struct node *file);
void organisations_read(const struct making *making, const struct node *file);

/**
 * Holds the successors of organisaties.yaml to each other: they come after who they follow. Only
 * files are held to it; what a log carries was adopted, and is read as it is.
 */
void successors_check(const struct making *making, const struct node *file);

/** The keys of a monitor's file, in the order in which they are read. */
enum monitor_key {
    MONITOR_ID,
    MONITOR_NAME,
    MONITOR_OWNER,
    MONITOR_DESCRIPTION,
    MONITOR_SOURCES,
    MONITOR_MEASURES,
    MONITOR_INDICATORS,
    MONITOR_NORMS,
    MONITOR_PEILDATA,
    MONITOR_CHECKS,
    MONITOR_TABLES,
    MONITOR_DISCLOSURE,
    MONITOR_KEYS
};

/** `bronnen` -> sources. */
void sources_read(const struct making *making, const struct schema_value *map);

/** `cijfers` -> measures and columns; needs sources and calendars. */
void measures_read(const struct making *making, const struct schema_value *map);

/**
 * `indicatoren` -> indicators without their versions, so that norms can refer to them. Returns the
 * rulebook's indicators, for versions_read to complete.
 */
struct indicator *indicators_read(const struct making *making, const struct schema_value *map);

/** `normen` -> norms; needs indicators. */
void norms_read(const struct making *making, const struct schema_value *list);

/** `indicatoren` once more: the versions; needs measures and norms. */
void versions_read(const struct making *making, const struct schema_value *map,
                   struct indicator *indicators);

/** `peildata`, ascending. */
void peildata_read(const struct making *making, const struct schema_value *list);

/** `controles` -> checks; needs measures. */
void checks_read(const struct making *making, const struct schema_value *list);

/** `tabellen` -> tables; needs indicators and sources. */
void tables_read(const struct making *making, const struct schema_value *map);

/** `openbaarmaking` -> disclosure. */
void disclosure_read(const struct making *making, const struct schema_value *map);

/** The documents of gepubliceerd/, a map by id; needs the whole monitor. */
void publications_read(const struct making *making, const struct node *documents);

/** The source a key `bron` names: empty where absent, a fault where there is no such source. */
struct slice source_reference(const struct making *making, const struct schema_value *value);

/** The indicator a key names; NULL where absent, and a fault where there is none. */
const struct indicator *indicator_reference(const struct making *making,
                                            const struct schema_value *value);

/** The columns a list of references means, in its order; a fault for each that means nothing. */
struct term term_reference(const struct making *making, const struct schema_value *list);

/** Whether any column of the term belongs to a measure of that kind. */
bool term_has_kind(const struct monitor *monitor, const struct term *term, enum measure_kind kind);

#endif
