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

/* The desk's ledger of an adoption; NULL while it does not have it. */
static struct ledger *ledger_of(const struct adoption *adoption)
{
    struct desk *desk = &adoption->daemon->desk;
    for (size_t at = 0; at < desk->ledger_count; at++)
        if (desk->ledgers[at].number == adoption->ledger) return &desk->ledgers[at];
    return NULL;
}

/* Gives the desk one more ledger, at its place in the order of ids. */
static struct ledger *add_ledger(const struct adoption *adoption)
{
    struct daemon *daemon = adoption->daemon;
    struct desk *desk = &daemon->desk;
    size_t at = desk->ledger_count;
    desk->ledgers = memory_room(desk->ledgers, at, &daemon->ledger_room, sizeof *desk->ledgers);
    for (; at > 0 && slice_compare(desk->ledgers[at - 1].monitor, adoption->monitor) > 0; at--)
        desk->ledgers[at] = desk->ledgers[at - 1];
    desk->ledgers[at] = (struct ledger){
        .monitor = adoption->monitor,
        .number = adoption->ledger,
        .showings = show_showings(adoption->show),
    };
    desk->ledger_count++;
    return &desk->ledgers[at];
}

static void take_canonical(struct adoption *adoption, const struct rulebook *rulebook)
{
    text_clear(&adoption->canonical);
    text_put(&adoption->canonical, rulebook->canonical);
    adoption->wanted = true;
}

static struct adoption *add_adoption(struct daemon *daemon, const struct rulebook *rulebook)
{
    const size_t number = daemon->adoption_count;
    struct adoption *adoption = memory_new(sizeof *adoption);
    *adoption = (struct adoption){
        .daemon = daemon,
        .ledger = number,
        .monitor = arena_copy(&daemon->loaded.arena, rulebook->monitor.id),
        .show = show_new(daemon, number),
    };
    daemon->adoptions =
        memory_room(daemon->adoptions, number, &daemon->adoption_room, sizeof(struct adoption *));
    daemon->adoptions[number] = adoption;
    daemon->adoption_count++;
    return adoption;
}

void adoption_init(struct daemon *daemon)
{
    for (size_t at = 0; at < daemon->loaded.rulebook_count; at++) {
        struct adoption *adoption = add_adoption(daemon, daemon->loaded.rulebooks[at]);
        take_canonical(adoption, daemon->loaded.rulebooks[at]);
        add_ledger(adoption);
    }
}

void adoption_done(struct daemon *daemon)
{
    for (size_t at = 0; at < daemon->adoption_count; at++) {
        text_done(&daemon->adoptions[at]->canonical);
        show_free(daemon->adoptions[at]->show);
        memory_free(daemon->adoptions[at]);
    }
    memory_free(daemon->adoptions);
    memory_free(daemon->desk.ledgers);
}

static bool has_rulebook(const struct state *state)
{
    return state && state_rulebook(state, state_now(), NULL);
}

/* Something is still to come of it, and will: Redis takes commits. */
static bool is_on_its_way(const struct adoption *adoption)
{
    const struct journal *journal = adoption->daemon->journal;
    return adoption->in_flight || (!ledger_of(adoption) && journal && journal_writable(journal));
}

void adoption_announce(struct daemon *daemon)
{
    bool busy = false;
    if (daemon->phase != PHASE_SERVING) return;
    for (size_t at = 0; at < daemon->desk.ledger_count; at++)
        if (!daemon->ready && !has_rulebook(daemon->desk.ledgers[at].state)) return;
    for (size_t at = 0; at < daemon->adoption_count; at++)
        busy = busy || is_on_its_way(daemon->adoptions[at]);
    if (busy || (daemon->ready && !daemon->reloading)) return;
    if (!daemon->ready)
        log_line(LOG_LEVEL_NOTICE, "gimon %s ready: %s", GIMON_VERSION,
                 server_address(daemon->server));
    daemon->ready = true;
    daemon->reloading = false;
    notify_ready(server_address(daemon->server));
}

/* The desk has a monitor that was added once there is something to say of it: until then its path
 * is unknown, and nobody else waits for it. */
static struct ledger *join(const struct adoption *adoption)
{
    if (!has_rulebook(adoption->state)) return NULL;
    log_line(LOG_LEVEL_NOTICE, "a monitor was added monitor=%.*s", (int)adoption->monitor.len,
             adoption->monitor.ptr);
    return add_ledger(adoption);
}

static void expose(struct adoption *adoption)
{
    struct ledger *ledger = ledger_of(adoption);
    adoption->tried = true;
    if (!ledger) ledger = join(adoption);
    if (ledger) ledger->state = adoption->state;
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
    struct slice monitor = adoption->monitor;
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
    for (size_t at = 0; at < daemon->adoption_count; at++)
        try_one(daemon->adoptions[at]);
}

static struct adoption *find(const struct daemon *daemon, struct slice monitor)
{
    for (size_t at = 0; at < daemon->adoption_count; at++)
        if (slice_equal(daemon->adoptions[at]->monitor, monitor)) return daemon->adoptions[at];
    return NULL;
}

bool adoption_covers(const struct daemon *daemon, const struct loaded *loaded,
                     struct slice *ret_gone)
{
    for (size_t at = 0; at < daemon->adoption_count; at++) {
        const struct slice monitor = daemon->adoptions[at]->monitor;
        size_t other = 0;
        while (other < loaded->rulebook_count &&
               !slice_equal(loaded->rulebooks[other]->monitor.id, monitor))
            other++;
        if (other < loaded->rulebook_count) continue;
        *ret_gone = monitor;
        return false;
    }
    return true;
}

/* The journal numbers monitors as they come, as we do. */
static struct adoption *follow(struct daemon *daemon, const struct rulebook *rulebook)
{
    struct adoption *adoption = add_adoption(daemon, rulebook);
    adoption->ledger = journal_add(daemon->journal, adoption->monitor);
    return adoption;
}

void adoption_renew(struct daemon *daemon, const struct loaded *loaded)
{
    for (size_t at = 0; at < loaded->rulebook_count; at++) {
        const struct rulebook *rulebook = loaded->rulebooks[at];
        struct adoption *adoption = find(daemon, rulebook->monitor.id);
        take_canonical(adoption ? adoption : follow(daemon, rulebook), rulebook);
    }
    try_all(daemon);
    /* Without Redis the reload is done too: the definitions follow when it is back. */
    adoption_announce(daemon);
}

void adoption_on_state(void *self, size_t ledger, const struct state *state)
{
    struct daemon *daemon = self;
    struct adoption *adoption = daemon->adoptions[ledger];
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
    if (writable)
        try_all(daemon);
    else
        adoption_announce(daemon);
}

void adoption_forget_states(struct daemon *daemon)
{
    for (size_t at = 0; at < daemon->adoption_count; at++)
        daemon->adoptions[at]->state = NULL;
    for (size_t at = 0; at < daemon->desk.ledger_count; at++)
        daemon->desk.ledgers[at].state = NULL;
}
