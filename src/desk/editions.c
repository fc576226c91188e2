/*
 * Editions: figures frozen and named, looked up, and held against what was printed. What an analyst
 * says of one is read strictly; a place on the log that is given as a moment becomes the record it
 * means, so that the log never depends on a clock. Without one, the edition goes up to its own
 * record: the log's order decides what it holds, and sending it again is the same edition.
 */
#include "codec/notice_json.h"
#include "codec/render_edition.h"
#include "codec/render_reconciliation.h"
#include "core/finding_code.h"
#include "core/known.h"
#include "desk/commit.h"
#include "desk/handlers.h"
#include "desk/opening.h"

/* ---- making one ---- */

static void find_bad(struct visit *visit, struct slice place, struct slice found,
                     const char *message)
{
    visit_find(visit, (struct finding){.code = finding_code_id(CODE_BAD_VALUE),
                                       .place = place,
                                       .found = found,
                                       .message = slice_of(message)});
}

/* Up to where the edition goes; NULL rulebook where that is nowhere. */
static const struct rulebook *find_place(struct visit *visit, struct notice *notice)
{
    const struct state *state = visit->ledger->state;
    const struct slice place = slice_of("/bekendOp");
    struct record_id known;
    if (notice->known.len == 0) return visit->rulebook;
    notice->known = arena_copy(visit->request->arena, notice->known);
    const enum known_answer answer =
        known_parse(state, notice->known, visit->circumstance->now, &known);
    const struct rulebook *rulebook =
        answer == KNOWN_OK ? state_rulebook(state, known, NULL) : NULL;
    if (answer == KNOWN_NOTHING)
        find_bad(visit, place, notice->known,
                 "Dit is geen moment en geen kenmerk; schrijf 2024-10-14T09:30:00Z of het kenmerk "
                 "van een ontvangstbewijs.");
    else if (answer == KNOWN_FUTURE)
        find_bad(visit, place, notice->known, "Dit moment is nog niet geweest.");
    else if (rulebook == NULL)
        find_bad(visit, place, notice->known, "Hier staat op het logboek van deze monitor niets.");
    if (rulebook == NULL) return NULL;
    struct text text;
    text_init(&text);
    record_id_put(&text, state_last_at(state, known, NULL));
    notice->known = text_keep(&text, visit->request->arena);
    return rulebook;
}

static void check_peildata(struct visit *visit, const struct notice *notice,
                           const struct rulebook *rulebook)
{
    struct arena *arena = visit->request->arena;
    for (size_t i = 0; i < notice->peildatum_count; i++) {
        struct text found;
        if (monitor_find_peildatum(&rulebook->monitor, notice->peildata[i]) != NULL) continue;
        text_init(&found);
        date_put(&found, notice->peildata[i]);
        find_bad(visit, slice_of("/peildata"), text_keep(&found, arena),
                 "Deze monitor had deze peildatum toen niet.");
    }
}

static struct slice canonical_content(const struct notice *notice, struct arena *arena)
{
    struct text text;
    text_init(&text);
    notice_json_write(&text, notice);
    return text_keep(&text, arena);
}

struct verdict edition_post(struct visit *visit)
{
    struct notice *notice =
        notice_json_read(RECORD_EDITION, visit->request->body, &visit->findings);
    const struct rulebook *rulebook = visit->findings.count > 0 ? NULL : find_place(visit, notice);
    if (rulebook != NULL) check_peildata(visit, notice, rulebook);
    if (visit->findings.count > 0) {
        notice_free(notice);
        return visit_refuse(visit, PROBLEM_BAD_BODY,
                            "Er is niets bewaard. Hieronder staat wat er te verbeteren is.");
    }
    struct arena *arena = visit->request->arena;
    struct commit commit = {.kind = RECORD_EDITION, .notice = notice};
    commit_set_content(&commit, canonical_content(notice, arena), arena);
    const struct verdict verdict = commit_decide(visit, &commit);
    notice_free(notice);
    return verdict;
}

/* ---- looking at them ---- */

/* Who made it and what was said of it is for those who make them. */
static enum edition_detail detail_for(const struct visit *visit)
{
    return visit->role == ROLE_ANALYST ? EDITION_WHOLE : EDITION_PUBLIC;
}

/*
 * Who is not told who made an edition is not told either, by a tag, that something was put on the
 * log since: without its words an edition never changes.
 */
static struct slice edition_etag(const struct visit *visit, const struct edition *edition)
{
    const struct digest none = {0};
    if (detail_for(visit) == EDITION_WHOLE) return visit_etag(visit, true);
    return visit_digest_etag(visit, edition == NULL ? &none : &edition->head);
}

struct verdict edition_list(struct visit *visit)
{
    const struct slice etag = edition_etag(visit, opening_newest(visit->ledger));
    struct verdict verdict;
    if (visit_has(visit, etag, &verdict)) return verdict;
    struct reply reply = visit_answer(etag, format_media_type(FORMAT_JSON));
    render_editions_json(&reply.body, state_editions(visit->ledger->state), visit->ledger->monitor,
                         detail_for(visit));
    return verdict_reply(reply);
}

static struct verdict refuse_unknown(const struct visit *visit)
{
    return visit_refuse(visit, PROBLEM_NOT_FOUND, "Deze monitor heeft deze editie niet.");
}

struct verdict edition_get(struct visit *visit)
{
    struct verdict verdict;
    if (visit->edition == NULL) return refuse_unknown(visit);
    const struct slice etag = edition_etag(visit, visit->edition);
    if (visit_has(visit, etag, &verdict)) return verdict;
    struct reply reply = visit_answer(etag, format_media_type(FORMAT_JSON));
    render_edition_json(&reply.body, visit->edition, visit->ledger->monitor, detail_for(visit));
    return verdict_reply(reply);
}

/* ---- against what was printed ---- */

static struct reply reconciliation_reply(const struct visit *visit, struct slice etag)
{
    const struct reconciliation reconciliation = reconciliation_answer(
        visit->ledger->state, visit->edition, visit->known, visit->request->arena);
    const struct rendering *rendering = visit_rendering(visit);
    struct reply reply = visit_figures(visit, etag, rendering->content_type);
    if (visit->format == FORMAT_CSV)
        render_reconciliation_csv(&reply.body, &reconciliation, visit->language);
    else if (visit->format == FORMAT_MARKDOWN)
        render_reconciliation_markdown(&reply.body, &reconciliation);
    else
        render_reconciliation_json(&reply.body, &reconciliation);
    return reply;
}

struct verdict edition_reconcile(struct visit *visit)
{
    const struct slice etag = visit_etag(visit, false);
    struct verdict verdict;
    if (visit->edition == NULL) return refuse_unknown(visit);
    if (visit_has(visit, etag, &verdict)) return verdict;
    return verdict_reply(reconciliation_reply(visit, etag));
}
