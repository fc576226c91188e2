/*
 * A redaction. Redis cannot change an entry in place, so the log is built anew beside itself: every
 * entry under its own id, byte for byte, but for the one that loses its texts and gains the digest
 * that it had. At the end, in one transaction, the `geredigeerd` record is added and the new log
 * takes the old one's name; an append that comes in between makes the transaction fail, and what
 * was appended is copied before the next try. Nobody ever sees half of it.
 *
 * The log that is being built has a name of its own for each run, and a slot beside the log says
 * which run counts: a run that was broken off leaves its half behind for the next one to delete,
 * and of two runs at once the one that began last goes through.
 *
 * It fails before anything changed: there is no such record, it has no texts, Redis refuses, the
 * log is never quiet. What was built so far is deleted.
 */
#include <string.h>

#include "codec/redaction_json.h"
#include "edge/store_run.h"

enum { TRIES = 1000 };

/* ---- a run and its end ---- */

static void put_copy_key(struct text *key, const struct run *run, struct slice attempt)
{
    store_put_key(key, run->order->monitor, "redactie:");
    text_put(key, attempt);
}

static void run_done(struct run *run)
{
    struct text *const texts[] = {
        &run->log,          &run->slot,    &run->copy,          &run->cut.content,
        &run->cut.findings, &run->cut.was, &run->cut.peildatum, &run->cut.organisation,
        &run->cut.words};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        text_done(texts[i]);
    chain_done(&run->chain);
}

static enum store_answer delete_key(struct store *store, struct slice key)
{
    command_begin(&store->command, "DEL");
    command_add(&store->command, key);
    return store_do(store);
}

/* What an earlier run left behind is deleted, and this run is the one that counts. */
static enum store_answer claim(struct run *run)
{
    struct store *store = run->store;
    redisReply *reply;
    struct text left = {0};
    command_begin(&store->command, "GETSET");
    command_add(&store->command, text_slice(&run->slot));
    command_add_text(&store->command, run->attempt);
    enum store_answer answer = store_ask(store, &reply);
    if (answer != STORE_DONE) return answer;
    if (reply->type == REDIS_REPLY_STRING) {
        put_copy_key(&left, run, slice_from(reply->str, reply->len));
        answer = delete_key(store, text_slice(&left));
        text_done(&left);
    }
    freeReplyObject(reply);
    return answer;
}

/* What was built is not left lying about; where that fails too, the next run deletes it. */
static void abandon(struct run *run)
{
    struct store *store = run->store;
    char fault[STORE_FAULT_ROOM];
    memcpy(fault, store->fault, sizeof fault);
    if (store->context->err != 0) return;
    if (run->in_transaction) {
        command_begin(&store->command, "DISCARD");
        if (store_do(store) != STORE_DONE) return;
    }
    if (delete_key(store, text_slice(&run->copy)) == STORE_DONE)
        memcpy(store->fault, fault, sizeof fault);
}

/* ---- the transaction ---- */

static struct slice text_of(const redisReply *reply)
{
    return slice_from(reply->str, reply->len);
}

static enum store_answer watch(struct run *run)
{
    struct store *store = run->store;
    redisReply *reply;
    command_begin(&store->command, "WATCH");
    command_add(&store->command, text_slice(&run->log));
    command_add(&store->command, text_slice(&run->slot));
    enum store_answer answer = store_do(store);
    if (answer != STORE_DONE) return answer;
    command_begin(&store->command, "GET");
    command_add(&store->command, text_slice(&run->slot));
    answer = store_ask(store, &reply);
    if (answer != STORE_DONE) return answer;
    if (reply->type != REDIS_REPLY_STRING || !slice_is(text_of(reply), run->attempt))
        answer = store_fail(store, STORE_UNREACHABLE, "another redaction of this log has begun");
    freeReplyObject(reply);
    return answer;
}

/* The copy has every record of the log, which nobody may touch from here on. */
static enum store_answer compare_lengths(struct run *run)
{
    struct store *store = run->store;
    redisReply *reply;
    command_begin(&store->command, "XLEN");
    command_add(&store->command, text_slice(&run->copy));
    const enum store_answer answer = store_ask(store, &reply);
    if (answer != STORE_DONE) return answer;
    const bool whole =
        reply->type == REDIS_REPLY_INTEGER && (uint64_t)reply->integer == run->chain.count;
    freeReplyObject(reply);
    return whole ? STORE_DONE
                 : store_fail(store, STORE_UNREACHABLE, "the copy is not whole, it is given up");
}

static void put_hex(struct text *text, struct slice content)
{
    const struct digest digest = digest_of(content);
    digest_put(text, &digest);
}

/* As any writer: `vorige` is what was read of the log, and WATCH holds it to be the newest. */
static enum store_answer queue_record(struct run *run)
{
    const struct store_order *order = run->order;
    struct command *command = &run->store->command;
    const struct digest head = chain_head(&run->chain);
    struct text previous = {0}, content = {0}, sha256 = {0};
    record_previous_put(&previous, chain_last(&run->chain), &head);
    redaction_json_write(&content, &run->cut.redaction, order->reason);
    put_hex(&sha256, text_slice(&content));
    const struct slice fields[FIELD_COUNT] = {
        [FIELD_FORMAT] = slice_of("1"),
        [FIELD_KIND] = slice_of(record_kind_text(RECORD_REDACTION)),
        [FIELD_PEILDATUM] = text_slice(&run->cut.peildatum),
        [FIELD_ORGANISATION] = text_slice(&run->cut.organisation),
        [FIELD_BY] = order->by,
        [FIELD_ATTEMPT] = slice_of(run->attempt),
        [FIELD_PREVIOUS] = text_slice(&previous),
        [FIELD_DIGEST] = text_slice(&sha256),
        [FIELD_CONTENT] = text_slice(&content),
    };
    command_begin(command, "XADD");
    command_add(command, text_slice(&run->copy));
    command_add_text(command, "*");
    for (unsigned field = 0; field < FIELD_COUNT; field++) {
        command_add_text(command, record_field_name((enum record_field)field));
        command_add(command, fields[field]);
    }
    const enum store_answer answer = store_do(run->store);
    text_done(&previous);
    text_done(&content);
    text_done(&sha256);
    return answer;
}

static enum store_answer queue_exchange(struct run *run)
{
    struct command *command = &run->store->command;
    command_begin(command, "RENAME");
    command_add(command, text_slice(&run->copy));
    command_add(command, text_slice(&run->log));
    const enum store_answer answer = store_do(run->store);
    return answer == STORE_DONE ? delete_key(run->store, text_slice(&run->slot)) : answer;
}

/* `ret_done` false: somebody appended meanwhile, nothing happened. */
static enum store_answer execute(struct run *run, bool *ret_done)
{
    struct store *store = run->store;
    redisReply *reply;
    run->in_transaction = false;
    command_begin(&store->command, "EXEC");
    enum store_answer answer = store_ask(store, &reply);
    if (answer != STORE_DONE) return answer;
    *ret_done = reply->type == REDIS_REPLY_ARRAY;
    if (*ret_done &&
        (reply->elements != 3 || !record_id_parse(text_of(reply->element[0]), &run->redacted->id)))
        answer = store_fail(store, STORE_WRONG, "an answer to EXEC that cannot be read");
    freeReplyObject(reply);
    return answer;
}

static enum store_answer try_exchange(struct run *run, bool *ret_done)
{
    enum store_answer answer = watch(run);
    if (answer == STORE_DONE) answer = run_copy_rest(run);
    if (answer == STORE_DONE) answer = compare_lengths(run);
    if (answer != STORE_DONE) return answer;
    command_begin(&run->store->command, "MULTI");
    answer = store_do(run->store);
    run->in_transaction = answer == STORE_DONE;
    if (answer == STORE_DONE) answer = queue_record(run);
    if (answer == STORE_DONE) answer = queue_exchange(run);
    return answer == STORE_DONE ? execute(run, ret_done) : answer;
}

static enum store_answer rebuild(struct run *run)
{
    bool done = false;
    enum store_answer answer = claim(run);
    if (answer == STORE_DONE) answer = run_copy_rest(run);
    for (unsigned tries = 0; tries < TRIES && !done && answer == STORE_DONE; tries++)
        answer = try_exchange(run, &done);
    if (answer == STORE_DONE && !done)
        answer = store_fail(run->store, STORE_UNREACHABLE,
                            "the log was never quiet long enough; try again later");
    if (answer != STORE_DONE) abandon(run);
    return answer;
}

enum store_answer store_redact(struct store *store, const struct store_order *order,
                               struct store_redacted *ret_redacted)
{
    struct run run = {.store = store, .order = order, .redacted = ret_redacted};
    *ret_redacted = (struct store_redacted){0};
    if (!attempt_make(run.attempt))
        return store_fail(store, STORE_UNREACHABLE, "no random bytes from the kernel");
    store_put_key(&run.log, order->monitor, "log");
    store_put_key(&run.slot, order->monitor, "redactie");
    put_copy_key(&run.copy, &run, slice_of(run.attempt));
    enum store_answer answer = run_find_target(&run);
    if (answer == STORE_DONE) answer = rebuild(&run);
    run_done(&run);
    return answer;
}
