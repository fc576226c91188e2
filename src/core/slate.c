/*
 * Slates: who a point is taken over. The register says who belongs to a member and is expected on a
 * peildatum, the state what each of them delivered; an organisation without a delivery that counts
 * keeps its place as an empty one, so that a figure always knows over how many of how many it is
 * taken. It cannot fail.
 */
#include "core/slate.h"

static bool slice_listed(const struct slice *list, size_t count, struct slice id)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(list[i], id)) return true;
    }
    return count == 0;
}

/* ---- rows ---- */

/* Serves the whole country if it names no regions. */
static bool organisation_serves(const struct organisation *organisation, struct slice region)
{
    for (size_t i = 0; i < organisation->region_count; i++) {
        if (slice_equal(organisation->regions[i], region)) return true;
    }
    return organisation->region_count == 0;
}

static bool submission_has_region(const struct submission *submission, struct slice region)
{
    for (size_t i = 0; i < submission->entry_count; i++) {
        if (slice_equal(submission->entries[i].region, region)) return true;
    }
    return false;
}

/* What stood after an event (NULL: none) as a row; what is set aside counts in no figure. */
static const struct row *row_of_event(const struct slate_source *source, const struct event *event,
                                      struct slice region, struct date peildatum)
{
    if (event == NULL || event->standing == NULL || event->aside) return NULL;
    const struct row *totals =
        region.len > 0 ? NULL : revision_totals(event->standing, source->rulebook);
    if (totals != NULL) return totals;
    struct row *row = arena_new(source->arena, sizeof *row);
    *row = row_of(source->rulebook, event->standing->submission, region, peildatum, source->arena);
    return row;
}

static bool event_has_region(const struct event *event, struct slice region)
{
    return event != NULL && event->standing != NULL &&
           submission_has_region(event->standing->submission, region);
}

/* Whether the organisation belongs to the member on the peildatum; and how it stood there. */
static bool member_takes(const struct slate_source *source, struct member member,
                         const struct organisation *organisation, struct date peildatum,
                         const struct event **ret_event)
{
    if (member.organisation != NULL && member.organisation != organisation) return false;
    if (!organisation_expected(organisation, source->rulebook->monitor.id, peildatum)) return false;

    const struct event *event =
        state_situation(source->state, peildatum, organisation->id, source->question->known);
    if (member.region != NULL && !organisation_serves(organisation, member.region->id) &&
        !event_has_region(event, member.region->id))
        return false;
    *ret_event = event;
    return true;
}

struct slate slate_of(const struct slate_source *source, struct member member,
                      struct date peildatum)
{
    const struct directory *directory = &source->rulebook->directory;
    struct slice region = member.region == NULL ? (struct slice){0} : member.region->id;
    struct slate slate = {
        .rows = arena_array(source->arena, directory->organisation_count, sizeof(struct row *)),
    };

    for (size_t i = 0; i < directory->organisation_count; i++) {
        const struct event *event = NULL;
        if (!member_takes(source, member, &directory->organisations[i], peildatum, &event))
            continue;
        slate.rows[slate.count++] = row_of_event(source, event, region, peildatum);
        slate.aside = slate.aside || (event != NULL && event->aside);
    }
    return slate;
}

/* ---- members ---- */

struct member *slate_members(const struct slate_source *source, size_t *ret_count)
{
    const struct question *question = source->question;
    const struct directory *directory = &source->rulebook->directory;
    struct member *members = NULL;
    size_t count = 0;

    if (question->level == LEVEL_NATIONAL) {
        *ret_count = 1;
        return arena_new(source->arena, sizeof *members);
    }
    const bool regional = question->level == LEVEL_REGION;
    size_t all = regional ? directory->region_count : directory->organisation_count;
    members = arena_array(source->arena, all, sizeof *members);
    for (size_t i = 0; i < all; i++) {
        if (regional &&
            slice_listed(question->regions, question->region_count, directory->regions[i].id))
            members[count++].region = &directory->regions[i];
        if (!regional && slice_listed(question->organisations, question->organisation_count,
                                      directory->organisations[i].id))
            members[count++].organisation = &directory->organisations[i];
    }
    *ret_count = count;
    return members;
}
