/*
 * The copy of a log that is about to lose the texts of one record. Happy path: the record is found
 * and taken apart once; then every entry is sent on under its own id as it stands, a batch at a
 * time, and on the way whoever carries the same words is noted.
 */
#include <string.h>

#include "base/memory.h"
#include "edge/store_run.h"

/* ---- the record that loses its texts ---- */

static void note_word(void *self, struct slice word)
{
    struct text *words = self;
    text_put(words, word);
    text_putc(words, '\0');
}

static void cut_texts(struct run *run, const struct record *record)
{
    struct cut_record *cut = &run->cut;
    struct record left = *record;
    const struct digest was = record_digest(record);
    redaction_put_content(&cut->content, record_kind_of(record), record->fields[FIELD_CONTENT]);
    redaction_put_findings(&cut->findings, record->fields[FIELD_FINDINGS]);
    digest_put(&cut->was, &was);
    text_put(&cut->peildatum, record->fields[FIELD_PEILDATUM]);
    text_put(&cut->organisation, record->fields[FIELD_ORGANISATION]);
    left.fields[FIELD_CONTENT] = text_slice(&cut->content);
    left.fields[FIELD_FINDINGS] = text_slice(&cut->findings);
    cut->redaction =
        (struct redaction){.target = record->id, .was = was, .rest = record_fields_digest(&left)};
    redaction_each_word(record->fields[FIELD_CONTENT], left.fields[FIELD_CONTENT], note_word,
                        &cut->words);
}

static enum store_answer examine(struct run *run, const struct record *record)
{
    const enum record_kind kind = record_kind_of(record);
    if (record_is_redacted(record))
        return store_fail(run->store, STORE_WRONG, "this record has been redacted already");
    if (!redaction_is_possible(kind))
        return store_fail(run->store, STORE_WRONG, "records of this kind have no free texts");
    cut_texts(run, record);
    if (digest_equal(&run->cut.redaction.was, &run->cut.redaction.rest))
        return store_fail(run->store, STORE_WRONG, "this record has no free texts");
    return STORE_DONE;
}

enum store_answer run_find_target(struct run *run)
{
    struct store *store = run->store;
    struct text id = {0};
    struct record record;
    redisReply *reply;
    record_id_put(&id, run->order->target);
    command_begin(&store->command, "XRANGE");
    command_add(&store->command, text_slice(&run->log));
    command_add(&store->command, text_slice(&id));
    command_add(&store->command, text_slice(&id));
    enum store_answer answer = store_ask(store, &reply);
    text_done(&id);
    if (answer != STORE_DONE) return answer;
    if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 1 &&
        entry_read(reply->element[0], &record, NULL))
        answer = examine(run, &record);
    else
        answer = store_fail(store, STORE_WRONG, "there is no such record on this log");
    freeReplyObject(reply);
    return answer;
}

/* ---- the copy ---- */

static struct slice text_of(const redisReply *reply)
{
    return slice_from(reply->str, reply->len);
}

/* The value that a field has in the copy. */
static struct slice value_in_copy(const struct run *run, bool is_target, struct slice name,
                                  struct slice value)
{
    if (is_target && slice_is(name, record_field_name(FIELD_CONTENT)))
        return text_slice(&run->cut.content);
    if (is_target && slice_is(name, record_field_name(FIELD_FINDINGS)))
        return text_slice(&run->cut.findings);
    return value;
}

static enum store_answer send_copy(struct run *run, const redisReply *entry, bool is_target)
{
    struct command *command = &run->store->command;
    const redisReply *fields = entry->element[1];
    command_begin(command, "XADD");
    command_add(command, text_slice(&run->copy));
    command_add(command, text_of(entry->element[0]));
    for (size_t i = 0; i < fields->elements; i += 2) {
        const struct slice name = text_of(fields->element[i]);
        command_add(command, name);
        command_add(command, value_in_copy(run, is_target, name, text_of(fields->element[i + 1])));
    }
    if (is_target) {
        command_add_text(command, RECORD_STAND_IN);
        command_add(command, text_slice(&run->cut.was));
    }
    return store_send(run->store);
}

/* Whether one of the texts that go stands in this record too. */
static bool has_word(const struct run *run, const struct record *record)
{
    const struct slice words = text_slice(&run->cut.words);
    for (size_t at = 0; at < words.len; at += strlen(words.ptr + at) + 1) {
        const struct slice fields[] = {record->fields[FIELD_CONTENT],
                                       record->fields[FIELD_FINDINGS]};
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
            if (fields[i].len > 0 && memmem(fields[i].ptr, fields[i].len, words.ptr + at,
                                            strlen(words.ptr + at)) != NULL)
                return true;
        }
    }
    return false;
}

static void note_other(struct run *run, const struct record *record)
{
    struct store_redacted *redacted = run->redacted;
    if (!has_word(run, record)) return;
    redacted->others = memory_room(redacted->others, redacted->other_count, &redacted->other_room,
                                   sizeof *redacted->others);
    redacted->others[redacted->other_count++] = record->id;
}

static enum store_answer copy_entry(struct run *run, const redisReply *entry)
{
    struct record record;
    if (!entry_read(entry, &record, NULL))
        return store_fail(run->store, STORE_WRONG, "an entry that cannot be read");
    const bool is_target = record_id_compare(record.id, run->order->target) == 0;
    chain_take(&run->chain, &record);
    if (!is_target) note_other(run, &record);
    return send_copy(run, entry, is_target);
}

/* All are sent, then all are answered. */
static enum store_answer copy_batch(struct run *run, const redisReply *entries)
{
    enum store_answer answer = STORE_DONE;
    for (size_t i = 0; i < entries->elements && answer == STORE_DONE; i++)
        answer = copy_entry(run, entries->element[i]);
    for (size_t i = 0; i < entries->elements && answer == STORE_DONE; i++) {
        redisReply *reply;
        answer = store_take(run->store, &reply);
        if (answer == STORE_DONE) freeReplyObject(reply);
    }
    return answer;
}

enum store_answer run_copy_rest(struct run *run)
{
    bool more = true;
    enum store_answer answer = STORE_DONE;
    while (more && answer == STORE_DONE) {
        redisReply *entries;
        answer = store_batch(run->store, text_slice(&run->log), chain_last(&run->chain), &entries);
        if (answer != STORE_DONE) break;
        more = entries->elements > 0;
        answer = copy_batch(run, entries);
        freeReplyObject(entries);
    }
    return answer;
}
