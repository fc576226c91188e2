/*
 * The append-only file still holds every XADD as it was sent, also of a record that was redacted.
 * Happy path: wait for a rewrite that is under way (it began too early to count), ask for one, wait
 * until it is done. A rewrite that fails is Redis' to explain; here it is an answer.
 */
#include <string.h>
#include <time.h>

#include "edge/store_private.h"

enum { PAUSE_MS = 20, PATIENCE_MS = 600000 };

/* Whether a line of INFO persistence stands there. */
static bool says(const redisReply *info, const char *line)
{
    return info->str != NULL && strstr(info->str, line) != NULL;
}

struct progress {
    bool kept; /* there is an append-only file */
    bool busy;
    bool good; /* the last rewrite was */
};

static enum store_answer ask_progress(struct store *store, struct progress *ret_progress)
{
    redisReply *info;
    command_begin(&store->command, "INFO");
    command_add_text(&store->command, "persistence");
    const enum store_answer answer = store_ask(store, &info);
    if (answer != STORE_DONE) return answer;
    *ret_progress = (struct progress){
        .kept = says(info, "aof_enabled:1"),
        .busy = says(info, "aof_rewrite_in_progress:1") || says(info, "aof_rewrite_scheduled:1"),
        .good = says(info, "aof_last_bgrewrite_status:ok"),
    };
    freeReplyObject(info);
    return STORE_DONE;
}

static enum store_answer await_rest(struct store *store, struct progress *ret_progress)
{
    const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};
    for (unsigned waited = 0; waited < PATIENCE_MS; waited += PAUSE_MS) {
        const enum store_answer answer = ask_progress(store, ret_progress);
        if (answer != STORE_DONE || !ret_progress->busy) return answer;
        nanosleep(&pause, NULL);
    }
    return store_fail(store, STORE_UNREACHABLE, "the rewrite takes longer than ten minutes");
}

enum store_answer store_rewrite(struct store *store, bool *ret_kept)
{
    struct progress progress;
    enum store_answer answer = await_rest(store, &progress);
    if (answer != STORE_DONE) return answer;
    *ret_kept = progress.kept;
    if (!progress.kept) return STORE_DONE;
    command_begin(&store->command, "BGREWRITEAOF");
    answer = store_do(store);
    if (answer == STORE_DONE) answer = await_rest(store, &progress);
    if (answer == STORE_DONE && !progress.good)
        return store_fail(store, STORE_UNREACHABLE, "the rewrite failed, Redis' own log says why");
    return answer;
}
