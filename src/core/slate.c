/*
 * Slates: who a point is taken over. The register says who belongs to a member and is expected on a
 * peildatum, the state what each of them delivered; an organisation without a delivery that counts
 * keeps its place as an empty one, so that a figure always knows over how many of how many it is
 * taken. It cannot fail.
 */
#include "core/slate.h"

#include "core/succession.h"

/* Who names none asks for all. */
static bool is_asked(const struct slice *list, size_t count, struct slice id)
{
    return count == 0 || slice_listed(list, count, id);
}

/* ---- rows ---- */

/* Serves the whole country if it names no regions. */
static bool organisation_serves(const struct organisation *organisation, struct slice region)
{
    return organisation->region_count == 0 ||
           slice_listed(organisation->regions, organisation->region_count, region);
}

/* Whether what stands, if anything does, has figures of that region. */
static bool event_has_region(const struct event *event, struct slice region)
{
    return event != NULL && event->standing != NULL &&
           submission_has_region(event->standing->submission, region);
}

/* The organisation on whose line the figures of an organisation are shown. */
static const struct organisation *shown_under(const struct slate_source *source,
                                              const struct organisation *organisation)
{
    if (!source->question->today) return organisation;
    return succession_today(source->rulebook, organisation);
}

/* Whether the organisation belongs to the member on the peildatum; and how it stood there. */
static bool member_takes(const struct slate_source *source, struct member member,
                         const struct organisation *organisation, struct date peildatum,
                         const struct event **ret_event)
{
    if (member.organisation != NULL && member.organisation != shown_under(source, organisation))
        return false;
    if (!organisation_expected(organisation, source->rulebook->monitor.id, peildatum)) return false;

    const struct event *event =
        state_situation(source->state, peildatum, organisation->id, source->question->known);
    if (member.region != NULL && !organisation_serves(organisation, member.region->id) &&
        !event_has_region(event, member.region->id))
        return false;
    *ret_event = event;
    return true;
}

/* One delivery that counts, and what it becomes. */
struct delivered {
    const struct slate_source *source;
    const struct event *event;
    struct date peildatum;
};

static struct row *row_for(const struct delivered *delivered, struct slice region)
{
    struct row *row = arena_new(delivered->source->arena, sizeof *row);
    *row = row_of(delivered->source->rulebook, delivered->event->standing->submission, region,
                  delivered->peildatum, delivered->source->arena);
    return row;
}

/* The totals of a delivery, which the state may have laid out already. */
static const struct row *total_row(const struct delivered *delivered)
{
    const struct row *kept =
        revision_totals(delivered->event->standing, delivered->source->rulebook);
    return kept != NULL ? kept : row_for(delivered, (struct slice){0});
}

/* A region of a delivery, bound to its total; NULL where it has none of it. */
static const struct row *regional_row(const struct delivered *delivered, const struct row *total,
                                      struct slice region)
{
    if (!event_has_region(delivered->event, region)) return NULL;
    struct row *row = row_for(delivered, region);
    remainder_bind(&delivered->source->rulebook->monitor, total, row);
    return row;
}

/* All regions of a delivery that the register knows: each of them has figures of its own. */
static struct regional_rows regional_rows(const struct delivered *delivered,
                                          const struct row *total)
{
    const struct directory *directory = &delivered->source->rulebook->directory;
    struct regional_rows regional = {
        .rows =
            arena_array(delivered->source->arena, directory->region_count, sizeof(struct row *)),
    };
    for (size_t i = 0; i < directory->region_count; i++) {
        const struct row *row = regional_row(delivered, total, directory->regions[i].id);
        if (row != NULL) regional.rows[regional.count++] = row;
    }
    return regional;
}

/* Fills the last place of the slate; what is set aside counts in no figure. */
static void slate_fill(struct slate *slate, struct member member, const struct delivered *delivered)
{
    const size_t last = slate->count - 1;
    const struct event *event = delivered->event;
    if (event == NULL || event->standing == NULL) return;
    slate->aside = slate->aside || event->aside;
    if (event->aside) return;
    const struct row *total = total_row(delivered);
    slate->rows[last] =
        member.region == NULL ? total : regional_row(delivered, total, member.region->id);
    if (member.remainder) slate->regional[last] = regional_rows(delivered, total);
}

static bool any_counts(const struct slate *slate)
{
    for (size_t i = 0; i < slate->count; i++) {
        if (slate->rows[i] != NULL) return true;
    }
    return false;
}

struct slate slate_of(const struct slate_source *source, struct member member,
                      struct date peildatum)
{
    const struct directory *directory = &source->rulebook->directory;
    const size_t most = directory->organisation_count;
    struct slate slate = {
        .organisations = arena_array(source->arena, most, sizeof(struct organisation *)),
        .rows = arena_array(source->arena, most, sizeof(struct row *)),
    };
    if (member.remainder) slate.regional = arena_array(source->arena, most, sizeof *slate.regional);

    for (size_t i = 0; i < most; i++) {
        struct delivered delivered = {.source = source, .peildatum = peildatum};
        const struct organisation *organisation = &directory->organisations[i];
        if (!member_takes(source, member, organisation, peildatum, &delivered.event)) continue;
        slate.organisations[slate.count++] = organisation;
        slate_fill(&slate, member, &delivered);
    }
    slate.aside = slate.aside && !any_counts(&slate);
    return slate;
}

struct sample slate_sample(const struct slate *slate, const struct monitor *monitor,
                           const struct version *version, struct arena *arena)
{
    if (slate->regional == NULL) return (struct sample){.rows = slate->rows, .count = slate->count};
    const struct row **rows = arena_array(arena, slate->count, sizeof(struct row *));
    for (size_t i = 0; i < slate->count; i++)
        rows[i] = remainder_of(monitor, version, slate->rows[i], &slate->regional[i], arena);
    return (struct sample){.rows = rows, .count = slate->count};
}

/* ---- members ---- */

struct slice member_id(struct member member)
{
    if (member.organisation != NULL) return member.organisation->id;
    if (member.region != NULL) return member.region->id;
    return slice_of(member.remainder ? REMAINDER_ID : "");
}

/* Whether an organisation is asked about and has a line of its own. */
static bool has_line(const struct slate_source *source, const struct organisation *organisation)
{
    const struct question *question = source->question;
    return is_asked(question->organisations, question->organisation_count, organisation->id) &&
           shown_under(source, organisation) == organisation;
}

static struct member *organisations_of(const struct slate_source *source, size_t *ret_count)
{
    const struct directory *directory = &source->rulebook->directory;
    struct member *members =
        arena_array(source->arena, directory->organisation_count, sizeof *members);
    size_t count = 0;
    for (size_t i = 0; i < directory->organisation_count; i++) {
        if (has_line(source, &directory->organisations[i]))
            members[count++].organisation = &directory->organisations[i];
    }
    *ret_count = count;
    return members;
}

/* The remainder is the last of the regions. */
static struct member *regions_of(const struct slate_source *source, size_t *ret_count)
{
    const struct question *question = source->question;
    const struct directory *directory = &source->rulebook->directory;
    struct member *members =
        arena_array(source->arena, directory->region_count + 1, sizeof *members);
    size_t count = 0;
    for (size_t i = 0; i < directory->region_count; i++) {
        if (is_asked(question->regions, question->region_count, directory->regions[i].id))
            members[count++].region = &directory->regions[i];
    }
    if (is_asked(question->regions, question->region_count, slice_of(REMAINDER_ID)))
        members[count++].remainder = true;
    *ret_count = count;
    return members;
}

struct member *slate_members(const struct slate_source *source, size_t *ret_count)
{
    switch (source->question->level) {
    case LEVEL_ORGANISATION: return organisations_of(source, ret_count);
    case LEVEL_REGION: return regions_of(source, ret_count);
    case LEVEL_NATIONAL:
    case LEVEL_COUNT: break;
    }
    *ret_count = 1;
    return arena_new(source->arena, sizeof(struct member));
}
