/*
 * A delivery comes in, is tried out, is asked back or is withdrawn. PUT and try-out walk the same
 * way: the precondition is read, the body parsed and checked, and everything that is wrong is said
 * at once, also while Redis is away. Only then they part: a good PUT is decided by desk/commit, a
 * try-out is answered with what that decision would be and stores nothing.
 */
#include "codec/findings_json.h"
#include "codec/submission_json.h"
#include "core/check.h"
#include "desk/commit.h"
#include "desk/comparison.h"
#include "desk/delivery_body.h"
#include "desk/handlers.h"

/* ---- what came in ---- */

static void check(struct visit *visit, const struct submission *submission)
{
    const struct check_context context = {
        .rulebook = visit->rulebook,
        .state = visit->ledger->state,
        .peildatum = visit->peildatum,
        .organisation = visit->organisation,
        .today = moment_to_date(visit->circumstance->now),
        .on_behalf = visit->role == ROLE_ANALYST,
    };
    check_submission(&context, submission, &visit->findings);
}

/* Without the blanks and line ends that people put into it: hardly ever longer than it came. */
static struct slice canonical_content(const struct visit *visit,
                                      const struct submission *submission)
{
    struct text text;
    text_init(&text);
    text_reserve(&text, visit->request->body.len);
    submission_json_write(&text, submission);
    return text_keep(&text, visit->request->arena);
}

/*
 * What equals the revision that stands was checked when that came, and nothing new is asked of it:
 * sending again is safe also where a window has closed since, or a reason was redacted.
 */
static bool stands_already(const struct visit *visit, const struct commit *commit)
{
    return visit->findings.count == 0 && commit_foresee(visit, commit).outcome == OUTCOME_UNCHANGED;
}

/*
 * Reads and checks all that came with a delivery; false if the precondition cannot be read. The
 * submission is NULL if the body cannot be read; the findings say what is wrong.
 */
static bool read_offer(struct visit *visit, struct commit *ret_commit,
                       struct submission **ret_submission)
{
    *ret_commit =
        (struct commit){.kind = RECORD_SUBMISSION, .organisation = visit->organisation->id};
    if (!precondition_read(visit, &ret_commit->precondition)) return false;
    struct submission *submission = delivery_body_read(visit);
    *ret_submission = submission;
    if (submission == NULL) return true;
    commit_set_content(ret_commit, canonical_content(visit, submission), visit->request->arena);
    if (!stands_already(visit, ret_commit)) check(visit, submission);
    return true;
}

static struct verdict refuse_precondition(const struct visit *visit)
{
    return visit_refuse(
        visit, PROBLEM_BAD_QUERY,
        "De kop If-Match of If-None-Match is niet te lezen; hieronder staat waarom.");
}

struct verdict delivery_put(struct visit *visit)
{
    struct commit commit;
    struct submission *submission;
    if (!read_offer(visit, &commit, &submission)) return refuse_precondition(visit);

    const bool acceptable = submission != NULL && findings_acceptable(&visit->findings);
    submission_free(submission);
    if (acceptable) return commit_decide(visit, &commit);
    return visit_refuse(visit, PROBLEM_BAD_DELIVERY,
                        visit->findings.truncated
                            ? "Er is niets bewaard. Er is meer te verbeteren of toe te lichten dan "
                              "hieronder past; dit zijn de eerste bevindingen."
                            : "Er is niets bewaard. Hieronder staat alles wat er te verbeteren of "
                              "toe te lichten is.");
}

/* ---- try-out ---- */

static bool has_errors(const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].severity == SEVERITY_ERROR) return true;
    }
    return findings->truncated;
}

/* What a PUT of the same would be answered. */
static const char *prospect_word(const struct prospect *prospect, bool acceptable)
{
    if (!acceptable) return "geweigerd";
    if (prospect->outcome == OUTCOME_LOST) return "voorwaarde-niet-vervuld";
    return receipt_outcome_word(prospect->outcome);
}

/*
 * Differences and figures need values that can be relied on; what only needs a reason has them, so
 * that a deliverer sees what to give a reason for.
 */
static void put_rehearsal(struct json *json, const struct visit *visit,
                          const struct submission *submission, const struct prospect *prospect)
{
    const struct revision *standing = prospect->standing;
    const bool reliable = submission != NULL && !has_errors(&visit->findings);
    const struct comparison comparison = {
        .state = visit->ledger->state,
        .rulebook = reliable ? visit->rulebook : NULL,
        .known = state_now(),
        .peildatum = visit->peildatum->date,
        .organisation = visit->organisation->id,
        .submission = submission,
        .arena = visit->request->arena,
    };
    if (prospect->outcome == OUTCOME_UNCHANGED && visit->findings.count == 0)
        json_raw(json, "bevindingen", standing->findings);
    else
        findings_json_put(json, "bevindingen", &visit->findings);
    comparison_put_changes(json, "verschil", &comparison,
                           standing == NULL ? NULL : standing->submission);
    comparison_put_course(json, "verschilVorige", &comparison);
    comparison_put_indicators(json, "indicatoren", &comparison);
}

static struct reply rehearsal_reply(const struct visit *visit, const struct commit *commit,
                                    const struct submission *submission)
{
    const struct prospect prospect = commit_foresee(visit, commit);
    const bool acceptable = submission != NULL && findings_acceptable(&visit->findings);
    struct reply reply = {.status = 200, .content_type = "application/json"};
    struct json json;
    json_init(&json, &reply.body);
    json_open_object(&json, NULL);
    json_text(&json, "monitor", visit->ledger->monitor);
    json_date(&json, "peildatum", visit->peildatum->date);
    json_text(&json, "organisatie", visit->organisation->id);
    json_bool(&json, "aanvaardbaar", acceptable && prospect.outcome != OUTCOME_LOST);
    json_puts(&json, "uitkomst", prospect_word(&prospect, acceptable));
    if (prospect.standing != NULL) json_int(&json, "staandeRevisie", prospect.standing->number);
    put_rehearsal(&json, visit, submission, &prospect);
    json_close_object(&json);
    return reply;
}

struct verdict delivery_rehearse(struct visit *visit)
{
    struct commit commit;
    struct submission *submission;
    if (!read_offer(visit, &commit, &submission)) return refuse_precondition(visit);
    const struct reply reply = rehearsal_reply(visit, &commit, submission);
    submission_free(submission);
    return verdict_reply(reply);
}

/* ---- asked back, withdrawn ---- */

struct verdict delivery_get(struct visit *visit)
{
    const struct revision *standing = state_standing(visit->ledger->state, visit->peildatum->date,
                                                     visit->organisation->id, visit->known);
    struct verdict verdict;
    if (standing == NULL)
        return visit_refuse(visit, PROBLEM_NOT_FOUND, "Hier staat geen aanlevering.");
    const struct slice etag = revision_etag(standing, visit->request->arena);
    if (visit_has(visit, etag, &verdict)) return verdict;

    struct reply reply = visit_answer(etag, NULL);
    delivery_body_show(visit, standing, &reply);
    return verdict_reply(reply);
}

struct verdict delivery_delete(struct visit *visit)
{
    struct commit commit = {
        .kind = RECORD_WITHDRAWAL,
        .organisation = visit->organisation->id,
    };
    commit_set_content(&commit, slice_of("{}"), visit->request->arena);
    if (!precondition_read(visit, &commit.precondition)) return refuse_precondition(visit);
    return commit_decide(visit, &commit);
}
