/*
 * The beginning of every hand-shake: who we are, and what is there. All is sent at once, and the
 * answers come in that order; the first that is wrong drops the connection, so that the callbacks
 * behind it run with NULL.
 *
 * Sentinels may name a Redis that has just stopped being the master, or is not yet: only its own
 * ROLE counts. Without sentinels nobody else can be asked, so a replica shows when it refuses to be
 * written to.
 */
#include "edge/journal_private.h"

static void on_authenticated(redisAsyncContext *context, void *answer, void *self)
{
    struct line *line = self;
    if (answer == NULL || context->data == NULL) return;
    line_refuse(line, answer);
}

static void on_role(redisAsyncContext *context, void *answer, void *self)
{
    struct line *line = self;
    if (answer == NULL || context->data == NULL || line_refuse(line, answer)) return;
    if (!redis_role_is_master(answer))
        line_drop(line, "the Redis that the sentinels name is not the master");
}

static void authenticate(struct line *line)
{
    const struct redis_target *redis = &line->journal->options.redis;
    struct command *command = &line->journal->command;
    if (redis->password == NULL) return;
    command_begin(command, "AUTH");
    if (redis->user != NULL) command_add_text(command, redis->user);
    command_add_text(command, redis->password);
    if (!line_send(line, on_authenticated, line)) line_drop(line, "AUTH could not be sent");
}

static void ask_role(struct line *line)
{
    const struct redis_target *redis = &line->journal->options.redis;
    if (redis->sentinel_count == 0) return;
    command_begin(&line->journal->command, "ROLE");
    if (!line_send(line, on_role, line)) line_drop(line, "ROLE could not be sent");
}

void line_introduce(struct line *line, redisCallbackFn *on_reply)
{
    authenticate(line);
    ask_role(line);
    command_begin(&line->journal->command, "PING");
    if (!line_send(line, on_reply, line)) line_drop(line, "PING could not be sent");
}
