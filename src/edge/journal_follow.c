/*
 * The connection that reads. After the hand-shake it asks for the last record folded of each log
 * and for its length (is it still the same log?) and for its last id (how far must the replay go?).
 * Then XREAD follows
 * all logs from what has been folded: at once while there is more, held back by Redis for a second
 * where there is nothing. Every quiet second the check is made again, so a log that is emptied
 * under a living connection is noticed too.
 *
 * It fails by dropping the connection: on any error reply, on a reply that cannot be, and when the
 * watchdog has waited in vain. The next connection goes on from the last record folded.
 */
#include <string.h>

#include "edge/journal_private.h"
#include "edge/log.h"

static void check(struct journal *journal);
static void go_on(struct journal *journal);

static void on_greeted(redisAsyncContext *context, void *answer, void *self)
{
    (void)context;
    if (answer == NULL) return;
    line_refuse(self, answer);
}

/* The value of a key in the flat list that CONFIG GET answers. */
static struct slice find_setting(const redisReply *reply, const char *key)
{
    const size_t count = reply->type == REDIS_REPLY_ARRAY ? reply->elements : 0;
    for (size_t i = 0; i + 1 < count; i += 2) {
        const redisReply *name = reply->element[i];
        const redisReply *value = reply->element[i + 1];
        if (name->type == REDIS_REPLY_STRING && value->type == REDIS_REPLY_STRING &&
            slice_is(slice_from(name->str, name->len), key))
            return slice_from(value->str, value->len);
    }
    return slice_of("unknown");
}

/* Kept before confirmed needs a Redis that writes to disk first; once a start is enough to say. */
static void on_facts(redisAsyncContext *context, void *answer, void *self)
{
    (void)context;
    struct journal *journal = self;
    if (answer == NULL || journal->durability_told) return;
    const struct slice only = find_setting(answer, "appendonly");
    const struct slice sync = find_setting(answer, "appendfsync");
    if (slice_is(only, "yes") && slice_is(sync, "always")) return;
    journal->durability_told = true;
    log_line(LOG_LEVEL_WARNING,
             "a commit may be lost when Redis or its machine fails: it should run with appendonly "
             "yes and appendfsync always appendonly=%.*s appendfsync=%.*s",
             (int)only.len, only.ptr, (int)sync.len, sync.ptr);
}

void follow_greet(struct line *line)
{
    struct journal *journal = line->journal;
    line_introduce(line, on_greeted);
    command_begin(&journal->command, "CONFIG");
    command_add_text(&journal->command, "GET");
    command_add_text(&journal->command, "append*");
    if (line_send(line, on_facts, journal)) check(journal);
}

static void on_last(redisAsyncContext *context, void *answer, void *self)
{
    (void)context;
    struct stream *stream = self;
    if (answer == NULL || line_refuse(&stream->journal->follow, answer)) return;
    stream_verify(stream, answer);
}

static void on_length(redisAsyncContext *context, void *answer, void *self)
{
    (void)context;
    struct stream *stream = self;
    const redisReply *reply = answer;
    if (reply == NULL || line_refuse(&stream->journal->follow, reply)) return;
    if (reply->type == REDIS_REPLY_INTEGER && reply->integer >= 0)
        stream_verify_length(stream, (uint64_t)reply->integer);
}

static void checked(struct journal *journal)
{
    if (!journal->follow.ready) line_set_ready(&journal->follow);
    journal_review(journal);
    if (!journal->closing) go_on(journal);
}

static void on_tail(redisAsyncContext *context, void *answer, void *self)
{
    (void)context;
    struct stream *stream = self;
    struct journal *journal = stream->journal;
    struct record_id tail;
    if (answer == NULL || line_refuse(&journal->follow, answer)) return;
    if (!entries_read_last(answer, &tail)) {
        line_drop(&journal->follow, "an answer to XREVRANGE that cannot be read");
        return;
    }
    journal_check_clock(journal, tail, false);
    stream_set_tail(stream, tail);
    journal->checks_left--;
    if (journal->checks_left == 0 && !journal->closing) checked(journal);
}

static bool ask_last(struct stream *stream)
{
    struct journal *journal = stream->journal;
    if (state_count(stream->growing) == 0) return true;
    const struct slice from = stream_put_from(stream);
    command_begin(&journal->command, "XRANGE");
    command_add(&journal->command, stream->key);
    command_add(&journal->command, from);
    command_add(&journal->command, from);
    return line_send(&journal->follow, on_last, stream);
}

static bool ask_length(struct stream *stream)
{
    struct journal *journal = stream->journal;
    command_begin(&journal->command, "XLEN");
    command_add(&journal->command, stream->key);
    return line_send(&journal->follow, on_length, stream);
}

static bool ask_tail(struct stream *stream)
{
    struct journal *journal = stream->journal;
    command_begin(&journal->command, "XREVRANGE");
    command_add(&journal->command, stream->key);
    command_add_text(&journal->command, "+");
    command_add_text(&journal->command, "-");
    command_add_text(&journal->command, "COUNT");
    command_add_text(&journal->command, "1");
    return line_send(&journal->follow, on_tail, stream);
}

/* Answers come in the order of the questions: a log is verified before its tail is known. */
static void check(struct journal *journal)
{
    line_watch(&journal->follow);
    journal->checks_left = journal->stream_count;
    for (size_t i = 0; i < journal->stream_count; i++) {
        struct stream *stream = journal->streams[i];
        if (!ask_last(stream) || !ask_length(stream) || !ask_tail(stream)) {
            line_drop(&journal->follow, "a question could not be sent");
            return;
        }
    }
}

static bool take_one(struct journal *journal, const redisReply *pair)
{
    if (pair->type != REDIS_REPLY_ARRAY || pair->elements != 2 ||
        pair->element[0]->type != REDIS_REPLY_STRING)
        return false;
    const struct slice key = slice_from(pair->element[0]->str, pair->element[0]->len);
    for (size_t i = 0; i < journal->stream_count; i++) {
        if (slice_equal(journal->streams[i]->key, key))
            return stream_take(journal->streams[i], pair->element[1]);
    }
    return false;
}

static bool take_all(struct journal *journal, const redisReply *reply)
{
    if (reply->type != REDIS_REPLY_ARRAY) return false;
    for (size_t i = 0; i < reply->elements && !journal->closing; i++) {
        if (!take_one(journal, reply->element[i])) return false;
    }
    return true;
}

static void on_read(redisAsyncContext *context, void *answer, void *self)
{
    (void)context;
    struct journal *journal = self;
    const redisReply *reply = answer;
    if (reply == NULL || line_refuse(&journal->follow, reply)) return;
    if (reply->type == REDIS_REPLY_NIL) {
        check(journal);
        return;
    }
    if (!take_all(journal, reply)) {
        line_drop(&journal->follow, "an answer to XREAD that cannot be read");
        return;
    }
    journal_review(journal);
    if (!journal->closing) go_on(journal);
}

/* One command for all logs: without news Redis answers nothing for BLOCK_MS, then nil. */
static void read_on(struct journal *journal)
{
    struct text block = {0};
    struct text batch = {0};
    text_put_int(&block, BLOCK_MS);
    text_put_int(&batch, BATCH);
    command_begin(&journal->command, "XREAD");
    command_add_text(&journal->command, "COUNT");
    command_add(&journal->command, text_slice(&batch));
    command_add_text(&journal->command, "BLOCK");
    command_add(&journal->command, text_slice(&block));
    command_add_text(&journal->command, "STREAMS");
    for (size_t i = 0; i < journal->stream_count; i++)
        command_add(&journal->command, journal->streams[i]->key);
    for (size_t i = 0; i < journal->stream_count; i++)
        command_add(&journal->command, stream_put_from(journal->streams[i]));
    line_watch(&journal->follow);
    if (!line_send(&journal->follow, on_read, journal))
        line_drop(&journal->follow, "XREAD could not be sent");
    text_done(&block);
    text_done(&batch);
}

/* A log that was added meanwhile is not read before it is known how far its replay must go. */
static void go_on(struct journal *journal)
{
    for (size_t i = 0; i < journal->stream_count; i++) {
        if (journal->streams[i]->checked) continue;
        check(journal);
        return;
    }
    read_on(journal);
}
