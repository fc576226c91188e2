/*
 * A delivery comes in or is asked back. PUT: the precondition is read, the body parsed and checked,
 * and everything that is wrong is said at once, also while Redis is away. A good one that changes
 * something becomes a draft for the log. One that equals what stands, or whose precondition is lost
 * by what we know, is answered without appending, but only after the fold has caught up with the
 * log (rules.md section 1): what we know may be old.
 *
 * What an append came to is told by desk_settle, from the fold's answer alone.
 */
#include "codec/findings_json.h"
#include "codec/submission_json.h"
#include "core/check.h"
#include "desk/etag.h"
#include "desk/handlers.h"
#include "desk/headers.h"
#include "desk/receipt.h"

/* What a client asked of the revision it is about to replace. */
struct precondition {
    bool given;      /* If-Match or If-None-Match stands there */
    bool none;       /* If-None-Match: *, so nothing may stand */
    struct etags of; /* If-Match: what must stand */
};

/* ---- preconditions ---- */

static struct slice revision_etag(const struct revision *revision, struct arena *arena)
{
    return arena_print(arena, "\"%u\"", revision->number);
}

static void find_bad_header(struct visit *visit, const char *header, struct slice value,
                            const char *message)
{
    visit_find(visit, (struct finding){.code = slice_of("ongeldige-waarde"),
                                       .place = slice_of(header),
                                       .found = value,
                                       .message = slice_of(message)});
}

static bool read_precondition(struct visit *visit, struct precondition *ret_precondition)
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

static bool precondition_holds(const struct precondition *precondition,
                               const struct revision *standing, struct arena *arena)
{
    if (!precondition->given) return true;
    if (precondition->none) return standing == NULL;
    if (standing == NULL) return false;
    return precondition->of.any ||
           etags_match_strong(&precondition->of, revision_etag(standing, arena));
}

/* As the log keeps it: the revision that must stand when the record is folded, 0 for none. */
static struct slice expected_field(const struct precondition *precondition,
                                   const struct revision *standing, struct arena *arena)
{
    if (!precondition->given) return (struct slice){0};
    return arena_print(arena, "%u", standing == NULL ? 0 : standing->number);
}

/* ---- answers ---- */

static const struct revision *standing_revision(const struct visit *visit)
{
    return state_standing(visit->ledger->state, visit->peildatum->date, visit->organisation->id,
                          state_now());
}

static struct reply receipt_reply(const struct receipt *receipt, const struct request *request)
{
    struct reply reply = {.status = receipt->outcome == OUTCOME_NEW ? 201 : 200,
                          .content_type = "application/json"};
    reply_add_header(&reply, "ETag", revision_etag(receipt->revision, request->arena));
    if (receipt->outcome == OUTCOME_NEW) reply_add_header(&reply, "Location", request->path);
    receipt_write(&reply.body, receipt, request->arena);
    return reply;
}

static struct reply lost_reply(unsigned standing, struct arena *arena)
{
    const struct slice detail =
        standing == 0 ? slice_of("Er staat nog geen aanlevering.")
                      : arena_print(arena,
                                    "Nu staat revisie %u. Haal die op, kijk wat er is "
                                    "veranderd en lever dan opnieuw aan.",
                                    standing);
    return problem_reply(PROBLEM_PRECONDITION, detail.ptr, NULL);
}

static struct reply not_stored_reply(void)
{
    return problem_reply(PROBLEM_NOT_STORED,
                         "Er is niets bewaard. Lever over enkele seconden opnieuw aan.", NULL);
}

static struct reply unknown_reply(void)
{
    return problem_reply(PROBLEM_UNKNOWN,
                         "Het is onbekend of deze aanlevering is bewaard. Opnieuw aanleveren is "
                         "veilig: staat zij er al, dan verandert er niets.",
                         NULL);
}

/* ---- PUT ---- */

/* A delivery that has been read and checked, and how it relates to what stands. */
struct offer {
    struct precondition precondition;
    struct slice content; /* canonical */
    const struct revision *standing;
    bool equal;
};

/* Reads and checks the body; NULL if it is not acceptable, and the findings say why. */
static struct submission *read_acceptable(struct visit *visit)
{
    const struct check_context context = {
        .rulebook = visit->rulebook,
        .state = visit->ledger->state,
        .peildatum = visit->peildatum,
        .organisation = visit->organisation,
        .today = moment_to_date(visit->circumstance->now),
    };
    struct submission *submission = submission_json_read(visit->request->body, &visit->findings);
    if (submission == NULL) return NULL;
    check_submission(&context, submission, &visit->findings);
    if (findings_acceptable(&visit->findings)) return submission;
    submission_free(submission);
    return NULL;
}

static struct slice canonical_content(const struct submission *submission, struct arena *arena)
{
    struct text text;
    text_init(&text);
    submission_json_write(&text, submission);
    const struct slice content = arena_copy(arena, text_slice(&text));
    text_done(&text);
    return content;
}

static struct slice digest_hex(struct slice content, struct arena *arena)
{
    const struct digest digest = digest_of(content);
    struct text text;
    text_init(&text);
    digest_put(&text, &digest);
    const struct slice hex = arena_copy(arena, text_slice(&text));
    text_done(&text);
    return hex;
}

static struct slice findings_field(const struct findings *findings, struct arena *arena)
{
    struct text text;
    text_init(&text);
    findings_json_write(&text, findings);
    const struct slice json = arena_copy(arena, text_slice(&text));
    text_done(&text);
    return json;
}

static struct slice date_field(struct date date, struct arena *arena)
{
    struct text text;
    text_init(&text);
    date_put(&text, date);
    const struct slice field = arena_copy(arena, text_slice(&text));
    text_done(&text);
    return field;
}

static struct verdict append_verdict(const struct visit *visit, const struct offer *offer)
{
    struct arena *arena = visit->request->arena;
    struct verdict verdict = {.kind = VERDICT_APPEND};
    struct draft *draft = &verdict.draft;
    draft->ledger = (size_t)(visit->ledger - visit->desk->ledgers);
    draft->fields[FIELD_KIND] = slice_of(record_kind_text(RECORD_SUBMISSION));
    draft->fields[FIELD_PEILDATUM] = date_field(visit->peildatum->date, arena);
    draft->fields[FIELD_ORGANISATION] = arena_copy(arena, visit->organisation->id);
    draft->fields[FIELD_BY] = arena_copy(arena, visit->token->name);
    draft->fields[FIELD_EXPECTED] = expected_field(&offer->precondition, offer->standing, arena);
    draft->fields[FIELD_DIGEST] = digest_hex(offer->content, arena);
    draft->fields[FIELD_CONTENT] = offer->content;
    draft->fields[FIELD_FINDINGS] = findings_field(&visit->findings, arena);
    return verdict;
}

static struct verdict unchanged_verdict(const struct visit *visit, const struct offer *offer)
{
    const struct receipt receipt = {
        .state = visit->ledger->state,
        .monitor = visit->ledger->monitor,
        .peildatum = visit->peildatum->date,
        .organisation = visit->organisation->id,
        .revision = offer->standing,
        .outcome = OUTCOME_UNCHANGED,
    };
    return verdict_reply(receipt_reply(&receipt, visit->request));
}

static struct verdict sync_verdict(const struct visit *visit)
{
    return (struct verdict){
        .kind = VERDICT_SYNC,
        .draft = {.ledger = (size_t)(visit->ledger - visit->desk->ledgers)},
    };
}

/* Equal comes before the precondition, as in the fold: who sends again must not lose to itself. */
static struct verdict decide_offer(const struct visit *visit, const struct offer *offer)
{
    struct arena *arena = visit->request->arena;
    const bool holds = precondition_holds(&offer->precondition, offer->standing, arena);
    const bool settled = offer->equal || !holds;
    if (!visit->circumstance->writable && !(settled && visit->circumstance->synced))
        return verdict_reply(not_stored_reply());
    if (!settled) return append_verdict(visit, offer);
    if (!visit->circumstance->synced) return sync_verdict(visit);
    if (offer->equal) return unchanged_verdict(visit, offer);
    return verdict_reply(lost_reply(offer->standing == NULL ? 0 : offer->standing->number, arena));
}

struct verdict delivery_put(struct visit *visit)
{
    struct offer offer = {.standing = standing_revision(visit)};
    if (!read_precondition(visit, &offer.precondition))
        return visit_refuse(visit, PROBLEM_BAD_QUERY, "De voorwaarde is niet te lezen.");

    struct submission *submission = read_acceptable(visit);
    if (submission == NULL)
        return visit_refuse(visit, PROBLEM_BAD_DELIVERY,
                            "Er is niets bewaard. Hieronder staat alles wat er te verbeteren of "
                            "toe te lichten is.");
    offer.content = canonical_content(submission, visit->request->arena);
    submission_free(submission);
    offer.equal = offer.standing != NULL && slice_equal(offer.standing->content, offer.content);
    return decide_offer(visit, &offer);
}

/* ---- GET ---- */

struct verdict delivery_get(struct visit *visit)
{
    const struct revision *standing = standing_revision(visit);
    struct verdict verdict;
    if (standing == NULL)
        return visit_refuse(visit, PROBLEM_NOT_FOUND, "Hier is nog niets aangeleverd.");
    const struct slice etag = revision_etag(standing, visit->request->arena);
    if (visit_has(visit, etag, &verdict)) return verdict;

    struct reply reply = visit_answer(etag, "application/json");
    text_put(&reply.body, standing->content);
    return verdict_reply(reply);
}

/* ---- settlement ---- */

/* The revision of that number and the one before it; false where the state has none. */
static bool find_revisions(struct receipt *receipt, unsigned number)
{
    const struct cell *cell = state_cell(receipt->state, receipt->peildatum, receipt->organisation);
    if (cell == NULL || number == 0 || number > cell->revision_count) return false;
    receipt->revision = cell->revisions[number - 1];
    if (receipt->outcome == OUTCOME_CHANGED && number > 1)
        receipt->before = cell->revisions[number - 2];
    return true;
}

static struct reply folded_reply(const struct desk *desk, const struct request *request,
                                 const struct draft *draft, const struct fate *fate)
{
    const struct ledger *ledger = &desk->ledgers[draft->ledger];
    struct receipt receipt = {
        .state = ledger->state,
        .monitor = ledger->monitor,
        .organisation = draft->fields[FIELD_ORGANISATION],
        .outcome = fate->outcome,
    };
    if (fate->outcome == OUTCOME_LOST) return lost_reply(fate->revision, request->arena);
    if (fate->outcome == OUTCOME_ADOPTED || fate->outcome == OUTCOME_IGNORED)
        return problem_reply(PROBLEM_INTERNAL, "De aanlevering is niet verwerkt.", NULL);
    if (ledger->state == NULL || !date_parse(draft->fields[FIELD_PEILDATUM], &receipt.peildatum))
        return unknown_reply();
    if (!find_revisions(&receipt, fate->revision)) return unknown_reply();
    return receipt_reply(&receipt, request);
}

static struct reply settle(const struct desk *desk, const struct request *request,
                           const struct draft *draft, const struct settlement *settlement)
{
    if (settlement->kind == SETTLED_REFUSED) return not_stored_reply();
    if (settlement->kind == SETTLED_UNKNOWN) return unknown_reply();
    return folded_reply(desk, request, draft, &settlement->fate);
}

struct reply desk_settle(const struct desk *desk, const struct request *request,
                         const struct draft *draft, const struct settlement *settlement,
                         struct moment now)
{
    (void)now; /* nothing that is answered here depends on the clock */
    struct reply reply = settle(desk, request, draft, settlement);
    headers_add_common(&reply, request);
    return reply;
}
