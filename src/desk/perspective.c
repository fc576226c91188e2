/*
 * How the past is looked at: by one version of the definition on every peildatum, and by today's
 * organisations instead of those that delivered. What means nothing is a finding in the visit.
 */
#include "desk/perspective.h"

#include <limits.h>

#include "core/succession.h"
#include "desk/query.h"

/* The newest version that any of the subjects has, and whether any has the one that is asked. */
static bool any_has_version(const struct question *question, unsigned *ret_newest)
{
    bool found = false;
    *ret_newest = 0;
    for (size_t i = 0; i < question->subject_count; i++) {
        const struct indicator *indicator = question->subjects[i].indicator;
        const size_t count = indicator->version_count;
        const unsigned newest = count == 0 ? 0 : indicator->versions[count - 1].number;
        if (newest > *ret_newest) *ret_newest = newest;
        found = found || indicator_find_version(indicator, question->version) != NULL;
    }
    return found;
}

/* A version holds for all peildata; what none of the subjects has is a mistake. */
static void ask_version(struct visit *visit)
{
    struct question *question = &visit->question;
    struct slice value;
    uint64_t number = 0;
    unsigned newest = 0;
    if (!query_value(visit, KEY_DEFINITION, &value)) return;
    if (!slice_to_u64(value, &number) || number == 0 || number > UINT_MAX) {
        query_find_bad(visit, KEY_DEFINITION, value, "Dit is geen versie; schrijf 1, 2, ...");
        return;
    }
    question->version = (unsigned)number;
    if (question->subject_count == 0 || any_has_version(question, &newest)) return;
    const struct slice message = arena_print(
        visit->request->arena, "Geen van de gevraagde indicatoren heeft deze versie; er is %s%u.",
        newest > 1 ? "1 t/m " : "alleen ", newest);
    query_find_bad(visit, KEY_DEFINITION, value, message.ptr);
}

/* By today's organisations: whose line it is now must be known by its present name. */
static void ask_as(struct visit *visit)
{
    static const struct slice words[] = {SLICE_LITERAL("aangeleverd"), SLICE_LITERAL("huidig")};
    struct slice value;
    if (!query_value(visit, KEY_AS, &value)) return;
    visit->question.today = slice_equal(value, words[1]);
    if (!visit->question.today && !slice_equal(value, words[0]))
        query_find_unknown(visit, KEY_AS, value, words, sizeof words / sizeof words[0]);
    if (visit->question.today && visit->question.level != LEVEL_ORGANISATION)
        query_find_bad(visit, KEY_AS, value, "Dit hoort bij niveau=organisatie; geef dat ook mee.");
}

/* Who ended and counts under another one has no line of today. */
void perspective_check(struct visit *visit)
{
    const struct question *question = &visit->question;
    for (size_t i = 0; question->today && i < question->organisation_count; i++) {
        const struct organisation *organisation =
            directory_find_organisation(&visit->rulebook->directory, question->organisations[i]);
        if (organisation == NULL) continue;
        const struct organisation *heir = succession_today(visit->rulebook, organisation);
        if (heir == organisation) continue;
        const struct slice message = arena_print(
            visit->request->arena, "Deze organisatie telt bij als=huidig mee bij %.*s; vraag die.",
            (int)heir->id.len, heir->id.ptr);
        query_find_bad(visit, KEY_ORGANISATION, organisation->id, message.ptr);
    }
}

void perspective_ask(struct visit *visit)
{
    ask_version(visit);
    ask_as(visit);
}
