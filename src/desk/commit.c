/*
 * Everything that goes on the log by request goes through here: a delivery, a withdrawal, a notice,
 * an edition. The fold's own decision (core/cell, core/edition) is asked beforehand. What would
 * change something becomes a draft. What would change nothing, or whose precondition is lost by
 * what we know, is answered without appending, but only after the fold has caught up with the log:
 * what we know may be old.
 *
 * What an append came to is told by desk_settle, from the fold's answer alone; the answer is the
 * same as the one without appending, since both are made in outcome_reply.
 */
#include "desk/commit.h"

#include "codec/findings_json.h"
#include "codec/render_edition.h"
#include "desk/headers.h"

/* ---- answers ---- */

/* What became of a request, whether it was appended or not. */
struct result {
    const struct ledger *ledger;
    enum record_kind kind;
    struct date peildatum;
    struct slice organisation;
    enum outcome outcome;
    const struct event *event;     /* that says what holds now; NULL if there is none */
    unsigned standing;             /* the revision that stands, for who lost to it */
    const struct edition *edition; /* RECORD_EDITION: who has the name; NULL: nobody */
};

static struct reply lost_reply(unsigned standing, struct arena *arena)
{
    const struct slice detail =
        standing == 0 ? slice_of("Er staat nog geen aanlevering.")
                      : arena_print(arena,
                                    "Nu staat revisie %u. Haal die op, kijk wat er is "
                                    "veranderd en stuur dan opnieuw.",
                                    standing);
    return problem_reply(PROBLEM_PRECONDITION, detail.ptr, NULL);
}

static struct reply not_stored_reply(void)
{
    return problem_reply(PROBLEM_NOT_STORED,
                         "Er is niets bewaard. Stuur over enkele seconden opnieuw.", NULL);
}

static struct reply unknown_reply(void)
{
    return problem_reply(PROBLEM_UNKNOWN,
                         "Het is onbekend of dit is bewaard. Opnieuw sturen is veilig: staat het "
                         "er al, dan verandert er niets.",
                         NULL);
}

static struct reply receipt_reply(const struct result *result, const struct request *request)
{
    const struct receipt receipt = {
        .state = result->ledger->state,
        .monitor = result->ledger->monitor,
        .peildatum = result->peildatum,
        .organisation = result->organisation,
        .event = result->event,
        .unchanged = result->outcome == OUTCOME_UNCHANGED,
    };
    const bool made = result->outcome == OUTCOME_NEW || result->outcome == OUTCOME_NOTED;
    struct reply reply = {.status = made ? 201 : 200, .content_type = "application/json"};
    if (result->kind == RECORD_SUBMISSION) {
        reply_add_header(&reply, "ETag", revision_etag(result->event->revision, request->arena));
        if (made) reply_add_header(&reply, "Location", request->path);
    }
    receipt_write(&reply.body, &receipt, request->arena);
    return reply;
}

/* A withdrawal leaves nothing to show; where nothing stood there was nothing to withdraw. */
static struct reply withdrawal_reply(const struct result *result)
{
    if (result->outcome == OUTCOME_NOTED) return (struct reply){.status = 204};
    return problem_reply(PROBLEM_NOT_FOUND, "Hier staat geen aanlevering om in te trekken.", NULL);
}

static struct reply edition_reply(const struct result *result, const struct request *request)
{
    const struct edition *edition = result->edition;
    const bool made = result->outcome == OUTCOME_NOTED;
    if (edition == NULL) return unknown_reply();
    if (result->outcome == OUTCOME_LOST)
        return problem_reply(PROBLEM_CONFLICT,
                             "Er is al een editie met deze naam en een andere inhoud. Een editie "
                             "verandert nooit; kies een andere naam.",
                             NULL);
    struct reply reply = {.status = made ? 201 : 200, .content_type = "application/json"};
    if (made)
        reply_add_header(&reply, "Location",
                         arena_print(request->arena, "%.*s/%.*s", (int)request->path.len,
                                     request->path.ptr, (int)edition->name.len, edition->name.ptr));
    render_edition_json(&reply.body, edition, result->ledger->monitor, EDITION_WHOLE);
    return reply;
}

static struct reply outcome_reply(const struct result *result, const struct request *request)
{
    if (result->kind == RECORD_EDITION && result->outcome != OUTCOME_IGNORED)
        return edition_reply(result, request);
    if (result->outcome == OUTCOME_LOST && result->kind == RECORD_SET_ASIDE &&
        result->standing == 0)
        return problem_reply(PROBLEM_NOT_FOUND,
                             "Hier staat geen aanlevering om terzijde of terug te leggen.", NULL);
    if (result->outcome == OUTCOME_LOST) return lost_reply(result->standing, request->arena);
    if (result->outcome == OUTCOME_ADOPTED || result->outcome == OUTCOME_IGNORED)
        return problem_reply(PROBLEM_INTERNAL, "Dit is niet verwerkt.", NULL);
    if (result->kind == RECORD_WITHDRAWAL) return withdrawal_reply(result);
    if (result->event == NULL) return unknown_reply();
    return receipt_reply(result, request);
}

/* ---- the draft ---- */

void commit_set_content(struct commit *commit, struct slice content, struct arena *arena)
{
    const struct digest digest = digest_of(content);
    struct text text;
    text_init(&text);
    digest_put(&text, &digest);
    commit->content = content;
    commit->sha256 = text_keep(&text, arena);
}

static struct slice findings_field(const struct findings *findings, struct arena *arena)
{
    struct text text;
    text_init(&text);
    findings_json_write(&text, findings);
    return text_keep(&text, arena);
}

static struct slice date_field(struct date date, struct arena *arena)
{
    struct text text;
    text_init(&text);
    date_put(&text, date);
    return text_keep(&text, arena);
}

static struct verdict append_verdict(const struct visit *visit, const struct commit *commit,
                                     const struct revision *standing)
{
    struct arena *arena = visit->request->arena;
    struct verdict verdict = {.kind = VERDICT_APPEND, .draft.ledger = visit_ledger(visit)};
    struct slice *fields = verdict.draft.fields;
    fields[FIELD_KIND] = slice_of(record_kind_text(commit->kind));
    if (visit->peildatum != NULL)
        fields[FIELD_PEILDATUM] = date_field(visit->peildatum->date, arena);
    fields[FIELD_ORGANISATION] = arena_copy(arena, commit->organisation);
    fields[FIELD_BY] = arena_copy(arena, visit->token->name);
    fields[FIELD_EXPECTED] = precondition_field(&commit->precondition, standing, arena);
    fields[FIELD_DIGEST] = commit->sha256;
    fields[FIELD_CONTENT] = commit->content;
    fields[FIELD_FINDINGS] = findings_field(&visit->findings, arena);
    return verdict;
}

/* ---- the decision ---- */

static struct prospect foresee_edition(const struct visit *visit, const struct commit *commit)
{
    struct prospect prospect = {.standing = NULL};
    prospect.outcome = editions_judge(state_editions(visit->ledger->state), commit->notice->name,
                                      commit->sha256, &prospect.edition);
    return prospect;
}

struct prospect commit_foresee(const struct visit *visit, const struct commit *commit)
{
    struct arena *arena = visit->request->arena;
    if (commit->kind == RECORD_EDITION) return foresee_edition(visit, commit);
    const struct cell *cell =
        state_cell(visit->ledger->state, visit->peildatum->date, commit->organisation);
    const struct event *newest = cell_at(cell, state_now());
    struct prospect prospect = {.standing = newest == NULL ? NULL : newest->standing};
    const struct proposal proposal = {
        .kind = commit->kind,
        .content = commit->content,
        .sha256 = commit->sha256,
        .notice = commit->notice,
    };
    prospect.outcome = cell_judge(cell, &proposal, &prospect.holding);
    if (prospect.outcome != OUTCOME_UNCHANGED &&
        !precondition_holds(&commit->precondition, prospect.standing, arena))
        prospect.outcome = OUTCOME_LOST;
    return prospect;
}

static struct reply settled_reply(const struct visit *visit, const struct commit *commit,
                                  const struct prospect *prospect)
{
    const struct result result = {
        .ledger = visit->ledger,
        .kind = commit->kind,
        .peildatum = visit->peildatum == NULL ? (struct date){0} : visit->peildatum->date,
        .organisation = commit->organisation,
        .outcome = prospect->outcome,
        .event = prospect->holding,
        .standing = prospect->standing == NULL ? 0 : prospect->standing->number,
        .edition = prospect->edition,
    };
    return outcome_reply(&result, visit->request);
}

struct verdict commit_decide(const struct visit *visit, const struct commit *commit)
{
    const struct prospect prospect = commit_foresee(visit, commit);
    const bool settled = prospect.outcome == OUTCOME_UNCHANGED || prospect.outcome == OUTCOME_LOST;
    if (!visit->circumstance->writable && !(settled && visit->circumstance->synced))
        return verdict_reply(not_stored_reply());
    if (!settled) return append_verdict(visit, commit, prospect.standing);
    if (!visit->circumstance->synced)
        return (struct verdict){.kind = VERDICT_SYNC, .draft.ledger = visit_ledger(visit)};
    return verdict_reply(settled_reply(visit, commit, &prospect));
}

/* ---- settlement ---- */

static enum record_kind draft_kind(const struct draft *draft)
{
    struct record record = {0};
    record.fields[FIELD_KIND] = draft->fields[FIELD_KIND];
    return record_kind_of(&record);
}

/* The edition of that record; NULL if there is none. */
static const struct edition *find_edition(const struct state *state, struct record_id id)
{
    const struct editions *editions = state_editions(state);
    for (size_t i = 0; i < editions->count; i++) {
        if (record_id_compare(editions->items[i]->id, id) == 0) return editions->items[i];
    }
    return NULL;
}

static struct reply folded_reply(const struct desk *desk, const struct request *request,
                                 const struct draft *draft, const struct fate *fate)
{
    struct result result = {
        .ledger = desk_ledger(desk, draft->ledger),
        .kind = draft_kind(draft),
        .organisation = draft->fields[FIELD_ORGANISATION],
        .outcome = fate->outcome,
        .standing = fate->revision,
    };
    const struct state *state = result.ledger->state;
    if (state != NULL && result.kind == RECORD_EDITION)
        result.edition = find_edition(state, fate->about);
    else if (state != NULL && date_parse(draft->fields[FIELD_PEILDATUM], &result.peildatum))
        result.event =
            cell_event(state_cell(state, result.peildatum, result.organisation), fate->about);
    return outcome_reply(&result, request);
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
