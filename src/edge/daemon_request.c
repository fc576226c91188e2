/*
 * One request, from the server to the desk and back. Happy path: the desk gives a verdict and it is
 * carried out: answer, append and then answer, read on and ask again, look at the tokens and ask
 * again. The answer to what waits comes with the journal's callback, which always comes; without a
 * journal (the way down) it comes at once.
 */
#include "edge/daemon_private.h"
#include "edge/log.h"
#include "edge/process_facts.h"

#include <time.h>

/** A request that waits for the journal; lives in the request's arena. */
struct errand {
    struct daemon *daemon;
    struct exchange *exchange;
    const char *route;
    struct draft draft;
};

struct moment daemon_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (struct moment){.ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000};
}

static struct errand *new_errand(struct daemon *daemon, struct exchange *exchange,
                                 const struct verdict *verdict)
{
    struct errand *errand = arena_new(exchange_request(exchange)->arena, sizeof *errand);
    *errand = (struct errand){
        .daemon = daemon, .exchange = exchange, .route = verdict->route, .draft = verdict->draft};
    return errand;
}

/** Who did what to which, from where, and what came of it (BIO2 8.15); never what was sent. */
static void log_commit(const struct errand *errand, unsigned status)
{
    const struct slice *fields = errand->draft.fields;
    struct slice monitor = errand->daemon->desk.ledgers[errand->draft.ledger].monitor;
    struct slice origin = exchange_request(errand->exchange)->origin;
    struct slice kind = fields[FIELD_KIND], peildatum = fields[FIELD_PEILDATUM];
    struct slice organisation = fields[FIELD_ORGANISATION], by = fields[FIELD_BY];
    log_line(LOG_LEVEL_INFO,
             "commit action=%.*s monitor=%.*s peildatum=%.*s organisation=%.*s status=%u "
             "origin=%.*s by=\"%.*s\"",
             (int)kind.len, kind.ptr, (int)monitor.len, monitor.ptr, (int)peildatum.len,
             peildatum.ptr, (int)organisation.len, organisation.ptr, status, (int)origin.len,
             origin.ptr, (int)by.len, by.ptr);
}

static void on_settled(void *self, const struct settlement *settlement)
{
    const struct errand *errand = self;
    const struct request *request = exchange_request(errand->exchange);
    struct reply reply =
        desk_settle(&errand->daemon->desk, request, &errand->draft, settlement, daemon_now());
    log_commit(errand, reply.status);
    exchange_answer(errand->exchange, errand->route, &reply);
}

static void decide(struct daemon *daemon, struct exchange *exchange,
                   struct circumstance *circumstance);

/** What could not be read on to is decided as without Redis: the desk then waits for nothing. */
static void on_synced(void *self, bool ok)
{
    const struct errand *errand = self;
    const struct journal *journal = errand->daemon->journal;
    struct circumstance circumstance = {
        .now = daemon_now(),
        .writable = ok && journal && journal_writable(journal),
        .synced = ok,
        .fresh = true,
    };
    decide(errand->daemon, errand->exchange, &circumstance);
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

static struct verdict ask_desk(struct daemon *daemon, const struct request *request,
                               struct circumstance *circumstance)
{
    struct verdict verdict = desk_receive(&daemon->desk, request, circumstance);
    if (verdict.kind != VERDICT_ACCESS) return verdict;
    access_refresh(daemon);
    circumstance->fresh = true;
    return desk_receive(&daemon->desk, request, circumstance);
}

static void decide(struct daemon *daemon, struct exchange *exchange,
                   struct circumstance *circumstance)
{
    struct verdict verdict = ask_desk(daemon, exchange_request(exchange), circumstance);
    switch (verdict.kind) {
    case VERDICT_APPEND: append(new_errand(daemon, exchange, &verdict)); break;
    case VERDICT_SYNC: sync_log(new_errand(daemon, exchange, &verdict)); break;
    case VERDICT_REPLY:
    case VERDICT_ACCESS: exchange_answer(exchange, verdict.route, &verdict.reply); break;
    }
}

void request_receive(void *self, struct exchange *exchange)
{
    struct daemon *daemon = self;
    struct circumstance circumstance = {
        .now = daemon_now(),
        .writable = daemon->journal && journal_writable(daemon->journal),
    };
    /* One stat(2), so that a token that was taken away is gone at once. */
    if (exchange_request(exchange)->authorization.len > 0) access_refresh(daemon);
    if (slice_is(exchange_request(exchange)->path, "/metrics"))
        daemon->meter.process = process_facts_read();
    decide(daemon, exchange, &circumstance);
}
