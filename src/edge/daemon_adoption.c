/*
 * Our definitions onto the log (docs/decisions/0005). Happy path: once a log has been replayed, the
 * rulebook in force there is compared with ours, and a `definitie` record is appended where they
 * differ; then the desk may see the state, and when it sees all of them we are ready. An append
 * that Redis does not take, or of which nobody knows what came, is not repeated: a little later the
 * two are compared again. Another instance may bring another rulebook at any time: the newest
 * counts, and we do not insist until the next start or reload.
 */
#include "edge/daemon_private.h"
#include "edge/log.h"

#include "base/memory.h"

enum { RETRY_MS = 500 };

static struct ledger *ledger_of(const struct adoption *adoption)
{
    return &adoption->daemon->desk.ledgers[adoption->ledger];
}

static void take_canonical(struct adoption *adoption, const struct rulebook *rulebook)
{
    text_clear(&adoption->canonical);
    text_put(&adoption->canonical, rulebook->canonical);
    adoption->wanted = true;
}

void adoption_init(struct daemon *daemon)
{
    size_t count = daemon->loaded.rulebook_count;
    daemon->desk.ledgers = memory_new(count * sizeof *daemon->desk.ledgers);
    daemon->desk.ledger_count = count;
    daemon->adoptions = memory_new(count * sizeof *daemon->adoptions);
    for (size_t at = 0; at < count; at++) {
        const struct rulebook *rulebook = daemon->loaded.rulebooks[at];
        daemon->desk.ledgers[at].monitor = rulebook->monitor.id;
        daemon->adoptions[at] = (struct adoption){.daemon = daemon, .ledger = at};
        take_canonical(&daemon->adoptions[at], rulebook);
    }
}

void adoption_done(struct daemon *daemon)
{
    for (size_t at = 0; at < daemon->desk.ledger_count; at++)
        text_done(&daemon->adoptions[at].canonical);
    memory_free(daemon->adoptions);
    memory_free(daemon->desk.ledgers);
}

void adoption_announce(struct daemon *daemon)
{
    bool busy = false;
    if (daemon->phase != PHASE_SERVING) return;
    for (size_t at = 0; at < daemon->desk.ledger_count; at++) {
        const struct state *state = daemon->desk.ledgers[at].state;
        busy = busy || daemon->adoptions[at].in_flight;
        if (!daemon->ready && (!state || !state_rulebook(state, state_now(), NULL))) return;
    }
    if (busy || (daemon->ready && !daemon->reloading)) return;
    if (!daemon->ready)
        log_line(LOG_LEVEL_NOTICE, "gimon %s ready: %s", GIMON_VERSION,
                 server_address(daemon->server));
    daemon->ready = true;
    daemon->reloading = false;
    notify_ready(server_address(daemon->server));
}

static void expose(struct adoption *adoption)
{
    adoption->tried = true;
    ledger_of(adoption)->state = adoption->state;
    adoption_announce(adoption->daemon);
}

static bool is_in_force(const struct adoption *adoption)
{
    const struct rulebook *rulebook = state_rulebook(adoption->state, state_now(), NULL);
    return rulebook && slice_equal(rulebook->canonical, text_slice(&adoption->canonical));
}

static void try_one(struct adoption *adoption);
static void try_all(struct daemon *daemon);

static void on_retry(uv_timer_t *timer)
{
    try_all(timer->data);
}

static void on_settled(void *self, const struct settlement *settlement)
{
    struct adoption *adoption = self;
    struct daemon *daemon = adoption->daemon;
    struct slice monitor = ledger_of(adoption)->monitor;
    bool stored = settlement->kind == SETTLED_FOLDED;
    adoption->in_flight = false;
    log_line(stored ? LOG_LEVEL_NOTICE : LOG_LEVEL_WARNING, "definitions are %s monitor=%.*s",
             stored ? "in force" : "not on the log yet, those of before stay in force",
             (int)monitor.len, monitor.ptr);
    expose(adoption);
    if (stored) {
        try_one(adoption); /* a reload may have come in between */
        return;
    }
    adoption->wanted = true;
    if (daemon->phase == PHASE_SERVING) uv_timer_start(&daemon->retry, on_retry, RETRY_MS, 0);
}

static void append(struct adoption *adoption)
{
    struct slice canonical = text_slice(&adoption->canonical);
    struct digest digest = digest_of(canonical);
    struct text hex = {0};
    digest_put(&hex, &digest);
    struct draft draft = {.ledger = adoption->ledger};
    draft.fields[FIELD_KIND] = slice_of(record_kind_text(RECORD_DEFINITION));
    draft.fields[FIELD_BY] = slice_of("gimon");
    draft.fields[FIELD_DIGEST] = text_slice(&hex);
    draft.fields[FIELD_CONTENT] = canonical;
    adoption->in_flight = true;
    journal_append(adoption->daemon->journal, &draft, on_settled, adoption);
    text_done(&hex);
}

static void try_one(struct adoption *adoption)
{
    const struct journal *journal = adoption->daemon->journal;
    if (!adoption->state || !adoption->wanted || adoption->in_flight) return;
    if (!journal || !journal_writable(journal)) return;
    adoption->wanted = false;
    if (is_in_force(adoption))
        expose(adoption);
    else
        append(adoption);
}

static void try_all(struct daemon *daemon)
{
    if (daemon->phase != PHASE_SERVING) return;
    for (size_t at = 0; at < daemon->desk.ledger_count; at++)
        try_one(&daemon->adoptions[at]);
}

void adoption_renew(struct daemon *daemon, const struct loaded *loaded)
{
    for (size_t at = 0; at < daemon->desk.ledger_count; at++)
        take_canonical(&daemon->adoptions[at], loaded->rulebooks[at]);
    try_all(daemon);
    /* Without Redis the reload is done too: the definitions follow when it is back. */
    adoption_announce(daemon);
}

void adoption_on_state(void *self, size_t ledger, const struct state *state)
{
    struct daemon *daemon = self;
    struct adoption *adoption = &daemon->adoptions[ledger];
    adoption->state = state;
    adoption->wanted = true;
    if (adoption->tried) expose(adoption);
    try_all(daemon);
}

void adoption_on_writable(void *self, bool writable)
{
    struct daemon *daemon = self;
    log_line(writable ? LOG_LEVEL_NOTICE : LOG_LEVEL_WARNING,
             writable ? "Redis takes commits" : "Redis takes no commits, deliveries get 503");
    if (writable) try_all(daemon);
}

void adoption_forget_states(struct daemon *daemon)
{
    for (size_t at = 0; at < daemon->desk.ledger_count; at++) {
        daemon->adoptions[at].state = NULL;
        daemon->desk.ledgers[at].state = NULL;
    }
}
