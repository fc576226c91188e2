/*
 * What the public may see of an edition, decided away from the loop: it is a matter of solving
 * inequalities, and a table of many regions has many. Happy path: a timer sees an edition that has
 * not been decided about, the deliveries are laid out in the loop, a thread of libuv's pool decides
 * about one edition on one peildatum, the loop keeps what it decided and goes on with the next. Who
 * asks before that waits, and asks again after each step. The thread sees its task and nothing else
 * of ours. One decision a log at a time; each is made once.
 *
 * Nobody waits for long: whoever has waited PATIENCE_MS is told that it is not decided yet.
 */
#include "desk/opening.h"
#include "edge/daemon_private.h"

#include "base/memory.h"

enum { LOOK_MS = 100, PATIENCE_MS = 1000 };

struct show {
    uv_work_t work;
    struct daemon *daemon;
    size_t number; /**< of the ledger */
    struct showings *showings;
    struct showing_task *task; /**< NULL: nothing is being decided */
    struct waiter *first, *last;
};

struct show *show_new(struct daemon *daemon, size_t number)
{
    struct show *show = memory_new(sizeof *show);
    show->daemon = daemon;
    show->number = number;
    show->showings = showings_new();
    show->work.data = show;
    return show;
}

void show_free(struct show *show)
{
    showings_free(show->showings);
    memory_free(show);
}

struct showings *show_showings(const struct show *show)
{
    return show->showings;
}

bool show_busy(const struct daemon *daemon)
{
    for (size_t at = 0; at < daemon->adoption_count; at++)
        if (daemon->adoptions[at]->show->first) return true;
    return false;
}

static void append(struct show *show, struct waiter *waiter)
{
    waiter->next = NULL;
    if (show->last)
        show->last->next = waiter;
    else
        show->first = waiter;
    show->last = waiter;
}

/** In a thread of the pool. */
static void on_work(uv_work_t *work)
{
    const struct show *show = work->data;
    showing_task_run(show->task);
}

/** Takes all who wait before it calls them: who asks again may wait again. */
static void call_waiters(struct show *show)
{
    struct waiter *waiter = show->first;
    show->first = show->last = NULL;
    while (waiter) {
        struct waiter *next = waiter->next; /* its request may end with the call */
        waiter->decided(waiter->self, false);
        waiter = next;
    }
}

static void on_done(uv_work_t *work, int status);

/** Begins with the next task, unless one is under way or there is none. */
static void start(struct show *show, const struct edition *edition)
{
    const struct ledger *ledger = desk_ledger(&show->daemon->desk, show->number);
    if (show->task || !ledger || !ledger->state) return;
    show->task = showings_begin(show->showings, ledger->state, edition);
    if (show->task) uv_queue_work(&show->daemon->loop, &show->work, on_work, on_done);
}

/** The newest edition is what is asked for, if anybody asks. */
static void start_newest(struct show *show)
{
    const struct daemon *daemon = show->daemon;
    const struct ledger *ledger = desk_ledger(&daemon->desk, show->number);
    if (daemon->phase != PHASE_SERVING || daemon->desk.open != OPEN_ALL) return;
    if (!ledger || !ledger->state) return;
    const struct edition *newest = opening_newest(ledger);
    if (newest) start(show, newest);
}

static void on_done(uv_work_t *work, int status)
{
    struct show *show = work->data;
    (void)status; /* nobody cancels */
    showings_end(show->showings, show->task);
    show->task = NULL;
    call_waiters(show);
    start_newest(show);
}

/** Who waits again keeps the time that was left, so the first is not always the next to go. */
static void send_late_away(struct show *show, uint64_t now)
{
    struct waiter *waiter = show->first;
    show->first = show->last = NULL;
    while (waiter) {
        struct waiter *next = waiter->next;
        if (now >= waiter->until)
            waiter->decided(waiter->self, true);
        else
            append(show, waiter);
        waiter = next;
    }
}

static void on_look(uv_timer_t *timer)
{
    struct daemon *daemon = timer->data;
    for (size_t at = 0; at < daemon->adoption_count; at++) {
        send_late_away(daemon->adoptions[at]->show, uv_now(&daemon->loop));
        start_newest(daemon->adoptions[at]->show);
    }
}

void show_init(struct daemon *daemon)
{
    uv_timer_init(&daemon->loop, &daemon->look);
    daemon->look.data = daemon;
}

void show_watch(struct daemon *daemon)
{
    if (daemon->desk.open == OPEN_ALL)
        uv_timer_start(&daemon->look, on_look, LOOK_MS, LOOK_MS);
    else if (!show_busy(daemon))
        uv_timer_stop(&daemon->look);
}

void show_order(struct daemon *daemon, const struct verdict *verdict, struct waiter *waiter)
{
    struct show *show = daemon->adoptions[verdict->draft.ledger]->show;
    if (waiter->until == 0) waiter->until = uv_now(&daemon->loop) + PATIENCE_MS;
    append(show, waiter);
    start(show, verdict->edition);
}
