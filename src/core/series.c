/*
 * Series: a question becomes points. For every subject, member (the country, an organisation, a
 * region) and peildatum that is asked for, core/slate lays the deliveries that stood at `known`
 * beside each other as rows, and core/indicator computes the figure by the version in force.
 *
 * The rulebook decides who is expected, so a point always says over how many of how many it is
 * taken. A point that has no value says why.
 */
#include "core/series.h"

#include "core/indicator.h"
#include "core/slate.h"

/* Everything that stays the same while a question is answered, and what it has come to. */
struct answering {
    struct slate_source source;
    struct series series;
};

static bool version_breaks(const struct monitor *monitor, const struct indicator *indicator,
                           const struct peildatum *peildatum, const struct version *version)
{
    const struct peildatum *before = monitor_preceding(monitor, peildatum);
    if (before == NULL || version == NULL) return false;
    const struct version *old = indicator_version_on(indicator, before->date);
    return old != NULL && old != version;
}

static struct maybe norm_on(const struct monitor *monitor, const struct indicator *indicator,
                            struct date date)
{
    const struct norm *norm = monitor_norm_on(monitor, indicator, date);
    if (norm == NULL) return (struct maybe){.present = false};
    return (struct maybe){.present = true, .value = norm->value};
}

static void point_fill(struct point *point, const struct result *result)
{
    point->value = result->value;
    point->numerator = result->numerator;
    point->denominator = result->denominator;
    point->received = result->received;
    point->reason = result->reason;
}

/* One figure; where there is no version to compute it by, there is no value. */
static struct point point_of(const struct rulebook *rulebook, const struct subject *subject,
                             unsigned asked, const struct peildatum *peildatum,
                             const struct slate *slate)
{
    const struct monitor *monitor = &rulebook->monitor;
    const struct version *version =
        indicator_version_for(subject->indicator, asked, peildatum->date);
    struct point point = {
        .indicator = subject->indicator,
        .id = subject->id,
        .peildatum = peildatum->date,
        .norm = norm_on(monitor, subject->indicator, peildatum->date),
        .definition = version == NULL ? 0 : version->number,
        .series_break =
            asked == 0 && version_breaks(monitor, subject->indicator, peildatum, version),
        .expected = (unsigned)slate->count,
        .reason = REASON_OTHER_DEFINITION,
    };
    if (version == NULL) return point;

    struct computation computation = {
        .monitor = monitor,
        .version = version,
        .norm =
            version->norm == NULL ? NULL : monitor_norm_on(monitor, version->norm, peildatum->date),
        .decimals = subject->decimals,
    };
    struct sample sample = {.rows = slate->rows, .count = slate->count};
    struct result result = indicator_compute(&computation, sample);
    point_fill(&point, &result);
    return point;
}

static bool question_wants(const struct question *question, struct date date)
{
    if (question->edition != NULL && !edition_covers(question->edition, date)) return false;
    return (!question->has_from || date_compare(date, question->from) >= 0) &&
           (!question->has_to || date_compare(date, question->to) <= 0);
}

static void series_append(struct answering *answering, struct point point, struct member member)
{
    point.level = answering->source.question->level;
    if (member.organisation != NULL) point.organisation = member.organisation->id;
    if (member.region != NULL) point.region = member.region->id;
    answering->series.points = arena_room(answering->source.arena, answering->series.points,
                                          answering->series.count, sizeof point);
    answering->series.points[answering->series.count++] = point;
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

static void answer_line(struct answering *answering, const struct subject *subject,
                        struct member member, const struct slate *slates)
{
    const struct monitor *monitor = &answering->source.rulebook->monitor;
    for (size_t i = 0; i < monitor->peildatum_count; i++) {
        const struct peildatum *peildatum = &monitor->peildata[i];
        if (!question_wants(answering->source.question, peildatum->date)) continue;
        /* An organisation that is not expected on a peildatum has no point there. */
        if (member.organisation != NULL && slates[i].count == 0) continue;
        struct point point = point_of(answering->source.rulebook, subject,
                                      answering->source.question->version, peildatum, &slates[i]);
        if (member.organisation != NULL && slates[i].aside && point.definition > 0)
            point.reason = REASON_SET_ASIDE;
        series_append(answering, point, member);
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
        for (size_t j = 0; j < member_count; j++)
            answer_line(&answering, &question->subjects[i], members[j],
                        &slates[j * peildatum_count]);
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
    const struct subject *subjects = subjects_unbound(rulebook, arena, &count);
    struct series series = {.points = arena_array(arena, count, sizeof *series.points)};
    struct row row = row_of(rulebook, submission, (struct slice){0}, date, arena);
    const struct row *rows[] = {&row};
    struct slate slate = {.rows = rows, .count = 1};
    for (size_t i = 0; i < count; i++) {
        struct point *point = &series.points[series.count++];
        *point = point_of(rulebook, &subjects[i], 0, peildatum, &slate);
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
                                               const struct rulebook *rulebook)
{
    const struct monitor *monitor = &rulebook->monitor;
    const struct peildatum *best = NULL;
    unsigned most = 0;

    for (size_t i = monitor->peildatum_count; i > 0; i--) {
        const struct peildatum *peildatum = &monitor->peildata[i - 1];
        unsigned delivered = series_delivered(state, rulebook, peildatum->date, state_now());
        if (delivered > 0 && delivered == rulebook_expected(rulebook, peildatum->date))
            return peildatum;
        if (delivered > most) {
            most = delivered;
            best = peildatum;
        }
    }
    return best;
}
