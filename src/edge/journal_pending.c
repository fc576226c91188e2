/*
 * What waits for an outcome. Deadlines are all equally far away, so the queue of those that wait is
 * in order of deadline and one timer serves the first; appends are also found by their attempt, in
 * buckets. Each is settled exactly once: by the fold, by a refusal, by the deadline, or by the
 * journal's end; its memory stays until hiredis has run the callback that knows it.
 *
 * An owner that is told may start or end anything, the journal included; nothing here is looked at
 * after a call without looking again.
 */
#include <string.h>

#include "base/memory.h"
#include "edge/journal_private.h"

enum { BUCKETS_LEAST = 16 };

static const struct settlement REFUSED = {.kind = SETTLED_REFUSED};
static const struct settlement UNKNOWN = {.kind = SETTLED_UNKNOWN};

void pending_open(struct journal *journal)
{
    journal->bucket_count = BUCKETS_LEAST;
    while (journal->bucket_count < journal->options.in_flight)
        journal->bucket_count *= 2;
    journal->buckets = memory_new(journal->bucket_count * sizeof(struct pending *));
    uv_timer_init(journal->loop, &journal->deadline);
    journal->deadline.data = journal;
    journal->handles++;
}

static void queue_put(struct queue *queue, struct pending *pending)
{
    pending->next = NULL;
    pending->previous = queue->tail;
    if (queue->tail != NULL)
        queue->tail->next = pending;
    else
        queue->head = pending;
    queue->tail = pending;
    queue->count++;
}

static void queue_remove(struct queue *queue, struct pending *pending)
{
    if (pending->previous != NULL)
        pending->previous->next = pending->next;
    else
        queue->head = pending->next;
    if (pending->next != NULL)
        pending->next->previous = pending->previous;
    else
        queue->tail = pending->previous;
    queue->count--;
}

/* Attempts of ours are random digits: any of their bytes spread well, FNV-1a spreads others too. */
static struct pending **bucket_of(const struct journal *journal, const char *attempt)
{
    uint64_t hash = 14695981039346656037U;
    for (size_t i = 0; i < ATTEMPT_LENGTH; i++)
        hash = (hash ^ (unsigned char)attempt[i]) * 1099511628211U;
    return &journal->buckets[hash & (journal->bucket_count - 1)];
}

static void bucket_put(struct journal *journal, struct pending *pending)
{
    struct pending **bucket = bucket_of(journal, pending->attempt);
    pending->bucket_next = *bucket;
    *bucket = pending;
}

static void bucket_remove(struct journal *journal, struct pending *pending)
{
    struct pending **link = bucket_of(journal, pending->attempt);
    while (*link != NULL && *link != pending)
        link = &(*link)->bucket_next;
    if (*link != NULL) *link = pending->bucket_next;
}

static struct pending *bucket_find(const struct journal *journal, const struct stream *stream,
                                   struct slice attempt)
{
    if (attempt.len != ATTEMPT_LENGTH) return NULL;
    struct pending *pending = *bucket_of(journal, attempt.ptr);
    while (pending != NULL && (pending->stream != stream ||
                               memcmp(pending->attempt, attempt.ptr, ATTEMPT_LENGTH) != 0))
        pending = pending->bucket_next;
    return pending;
}

struct pending *pending_new(struct journal *journal, enum pending_kind kind, size_t ledger,
                            void *self)
{
    struct pending *pending = memory_new(sizeof *pending);
    pending->kind = kind;
    pending->stream = journal->streams[ledger];
    pending->started_ns = uv_hrtime();
    pending->deadline_ms = uv_now(journal->loop) + journal->options.deadline_ms;
    pending->self = self;
    if (kind == PENDING_APPEND) journal->appends++;
    return pending;
}

/* Takes it out of everything and tells its owner. Afterwards `pending` may be gone. */
static void finish(struct queue *queue, struct pending *pending,
                   const struct settlement *settlement)
{
    struct journal *journal = pending->stream->journal;
    const struct pending copy = *pending;
    const struct settlement told = *settlement;
    queue_remove(queue, pending);
    if (copy.kind == PENDING_APPEND) journal->appends--;
    if (copy.kind == PENDING_APPEND && queue == &journal->waiting) {
        journal->in_flight--;
        bucket_remove(journal, pending);
    }
    pending->settled = true;
    if (!copy.asked) memory_free(pending);

    if (copy.kind == PENDING_SYNC) {
        copy.on_synced(copy.self, told.kind == SETTLED_FOLDED);
        return;
    }
    struct meter *meter = journal->options.meter;
    if (told.kind == SETTLED_UNKNOWN) meter->commits_unknown++;
    if (told.kind == SETTLED_FOLDED)
        meter_observe(&meter->commit, (uv_hrtime() - copy.started_ns) / 1000);
    copy.on_settled(copy.self, &told);
}

void pending_settle(struct pending *pending, const struct settlement *settlement)
{
    finish(&pending->stream->journal->waiting, pending, settlement);
}

/* The deadline has passed. A connection that still owes an answer by now is not worth keeping. */
static void expire(struct journal *journal, struct pending *pending)
{
    const bool owed = pending->asked;
    pending_settle(pending, &UNKNOWN);
    if (owed && !journal->closing) line_drop(&journal->append, "no answer within the deadline");
}

static void on_deadline(uv_timer_t *timer);

static void arm(struct journal *journal)
{
    const uint64_t now = uv_now(journal->loop);
    uint64_t wait = 0;
    if (journal->closing) return;
    if (journal->refused.head == NULL) {
        if (journal->waiting.head == NULL) return;
        const uint64_t deadline = journal->waiting.head->deadline_ms;
        wait = deadline > now ? deadline - now : 0;
    }
    uv_timer_start(&journal->deadline, on_deadline, wait, 0);
}

static void on_deadline(uv_timer_t *timer)
{
    struct journal *journal = timer->data;
    /* Only those that are here now: an owner may be refused again while it is told. */
    for (size_t left = journal->refused.count; left > 0 && journal->refused.head != NULL; left--)
        finish(&journal->refused, journal->refused.head, &REFUSED);
    const uint64_t now = uv_now(journal->loop);
    while (journal->waiting.head != NULL && journal->waiting.head->deadline_ms <= now)
        expire(journal, journal->waiting.head);
    arm(journal);
}

void pending_wait(struct journal *journal, struct pending *pending)
{
    queue_put(&journal->waiting, pending);
    if (pending->kind == PENDING_APPEND) {
        journal->in_flight++;
        bucket_put(journal, pending);
    }
    /* An earlier deadline is the timer's already; it looks again when it is over. */
    if (uv_is_active((const uv_handle_t *)&journal->deadline) == 0) arm(journal);
}

void pending_refuse(struct journal *journal, struct pending *pending)
{
    queue_put(&journal->refused, pending);
    arm(journal);
}

bool pending_answered(struct pending *pending)
{
    pending->asked = false;
    if (!pending->settled) return false;
    memory_free(pending);
    return true;
}

void pending_folded(struct stream *stream, const struct record *record, const struct fate *fate)
{
    struct pending *pending = bucket_find(stream->journal, stream, record->fields[FIELD_ATTEMPT]);
    if (pending == NULL || pending->found) return;
    pending->found = true;
    pending->settlement =
        (struct settlement){.kind = SETTLED_FOLDED, .id = record->id, .fate = *fate};
    if (stream_is_served(stream)) pending_settle(pending, &pending->settlement);
}

/* The first append of this stream that was folded into a state not served at the time. */
static struct pending *first_found(const struct stream *stream)
{
    struct pending *pending = stream->journal->waiting.head;
    while (pending != NULL && (pending->stream != stream || !pending->found))
        pending = pending->next;
    return pending;
}

void pending_swapped(struct stream *stream)
{
    for (struct pending *found = first_found(stream); found != NULL; found = first_found(stream))
        pending_settle(found, &found->settlement);
}

void pending_forget(struct stream *stream)
{
    for (struct pending *found = first_found(stream); found != NULL; found = first_found(stream))
        found->found = false;
}

static struct pending *first_reached(const struct stream *stream)
{
    const struct record_id last = state_last(stream->served);
    struct pending *pending = stream->journal->waiting.head;
    while (pending != NULL && (pending->stream != stream || !pending->targeted ||
                               record_id_compare(pending->target, last) > 0))
        pending = pending->next;
    return pending;
}

void pending_reached(struct stream *stream)
{
    static const struct settlement reached = {.kind = SETTLED_FOLDED};
    while (stream_is_served(stream)) {
        struct pending *pending = first_reached(stream);
        if (pending == NULL) return;
        pending_settle(pending, &reached);
    }
}

void pending_close(struct journal *journal)
{
    while (journal->refused.head != NULL)
        finish(&journal->refused, journal->refused.head, &REFUSED);
    while (journal->waiting.head != NULL)
        pending_settle(journal->waiting.head, &UNKNOWN);
    uv_close((uv_handle_t *)&journal->deadline, journal_handle_closed);
}
