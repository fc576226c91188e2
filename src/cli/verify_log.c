/*
 * Logs read straight from Redis and held against themselves. Happy path: a log is walked once, an
 * inquest looks at each record, and one line gives its count, last id and head. Where something is
 * wrong each place is a line of its own. A log that was written to while flaws were found may just
 * have been redacted under our eyes: it is walked again before anything is said.
 *
 * It fails where Redis is not reached, with a sentence on standard error.
 */
#include "cli/verify_log.h"

#include "base/memory.h"
#include "cli/command.h"
#include "codec/payload.h"
#include "core/inquest.h"
#include "edge/store.h"

#include <stdio.h>

enum { WALKS_MOST = 3, FLAWS_SHOWN = 200 };

/* One walk over one log. */
struct walk {
    struct inquest *inquest;
    struct flaw *flaws;
    size_t flaw_count, flaw_room;
    struct store_tally tally; /* as Redis counted before the walk */
    /* what stands where a receipt says its record is */
    struct record_id wanted;
    bool found, redacted;
    struct digest sha256;
};

static void on_flaw(void *self, const struct flaw *flaw)
{
    struct walk *walk = self;
    walk->flaws = memory_room(walk->flaws, walk->flaw_count, &walk->flaw_room, sizeof *walk->flaws);
    walk->flaws[walk->flaw_count++] = *flaw;
}

static void take_wanted(struct walk *walk, const struct record *record)
{
    if (record_id_compare(record->id, walk->wanted) != 0) return;
    walk->redacted = record_is_redacted(record);
    walk->found = digest_parse(record->fields[FIELD_DIGEST], &walk->sha256);
}

static void on_record(void *self, const struct record *record, bool well_formed)
{
    struct walk *walk = self;
    const bool says = record_kind_of(record) == RECORD_REDACTION;
    struct payload payload = says ? payload_read(record) : (struct payload){0};
    inquest_take(walk->inquest, record, well_formed, payload.redaction);
    memory_free(payload.redaction);
    take_wanted(walk, record);
}

static void walk_done(struct walk *walk)
{
    inquest_free(walk->inquest);
    memory_free(walk->flaws);
    *walk = (struct walk){0};
}

static enum store_answer walk_once(struct store *store, struct slice monitor,
                                   struct record_id wanted, struct walk *ret_walk)
{
    struct walk walk = {.wanted = wanted};
    enum store_answer answer = store_count(store, monitor, &walk.tally);
    *ret_walk = walk;
    if (answer != STORE_DONE) return answer;
    ret_walk->inquest = inquest_new(on_flaw, ret_walk);
    answer = store_walk(store, monitor, on_record, ret_walk);
    inquest_end(ret_walk->inquest);
    return answer;
}

static bool is_written_to(const struct walk *walk)
{
    return record_id_compare(walk->tally.last, chain_last(inquest_chain(walk->inquest))) < 0;
}

static enum store_answer walk_log(struct store *store, struct slice monitor,
                                  struct record_id wanted, struct walk *ret_walk)
{
    enum store_answer answer = walk_once(store, monitor, wanted, ret_walk);
    for (unsigned walks = 1; walks < WALKS_MOST; walks++) {
        if (answer != STORE_DONE || ret_walk->flaw_count == 0 || !is_written_to(ret_walk)) break;
        walk_done(ret_walk);
        answer = walk_once(store, monitor, wanted, ret_walk);
    }
    return answer;
}

/* ---- what is said ---- */

static void print_id(struct record_id id)
{
    struct text text = {0};
    record_id_put(&text, id);
    printf("%.*s", (int)text.len, text.ptr);
    text_done(&text);
}

static void print_digest(const struct digest *digest)
{
    struct text text = {0};
    digest_put(&text, digest);
    printf("%.*s", (int)text.len, text.ptr);
    text_done(&text);
}

static bool is_start(struct record_id id)
{
    return id.ms == 0 && id.seq == 0;
}

/* Which record, or, where nobody can tell, between which heads. */
static void print_suspect(const struct flaw *flaw)
{
    if (flaw->suspects > 1) {
        printf("one of the %zu records after ", flaw->suspects);
        print_id(flaw->after);
        printf(" up to ");
    } else {
        printf("record ");
    }
    print_id(flaw->record);
    printf(": %s", flaw_text(flaw->kind));
}

/* Who says so, and what is certain before it. */
static void print_witness(const struct flaw *flaw)
{
    printf("; record ");
    print_id(flaw->witness);
    printf(flaw->doubtful ? ", itself altered, knew another log" : " knew another log");
    if (flaw->suspects > 1) return;
    if (is_start(flaw->after)) {
        printf("; nothing before it is certain");
    } else {
        printf("; good up to ");
        print_id(flaw->after);
    }
}

static void print_flaw(const char *monitor, const struct flaw *flaw)
{
    printf("%s: ", monitor);
    print_suspect(flaw);
    if (flaw->kind == FLAW_ALTERED || flaw->kind == FLAW_MISSING) print_witness(flaw);
    if (flaw->kind == FLAW_REPEATED) {
        printf(": ");
        print_id(flaw->witness);
    }
    printf("\n");
}

static void print_flaws(const char *monitor, const struct walk *walk)
{
    const size_t shown = walk->flaw_count < FLAWS_SHOWN ? walk->flaw_count : FLAWS_SHOWN;
    for (size_t i = 0; i < shown; i++)
        print_flaw(monitor, &walk->flaws[i]);
    if (shown < walk->flaw_count)
        printf("%s: and %zu more places\n", monitor, walk->flaw_count - shown);
}

/* Redis counts what it ever added, also what is gone; the end of a log has no other witness. */
static bool print_losses(const char *monitor, const struct walk *walk)
{
    const struct store_tally *tally = &walk->tally;
    const struct record_id last = chain_last(inquest_chain(walk->inquest));
    const bool cut = record_id_compare(tally->last_given, last) > 0;
    if (cut) {
        printf("%s: record ", monitor);
        print_id(tally->last_given);
        printf(": removed from the end; the last one is ");
        print_id(last);
        printf("\n");
    }
    if (tally->added > tally->length)
        printf("%s: records removed by Redis: %llu of %llu\n", monitor,
               (unsigned long long)(tally->added - tally->length),
               (unsigned long long)tally->added);
    return cut || tally->added > tally->length;
}

static int report(const char *monitor, const struct walk *walk)
{
    const struct chain *chain = inquest_chain(walk->inquest);
    const struct digest head = chain_head(chain);
    print_flaws(monitor, walk);
    const bool lost = print_losses(monitor, walk);
    const bool fine = walk->flaw_count == 0 && !lost;
    printf("%s: %s, %zu %s", monitor, fine ? "ok" : "NOT ok", chain->count,
           chain->count == 1 ? "record" : "records");
    if (chain->count > 0) {
        printf(", last ");
        print_id(chain_last(chain));
        printf(", head ");
        print_digest(&head);
    }
    printf("\n");
    return fine ? COMMAND_FINE : COMMAND_REFUSED;
}

static int explain(const char *command, const struct store *store, enum store_answer answer)
{
    fprintf(stderr, "%s: %s\n", command, store_fault(store));
    return answer == STORE_WRONG ? COMMAND_REFUSED : COMMAND_UNREACHABLE;
}

/* ---- the logs of a configuration ---- */

static int verify_log(const char *command, struct store *store, struct slice monitor)
{
    static const struct record_id none = {0};
    struct walk walk;
    const enum store_answer answer = walk_log(store, monitor, none, &walk);
    int code = COMMAND_FINE;
    if (answer == STORE_DONE) {
        struct arena arena;
        arena_init(&arena);
        code = report(arena_copy(&arena, monitor).ptr, &walk);
        arena_done(&arena);
    } else {
        code = explain(command, store, answer);
    }
    walk_done(&walk);
    return code;
}

static struct store *open_store(const char *command, struct loaded *loaded)
{
    char fault[STORE_FAULT_ROOM];
    struct store *store = store_open(loaded, fault);
    if (store == NULL) fprintf(stderr, "%s: %s\n", command, fault);
    return store;
}

static int verify_all(const char *command, struct loaded *loaded, const char *monitor)
{
    struct store *store = open_store(command, loaded);
    int worst = COMMAND_FINE;
    if (store == NULL) return COMMAND_UNREACHABLE;
    if (monitor != NULL) worst = verify_log(command, store, slice_of(monitor));
    for (size_t i = 0; monitor == NULL && i < loaded->rulebook_count; i++) {
        const int code = verify_log(command, store, loaded->rulebooks[i]->monitor.id);
        if (code > worst) worst = code;
    }
    store_close(store);
    return worst;
}

int verify_logs(const char *command, const char *config_file, const char *monitor)
{
    struct loaded loaded;
    /* One log needs no definitions; all logs are those of the monitors that are defined. */
    const bool read =
        monitor != NULL ? load_config(&loaded, config_file) : load_all(&loaded, config_file);
    int code = COMMAND_REFUSED;
    if (read)
        code = verify_all(command, &loaded, monitor);
    else
        load_print_faults(&loaded.faults);
    load_done(&loaded);
    return code;
}

/* ---- a receipt ---- */

static int compare(const struct receipt_file *receipt, const struct walk *walk)
{
    const struct chain *chain = inquest_chain(walk->inquest);
    const size_t position = chain_find(chain, receipt->id);
    printf("record ");
    print_id(receipt->id);
    if (position == chain->count || !walk->found) {
        printf(": it is not on the log\n");
        return COMMAND_REFUSED;
    }
    const bool same = digest_equal(&walk->sha256, &receipt->sha256);
    if (digest_equal(&chain->links[position].head, &receipt->head) && same) {
        printf(": ok, it is on the log unaltered%s\n",
               walk->redacted ? "; its free texts were taken out later" : "");
        return COMMAND_FINE;
    }
    printf(same ? ": it says what the receipt says, but it or a record before it was altered since"
                : ": it was altered, its content is not the receipt's");
    printf("; head here ");
    print_digest(&chain->links[position].head);
    printf(", in the receipt ");
    print_digest(&receipt->head);
    printf("\n");
    return COMMAND_REFUSED;
}

/* What is wrong at the record itself or anywhere before it. */
static int compare_in_walk(const struct receipt_file *receipt, struct walk *walk)
{
    size_t kept = 0;
    for (size_t i = 0; i < walk->flaw_count; i++) {
        if (record_id_compare(walk->flaws[i].record, receipt->id) <= 0)
            walk->flaws[kept++] = walk->flaws[i];
    }
    walk->flaw_count = kept;
    print_flaws(receipt->monitor, walk);
    const int code = compare(receipt, walk);
    return kept > 0 ? COMMAND_REFUSED : code;
}

int verify_receipt_in_log(const char *command, const char *config_file,
                          const struct receipt_file *receipt)
{
    struct loaded loaded;
    struct walk walk;
    if (!load_config(&loaded, config_file)) {
        load_print_faults(&loaded.faults);
        load_done(&loaded);
        return COMMAND_REFUSED;
    }
    struct store *store = open_store(command, &loaded);
    int code = COMMAND_UNREACHABLE;
    if (store != NULL) {
        const enum store_answer answer =
            walk_log(store, slice_of(receipt->monitor), receipt->id, &walk);
        code = answer == STORE_DONE ? compare_in_walk(receipt, &walk)
                                    : explain(command, store, answer);
        walk_done(&walk);
    }
    store_close(store);
    load_done(&loaded);
    return code;
}
