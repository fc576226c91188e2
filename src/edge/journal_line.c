/*
 * One connection to Redis. It connects, says who it is, is watched while it owes an answer, and is
 * made again after every loss: 50 ms later, then doubling to 2 s; a completed hand-shake starts the
 * back-off anew. The address is numeric or a path, so nothing here waits for a name.
 *
 * It fails by telling its journal (journal_review) and trying again, for ever. A loss is logged
 * once; that Redis is not there yet at start only after some seconds, since a private server
 * takes a moment.
 */
#include <stdio.h>
#include <string.h>

#include "edge/journal_private.h"
#include "edge/log.h"
#include "edge/redis_address.h"
#include "edge/redis_link.h"

static void connect_now(struct line *line);

void line_init(struct line *line, struct journal *journal, const char *name,
               void (*greet)(struct line *line))
{
    *line = (struct line){
        .journal = journal, .name = name, .greet = greet, .backoff_ms = BACKOFF_LEAST_MS};
    uv_timer_init(journal->loop, &line->timer);
    line->timer.data = journal;
    journal->handles++;
}

void line_open(struct line *line)
{
    connect_now(line);
}

static struct line *line_of_timer(uv_timer_t *timer)
{
    struct journal *journal = timer->data;
    return timer == &journal->append.timer ? &journal->append : &journal->follow;
}

/* Logs a reason once. What may be over in a moment is told when it has lasted. */
static void tell(struct line *line, const char *reason, bool at_once)
{
    if (!at_once && line->backoff_ms < BACKOFF_MOST_MS) return;
    if (strncmp(line->told, reason, sizeof line->told - 1) == 0) return;
    snprintf(line->told, sizeof line->told, "%s", reason);
    log_line(LOG_LEVEL_WARNING,
             "no connection to Redis, commits are refused until it is back connection=%s reason=%s",
             line->name, line->told);
}

static void on_retry(uv_timer_t *timer)
{
    connect_now(line_of_timer(timer));
}

/* The context is gone or about to go: hiredis frees it after its callbacks. */
static void lose(struct line *line, const char *reason, bool at_once)
{
    struct journal *journal = line->journal;
    const bool was_ready = line->ready;
    if (line->context != NULL) line->context->data = NULL;
    line->context = NULL;
    line->ready = false;
    if (journal->closing) return;
    tell(line, reason, at_once || was_ready);
    uv_timer_start(&line->timer, on_retry, line->backoff_ms, 0);
    line->backoff_ms = line->backoff_ms * 2;
    if (line->backoff_ms > BACKOFF_MOST_MS) line->backoff_ms = BACKOFF_MOST_MS;
    journal_review(journal);
}

static void on_connect(const redisAsyncContext *context, int status)
{
    struct line *line = context->data;
    if (line == NULL || status == REDIS_OK) return;
    lose(line, context->c.errstr, false);
}

static void on_disconnect(const redisAsyncContext *context, int status)
{
    struct line *line = context->data;
    if (line == NULL) return;
    lose(line, status == REDIS_OK ? "closed" : context->c.errstr, false);
}

/* A context that has begun to connect, or NULL if the address cannot be one. */
static redisAsyncContext *begin(const char *text)
{
    struct redis_address address;
    if (!redis_address_parse(text, &address)) return NULL;
    return address.is_path ? redisAsyncConnectUnix(address.host)
                           : redisAsyncConnect(address.host, address.port);
}

static bool equip(redisAsyncContext *context, struct line *line)
{
    return redis_link_attach(context, line->journal->loop) &&
           redisAsyncSetConnectCallback(context, on_connect) == REDIS_OK &&
           redisAsyncSetDisconnectCallback(context, on_disconnect) == REDIS_OK;
}

static void connect_now(struct line *line)
{
    redisAsyncContext *context = begin(line->journal->options.address);
    if (context == NULL) {
        lose(line, "the address is neither numeric nor a path under 108 bytes", true);
        return;
    }
    if (context->err != 0 || !equip(context, line)) {
        char reason[sizeof context->c.errstr];
        snprintf(reason, sizeof reason, "%s", context->c.errstr);
        redisAsyncFree(context);
        lose(line, reason, false);
        return;
    }
    context->data = line;
    line->context = context;
    line_watch(line);
    line->greet(line);
}

bool line_send(struct line *line, redisCallbackFn *on_reply, void *self)
{
    struct command *command = &line->journal->command;
    return line->context != NULL &&
           redisAsyncCommandArgv(line->context, on_reply, self, (int)command->count, command->words,
                                 command->lengths) == REDIS_OK;
}

bool line_refuse(struct line *line, const redisReply *reply)
{
    if (reply->type != REDIS_REPLY_ERROR) return false;
    /* Reading its file at start is not a fault of Redis. */
    const bool loading = slice_starts(slice_from(reply->str, reply->len), "LOADING");
    char reason[sizeof line->told];
    snprintf(reason, sizeof reason, "%s", reply->str);
    if (!loading) tell(line, reason, true);
    line_drop(line, reason);
    return true;
}

static void on_authenticated(redisAsyncContext *context, void *answer, void *self)
{
    struct line *line = self;
    if (answer == NULL || context->data == NULL) return;
    line_refuse(line, answer);
}

void line_authenticate(struct line *line)
{
    struct journal *journal = line->journal;
    if (journal->options.password == NULL) return;
    command_begin(&journal->command, "AUTH");
    if (journal->options.user != NULL) command_add_text(&journal->command, journal->options.user);
    command_add_text(&journal->command, journal->options.password);
    if (!line_send(line, on_authenticated, line)) line_drop(line, "AUTH could not be sent");
}

void line_ping(struct line *line, redisCallbackFn *on_reply)
{
    command_begin(&line->journal->command, "PING");
    if (!line_send(line, on_reply, line)) line_drop(line, "PING could not be sent");
}

void line_set_ready(struct line *line)
{
    line->ready = true;
    line->backoff_ms = BACKOFF_LEAST_MS;
    if (line->told[0] != '\0')
        log_line(LOG_LEVEL_NOTICE, "connected to Redis again connection=%s", line->name);
    line->told[0] = '\0';
    journal_review(line->journal);
}

/* Behind a dead follower stands a dead Redis or network: the other connection leads nowhere either,
 * and nobody would notice before a commit is lost in it. */
static void on_watchdog(uv_timer_t *timer)
{
    struct line *line = line_of_timer(timer);
    struct journal *journal = line->journal;
    line_drop(line, "no answer in time");
    if (line == &journal->follow && journal->append.ready && !journal->closing)
        line_drop(&journal->append, "no answer on the other connection");
}

void line_watch(struct line *line)
{
    /* Folding a long batch may have taken time that the loop has not seen. */
    uv_update_time(line->journal->loop);
    uv_timer_start(&line->timer, on_watchdog, WATCHDOG_MS, 0);
}

void line_rest(struct line *line)
{
    uv_timer_stop(&line->timer);
}

void line_drop(struct line *line, const char *reason)
{
    redisAsyncContext *context = line->context;
    if (context == NULL) return;
    /* First forget it: what hiredis calls while it frees finds a line that is down. */
    lose(line, reason, false);
    redisAsyncFree(context);
}

void line_close(struct line *line)
{
    redisAsyncContext *context = line->context;
    line->ready = false;
    line->context = NULL;
    if (context != NULL) {
        context->data = NULL;
        redisAsyncFree(context);
    }
    uv_close((uv_handle_t *)&line->timer, journal_handle_closed);
}
