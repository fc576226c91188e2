#ifndef GIMON_CODEC_RULEBOOK_YAML_H
#define GIMON_CODEC_RULEBOOK_YAML_H

#include "base/fault.h"
#include "core/rulebook.h"

/** A file in memory: the name that faults show, and its text. */
struct source_file {
    struct slice name;
    struct slice text;
};

/** The files that make a rulebook. */
struct rulebook_sources {
    struct source_file monitor; /**< monitors/<monitor>.yaml; so named, it is held to its id */
    struct source_file organisations;    /**< organisaties.yaml */
    struct source_file regions;          /**< regios.yaml */
    struct source_file calendars;        /**< kalender.yaml */
    const struct source_file *published; /**< gepubliceerd/<monitor>/<document>.yaml, by name */
    size_t published_count;
};

/**
 * Reads and checks everything; every error is a fault with file, line and column, what is allowed,
 * and the nearest known key where a key is unknown. NULL if there was any. The rulebook holds its
 * own canonical text (`{"monitor":...,"organisaties":...,"regios":...,"kalender":...}`, and
 * `"gepubliceerd":{"<document>":...}` where anything was published).
 */
struct rulebook *rulebook_yaml_read(const struct rulebook_sources *sources, struct faults *faults);

/** Reads the canonical text of a rulebook, as a `definitie` record carries it; NULL if it is none.
 */
struct rulebook *rulebook_canonical_read(struct slice canonical, struct faults *faults);

/**
 * Adds a fault for every monitor that an organisation names and that is not among `monitors`: the
 * ids of all files in monitors/. Only who has read all of them can know.
 */
void directory_check_monitors(const struct source_file *organisations, const struct slice *monitors,
                              size_t count, struct arena *arena, struct faults *faults);

#endif
