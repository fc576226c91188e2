/*
 * The journal as its owner sees it. Opened, it connects twice and keeps at it; the owner hears of
 * states to read (on_state) and of Redis taking commits or not (on_writable). Commits are taken
 * when both connections are up, every log has been checked since the follower connected, every
 * state that is served is the one that grows, and our clock is not far behind the log's.
 *
 * It never fails as a whole: without Redis nothing is writable and everything is refused at once.
 */
#include "edge/journal.h"

#include "base/memory.h"
#include "edge/clock.h"
#include "edge/journal_private.h"
#include "edge/log.h"

enum { CLOCK_GATE_MS = 60000 };

/* Our clock, as ids count it. */
static uint64_t clock_ms(void)
{
    return (uint64_t)clock_now().ms;
}

bool gate_pass(struct gate *gate, const struct journal *journal, uint64_t interval_ms,
               uint64_t *ret_held_back)
{
    const uint64_t now = uv_now(journal->loop);
    if (now < gate->closed_until_ms) {
        gate->held_back++;
        return false;
    }
    *ret_held_back = gate->held_back;
    *gate = (struct gate){.closed_until_ms = now + interval_ms};
    return true;
}

static bool is_too_far_ahead(struct record_id id)
{
    return id.ms > clock_ms() + CLOCK_REFUSE_MS;
}

void journal_check_clock(struct journal *journal, struct record_id id, bool just_given)
{
    const uint64_t now = clock_ms();
    const bool ahead = id.ms > now + CLOCK_WARN_MS;
    const bool behind = just_given && id.ms + CLOCK_WARN_MS < now;
    uint64_t held_back;
    if (!ahead && !behind) return;
    if (!gate_pass(&journal->clock_gate, journal, CLOCK_GATE_MS, &held_back)) return;
    const unsigned long long apart = ahead ? id.ms - now : now - id.ms;
    if (is_too_far_ahead(id))
        log_line(LOG_LEVEL_ERROR,
                 "commits are refused: the log is far ahead of our clock, set the clocks of Redis "
                 "and of this machine right ahead_ms=%llu",
                 apart);
    else
        log_line(LOG_LEVEL_WARNING,
                 "the log's clock and ours differ, set both right apart_ms=%llu log_is=%s", apart,
                 ahead ? "ahead" : "behind");
}

static const char *copy_text(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_copy(arena, slice_of(text)).ptr;
}

/* The target's texts into our own memory. */
static void copy_target(struct arena *arena, struct redis_target *target)
{
    struct slice *sentinels = arena_array(arena, target->sentinel_count, sizeof *sentinels);
    for (size_t i = 0; i < target->sentinel_count; i++)
        sentinels[i] = arena_copy(arena, target->sentinels[i]);
    target->sentinels = sentinels;
    target->address = copy_text(arena, target->address);
    target->master = copy_text(arena, target->master);
    target->user = copy_text(arena, target->user);
    target->password = copy_text(arena, target->password);
    target->sentinel_user = copy_text(arena, target->sentinel_user);
    target->sentinel_password = copy_text(arena, target->sentinel_password);
}

static void copy_options(struct journal *journal, const struct journal_options *options)
{
    journal->options = *options;
    copy_target(&journal->arena, &journal->options.redis);
    journal->options.monitors = NULL; /* the streams know */
}

size_t journal_add(struct journal *journal, struct slice monitor)
{
    const size_t number = journal->stream_count;
    journal->streams =
        memory_room(journal->streams, number, &journal->stream_room, sizeof(struct stream *));
    journal->streams[number] = stream_new(journal, monitor, number);
    journal->stream_count++;
    return number;
}

/* Of the start: there are no commits before all of them are served. */
static void add_first(struct journal *journal, const struct journal_options *options)
{
    for (size_t i = 0; i < options->monitor_count; i++) {
        const size_t number = journal_add(journal, options->monitors[i]);
        journal->streams[number]->awaited = true;
    }
}

struct journal *journal_open(uv_loop_t *loop, const struct journal_options *options,
                             const struct journal_listener *listener)
{
    struct journal *journal = memory_new(sizeof *journal);
    journal->loop = loop;
    journal->listener = *listener;
    arena_init(&journal->arena);
    copy_options(journal, options);
    add_first(journal, options);
    pending_open(journal);
    line_init(&journal->append, journal, "append", append_greet);
    line_init(&journal->follow, journal, "follow", follow_greet);
    watch_open(journal);
    line_open(&journal->append);
    line_open(&journal->follow);
    return journal;
}

/* Every log is followed, and what is served is what grows. One that was added does not hold up the
 * others until it has been served once. */
static bool is_whole(const struct journal *journal)
{
    for (size_t i = 0; i < journal->stream_count; i++) {
        const struct stream *stream = journal->streams[i];
        if (!stream->awaited) continue;
        if (!stream_is_served(stream) || is_too_far_ahead(state_last(stream->served))) return false;
    }
    return true;
}

bool journal_writable(const struct journal *journal)
{
    return !journal->closing && journal->append.ready && journal->follow.ready && is_whole(journal);
}

void journal_review(struct journal *journal)
{
    journal->options.meter->redis_up =
        !journal->closing && journal->append.ready && journal->follow.ready;
    const bool writable = journal_writable(journal);
    if (journal->closing || writable == journal->writable_told) return;
    journal->writable_told = writable;
    journal->listener.on_writable(journal->listener.self, writable);
}

static void free_now(struct journal *journal)
{
    void (*closed)(void *self) = journal->closed;
    void *self = journal->closed_self;
    for (size_t i = 0; i < journal->stream_count; i++)
        stream_free(journal->streams[i]);
    memory_free(journal->streams);
    memory_free(journal->buckets);
    command_done(&journal->command);
    arena_done(&journal->arena);
    memory_free(journal);
    closed(self);
}

void journal_handle_closed(uv_handle_t *handle)
{
    struct journal *journal = handle->data;
    journal->handles--;
    if (journal->handles == 0) free_now(journal);
}

void journal_close(struct journal *journal, void (*closed)(void *self), void *self)
{
    journal->closing = true;
    journal->closed = closed;
    journal->closed_self = self;
    journal->options.meter->redis_up = false;
    pending_close(journal);
    watch_close(journal);
    line_close(&journal->append);
    line_close(&journal->follow);
}
