/*
 * One monitor's log. Records are folded into `growing`; the owner reads `served`. The two are one
 * and the same state, except during the first replay and after the log was found to have gone
 * backwards: then a successor grows from the first record on beside the state that is served, and
 * takes its place once it has reached the tail that stood at the check.
 *
 * A record is taken as it is. What cannot be an entry at all makes the caller drop the connection.
 * A redacted record may come before the record that vouches for it: whether one came is looked at
 * once all that stands on the log has been folded.
 */
#include <string.h>

#include "base/memory.h"
#include "codec/payload.h"
#include "edge/journal_private.h"
#include "edge/log.h"

enum { BREAK_GATE_MS = 1000 };

struct stream *stream_new(struct journal *journal, struct slice monitor, size_t ledger)
{
    struct stream *stream = memory_new(sizeof *stream);
    *stream = (struct stream){
        .journal = journal,
        .ledger = ledger,
        .key = arena_print(&journal->arena, "gimon:{%.*s}:log", (int)monitor.len, monitor.ptr),
        .growing = state_new(),
    };
    return stream;
}

void stream_free(struct stream *stream)
{
    if (stream->served != stream->growing) state_free(stream->served);
    state_free(stream->growing);
    text_done(&stream->from);
    memory_free(stream);
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

/* The log must not go backwards (docs/decisions/0001). A successor grows from nothing; what is
 * served stays until it is there. */
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
    stream->stand_ins_told = 0;
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
        entry_read(reply->element[0], &record, NULL) && is_newest(stream, &record))
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
    state_lay_out(stream->growing);
    stream->awaited = true;
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

/* Each broken place once, also when the log is read anew; behind an altered record all that follow
 * contradict it, so the first is named and a flood is counted. */
static void tell_break(struct stream *stream, const struct record *record)
{
    struct journal *journal = stream->journal;
    uint64_t held_back;
    if (record_id_compare(record->id, stream->break_told) <= 0) return;
    stream->break_told = record->id;
    if (!gate_pass(&journal->break_gate, journal, BREAK_GATE_MS, &held_back)) return;
    struct text text = {0};
    struct record_id knew;
    struct digest head;
    record_id_put(&text, record->id);
    text_puts(&text, " knew=");
    if (record_previous_parse(record->fields[FIELD_PREVIOUS], &knew, &head))
        record_id_put(&text, knew);
    log_line(LOG_LEVEL_ERROR,
             "a record contradicts the chain: it was forged or one before it, up to the one it "
             "knew, was altered; run gimon verify log=%.*s record=%.*s more_before=%llu",
             (int)stream->key.len, stream->key.ptr, (int)text.len, text.ptr,
             (unsigned long long)held_back);
    text_done(&text);
}

/* All that stands on the log is folded, and a stand-in is still nobody's. */
static void tell_stand_ins(struct stream *stream)
{
    size_t count;
    const struct chain_stand_in *stand_ins = state_stand_ins(stream->growing, &count);
    if (count == stream->stand_ins_told) return;
    stream->stand_ins_told = count;
    if (count == 0) return;
    struct text text = {0};
    record_id_put(&text, stand_ins[0].id);
    log_line(LOG_LEVEL_ERROR,
             "a record stands without its texts and no other vouches for what was left of it; run "
             "gimon verify log=%.*s record=%.*s records=%zu",
             (int)stream->key.len, stream->key.ptr, (int)text.len, text.ptr, count);
    text_done(&text);
}

void stream_set_tail(struct stream *stream, struct record_id tail)
{
    stream->tail = tail;
    stream->checked = true;
    serve_if_grown(stream);
    if (record_id_compare(state_last(stream->growing), tail) >= 0) tell_stand_ins(stream);
}

static void fold(struct stream *stream, const struct record *record)
{
    const struct fate fate = state_fold(stream->growing, record, payload_read(record));
    if (fate.chain_broken) tell_break(stream, record);
    pending_folded(stream, record, &fate);
}

bool stream_take(struct stream *stream, const redisReply *entries)
{
    if (entries->type != REDIS_REPLY_ARRAY) return false;
    for (size_t i = 0; i < entries->elements && !stream->journal->closing; i++) {
        struct record record;
        if (!entry_read(entries->element[i], &record, NULL) ||
            record_id_compare(record.id, state_last(stream->growing)) <= 0)
            return false;
        fold(stream, &record);
    }
    if (stream->journal->closing) return true;
    serve_if_grown(stream);
    if (stream_is_served(stream)) state_lay_out(stream->growing);
    /* Fewer than asked for: that was all there is, so a voucher would have been among it. */
    if (entries->elements < BATCH) tell_stand_ins(stream);
    pending_reached(stream);
    return true;
}
