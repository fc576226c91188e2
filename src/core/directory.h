#ifndef GIMON_CORE_DIRECTORY_H
#define GIMON_CORE_DIRECTORY_H

#include "base/date.h"

/** An organisation that delivers, valid from a day and, where it ended, up to and including one. */
struct organisation {
    struct slice id;
    struct slice name;
    struct slice oin; /**< 20 digits, or empty */
    const struct slice *monitors;
    size_t monitor_count;
    struct date from;
    bool has_until;
    struct date until;
    const struct slice *successors; /**< ids of organisations */
    size_t successor_count;
    const struct slice *regions; /**< ids of regions it serves; none means the whole country */
    size_t region_count;
};

/** A jeugdzorgregio. */
struct region {
    struct slice id;
    struct slice name;
};

/** Who and where: read once from organisaties.yaml and regios.yaml. */
struct directory {
    const struct organisation *organisations; /**< in the order of the file */
    size_t organisation_count;
    const struct region *regions;
    size_t region_count;
    struct slice region_source;
};

/** Looks up by id; NULL if there is none. */
const struct organisation *directory_find_organisation(const struct directory *directory,
                                                       struct slice id);
const struct region *directory_find_region(const struct directory *directory, struct slice id);

/** Whether the organisation takes part in the monitor, at any time. */
bool organisation_takes_part(const struct organisation *organisation, struct slice monitor);

/** Whether the organisation takes part in the monitor and is valid on the day. */
bool organisation_expected(const struct organisation *organisation, struct slice monitor,
                           struct date date);

#endif
