/*
 * Following successors. A rulebook of long ago may hold a circle or a name that nothing has, since
 * only files that are read anew are refused for it: the walk is bounded, and ends where it began.
 */
#include "core/succession.h"

static bool ended(const struct organisation *organisation, struct date today)
{
    return organisation->has_until && date_compare(organisation->until, today) < 0;
}

/* Who took over all of it; NULL if nobody did, or if several did. */
static const struct organisation *sole_successor(const struct rulebook *rulebook,
                                                 const struct organisation *organisation,
                                                 struct date today)
{
    if (!ended(organisation, today) || organisation->successor_count != 1) return NULL;
    const struct organisation *successor =
        directory_find_organisation(&rulebook->directory, organisation->successors[0]);
    if (successor == NULL || date_compare(successor->from, today) > 0) return NULL;
    return organisation_takes_part(successor, rulebook->monitor.id) ? successor : NULL;
}

const struct organisation *succession_today(const struct rulebook *rulebook,
                                            const struct organisation *organisation)
{
    const struct monitor *monitor = &rulebook->monitor;
    const struct organisation *heir = organisation;
    if (monitor->peildatum_count == 0) return organisation;
    const struct date today = monitor->peildata[monitor->peildatum_count - 1].date;
    for (size_t i = 0; i < rulebook->directory.organisation_count; i++) {
        const struct organisation *next = sole_successor(rulebook, heir, today);
        if (next == NULL) return heir;
        heir = next;
    }
    return organisation;
}
