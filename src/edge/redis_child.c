/*
 * A redis-server of our own. Opened, it takes the folder and claims the server's lock; where an
 * earlier gimon was killed and its server lives on, that one is ended first (every commit it
 * confirmed is on disk) and the claim is tried again until the lock is free. Then the server is
 * started, with the lock in its hands. When it dies it is started again, 100 ms later and then
 * doubling to 2 s. Nothing here waits: the claim is a timer, the end of a process a callback.
 *
 * It fails at the start with a sentence, and later in the log: a server that cannot be started is
 * tried again for ever, and what it had to say stands in redis.log.
 */
#include "edge/redis_child.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "edge/log.h"
#include "edge/redis_folder.h"

enum {
    CLAIM_MS = 50,
    BACKOFF_LEAST_MS = 100,
    BACKOFF_MOST_MS = 2000,
    STEADY_MS = 10000,  /* a server that lived so long was no false start */
    PATIENCE_MS = 5000, /* from SIGTERM to SIGKILL */
};

struct redis_child {
    uv_loop_t *loop;
    struct redis_folder folder;
    char *program;
    char *address;
    uv_process_t process;
    uv_timer_t timer;
    bool spawned; /* the process handle is in use until its close callback */
    bool running; /* and its process lives */
    unsigned backoff_ms;
    uint64_t started_ms;
    uint64_t claimed_ms; /* when the claim was first tried */
    pid_t occupant_told; /* the one that was asked to end */
    bool occupant_stuck;
    bool closing;
    void (*closed)(void *self);
    void *closed_self;
};

static void claim(struct redis_child *child);
static void finish(struct redis_child *child);

static char *join(const char *a, size_t a_length, const char *b)
{
    const size_t b_room = strlen(b) + 1;
    char *both = memory_new(a_length + b_room);
    memcpy(both, a, a_length);
    memcpy(both + a_length, b, b_room);
    return both;
}

/* redis-server from the absolute folders of PATH, or from /usr/bin; NULL if there is none. */
static char *find_program(void)
{
    const char *path = getenv("PATH");
    struct slice rest = slice_of(path);
    while (rest.len > 0) {
        struct slice folder;
        slice_cut(rest, ':', &folder, &rest);
        if (folder.len == 0 || folder.ptr[0] != '/') continue;
        char *program = join(folder.ptr, folder.len, "/redis-server");
        if (access(program, X_OK) == 0) return program;
        memory_free(program);
    }
    static const char usual[] = "/usr/bin/redis-server";
    return access(usual, X_OK) == 0 ? join(usual, sizeof usual - 1, "") : NULL;
}

/* By path, or by way of the folder's descriptor where that is too long for a socket. */
static char *make_address(const struct redis_folder *folder)
{
    struct text text = {0};
    struct sockaddr_un longest;
    text_printf(&text, "unix:%s/redis.sock", folder->path);
    if (text.len - strlen("unix:") >= sizeof longest.sun_path) {
        text_clear(&text);
        text_printf(&text, "unix:/proc/self/fd/%d/redis.sock", folder->descriptor);
    }
    char *address = join(text.ptr, text.len, "");
    text_done(&text);
    return address;
}

static void on_timer_closed(uv_handle_t *handle)
{
    struct redis_child *child = handle->data;
    void (*closed)(void *self) = child->closed;
    void *self = child->closed_self;
    redis_folder_done(&child->folder);
    memory_free(child->program);
    memory_free(child->address);
    memory_free(child);
    closed(self);
}

static void on_claim(uv_timer_t *timer)
{
    claim(timer->data);
}

static void claim_after(struct redis_child *child, unsigned wait_ms)
{
    uv_timer_start(&child->timer, on_claim, wait_ms, 0);
}

static void start_again(struct redis_child *child)
{
    if (uv_now(child->loop) - child->started_ms > STEADY_MS) child->backoff_ms = BACKOFF_LEAST_MS;
    const unsigned wait_ms = child->backoff_ms;
    child->backoff_ms = wait_ms * 2 < BACKOFF_MOST_MS ? wait_ms * 2 : BACKOFF_MOST_MS;
    child->claimed_ms = uv_now(child->loop) + wait_ms;
    child->occupant_told = 0;
    child->occupant_stuck = false;
    claim_after(child, wait_ms);
}

static void on_process_closed(uv_handle_t *handle)
{
    struct redis_child *child = handle->data;
    child->spawned = false;
    if (child->closing)
        finish(child);
    else
        start_again(child);
}

static void on_exit_of(uv_process_t *process, int64_t status, int signal)
{
    struct redis_child *child = process->data;
    child->running = false;
    if (!child->closing)
        log_line(LOG_LEVEL_ERROR,
                 "the private Redis has ended and is started again, its reasons are in its log "
                 "status=%lld signal=%d log=%s/redis.log",
                 (long long)status, signal, child->folder.path);
    uv_timer_stop(&child->timer);
    uv_close((uv_handle_t *)process, on_process_closed);
}

/* The server works in the folder, so that all it is told is short names. */
static int spawn(struct redis_child *child, int lock, int log)
{
    static const char *const words[] = {
        "redis-server", "--port", "0", "--unixsocket", "redis.sock", "--unixsocketperm",
        "700",          "--dir",  ".", "--appendonly", "yes",        "--appendfsync",
        "always",       "--save", "",  "--daemonize",  "no",         "--logfile",
        "redis.log",    NULL};
    char *arguments[sizeof words / sizeof *words] = {0};
    for (size_t i = 0; words[i] != NULL; i++)
        arguments[i] = join(words[i], strlen(words[i]), "");
    uv_stdio_container_t stdio[] = {{.flags = UV_IGNORE},
                                    {.flags = UV_INHERIT_FD, .data.fd = log},
                                    {.flags = UV_INHERIT_FD, .data.fd = log},
                                    {.flags = UV_INHERIT_FD, .data.fd = lock}};
    const uv_process_options_t options = {
        .exit_cb = on_exit_of,
        .file = child->program,
        .args = arguments,
        .cwd = child->folder.path,
        /* A session of its own: an interrupt typed at gimon is gimon's to handle. */
        .flags = UV_PROCESS_DETACHED,
        .stdio_count = sizeof stdio / sizeof *stdio,
        .stdio = stdio,
    };
    const int answer = uv_spawn(child->loop, &child->process, &options);
    for (size_t i = 0; arguments[i] != NULL; i++)
        memory_free(arguments[i]);
    return answer;
}

static void start(struct redis_child *child, int lock)
{
    const int log = redis_folder_open_log(&child->folder);
    const int answer = log < 0 ? uv_translate_sys_error(errno) : spawn(child, lock, log);
    if (log >= 0) close(log);
    child->started_ms = uv_now(child->loop);
    if (log < 0) {
        log_line(LOG_LEVEL_ERROR, "redis.log cannot be written, Redis is not started reason=%s",
                 uv_strerror(answer));
        start_again(child);
        return;
    }
    child->process.data = child;
    child->spawned = true;
    child->running = answer == 0;
    if (child->running) return;
    log_line(LOG_LEVEL_ERROR, "the private Redis cannot be started reason=%s program=%s",
             uv_strerror(answer), child->program);
    uv_close((uv_handle_t *)&child->process, on_process_closed);
}

static void ask_to_end(struct redis_child *child, pid_t occupant)
{
    if (child->occupant_told == occupant) return;
    child->occupant_told = occupant;
    log_line(LOG_LEVEL_NOTICE, "ending the Redis that an earlier gimon left behind pid=%d",
             (int)occupant);
    if (kill(occupant, SIGTERM) != 0)
        log_line(LOG_LEVEL_ERROR, "it cannot be ended, do so by hand pid=%d reason=%s",
                 (int)occupant, strerror(errno));
}

/* First a word, then force; one that neither listens nor lets go is for the operator. */
static void end_occupant(struct redis_child *child)
{
    const pid_t occupant = redis_folder_occupant(&child->folder);
    const bool overdue = uv_now(child->loop) - child->claimed_ms > PATIENCE_MS;
    if (occupant > 1) ask_to_end(child, occupant);
    if (!overdue || child->occupant_stuck) return;
    child->occupant_stuck = true;
    if (occupant > 1 && kill(occupant, SIGKILL) == 0) return;
    log_line(LOG_LEVEL_ERROR,
             "the lock of the private Redis is held and nobody answers, end its holder by hand "
             "lock=%s/lock",
             child->folder.path);
}

static void finish(struct redis_child *child)
{
    uv_close((uv_handle_t *)&child->timer, on_timer_closed);
}

static void claim(struct redis_child *child)
{
    const int lock = redis_folder_claim(&child->folder);
    if (lock < 0 && child->closing && child->occupant_stuck) {
        finish(child);
    } else if (lock < 0) {
        end_occupant(child);
        claim_after(child, CLAIM_MS);
    } else {
        if (child->closing)
            finish(child);
        else
            start(child, lock);
        /* A server that was started has its own descriptor of the lock now, and alone. */
        close(lock);
    }
}

struct redis_child *redis_child_open(uv_loop_t *loop, const char *folder, char *ret_fault)
{
    struct redis_folder taken;
    char *program = find_program();
    if (program == NULL) {
        snprintf(ret_fault, 256, "redis-server is neither on PATH nor in /usr/bin");
        return NULL;
    }
    if (!redis_folder_init(&taken, folder, ret_fault)) {
        memory_free(program);
        return NULL;
    }
    struct redis_child *child = memory_new(sizeof *child);
    *child = (struct redis_child){.loop = loop,
                                  .folder = taken,
                                  .program = program,
                                  .address = make_address(&taken),
                                  .backoff_ms = BACKOFF_LEAST_MS,
                                  .claimed_ms = uv_now(loop)};
    uv_timer_init(loop, &child->timer);
    child->timer.data = child;
    claim(child);
    return child;
}

const char *redis_child_address(const struct redis_child *child)
{
    return child->address;
}

static void on_patience(uv_timer_t *timer)
{
    struct redis_child *child = timer->data;
    log_line(LOG_LEVEL_WARNING, "the private Redis does not end, it is killed pid=%d",
             child->process.pid);
    uv_process_kill(&child->process, SIGKILL);
}

void redis_child_close(struct redis_child *child, void (*closed)(void *self), void *self)
{
    child->closing = true;
    child->closed = closed;
    child->closed_self = self;
    uv_timer_stop(&child->timer);
    if (child->running) {
        uv_process_kill(&child->process, SIGTERM);
        uv_timer_start(&child->timer, on_patience, PATIENCE_MS, 0);
    } else if (!child->spawned) {
        /* An earlier server may be on its way out: it is seen off. */
        claim_after(child, 0);
    }
}
