/*
 * A reckoning: the rows of a slate become one point. The version in force decides; before the first
 * one there is no figure, and the point says why. Two reckonings of the same become a change: both
 * are taken anew over the organisations that they have in common, so that who came or went is not
 * mistaken for a change of the figure. It cannot fail.
 */
#include "core/reckoning.h"

static bool version_breaks(const struct monitor *monitor, const struct indicator *indicator,
                           const struct peildatum *peildatum, const struct version *version)
{
    const struct peildatum *before = monitor_preceding(monitor, peildatum);
    if (before == NULL || version == NULL) return false;
    const struct version *old = indicator_version_on(indicator, before->date);
    return old != NULL && old != version;
}

static const struct version *version_of(const struct reckoning *reckoning)
{
    return indicator_version_for(reckoning->subject->indicator, reckoning->version,
                                 reckoning->peildatum->date);
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

static struct result compute(const struct reckoning *reckoning, const struct version *version,
                             struct sample sample)
{
    const struct monitor *monitor = &reckoning->rulebook->monitor;
    const struct computation computation = {
        .monitor = monitor,
        .version = version,
        .norm = version->norm == NULL
                    ? NULL
                    : monitor_norm_on(monitor, version->norm, reckoning->peildatum->date),
        .decimals = reckoning->subject->decimals,
    };
    return indicator_compute(&computation, sample);
}

struct point reckoning_point(const struct reckoning *reckoning, struct arena *arena)
{
    const struct rulebook *rulebook = reckoning->rulebook;
    const struct subject *subject = reckoning->subject;
    const struct peildatum *peildatum = reckoning->peildatum;
    const struct monitor *monitor = &rulebook->monitor;
    const struct version *version = version_of(reckoning);
    struct point point = {
        .indicator = subject->indicator,
        .id = subject->id,
        .peildatum = peildatum->date,
        .norm = norm_on(monitor, subject->indicator, peildatum->date),
        .definition = version == NULL ? 0 : version->number,
        .series_break = reckoning->version == 0 &&
                        version_breaks(monitor, subject->indicator, peildatum, version),
        .expected = (unsigned)reckoning->slate->count,
        .reason = REASON_OTHER_DEFINITION,
    };
    if (version == NULL) return point;

    const struct sample sample = slate_sample(reckoning->slate, monitor, version, arena);
    const struct result result = compute(reckoning, version, sample);
    point_fill(&point, &result);
    return point;
}

/* ---- changes ---- */

/* A figure that is to be taken over fewer organisations: those kept, in either. */
struct half {
    const struct reckoning *reckoning;
    const struct version *version;
    struct sample all;
    const struct row **kept;
};

static struct half half_of(const struct reckoning *reckoning, struct arena *arena)
{
    const struct version *version = version_of(reckoning);
    struct half half = {.reckoning = reckoning, .version = version};
    if (version == NULL) return half;
    half.all = slate_sample(reckoning->slate, &reckoning->rulebook->monitor, version, arena);
    half.kept = arena_array(arena, half.all.count, sizeof(struct row *));
    return half;
}

/* The row of an organisation that counts in the figure; NULL where it has none. */
static const struct row *half_find(const struct half *half, const struct organisation *organisation)
{
    for (size_t i = 0; i < half->all.count; i++) {
        if (half->reckoning->slate->organisations[i] != organisation) continue;
        return indicator_counts(half->version, half->all.rows[i]) ? half->all.rows[i] : NULL;
    }
    return NULL;
}

/* Keeps whom both figures have; how many they are. */
static unsigned keep_common(struct half *previous, struct half *now)
{
    unsigned kept = 0;
    for (size_t i = 0; i < now->all.count; i++) {
        if (!indicator_counts(now->version, now->all.rows[i])) continue;
        const struct row *before = half_find(previous, now->reckoning->slate->organisations[i]);
        if (before == NULL) continue;
        previous->kept[kept] = before;
        now->kept[kept++] = now->all.rows[i];
    }
    return kept;
}

static struct result compute_half(const struct half *half, unsigned kept)
{
    return compute(half->reckoning, half->version,
                   (struct sample){.rows = half->kept, .count = kept});
}

struct change reckoning_change(const struct reckoning *previous, const struct reckoning *now,
                               struct arena *arena)
{
    struct half before = half_of(previous, arena), after = half_of(now, arena);
    if (before.version == NULL || before.version != after.version)
        return (struct change){.reason = REASON_OTHER_DEFINITION};

    const unsigned common = keep_common(&before, &after);
    const struct result was = compute_half(&before, common);
    const struct result is = compute_half(&after, common);
    struct change change = change_of_indicator(now->subject->indicator, &was.value, &is.value);
    change.organisations = common;
    change.reason = is.reason != REASON_NONE ? is.reason : was.reason;
    return change;
}
