/*
 * The daemon: builds its rooms, runs the loop, takes them down again. Happy path: configuration and
 * tokens are read, the server listens (and answers 503), the private Redis starts, the journal
 * replays, our definitions are adopted, we are ready; SIGHUP reads definitions and tokens anew;
 * SIGTERM begins the way down. A faulty configuration, a taken address or a Redis that cannot be
 * started end the start with a sentence; a faulty reload changes nothing.
 */
#include "edge/clock.h"
#include "edge/daemon_private.h"
#include "edge/log.h"

#include "base/memory.h"

#include <signal.h>
#include <stdio.h>

enum { DEADLINE_MS = 1000, FAULT_ROOM = 256 };

static void on_end(uv_signal_t *handle, int number)
{
    struct daemon *daemon = handle->data;
    if (daemon->phase == PHASE_SERVING) {
        stop_begin(daemon);
        return;
    }
    /* Asked twice: end as if nothing had caught it. A private Redis is found at the next start. */
    signal(number, SIG_DFL);
    raise(number);
}

static bool is_other_redis(const struct redis_config *now, const struct redis_config *then)
{
    bool other = !slice_equal(now->local, then->local) ||
                 !slice_equal(now->address, then->address) ||
                 !slice_equal(now->master, then->master) || !slice_equal(now->user, then->user) ||
                 !slice_equal(now->sentinel_user, then->sentinel_user) ||
                 now->sentinel_count != then->sentinel_count;
    for (size_t i = 0; !other && i < now->sentinel_count; i++)
        other = !slice_equal(now->sentinels[i], then->sentinels[i]);
    return other;
}

/** What is read once: a change of it is said, since it does nothing until the next start. */
static bool needs_restart(const struct config *now, const struct config *then)
{
    return !slice_equal(now->listen, then->listen) || is_other_redis(&now->redis, &then->redis) ||
           !slice_equal(now->access, then->access) || now->connections != then->connections ||
           now->in_flight != then->in_flight || now->idle_seconds != then->idle_seconds ||
           now->body_bytes != then->body_bytes;
}

static void take_config(struct daemon *daemon, const struct config *config)
{
    daemon->desk.open = config->open;
    show_watch(daemon);
    daemon->desk.history = config->history;
    daemon->desk.limits = config->limits;
    daemon->desk.proxies = config->proxies;
}

static bool reload(struct daemon *daemon, struct loaded *loaded)
{
    struct slice gone;
    if (!load_all(loaded, daemon->options->config_file)) {
        load_print_faults(&loaded->faults);
        log_line(LOG_LEVEL_ERROR,
                 "nothing is read anew, all stays as it was; mend the faults above");
        return false;
    }
    if (!adoption_covers(daemon, loaded, &gone)) {
        log_line(LOG_LEVEL_ERROR,
                 "nothing is read anew: a monitor has no file any more, and its log is for ever; "
                 "put the file back, or restart gimon to go on without it monitor=%.*s",
                 (int)gone.len, gone.ptr);
        return false;
    }
    if (needs_restart(&loaded->config, &daemon->loaded.config))
        log_line(LOG_LEVEL_WARNING,
                 "luister, redis, toegang and the sizes of limieten change at a restart only");
    return true;
}

static void on_reload(uv_signal_t *handle, int number)
{
    struct daemon *daemon = handle->data;
    struct loaded loaded;
    (void)number;
    if (daemon->phase != PHASE_SERVING) return;
    notify_reloading();
    daemon->reloading = true;
    daemon->meter.reload_ok = reload(daemon, &loaded);
    if (daemon->meter.reload_ok) {
        log_line(LOG_LEVEL_NOTICE, "configuration and definitions are read anew");
        take_config(daemon, &loaded.config);
        access_refresh(daemon);
        adoption_renew(daemon, &loaded);
    } else {
        adoption_announce(daemon);
    }
    load_done(&loaded);
}

static void watch_signal(struct daemon *daemon, uv_signal_t *handle, uv_signal_cb callback,
                         int number)
{
    uv_signal_init(&daemon->loop, handle);
    handle->data = daemon;
    uv_signal_start(handle, callback, number);
}

static void open_handles(struct daemon *daemon)
{
    signal(SIGPIPE, SIG_IGN);
    watch_signal(daemon, &daemon->terminate, on_end, SIGTERM);
    watch_signal(daemon, &daemon->interrupt, on_end, SIGINT);
    watch_signal(daemon, &daemon->hangup, on_reload, SIGHUP);
    uv_timer_init(&daemon->loop, &daemon->retry);
    uv_timer_init(&daemon->loop, &daemon->drain);
    daemon->retry.data = daemon->drain.data = daemon;
    daemon->notify = notify_open(&daemon->loop);
}

static bool open_server(struct daemon *daemon, char *ret_fault)
{
    const struct config *config = &daemon->loaded.config;
    const char *listen = daemon->options->listen;
    const struct server_options options = {
        .listen = listen ? slice_of(listen) : config->listen,
        .connections = (unsigned)config->connections,
        .idle_seconds = (unsigned)config->idle_seconds,
        .body_bytes = config->body_bytes,
        .meter = &daemon->meter,
    };
    daemon->server = server_open(&daemon->loop, &options, request_receive, daemon, ret_fault);
    if (!daemon->server) return false;
    log_line(LOG_LEVEL_NOTICE, "listening address=%s", server_address(daemon->server));
    return true;
}

/** Where Redis is; a private one is started. */
static bool open_redis(struct daemon *daemon, struct redis_target *ret_target, char *ret_fault)
{
    const struct slice local = daemon->loaded.config.redis.local;
    if (!load_target(&daemon->loaded, ret_target)) {
        load_print_faults(&daemon->loaded.faults);
        snprintf(ret_fault, FAULT_ROOM, "a password of Redis cannot be read");
        return false;
    }
    if (local.len == 0) return true;
    daemon->child = redis_child_open(&daemon->loop, local.ptr, ret_fault);
    if (daemon->child) ret_target->address = redis_child_address(daemon->child);
    return daemon->child != NULL;
}

static bool open_journal(struct daemon *daemon, char *ret_fault)
{
    struct journal_options options = {.monitor_count = daemon->desk.ledger_count,
                                      .deadline_ms = DEADLINE_MS,
                                      .in_flight = (unsigned)daemon->loaded.config.in_flight,
                                      .meter = &daemon->meter};
    if (!open_redis(daemon, &options.redis, ret_fault)) return false;
    struct slice *monitors =
        arena_array(&daemon->loaded.arena, options.monitor_count, sizeof *monitors);
    for (size_t at = 0; at < options.monitor_count; at++)
        monitors[at] = daemon->desk.ledgers[at].monitor;
    options.monitors = monitors;
    const struct journal_listener listener = {
        .self = daemon, .on_state = adoption_on_state, .on_writable = adoption_on_writable};
    daemon->journal = journal_open(&daemon->loop, &options, &listener);
    return true;
}

static void open_desk(struct daemon *daemon)
{
    meter_init(&daemon->meter);
    daemon->meter.process_start_seconds = (double)clock_now().ms / 1000;
    daemon->desk.meter = &daemon->meter;
    daemon->desk.body_bytes = daemon->loaded.config.body_bytes;
    daemon->desk.metrics = metrics_cache_new();
    daemon->desk.openapi = &daemon->openapi;
    daemon->tallies = tallies_new();
    adoption_init(daemon);
    show_init(daemon);
    take_config(daemon, &daemon->loaded.config);
    access_refresh(daemon);
}

static void close_desk(struct daemon *daemon)
{
    adoption_done(daemon);
    access_free(daemon->access);
    tallies_free(daemon->tallies);
    metrics_cache_free(daemon->desk.metrics);
    openapi_copy_done(&daemon->openapi);
    meter_done(&daemon->meter);
}

/** Runs the rooms that a good configuration asks for. */
static int serve(struct daemon *daemon)
{
    char fault[FAULT_ROOM] = "";
    uv_loop_init(&daemon->loop);
    open_desk(daemon);
    open_handles(daemon);
    bool started = open_server(daemon, fault) && open_journal(daemon, fault);
    if (!started) {
        log_line(LOG_LEVEL_ERROR, "gimon does not start: %s", fault);
        stop_now(daemon);
    }
    uv_run(&daemon->loop, UV_RUN_DEFAULT);
    uv_loop_close(&daemon->loop);
    close_desk(daemon);
    if (started) log_line(LOG_LEVEL_NOTICE, "stopped");
    return started ? 0 : 1;
}

int daemon_run(const struct daemon_options *options)
{
    struct daemon *daemon = memory_new(sizeof *daemon);
    daemon->options = options;
    int code = 1;
    if (load_all(&daemon->loaded, options->config_file))
        code = serve(daemon);
    else
        load_print_faults(&daemon->loaded.faults);
    load_done(&daemon->loaded);
    memory_free(daemon);
    return code;
}
