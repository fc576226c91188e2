/*
 * What an analyst says: sets a delivery aside or puts it back, adds a remark, reopens a peildatum.
 * The body is read strictly and everything that is wrong is said at once; a right one goes the way
 * of every commit. What it is about is fixed before it goes on the log: the revision that stands
 * now, unless the body names one.
 */
#include "codec/notice_json.h"
#include "core/finding_code.h"
#include "desk/commit.h"
#include "desk/handlers.h"

static struct verdict refuse_body(const struct visit *visit)
{
    return visit_refuse(visit, PROBLEM_BAD_BODY,
                        "Er is niets bewaard. Hieronder staat wat er te verbeteren is.");
}

static struct slice canonical_content(const struct notice *notice, struct arena *arena)
{
    struct text text;
    text_init(&text);
    notice_json_write(&text, notice);
    return text_keep(&text, arena);
}

/* Takes the notice over: it is gone afterwards. */
static struct verdict decide(struct visit *visit, struct notice *notice)
{
    struct commit commit = {.kind = notice->kind, .notice = notice};
    if (visit->organisation != NULL) commit.organisation = visit->organisation->id;
    struct arena *arena = visit->request->arena;
    commit_set_content(&commit, canonical_content(notice, arena), arena);
    const struct verdict verdict = commit_decide(visit, &commit);
    notice_free(notice);
    return verdict;
}

/* ---- about a delivery ---- */

/* A notice about a delivery is about one revision of it; 0 where none stands. */
static void fix_revision(const struct visit *visit, struct notice *notice)
{
    const struct revision *standing = state_standing(visit->ledger->state, visit->peildatum->date,
                                                     visit->organisation->id, state_now());
    if (notice->has_revision) return;
    notice->has_revision = true;
    notice->revision = standing == NULL ? 0 : standing->number;
}

static struct verdict say(struct visit *visit, enum record_kind kind)
{
    struct notice *notice = notice_json_read(kind, visit->request->body, &visit->findings);
    if (visit->findings.count > 0) {
        notice_free(notice);
        return refuse_body(visit);
    }
    fix_revision(visit, notice);
    return decide(visit, notice);
}

struct verdict notice_set_aside(struct visit *visit)
{
    return say(visit, RECORD_SET_ASIDE);
}

struct verdict notice_remark(struct visit *visit)
{
    return say(visit, RECORD_REMARK);
}

/* ---- about a peildatum ---- */

static void find_bad_day(struct visit *visit, struct date until, const char *message)
{
    struct text found;
    text_init(&found);
    date_put(&found, until);
    visit_find(visit, (struct finding){.code = finding_code_id(CODE_BAD_VALUE),
                                       .place = slice_of("/tot"),
                                       .found = text_keep(&found, visit->request->arena),
                                       .message = slice_of(message)});
}

/* There must be a closing date to move, and a day left on which it matters. */
static void check_until(struct visit *visit, struct date until)
{
    const struct peildatum *peildatum = visit->peildatum;
    if (!peildatum->has_closing)
        find_bad_day(visit, until, "Deze peildatum sluit niet, dus is er niets te heropenen.");
    else if (date_compare(until, peildatum->closing) <= 0)
        find_bad_day(visit, until,
                     "Op deze dag is de peildatum nog niet gesloten. Kies een latere dag.");
    else if (date_compare(until, moment_to_date(visit->circumstance->now)) < 0)
        find_bad_day(visit, until, "Deze dag is al voorbij. Kies vandaag of een latere dag.");
}

struct verdict notice_reopen(struct visit *visit)
{
    struct notice *notice =
        notice_json_read(RECORD_REOPENING, visit->request->body, &visit->findings);
    if (visit->findings.count == 0) check_until(visit, notice->until);
    if (visit->findings.count == 0) return decide(visit, notice);
    notice_free(notice);
    return refuse_body(visit);
}
