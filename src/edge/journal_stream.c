/*
 * One monitor's log. Records are folded into `growing`; the owner reads `served`. The two are one
 * and the same state, except during the first replay and after the log was found to have gone
 * backwards: then a successor grows from the first record on beside the state that is served, and
 * takes its place once it has reached the tail that stood at the check.
 *
 * A record is taken as it is: fields by name, whatever their order; a field we do not know is not
 * ours to read. What cannot be an entry at all makes the caller drop the connection.
 */
#include <string.h>

#include "codec/payload.h"
#include "edge/journal_private.h"
#include "edge/log.h"

enum { BREAK_GATE_MS = 1000 };

void stream_init(struct stream *stream, struct journal *journal, size_t ledger)
{
    const struct slice monitor = journal->options.monitors[ledger];
    *stream = (struct stream){
        .journal = journal,
        .ledger = ledger,
        .key = arena_print(&journal->arena, "gimon:{%.*s}:log", (int)monitor.len, monitor.ptr),
        .growing = state_new(),
    };
}

void stream_done(struct stream *stream)
{
    if (stream->served != stream->growing) state_free(stream->served);
    state_free(stream->growing);
    text_done(&stream->from);
}

bool stream_is_served(const struct stream *stream)
{
    return stream->served == stream->growing;
}

struct slice stream_put_from(struct stream *stream)
{
    text_clear(&stream->from);
    record_id_put(&stream->from, state_last(stream->growing));
    return text_slice(&stream->from);
}

/* Reads `id` and copies nothing: the record points into the reply. */
static bool entry_read(const redisReply *entry, struct record *ret_record)
{
    struct record record = {0};
    if (!entry_read_id(entry, &record.id)) return false;
    const redisReply *fields = entry->element[1];
    if (fields->type != REDIS_REPLY_ARRAY || fields->elements % 2 != 0) return false;
    for (size_t i = 0; i < fields->elements; i += 2) {
        const redisReply *name = fields->element[i];
        const redisReply *value = fields->element[i + 1];
        if (name->type != REDIS_REPLY_STRING || value->type != REDIS_REPLY_STRING) return false;
        for (int field = 0; field < FIELD_COUNT; field++) {
            if (slice_is(slice_from(name->str, name->len),
                         record_field_name((enum record_field)field)))
                record.fields[field] = slice_from(value->str, value->len);
        }
    }
    *ret_record = record;
    return true;
}

bool entry_read_id(const redisReply *entry, struct record_id *ret_id)
{
    return entry->type == REDIS_REPLY_ARRAY && entry->elements == 2 &&
           entry->element[0]->type == REDIS_REPLY_STRING &&
           record_id_parse(slice_from(entry->element[0]->str, entry->element[0]->len), ret_id);
}

bool entries_read_last(const redisReply *reply, struct record_id *ret_id)
{
    if (reply->type != REDIS_REPLY_ARRAY || reply->elements > 1) return false;
    if (reply->elements == 1) return entry_read_id(reply->element[0], ret_id);
    *ret_id = (struct record_id){0};
    return true;
}

/* rules.md section 1: the log must not go backwards. A successor grows from nothing; what is served
 * stays until it is there. */
static void start_anew(struct stream *stream)
{
    const struct slice from = stream_put_from(stream);
    log_line(LOG_LEVEL_ERROR,
             "the log has gone backwards: records that were folded are missing or differ; reading "
             "it anew, find out which Redis this is and what it lost log=%.*s last_record=%.*s",
             (int)stream->key.len, stream->key.ptr, (int)from.len, from.ptr);
    pending_forget(stream);
    if (!stream_is_served(stream)) state_free(stream->growing);
    stream->growing = state_new();
    stream->journal->options.meter->log_regressions++;
    journal_review(stream->journal);
}

/* Whether the record is the newest one folded, byte for byte. */
static bool is_newest(const struct stream *stream, const struct record *record)
{
    const struct digest before = state_head_before(stream->growing);
    const struct digest head = state_head(stream->growing);
    const struct digest chain = record_chain(&before, record);
    return record_id_compare(record->id, state_last(stream->growing)) == 0 &&
           memcmp(&chain, &head, sizeof chain) == 0;
}

void stream_verify(struct stream *stream, const redisReply *reply)
{
    struct record record;
    if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 1 &&
        entry_read(reply->element[0], &record) && is_newest(stream, &record))
        return;
    start_anew(stream);
}

void stream_verify_length(struct stream *stream, uint64_t length)
{
    if (length < state_count(stream->growing)) start_anew(stream);
}

/* The successor has caught up: from now on it is what is read. */
static void serve_grown(struct stream *stream)
{
    const struct journal_listener *listener = &stream->journal->listener;
    struct state *old = stream->served;
    stream->served = stream->growing;
    listener->on_state(listener->self, stream->ledger, stream->served);
    state_free(old);
    pending_swapped(stream);
    journal_review(stream->journal);
}

static void serve_if_grown(struct stream *stream)
{
    if (stream_is_served(stream)) return;
    if (record_id_compare(state_last(stream->growing), stream->tail) < 0) return;
    serve_grown(stream);
}

void stream_set_tail(struct stream *stream, struct record_id tail)
{
    stream->tail = tail;
    serve_if_grown(stream);
}

/* Each broken place once, also when the log is read anew; behind an altered record all that follow
 * contradict it, so the first is named and a flood is counted. */
static void tell_break(struct stream *stream, struct record_id id)
{
    struct journal *journal = stream->journal;
    uint64_t held_back;
    if (record_id_compare(id, stream->break_told) <= 0) return;
    stream->break_told = id;
    if (!gate_pass(&journal->break_gate, journal, BREAK_GATE_MS, &held_back)) return;
    struct text text = {0};
    record_id_put(&text, id);
    log_line(LOG_LEVEL_ERROR,
             "a record contradicts the chain, one before it was altered; run gimon verify "
             "log=%.*s record=%.*s more_before=%llu",
             (int)stream->key.len, stream->key.ptr, (int)text.len, text.ptr,
             (unsigned long long)held_back);
    text_done(&text);
}

static void fold(struct stream *stream, const struct record *record)
{
    const struct fate fate = state_fold(stream->growing, record, payload_read(record));
    if (fate.chain_broken) tell_break(stream, record->id);
    pending_folded(stream, record, &fate);
}

bool stream_take(struct stream *stream, const redisReply *entries)
{
    if (entries->type != REDIS_REPLY_ARRAY) return false;
    for (size_t i = 0; i < entries->elements && !stream->journal->closing; i++) {
        struct record record;
        if (!entry_read(entries->element[i], &record) ||
            record_id_compare(record.id, state_last(stream->growing)) <= 0)
            return false;
        fold(stream, &record);
    }
    if (stream->journal->closing) return true;
    serve_if_grown(stream);
    pending_reached(stream);
    return true;
}
