/*
 * The connection that writes. A draft becomes one XADD with the fields of format 1 in their order;
 * Redis' answer is a promise only, the append is settled when the fold passes its record. Nothing
 * is sent twice, whatever happens: what was lost on the way is found by its attempt when the log is
 * read on, or the client hears that it is unknown.
 *
 * It fails by refusing: without a followed log, with too many in flight, with a clock that is
 * beyond trust, and when Redis answers an error, whose text goes to our log and nowhere else.
 */
#include <string.h>

#include "edge/journal_private.h"
#include "edge/log.h"

enum { GATE_MS = 1000 };

static void on_ready(redisAsyncContext *context, void *answer, void *self)
{
    (void)context;
    struct line *line = self;
    if (answer == NULL || line_refuse(line, answer)) return;
    line_rest(line);
    line_set_ready(line);
}

void append_greet(struct line *line)
{
    line_introduce(line, on_ready);
}

/* A log whose ids come from before what we had folded is not the log that we follow: look again. */
static void look_again_if(bool backwards, struct journal *journal)
{
    if (backwards && !journal->closing) line_drop(&journal->follow, "the log goes backwards");
}

static void tell_refusal(struct journal *journal, const redisReply *reply)
{
    uint64_t held_back;
    if (!gate_pass(&journal->refusal_gate, journal, GATE_MS, &held_back)) return;
    log_line(LOG_LEVEL_ERROR,
             "Redis refuses commits, nothing is stored until it takes them again "
             "reason=%.200s like_this_before=%llu",
             reply->str, (unsigned long long)held_back);
}

/* A master that was demoted: where the new one is, the next connect finds out. */
static void leave_replica(struct journal *journal, const redisReply *reply)
{
    if (!slice_starts(slice_from(reply->str, reply->len), "READONLY") || journal->closing) return;
    line_drop(&journal->append, "this Redis is a replica now");
    line_drop(&journal->follow, "this Redis is a replica now");
}

static void on_appended(redisAsyncContext *context, void *answer, void *self)
{
    (void)context;
    struct pending *pending = self;
    struct journal *journal = pending->stream->journal;
    const redisReply *reply = answer;
    struct record_id id;
    if (reply != NULL && reply->type == REDIS_REPLY_ERROR) tell_refusal(journal, reply);
    /* Without an answer it waits: reading on may still find it. */
    if (pending_answered(pending) || reply == NULL) return;
    if (reply->type == REDIS_REPLY_ERROR) {
        pending_settle(pending, &(struct settlement){.kind = SETTLED_REFUSED});
        leave_replica(journal, reply);
        return;
    }
    if (reply->type != REDIS_REPLY_STRING ||
        !record_id_parse(slice_from(reply->str, reply->len), &id)) {
        line_drop(&journal->append, "an answer to XADD that cannot be read");
        return;
    }
    journal_check_clock(journal, id, true);
    look_again_if(record_id_compare(id, pending->floor) <= 0, journal);
}

static bool send_append(struct pending *pending, const struct draft *draft)
{
    struct stream *stream = pending->stream;
    struct journal *journal = stream->journal;
    const struct digest head = state_head(stream->served);
    struct text previous = {0};
    record_previous_put(&previous, state_last(stream->served), &head);
    struct slice fields[FIELD_COUNT];
    memcpy(fields, draft->fields, sizeof fields);
    fields[FIELD_FORMAT] = slice_of("1");
    fields[FIELD_ATTEMPT] = slice_from(pending->attempt, ATTEMPT_LENGTH);
    fields[FIELD_PREVIOUS] = text_slice(&previous);

    command_begin(&journal->command, "XADD");
    command_add(&journal->command, stream->key);
    command_add_text(&journal->command, "*");
    for (int field = 0; field < FIELD_COUNT; field++) {
        command_add_text(&journal->command, record_field_name((enum record_field)field));
        command_add(&journal->command, fields[field]);
    }
    const bool sent = line_send(&journal->append, on_appended, pending);
    text_done(&previous);
    return sent;
}

static bool has_room(const struct journal *journal)
{
    if (journal->in_flight < journal->options.in_flight) return true;
    journal->options.meter->limit_in_flight++;
    return false;
}

/* A log that was added waits for its first replay, whatever the others do. */
static bool takes_commits(const struct pending *pending)
{
    return journal_writable(pending->stream->journal) && pending->stream->served != NULL;
}

static bool begin_append(struct pending *pending, const struct draft *draft)
{
    if (!takes_commits(pending) || !attempt_make(pending->attempt)) return false;
    pending->floor = state_last(pending->stream->served);
    return send_append(pending, draft);
}

void journal_append(struct journal *journal, const struct draft *draft, journal_settled settled,
                    void *self)
{
    const bool room = has_room(journal);
    struct pending *pending = pending_new(journal, PENDING_APPEND, draft->ledger, self);
    pending->on_settled = settled;
    pending->asked = room && begin_append(pending, draft);
    if (pending->asked)
        pending_wait(journal, pending);
    else
        pending_refuse(journal, pending);
}

static void on_target(redisAsyncContext *context, void *answer, void *self)
{
    (void)context;
    struct pending *pending = self;
    if (pending_answered(pending)) return;
    struct stream *stream = pending->stream;
    struct journal *journal = stream->journal;
    const redisReply *reply = answer;
    const bool read = reply != NULL && entries_read_last(reply, &pending->target);
    const bool backwards = read && record_id_compare(pending->target, pending->floor) < 0;
    if (!read || backwards) {
        pending_settle(pending, &(struct settlement){.kind = SETTLED_UNKNOWN});
        look_again_if(backwards, journal);
        return;
    }
    pending->targeted = true;
    pending_reached(stream);
}

static bool begin_sync(struct journal *journal, struct pending *pending)
{
    if (!takes_commits(pending)) return false;
    pending->floor = state_last(pending->stream->served);
    command_begin(&journal->command, "XREVRANGE");
    command_add(&journal->command, pending->stream->key);
    command_add_text(&journal->command, "+");
    command_add_text(&journal->command, "-");
    command_add_text(&journal->command, "COUNT");
    command_add_text(&journal->command, "1");
    return line_send(&journal->append, on_target, pending);
}

void journal_sync(struct journal *journal, size_t ledger, journal_synced synced, void *self)
{
    struct pending *pending = pending_new(journal, PENDING_SYNC, ledger, self);
    pending->on_synced = synced;
    pending->asked = begin_sync(journal, pending);
    if (pending->asked)
        pending_wait(journal, pending);
    else
        pending_refuse(journal, pending);
}
