/*
 * One connection to Redis. It finds out where Redis is, connects, says who it is, is watched while
 * it owes an answer, and is made again after every loss: 50 ms later, then doubling to 2 s; a
 * completed hand-shake starts the back-off anew. Where a search found several addresses the next
 * one is tried at once, and the back-off comes after the last.
 *
 * Both connections must lead to one Redis, or what is written on one is not read on the other:
 * where they differ the newer one is believed, since it has just been looked for.
 *
 * It fails by telling its journal (journal_review) and trying again, for ever. A loss is logged
 * once; that Redis is not there yet at start only after some seconds, since a private server
 * takes a moment.
 */
#include <stdio.h>
#include <string.h>

#include "edge/journal_private.h"
#include "edge/log.h"
#include "edge/redis_link.h"

enum { TELL_GATE_MS = 10000 };

static void look(struct line *line);
static void connect_next(struct line *line);

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
    look(line);
}

static struct line *other_of(const struct line *line)
{
    struct journal *journal = line->journal;
    return line == &journal->append ? &journal->follow : &journal->append;
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
    uint64_t held_back;
    if (strncmp(line->told, reason, sizeof line->told - 1) == 0) return;
    if (line->told[0] != '\0' &&
        !gate_pass(&line->telling, line->journal, TELL_GATE_MS, &held_back))
        return;
    char at[REDIS_ADDRESS_ROOM] = "nowhere";
    if (line->at.host[0] != '\0') redis_address_print(&line->at, at);
    snprintf(line->told, sizeof line->told, "%s", reason);
    log_line(LOG_LEVEL_WARNING,
             "no connection to Redis, commits are refused until it is back connection=%s redis=%s "
             "reason=%s",
             line->name, at, line->told);
}

static void on_retry(uv_timer_t *timer)
{
    look(line_of_timer(timer));
}

static void on_turn(uv_timer_t *timer)
{
    connect_next(line_of_timer(timer));
}

static void back_off(struct line *line)
{
    uv_timer_start(&line->timer, on_retry, line->backoff_ms, 0);
    line->round++;
    line->backoff_ms = line->backoff_ms * 2;
    if (line->backoff_ms > BACKOFF_MOST_MS) line->backoff_ms = BACKOFF_MOST_MS;
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
    if (was_ready) line->next = line->found.count; /* who knows where it is by now */
    if (line->next < line->found.count) {
        uv_timer_start(&line->timer, on_turn, 0, 0);
    } else {
        tell(line, reason, at_once || was_ready);
        back_off(line);
    }
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

/* A context that has begun to connect; NULL without memory. */
static redisAsyncContext *begin(const struct redis_address *address)
{
    return address->kind == ENDPOINT_PATH ? redisAsyncConnectUnix(address->host)
                                          : redisAsyncConnect(address->host, address->port);
}

static bool equip(redisAsyncContext *context, struct line *line)
{
    return redis_link_attach(context, line->journal->loop) &&
           redisAsyncSetConnectCallback(context, on_connect) == REDIS_OK &&
           redisAsyncSetDisconnectCallback(context, on_disconnect) == REDIS_OK;
}

/* Of several addresses the one where the other connection stands comes first. */
static void prefer_other(struct line *line)
{
    const struct line *other = other_of(line);
    struct redis_addresses *found = &line->found;
    for (size_t i = 1; other->ready && i < found->count; i++) {
        if (!redis_address_equal(&found->items[i], &other->at)) continue;
        found->items[i] = found->items[0];
        found->items[0] = other->at;
    }
}

static void on_found(void *self, const struct redis_addresses *found, const char *fault)
{
    struct line *line = self;
    line->search = NULL;
    if (found == NULL) {
        lose(line, fault, false);
        return;
    }
    line->found = *found;
    prefer_other(line);
    connect_next(line);
}

static void look(struct line *line)
{
    struct journal *journal = line->journal;
    line->found.count = 0;
    line->next = 0;
    line->at.host[0] = '\0';
    line->search =
        redis_search_begin(journal->loop, &journal->options.redis, line->round, on_found, line);
}

static void connect_next(struct line *line)
{
    line->at = line->found.items[line->next++];
    redisAsyncContext *context = begin(&line->at);
    if (context == NULL) {
        lose(line, "no memory", false);
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

/* After a failover, or when a name has moved. */
static void agree(struct line *line)
{
    struct line *other = other_of(line);
    if (other->ready && !redis_address_equal(&line->at, &other->at))
        line_drop(other, "the other connection found Redis elsewhere");
}

void line_set_ready(struct line *line)
{
    char at[REDIS_ADDRESS_ROOM];
    redis_address_print(&line->at, at);
    line->ready = true;
    line->backoff_ms = BACKOFF_LEAST_MS;
    if (line->told[0] != '\0')
        log_line(LOG_LEVEL_NOTICE, "connected to Redis again connection=%s redis=%s", line->name,
                 at);
    line->told[0] = '\0';
    agree(line);
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
    redis_search_forget(line->search);
    line->search = NULL;
    line->ready = false;
    line->context = NULL;
    if (context != NULL) {
        context->data = NULL;
        redisAsyncFree(context);
    }
    uv_close((uv_handle_t *)&line->timer, journal_handle_closed);
}
