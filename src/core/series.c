/*
 * Series: a question becomes points. For every subject, member (the country, an organisation, a
 * region) and peildatum that is asked for, core/slate lays the deliveries that stood at `known`
 * beside each other as rows, and core/reckoning computes the figure by the version in force.
 *
 * The rulebook decides who is expected, so a point always says over how many of how many it is
 * taken. A point that has no value says why.
 */
#include "core/series.h"

#include "core/reckoning.h"

/* Everything that stays the same while a question is answered, and what it has come to. */
struct answering {
    struct slate_source source;
    struct series series;
};

static bool question_wants(const struct question *question, struct date date)
{
    if (question->edition != NULL && !edition_covers(question->edition, date)) return false;
    return (!question->has_from || date_compare(date, question->from) >= 0) &&
           (!question->has_to || date_compare(date, question->to) <= 0);
}

/* One line of points: a subject over a member, and its slates, one a peildatum. */
struct line {
    const struct subject *subject;
    struct member member;
    const struct slate *slates;
};

static void series_append(struct answering *answering, const struct line *line, struct point point,
                          const struct change *change)
{
    struct series *series = &answering->series;
    struct arena *arena = answering->source.arena;
    const struct question *question = answering->source.question;
    const struct slice id = member_id(line->member);
    point.level = question->level;
    if (question->level == LEVEL_ORGANISATION) point.organisation = id;
    if (question->level == LEVEL_REGION) point.region = id;
    if (question->changes) {
        series->changes = arena_room(arena, series->changes, series->count, sizeof *change);
        series->changes[series->count] = *change;
    }
    series->points = arena_room(arena, series->points, series->count, sizeof point);
    series->points[series->count++] = point;
}

/* Rows are laid out once for each member and peildatum, not once for each subject. */
static struct slate *slates_of(const struct answering *answering, const struct member *members,
                               size_t member_count)
{
    const struct monitor *monitor = &answering->source.rulebook->monitor;
    struct slate *slates = arena_array(answering->source.arena,
                                       member_count * monitor->peildatum_count, sizeof *slates);
    for (size_t i = 0; i < member_count; i++) {
        for (size_t j = 0; j < monitor->peildatum_count; j++) {
            struct date date = monitor->peildata[j].date;
            if (question_wants(answering->source.question, date))
                slates[i * monitor->peildatum_count + j] =
                    slate_of(&answering->source, members[i], date);
        }
    }
    return slates;
}

/*
 * An organisation that is not expected on a peildatum has no point there; neither has what is
 * attributed to no region, of a figure whose regions do not add up.
 */
static bool line_has(const struct line *line, const struct reckoning *reckoning)
{
    const struct indicator *indicator = line->subject->indicator;
    const struct version *version =
        indicator_version_for(indicator, reckoning->version, reckoning->peildatum->date);
    if (line->member.organisation != NULL) return reckoning->slate->count > 0;
    if (!line->member.remainder) return true;
    return remainder_exists(&reckoning->rulebook->monitor,
                            version == NULL ? &indicator->versions[0] : version);
}

/* What is set aside was delivered: that it does not count has another reason. */
static enum reason reason_at(const struct line *line, const struct slate *slate, enum reason reason)
{
    const bool aside = line->member.organisation != NULL && slate->aside;
    const bool nothing = reason == REASON_NOT_DELIVERED || reason == REASON_NO_NORM;
    return aside && nothing ? REASON_SET_ASIDE : reason;
}

static struct change change_at(const struct line *line, const struct reckoning *previous,
                               const struct reckoning *now, struct arena *arena)
{
    struct change change = reckoning_change(previous, now, arena);
    change.reason = reason_at(line, previous->slate, change.reason);
    change.reason = reason_at(line, now->slate, change.reason);
    return change;
}

static void answer_line(struct answering *answering, const struct line *line)
{
    struct arena *arena = answering->source.arena;
    const struct question *question = answering->source.question;
    const struct monitor *monitor = &answering->source.rulebook->monitor;
    struct reckoning previous = {0};

    for (size_t i = 0; i < monitor->peildatum_count; i++) {
        const struct reckoning now = {
            .rulebook = answering->source.rulebook,
            .subject = line->subject,
            .peildatum = &monitor->peildata[i],
            .slate = &line->slates[i],
            .version = question->version,
        };
        if (!question_wants(question, now.peildatum->date)) continue;
        if (line_has(line, &now)) {
            struct change change = {.reason = REASON_NOT_DELIVERED};
            struct point point = reckoning_point(&now, arena);
            point.reason = reason_at(line, now.slate, point.reason);
            if (question->changes && previous.slate != NULL)
                change = change_at(line, &previous, &now, arena);
            series_append(answering, line, point, &change);
        }
        previous = now;
    }
}

/* Of one organisation there is no quartile over organisations. */
static bool subject_fits(const struct subject *subject, enum level level)
{
    return level != LEVEL_ORGANISATION || !indicator_is_bound(subject->indicator);
}

struct series series_figures(const struct state *state, const struct question *question,
                             struct arena *arena)
{
    struct answering answering = {
        .source = {.state = state,
                   .rulebook = state_rulebook(state, question->known, NULL),
                   .question = question,
                   .arena = arena},
    };
    if (answering.source.rulebook == NULL) return answering.series;

    size_t member_count = 0;
    size_t peildatum_count = answering.source.rulebook->monitor.peildatum_count;
    struct member *members = slate_members(&answering.source, &member_count);
    struct slate *slates = slates_of(&answering, members, member_count);
    for (size_t i = 0; i < question->subject_count; i++) {
        if (!subject_fits(&question->subjects[i], question->level)) continue;
        for (size_t j = 0; j < member_count; j++) {
            const struct line line = {
                .subject = &question->subjects[i],
                .member = members[j],
                .slates = &slates[j * peildatum_count],
            };
            answer_line(&answering, &line);
        }
    }
    return answering.series;
}

struct series series_of_submission(const struct rulebook *rulebook,
                                   const struct organisation *organisation,
                                   const struct submission *submission, struct date date,
                                   struct arena *arena)
{
    const struct peildatum *peildatum = monitor_find_peildatum(&rulebook->monitor, date);
    if (peildatum == NULL) return (struct series){0};

    size_t count = 0;
    const struct subject *subjects = subjects_of_one(rulebook, arena, &count);
    struct series series = {.points = arena_array(arena, count, sizeof *series.points)};
    struct row row = row_of(rulebook, submission, (struct slice){0}, date, arena);
    const struct row *rows[] = {&row};
    struct slate slate = {.rows = rows, .count = 1};
    for (size_t i = 0; i < count; i++) {
        struct point *point = &series.points[series.count++];
        *point = reckoning_point(&(struct reckoning){.rulebook = rulebook,
                                                     .subject = &subjects[i],
                                                     .peildatum = peildatum,
                                                     .slate = &slate},
                                 arena);
        point->level = LEVEL_ORGANISATION;
        point->organisation = organisation->id;
    }
    return series;
}

/* ---- response, and the peildatum of the gauges ---- */

unsigned series_delivered(const struct state *state, const struct rulebook *rulebook,
                          struct date date, struct record_id known)
{
    const struct directory *directory = &rulebook->directory;
    unsigned delivered = 0;
    for (size_t i = 0; i < directory->organisation_count; i++) {
        const struct organisation *organisation = &directory->organisations[i];
        if (organisation_expected(organisation, rulebook->monitor.id, date) &&
            state_counting(state, date, organisation->id, known) != NULL)
            delivered++;
    }
    return delivered;
}

const struct peildatum *series_gauge_peildatum(const struct state *state,
                                               const struct rulebook *rulebook,
                                               const struct edition *edition)
{
    const struct monitor *monitor = &rulebook->monitor;
    const struct record_id known = edition == NULL ? state_now() : edition->known;
    const struct peildatum *best = NULL;
    unsigned most = 0;

    for (size_t i = monitor->peildatum_count; i > 0; i--) {
        const struct peildatum *peildatum = &monitor->peildata[i - 1];
        if (edition != NULL && !edition_covers(edition, peildatum->date)) continue;
        unsigned delivered = series_delivered(state, rulebook, peildatum->date, known);
        if (delivered > 0 && delivered == rulebook_expected(rulebook, peildatum->date))
            return peildatum;
        if (delivered > most) {
            most = delivered;
            best = peildatum;
        }
    }
    return best;
}
