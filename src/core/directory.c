/*
 * The register of organisations and regions: a few dozen of each, so looking up is walking. Who is
 * expected on a peildatum follows from the monitors and the validity of each organisation.
 */
#include "core/directory.h"

const struct organisation *directory_find_organisation(const struct directory *directory,
                                                       struct slice id)
{
    for (size_t i = 0; i < directory->organisation_count; i++) {
        if (slice_equal(directory->organisations[i].id, id)) return &directory->organisations[i];
    }
    return NULL;
}

const struct region *directory_find_region(const struct directory *directory, struct slice id)
{
    for (size_t i = 0; i < directory->region_count; i++) {
        if (slice_equal(directory->regions[i].id, id)) return &directory->regions[i];
    }
    return NULL;
}

bool organisation_takes_part(const struct organisation *organisation, struct slice monitor)
{
    return slice_listed(organisation->monitors, organisation->monitor_count, monitor);
}

bool organisation_expected(const struct organisation *organisation, struct slice monitor,
                           struct date date)
{
    if (date_compare(date, organisation->from) < 0) return false;
    if (organisation->has_until && date_compare(date, organisation->until) > 0) return false;
    return organisation_takes_part(organisation, monitor);
}
