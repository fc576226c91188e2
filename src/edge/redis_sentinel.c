/*
 * One question to one sentinel. Happy path: connect, AUTH where there is a password, ask, answer,
 * hang up. It fails with a sentence: nobody there, no answer within a second (a sentinel that
 * cannot answer a question from memory by then is no help), an error, a master it does not know.
 *
 * The life of a question hangs on its last command: hiredis runs that callback exactly once, with
 * NULL on loss. Told or forgotten, it hears nothing more and goes with its timer.
 */
#include "edge/redis_sentinel.h"

#include <hiredis/async.h>
#include <stdio.h>

#include "base/memory.h"
#include "edge/redis_link.h"

enum { PATIENCE_MS = 1000, FAULT_ROOM = 160 };

struct redis_question {
    redisAsyncContext *context; /* NULL once hiredis has it or frees it */
    uv_timer_t patience;
    redis_answered *done; /* NULL once told or forgotten */
    void *self;
    char fault[FAULT_ROOM]; /* what AUTH was answered, if that was an error */
};

void redis_sentinel_form(struct command *command, const char *master)
{
    command_begin(command, "SENTINEL");
    command_add_text(command, "GET-MASTER-ADDR-BY-NAME");
    command_add_text(command, master);
}

static struct slice text_of(const redisReply *reply)
{
    return reply->type == REDIS_REPLY_STRING ? slice_from(reply->str, reply->len)
                                             : (struct slice){0};
}

const char *redis_sentinel_read(const redisReply *reply, struct redis_address *ret_master)
{
    if (reply->type == REDIS_REPLY_ERROR) return reply->str;
    if (reply->type == REDIS_REPLY_NIL) return "it watches over no master of that name";
    if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 2 &&
        redis_address_of(text_of(reply->element[0]), text_of(reply->element[1]), ret_master))
        return NULL;
    return "its answer is no address";
}

bool redis_role_is_master(const redisReply *reply)
{
    return reply->type == REDIS_REPLY_ARRAY && reply->elements > 0 &&
           slice_is(text_of(reply->element[0]), "master");
}

static void on_closed(uv_handle_t *handle)
{
    memory_free(handle->data);
}

/* From here on it hears nothing; hiredis lets go of its memory before the timer's close does. */
static void end(struct redis_question *question)
{
    redisAsyncContext *context = question->context;
    question->done = NULL;
    question->context = NULL;
    if (context != NULL) redisAsyncFree(context);
    uv_close((uv_handle_t *)&question->patience, on_closed);
}

static void tell(struct redis_question *question, const struct redis_address *master,
                 const char *fault)
{
    redis_answered *done = question->done;
    void *self = question->self;
    char copy[FAULT_ROOM] = "";
    if (fault != NULL) snprintf(copy, sizeof copy, "%s", fault);
    end(question);
    done(self, master, fault != NULL ? copy : NULL);
}

static void on_patience(uv_timer_t *timer)
{
    tell(timer->data, NULL, "no answer in time");
}

static void on_authenticated(redisAsyncContext *context, void *answer, void *self)
{
    struct redis_question *question = self;
    const redisReply *reply = answer;
    (void)context;
    if (reply == NULL || question->done == NULL) return;
    if (reply->type == REDIS_REPLY_ERROR)
        snprintf(question->fault, sizeof question->fault, "%s", reply->str);
}

static void on_answer(redisAsyncContext *context, void *answer, void *self)
{
    struct redis_question *question = self;
    struct redis_address master;
    if (question->done == NULL) return;
    if (answer == NULL) {
        question->context = NULL; /* hiredis is freeing it */
        tell(question, NULL, context->c.errstr);
        return;
    }
    const char *fault = redis_sentinel_read(answer, &master);
    if (fault != NULL && question->fault[0] != '\0') fault = question->fault;
    tell(question, fault == NULL ? &master : NULL, fault);
}

static bool send_command(struct redis_question *question, const struct command *command,
                         redisCallbackFn *on_reply)
{
    return redisAsyncCommandArgv(question->context, on_reply, question, (int)command->count,
                                 command->words, command->lengths) == REDIS_OK;
}

static bool ask(struct redis_question *question, const struct redis_target *target)
{
    struct command command = {0};
    bool sent = true;
    if (target->sentinel_password != NULL) {
        command_begin(&command, "AUTH");
        if (target->sentinel_user != NULL) command_add_text(&command, target->sentinel_user);
        command_add_text(&command, target->sentinel_password);
        sent = send_command(question, &command, on_authenticated);
    }
    redis_sentinel_form(&command, target->master);
    sent = sent && send_command(question, &command, on_answer);
    command_done(&command);
    return sent;
}

struct redis_question *redis_question_begin(uv_loop_t *loop, const struct redis_target *target,
                                            const struct redis_address *sentinel,
                                            redis_answered *done, void *self)
{
    redisAsyncContext *context = redisAsyncConnect(sentinel->host, sentinel->port);
    if (context == NULL) return NULL;
    if (context->err != 0 || !redis_link_attach(context, loop)) {
        redisAsyncFree(context);
        return NULL;
    }
    struct redis_question *question = memory_new(sizeof *question);
    *question = (struct redis_question){.context = context, .self = self};
    uv_timer_init(loop, &question->patience);
    question->patience.data = question;
    if (!ask(question, target)) {
        end(question);
        return NULL;
    }
    question->done = done;
    uv_update_time(loop);
    uv_timer_start(&question->patience, on_patience, PATIENCE_MS, 0);
    return question;
}

void redis_question_forget(struct redis_question *question)
{
    if (question != NULL) end(question);
}
