/*
 * What every step and handler does with a visit: refuse, note what is wrong, answer with an ETag,
 * and say nothing new to who has it already (304).
 */
#include "desk/visit.h"

#include "base/utf8.h"
#include "desk/etag.h"
#include "desk/headers.h"

size_t visit_ledger(const struct visit *visit)
{
    return visit->ledger->number;
}

const struct ledger *desk_ledger(const struct desk *desk, size_t number)
{
    for (size_t i = 0; i < desk->ledger_count; i++) {
        if (desk->ledgers[i].number == number) return &desk->ledgers[i];
    }
    return NULL;
}

struct verdict verdict_reply(struct reply reply)
{
    return (struct verdict){.kind = VERDICT_REPLY, .reply = reply};
}

struct verdict visit_refuse(const struct visit *visit, enum problem problem, const char *detail)
{
    const struct findings *findings = visit->findings.count > 0 ? &visit->findings : NULL;
    return verdict_reply(problem_reply(problem, detail, findings));
}

/* A value as findings show it. What is no text is not shown: answers are UTF-8. */
static struct slice readable(struct slice value, const char *otherwise)
{
    return utf8_valid(value) ? value : slice_of(otherwise);
}

void visit_find(struct visit *visit, struct finding finding)
{
    finding.severity = SEVERITY_ERROR;
    finding.found = readable(finding.found, "");
    finding.place = readable(finding.place, "?");
    findings_add(&visit->findings, &finding);
}

struct reply visit_answer(struct slice etag, const char *content_type)
{
    struct reply reply = {.status = 200, .content_type = content_type};
    reply_add_header(&reply, "ETag", etag);
    return reply;
}

struct date visit_today(const struct visit *visit)
{
    return moment_to_date(visit->past ? record_id_moment(visit->known) : visit->circumstance->now);
}

/* Figures are answered from memory, also while Redis is away. */
struct reply visit_figures(const struct visit *visit, struct slice etag, const char *content_type)
{
    struct reply reply = visit_answer(etag, content_type);
    const struct record_id last = state_last_at(visit->ledger->state, visit->known, NULL);
    const struct moment newest = record_id_moment(last);
    reply_add_header(&reply, "Last-Modified", headers_date(newest, visit->request->arena));
    return reply;
}

const struct rendering *visit_rendering(const struct visit *visit)
{
    switch (visit->format) {
    case FORMAT_CSV: return &render_csv;
    case FORMAT_MARKDOWN: return &render_markdown;
    case FORMAT_HTML: return &render_html;
    case FORMAT_JSON:
    case FORMAT_XLSX: /* is a book, not a text */
    case FORMAT_PROMETHEUS:
    case FORMAT_OPENMETRICS:
    case FORMAT_COUNT: break;
    }
    return &render_json;
}

enum { ETAG_DIGITS = 16 };

/* An entity-tag of a digest's first digits and what tells answers made from the same log apart. */
static struct slice print_etag(const struct digest *digest, const char *form, struct slice eyes,
                               struct arena *arena)
{
    struct text hex;
    text_init(&hex);
    digest_put(&hex, digest);
    const struct slice etag = arena_print(arena, "\"%.*s-%s%.*s\"", (int)ETAG_DIGITS, hex.ptr, form,
                                          (int)eyes.len, eyes.len > 0 ? eyes.ptr : "");
    text_done(&hex);
    return etag;
}

/* Who sees what the others do not: the role, and of a GI its organisations. */
static struct slice eyes_of(const struct visit *visit)
{
    struct arena *arena = visit->request->arena;
    struct slice eyes = arena_print(arena, "-%s", role_id(visit->role));
    if (visit->role != ROLE_GI) return eyes;
    for (size_t i = 0; i < visit->token->organisation_count; i++) {
        const struct slice organisation = visit->token->organisations[i];
        eyes = arena_print(arena, "%.*s-%.*s", (int)eyes.len, eyes.ptr, (int)organisation.len,
                           organisation.ptr);
    }
    return eyes;
}

/*
 * What makes an answer about the past another one: the edition, and texts taken out since. What is
 * shown to all has no texts, and does not tell how often that was done.
 */
static struct slice past_of(const struct visit *visit)
{
    struct arena *arena = visit->request->arena;
    const uint64_t redactions = state_redactions(visit->ledger->state);
    struct slice past = slice_of("");
    if (visit->past && !visit->shown && redactions > 0)
        past = arena_print(arena, "-r%llu", (unsigned long long)redactions);
    if (visit->asked == NULL) return past;
    return arena_print(arena, "%s-%s-%.*s", past.ptr, visit->shown ? "o" : "e",
                       (int)visit->asked->name.len, visit->asked->name.ptr);
}

/* By which version and by whose lines: what the question asks besides its subjects. */
static struct slice perspective_of(const struct visit *visit)
{
    const struct question *question = &visit->question;
    const char *today = question->today ? "-huidig" : "";
    if (question->version == 0) return slice_of(today);
    return arena_print(visit->request->arena, "%s-d%u", today, question->version);
}

struct slice visit_etag(const struct visit *visit, bool by_role)
{
    struct arena *arena = visit->request->arena;
    const char *word = format_word(visit->format);
    const char *language = visit->language == LANGUAGE_DUTCH ? "-nl" : "";
    const struct slice eyes = by_role ? eyes_of(visit) : (struct slice){0};
    const struct slice form = arena_print(arena, "%s%s%s%s", word, language, past_of(visit).ptr,
                                          perspective_of(visit).ptr);
    struct digest head;
    (void)state_last_at(visit->ledger->state, visit->known, &head);
    if (visit->shown && visit->asked != NULL) head = visit->asked->head; /* and those before it */
    return print_etag(&head, form.ptr, eyes, arena);
}

/* Which record brought the definition that is in force at `known`. */
static void put_since(struct text *text, const struct ledger *ledger, struct record_id known)
{
    struct record_id since = {0};
    (void)state_rulebook(ledger->state, known, &since);
    text_put(text, ledger->monitor);
    text_putc(text, ' ');
    record_id_put(text, since);
    text_putc(text, '\n');
}

struct slice visit_digest_etag(const struct visit *visit, const struct digest *digest)
{
    return print_etag(digest, format_word(visit->format), (struct slice){0}, visit->request->arena);
}

struct slice visit_definition_etag(const struct visit *visit)
{
    const struct desk *desk = visit->desk;
    struct text text;
    text_init(&text);
    if (visit->ledger != NULL) put_since(&text, visit->ledger, visit->known);
    for (size_t i = 0; visit->ledger == NULL && i < desk->ledger_count; i++)
        put_since(&text, &desk->ledgers[i], visit->known);
    const struct digest digest = digest_of(text_slice(&text));
    text_done(&text);
    return visit_digest_etag(visit, &digest);
}

bool visit_has(const struct visit *visit, struct slice etag, struct verdict *ret_verdict)
{
    const struct request *request = visit->request;
    struct etags known;
    if (request->if_none_match.len == 0) return false;
    if (!etags_parse(request->if_none_match, request->arena, &known)) return false;
    if (!etags_match_weak(&known, etag)) return false;
    struct reply reply = visit_answer(etag, NULL);
    reply.status = 304;
    *ret_verdict = verdict_reply(reply);
    return true;
}

bool ledger_ready(const struct ledger *ledger)
{
    return ledger->state != NULL && state_rulebook(ledger->state, state_now(), NULL) != NULL;
}

bool desk_ready(const struct desk *desk)
{
    for (size_t i = 0; i < desk->ledger_count; i++) {
        if (!ledger_ready(&desk->ledgers[i])) return false;
    }
    return true;
}

const struct rulebook *desk_newest_rulebook(const struct desk *desk)
{
    const struct rulebook *newest = NULL;
    struct record_id newest_since = {0};
    for (size_t i = 0; i < desk->ledger_count; i++) {
        struct record_id since = {0};
        if (desk->ledgers[i].state == NULL) continue;
        const struct rulebook *rulebook =
            state_rulebook(desk->ledgers[i].state, state_now(), &since);
        if (rulebook == NULL) continue;
        if (newest != NULL && record_id_compare(since, newest_since) <= 0) continue;
        newest = rulebook;
        newest_since = since;
    }
    return newest;
}
