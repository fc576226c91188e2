/*
 * Whether the sentinels still name the Redis that we stand on. A master that was replaced goes on
 * taking writes until it is told, seconds later, to follow the new one, and then loses them: so the
 * sentinels are asked every second, and both connections leave a Redis that is no longer named.
 *
 * It fails in silence: without an answer we stay where we are. A second is left in which something
 * can be written to the old master; `min-replicas-to-write` of Redis closes it (docs/beheer.md).
 */
#include "edge/journal_private.h"

enum { WATCH_MS = 1000 };

static void on_time(uv_timer_t *timer);

static void wait_for_next(struct journal *journal)
{
    uv_timer_start(&journal->watch, on_time, WATCH_MS, 0);
}

static bool is_named(const struct line *line, const struct redis_addresses *found)
{
    for (size_t i = 0; i < found->count; i++) {
        if (redis_address_equal(&found->items[i], &line->at)) return true;
    }
    return false;
}

static void leave_unnamed(struct line *line, const struct redis_addresses *found)
{
    if (line->ready && !is_named(line, found))
        line_drop(line, "the sentinels name another Redis now");
}

static void on_found(void *self, const struct redis_addresses *found, const char *fault)
{
    struct journal *journal = self;
    (void)fault;
    journal->watching = NULL;
    wait_for_next(journal);
    if (found == NULL) return;
    leave_unnamed(&journal->append, found);
    if (!journal->closing) leave_unnamed(&journal->follow, found);
}

static void on_time(uv_timer_t *timer)
{
    struct journal *journal = timer->data;
    /* Asked of the sentinel that named it: others may know less. */
    journal->watching = redis_search_begin(journal->loop, &journal->options.redis,
                                           journal->append.round, on_found, journal);
}

void watch_open(struct journal *journal)
{
    uv_timer_init(journal->loop, &journal->watch);
    journal->watch.data = journal;
    journal->handles++;
    if (journal->options.redis.sentinel_count > 0) wait_for_next(journal);
}

void watch_close(struct journal *journal)
{
    redis_search_forget(journal->watching);
    journal->watching = NULL;
    uv_close((uv_handle_t *)&journal->watch, journal_handle_closed);
}
