/*
 * One request, from the server to the desk and back. Happy path: it is counted, the desk gives a
 * verdict and it is carried out: answer, append and then answer, read on and ask again, have it
 * decided what may be shown and ask again, or have a book written and answer with that. The answer
 * to what waits comes with the journal's, the decision's or the book's callback, which always
 * comes; without a journal (the way down) it comes at once. What wanted to change something leaves
 * a line in the log, whatever came of it.
 */
#include "desk/audit.h"
#include "edge/clock.h"
#include "edge/daemon_private.h"
#include "edge/log.h"
#include "edge/process_facts.h"

/** So long the facts of the process may be old. */
enum { PROCESS_FACTS_MS = 20 };

/** A request on its way; lives in the request's arena. */
struct errand {
    struct daemon *daemon;
    struct exchange *exchange;
    struct admission admission;
    const char *route;
    struct deed deed;
    struct draft draft;
    struct reply reply; /**< to which a book is being written */
    struct waiter waiter;
};

/** Where the append has ended, if there was one. */
static void log_audit(const struct errand *errand, unsigned status,
                      const struct settlement *settlement)
{
    if (!audit_wanted(errand->deed.method)) return;
    const bool done = status >= 200 && status < 300;
    struct audit audit = {
        .time = clock_now(),
        .action = method_text(errand->deed.method),
        .object = errand->deed.object,
        .result = done ? AUDIT_ACCEPTED : AUDIT_REFUSED,
        .status = status,
        .origin = errand->admission.origin,
        .role = errand->deed.role,
        .actor = errand->deed.actor,
    };
    struct text record = {0}, line = {0};
    if (settlement) audit.event = errand->draft.fields[FIELD_KIND];
    if (settlement && settlement->kind == SETTLED_FOLDED) record_id_put(&record, settlement->id);
    if (settlement && settlement->kind == SETTLED_UNKNOWN) audit.result = AUDIT_UNKNOWN;
    audit.record = text_slice(&record);
    audit_put(&line, &audit);
    log_always("%.*s", (int)line.len, line.ptr);
    text_done(&record);
    text_done(&line);
}

static void answer(struct errand *errand, struct reply *reply, const struct settlement *settlement)
{
    struct arena *arena = exchange_request(errand->exchange)->arena;
    admission_add_headers(reply, &errand->admission, arena);
    log_audit(errand, reply->status, settlement);
    exchange_answer(errand->exchange, errand->route, reply);
}

static void on_settled(void *self, const struct settlement *settlement)
{
    struct errand *errand = self;
    const struct request *request = exchange_request(errand->exchange);
    struct reply reply =
        desk_settle(&errand->daemon->desk, request, &errand->draft, settlement, clock_now());
    answer(errand, &reply, settlement);
}

static void decide(struct errand *errand, const struct circumstance *circumstance);

/** What could not be read on to is decided as without Redis: the desk then waits for nothing. */
static void on_synced(void *self, bool ok)
{
    struct errand *errand = self;
    const struct journal *journal = errand->daemon->journal;
    const struct circumstance circumstance = {
        .now = clock_now(),
        .writable = ok && journal && journal_writable(journal),
        .synced = ok,
        .admission = &errand->admission,
    };
    decide(errand, &circumstance);
}

static void append(struct errand *errand)
{
    const struct settlement refused = {.kind = SETTLED_REFUSED};
    struct journal *journal = errand->daemon->journal;
    if (journal)
        journal_append(journal, &errand->draft, on_settled, errand);
    else
        on_settled(errand, &refused);
}

static void sync_log(struct errand *errand)
{
    struct journal *journal = errand->daemon->journal;
    if (journal)
        journal_sync(journal, errand->draft.ledger, on_synced, errand);
    else
        on_synced(errand, false);
}

static void on_book(void *self, struct text *bytes)
{
    struct errand *errand = self;
    struct reply reply = desk_bind(exchange_request(errand->exchange), &errand->reply, bytes);
    answer(errand, &reply, NULL);
}

/** What could not be shown before can be now, or the next step to it be taken. */
static void on_shown(void *self, bool late)
{
    struct errand *errand = self;
    const struct journal *journal = errand->daemon->journal;
    const struct circumstance circumstance = {
        .now = clock_now(),
        .writable = journal && journal_writable(journal),
        .impatient = late,
        .admission = &errand->admission,
    };
    decide(errand, &circumstance);
}

static void decide(struct errand *errand, const struct circumstance *circumstance)
{
    const struct request *request = exchange_request(errand->exchange);
    struct verdict verdict = desk_receive(&errand->daemon->desk, request, circumstance);
    errand->route = verdict.route;
    errand->deed = verdict.deed;
    errand->draft = verdict.draft;
    switch (verdict.kind) {
    case VERDICT_APPEND: append(errand); break;
    case VERDICT_SYNC: sync_log(errand); break;
    case VERDICT_REPLY: answer(errand, &verdict.reply, NULL); break;
    case VERDICT_SHOW: show_order(errand->daemon, &verdict, &errand->waiter); break;
    case VERDICT_BOOK:
        errand->reply = verdict.reply;
        book_order(errand->daemon, verdict.book, request->arena, on_book, errand);
        break;
    }
}

/** Reading /proc takes as long as all the rest of a scrape: who asks at once is told the same. */
static void refresh_process_facts(struct daemon *daemon)
{
    const uint64_t now = uv_now(&daemon->loop);
    if (daemon->process_read_at > 0 && now - daemon->process_read_at < PROCESS_FACTS_MS) return;
    daemon->process_read_at = now;
    daemon->meter.process = process_facts_read();
}

void request_receive(void *self, struct exchange *exchange)
{
    struct daemon *daemon = self;
    const struct request *request = exchange_request(exchange);
    struct errand *errand = arena_new(request->arena, sizeof *errand);
    const struct circumstance circumstance = {
        .now = clock_now(),
        .writable = daemon->journal && journal_writable(daemon->journal),
        .admission = &errand->admission,
    };
    if (request->authorization.len > 0) access_refresh(daemon);
    *errand = (struct errand){
        .daemon = daemon, .exchange = exchange, .waiter = {.decided = on_shown, .self = errand}};
    errand->admission = desk_admit(&daemon->desk, daemon->tallies, request, circumstance.now);
    if (slice_is(request->path, "/metrics")) refresh_process_facts(daemon);
    decide(errand, &circumstance);
}
