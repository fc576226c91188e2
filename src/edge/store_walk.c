/*
 * A log read from its first record to its last, in batches that begin behind the last id read. It
 * fails where Redis does, and with WRONG where something stands in a stream that is no entry.
 */
#include "edge/store_private.h"

static void add_count(struct command *command, struct text *number, uint64_t count)
{
    text_put_u64(number, count);
    command_add_text(command, "COUNT");
    command_add(command, text_slice(number));
}

enum store_answer store_batch(struct store *store, struct slice key, struct record_id after,
                              redisReply **ret_entries)
{
    struct text from = {0}, count = {0};
    redisReply *reply;
    text_putc(&from, '(');
    record_id_put(&from, after);
    command_begin(&store->command, "XRANGE");
    command_add(&store->command, key);
    command_add(&store->command, text_slice(&from));
    command_add_text(&store->command, "+");
    add_count(&store->command, &count, STORE_BATCH);
    enum store_answer answer = store_ask(store, &reply);
    text_done(&from);
    text_done(&count);
    if (answer != STORE_DONE) return answer;
    if (reply->type != REDIS_REPLY_ARRAY) {
        freeReplyObject(reply);
        return store_fail(store, STORE_WRONG, "an answer to XRANGE that cannot be read");
    }
    *ret_entries = reply;
    return STORE_DONE;
}

static enum store_answer visit_all(struct store *store, const redisReply *entries,
                                   store_visitor *visit, void *self)
{
    for (size_t i = 0; i < entries->elements; i++) {
        struct record record;
        bool well_formed;
        if (!entry_read(entries->element[i], &record, &well_formed))
            return store_fail(store, STORE_WRONG, "an entry that cannot be read");
        visit(self, &record, well_formed);
    }
    return STORE_DONE;
}

enum store_answer store_walk(struct store *store, struct slice monitor, store_visitor *visit,
                             void *self)
{
    struct text key = {0};
    struct record_id last = {0};
    enum store_answer answer = STORE_DONE;
    bool more = true;
    store_put_key(&key, monitor, "log");
    while (more && answer == STORE_DONE) {
        redisReply *entries;
        answer = store_batch(store, text_slice(&key), last, &entries);
        if (answer != STORE_DONE) break;
        more = entries->elements > 0;
        if (more && !entry_read_id(entries->element[entries->elements - 1], &last))
            answer = store_fail(store, STORE_WRONG, "an entry without an id");
        if (answer == STORE_DONE) answer = visit_all(store, entries, visit, self);
        freeReplyObject(entries);
    }
    text_done(&key);
    return answer;
}

static struct slice text_of(const redisReply *reply)
{
    return slice_from(reply->str, reply->len);
}

/* XINFO STREAM answers names and values in turn; an error for a log that is not there. */
static void read_counts(const redisReply *facts, struct store_tally *tally)
{
    tally->counted = facts->type == REDIS_REPLY_ARRAY;
    for (size_t i = 0; tally->counted && i + 1 < facts->elements; i += 2) {
        const struct slice name = text_of(facts->element[i]);
        const redisReply *value = facts->element[i + 1];
        if (slice_is(name, "length")) tally->length = (uint64_t)value->integer;
        if (slice_is(name, "entries-added")) tally->added = (uint64_t)value->integer;
        if (slice_is(name, "last-generated-id") &&
            !record_id_parse(text_of(value), &tally->last_given))
            tally->last_given = (struct record_id){0};
    }
}

static enum store_answer ask_counts(struct store *store, struct slice key,
                                    struct store_tally *tally)
{
    redisReply *reply;
    command_begin(&store->command, "XINFO");
    command_add_text(&store->command, "STREAM");
    command_add(&store->command, key);
    const enum store_answer answer = store_ask_any(store, &reply);
    if (answer != STORE_DONE) return answer;
    read_counts(reply, tally);
    freeReplyObject(reply);
    return STORE_DONE;
}

static enum store_answer ask_last(struct store *store, struct slice key, struct store_tally *tally)
{
    redisReply *reply;
    command_begin(&store->command, "XREVRANGE");
    command_add(&store->command, key);
    command_add_text(&store->command, "+");
    command_add_text(&store->command, "-");
    command_add_text(&store->command, "COUNT");
    command_add_text(&store->command, "1");
    enum store_answer answer = store_ask(store, &reply);
    if (answer != STORE_DONE) return answer;
    if (!entries_read_last(reply, &tally->last))
        answer = store_fail(store, STORE_WRONG, "an answer to XREVRANGE that cannot be read");
    freeReplyObject(reply);
    return answer;
}

enum store_answer store_count(struct store *store, struct slice monitor,
                              struct store_tally *ret_tally)
{
    struct text key = {0};
    struct store_tally tally = {0};
    store_put_key(&key, monitor, "log");
    enum store_answer answer = ask_last(store, text_slice(&key), &tally);
    if (answer == STORE_DONE) answer = ask_counts(store, text_slice(&key), &tally);
    text_done(&key);
    if (answer == STORE_DONE) *ret_tally = tally;
    return answer;
}
