/*
 * The way down, in the reverse of the way up. Happy path: no new connections; what is in flight
 * ends; the journal goes; the last answers leave; the server goes; the private Redis goes last; the
 * loop is empty. Every step is bounded, so that the whole takes a few seconds at worst.
 */
#include "edge/daemon_private.h"
#include "edge/log.h"

enum { LOOK_MS = 10, DRAIN_MS = 3000, SEND_MS = 1000 };

static void close_handles(void *self)
{
    struct daemon *daemon = self;
    uv_close((uv_handle_t *)&daemon->terminate, NULL);
    uv_close((uv_handle_t *)&daemon->interrupt, NULL);
    uv_close((uv_handle_t *)&daemon->hangup, NULL);
    uv_close((uv_handle_t *)&daemon->retry, NULL);
    uv_close((uv_handle_t *)&daemon->drain, NULL);
    uv_close((uv_handle_t *)&daemon->look, NULL);
    notify_close(daemon->notify, NULL, NULL);
}

static void close_child(void *self)
{
    struct daemon *daemon = self;
    if (daemon->child)
        redis_child_close(daemon->child, close_handles, daemon);
    else
        close_handles(daemon);
}

static void close_server(struct daemon *daemon)
{
    daemon->phase = PHASE_CLOSING;
    uv_timer_stop(&daemon->drain);
    if (daemon->server)
        server_close(daemon->server, close_child, daemon);
    else
        close_child(daemon);
}

static void on_journal_closed(void *self)
{
    struct daemon *daemon = self;
    adoption_forget_states(daemon);
    daemon->phase = PHASE_SENDING;
    daemon->phase_ends = uv_now(&daemon->loop) + SEND_MS;
}

static void close_journal(struct daemon *daemon)
{
    struct journal *journal = daemon->journal;
    daemon->phase = PHASE_SETTLING;
    daemon->journal = NULL;
    journal_close(journal, on_journal_closed, daemon);
}

static void on_look(uv_timer_t *timer)
{
    struct daemon *daemon = timer->data;
    const bool late = uv_now(&daemon->loop) >= daemon->phase_ends;
    if (server_busy(daemon->server) > 0 && !late) return;
    const bool working = daemon->first_book || show_busy(daemon);
    if (daemon->phase == PHASE_SENDING && working) return; /* its request must live */
    if (daemon->phase == PHASE_DRAINING)
        close_journal(daemon);
    else if (daemon->phase == PHASE_SENDING)
        close_server(daemon);
}

void stop_begin(struct daemon *daemon)
{
    log_line(LOG_LEVEL_NOTICE, "stopping in_flight=%zu", server_busy(daemon->server));
    notify_stopping();
    daemon->phase = PHASE_DRAINING;
    daemon->phase_ends = uv_now(&daemon->loop) + DRAIN_MS;
    uv_timer_stop(&daemon->retry);
    server_quiesce(daemon->server);
    uv_timer_start(&daemon->drain, on_look, 0, LOOK_MS);
}

void stop_now(struct daemon *daemon)
{
    close_server(daemon);
}
