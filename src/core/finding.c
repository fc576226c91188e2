/*
 * Findings are gathered in order until there are so many that more would help nobody; that there
 * were more is kept. What was dropped is not known, so such a delivery is never acceptable.
 */
#include "core/finding.h"

static const char *const severity_ids[] = {
#define FINDING_ID(constant, id) [constant] = (id),
    FINDING_SEVERITIES(FINDING_ID)
#undef FINDING_ID
};

void findings_init(struct findings *findings, struct arena *arena)
{
    *findings = (struct findings){.arena = arena};
}

void findings_add(struct findings *findings, const struct finding *finding)
{
    if (findings->count >= FINDINGS_MOST) {
        findings->truncated = true;
        return;
    }
    findings->items =
        arena_room(findings->arena, findings->items, findings->count, sizeof(*findings->items));
    findings->items[findings->count++] = *finding;
}

const char *severity_id(enum severity severity)
{
    return severity < SEVERITY_COUNT ? severity_ids[severity] : "";
}

bool severity_parse(struct slice id, enum severity *ret_severity)
{
    for (unsigned severity = 0; severity < SEVERITY_COUNT; severity++) {
        if (!slice_is(id, severity_ids[severity])) continue;
        *ret_severity = (enum severity)severity;
        return true;
    }
    return false;
}

static bool is_acceptable(const struct finding *finding)
{
    if (finding->severity == SEVERITY_EXPLAIN) return slice_trim(finding->explanation).len > 0;
    return finding->severity == SEVERITY_WARNING;
}

bool findings_acceptable(const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (!is_acceptable(&findings->items[i])) return false;
    }
    return !findings->truncated;
}
