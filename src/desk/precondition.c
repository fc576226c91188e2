/*
 * If-Match and If-None-Match on the way in (RFC 9110, section 13.1): held against the revision that
 * stands by what we know, and kept on the log as the one revision that must stand when the record
 * is folded. A header that cannot be read is a finding; nothing else can fail.
 */
#include "desk/precondition.h"

#include "core/finding_code.h"

struct slice revision_etag(const struct revision *revision, struct arena *arena)
{
    return arena_print(arena, "\"%u\"", revision->number);
}

static void find_bad_header(struct visit *visit, const char *header, struct slice value,
                            const char *message)
{
    visit_find(visit, (struct finding){.code = finding_code_id(CODE_BAD_VALUE),
                                       .place = slice_of(header),
                                       .found = value,
                                       .message = slice_of(message)});
}

bool precondition_read(struct visit *visit, struct precondition *ret_precondition)
{
    const struct request *request = visit->request;
    const struct slice match = request->if_match, none = request->if_none_match;
    struct precondition precondition = {.given = match.len + none.len > 0, .none = none.len > 0};
    if (match.len > 0 && none.len > 0)
        find_bad_header(visit, "If-None-Match", none,
                        "If-Match en If-None-Match sluiten elkaar hier uit; geef er een.");
    else if (none.len > 0 && !slice_is(slice_trim(none), "*"))
        find_bad_header(visit, "If-None-Match", none,
                        "Hier kan alleen *: lever alleen aan als er nog niets staat.");
    else if (match.len > 0 && !etags_parse(match, request->arena, &precondition.of))
        find_bad_header(visit, "If-Match", match,
                        "Geef de revisie tussen aanhalingstekens, zoals de kop ETag haar gaf.");
    *ret_precondition = precondition;
    return visit->findings.count == 0;
}

bool precondition_holds(const struct precondition *precondition, const struct revision *standing,
                        struct arena *arena)
{
    if (!precondition->given) return true;
    if (precondition->none) return standing == NULL;
    if (standing == NULL) return false;
    return precondition->of.any ||
           etags_match_strong(&precondition->of, revision_etag(standing, arena));
}

struct slice precondition_field(const struct precondition *precondition,
                                const struct revision *standing, struct arena *arena)
{
    if (!precondition->given) return (struct slice){0};
    return arena_print(arena, "%u", standing == NULL ? 0 : standing->number);
}
