/*
 * gimon redact: takes the free texts out of one record, for the day a name stands in one. Happy
 * path: the log is rebuilt without them, a `geredigeerd` record says so, the daemons that follow
 * forget the texts, and Redis' file is written anew. The figures, the receipts and the chain stay
 * what they were (docs/log.md).
 *
 * It fails before anything changed, but for two cases that it names: the connection was lost at the
 * last step (asking again tells), and the file on disk still holds the texts.
 */
#include "cli/redact.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/local_audit.h"
#include "edge/store.h"

#include <stdio.h>

enum { REASON_MOST = 1000 };

static const struct command_option OPTIONS[] = {
    {"config", 'c', "FILE", "the configuration (default: " COMMAND_CONFIG ")"},
    {"monitor", 'm', "MONITOR", "the monitor whose log holds the record"},
    {"reason", 'r', "TEXT", "why; it stays on the log, so name nobody in it"},
};

static const struct command_usage USAGE = {
    .synopsis = "gimon redact KENMERK --monitor MONITOR --reason TEXT [OPTION]...",
    .about =
        "Takes the free texts out of the record with that kenmerk, for ever, and notes on the\n"
        "log that it was done. Figures, receipts and the hash chain stay what they were. Needs\n"
        "room in Redis for the log a second time. Daemons may run and need no restart.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .after =
        "Snapshots and backups made before still hold the texts.\n\n"
        "Exit code: 0 done, 1 refused or not done completely, 2 usage, 3 unreachable.",
};

/** What the command line says. */
struct job {
    const char *command, *config;
    struct store_order order;
};

static void print_record(const char *before, struct record_id id, const char *after)
{
    struct text text = {0};
    record_id_put(&text, id);
    printf("%s%.*s%s", before, (int)text.len, text.ptr, after);
    text_done(&text);
}

static void print_done(const struct job *job, const struct store_redacted *redacted)
{
    print_record("record ", job->order.target, ": its free texts are taken out, ");
    print_record("as record ", redacted->id, " says\n");
    for (size_t i = 0; i < redacted->other_count; i++)
        print_record("record ", redacted->others[i],
                     ": the same words stand here too; redact it if they must go\n");
}

static int rewrite(const struct job *job, struct store *store)
{
    bool kept = false;
    if (store_rewrite(store, &kept) == STORE_DONE) {
        if (kept) printf("the append-only file of Redis is written anew without them\n");
        return COMMAND_FINE;
    }
    fprintf(stderr,
            "%s: the append-only file of Redis still holds the texts, have it written anew "
            "(BGREWRITEAOF): %s\n",
            job->command, store_fault(store));
    return COMMAND_REFUSED;
}

static void audit_redaction(const struct job *job, enum store_answer answer, struct record_id id)
{
    struct text object = {0}, record = {0};
    text_puts(&object, "record ");
    record_id_put(&object, job->order.target);
    text_puts(&object, " of ");
    text_put(&object, job->order.monitor);
    if (answer == STORE_DONE) record_id_put(&record, id);
    const enum audit_result results[] = {[STORE_DONE] = AUDIT_ACCEPTED,
                                         [STORE_UNREACHABLE] = AUDIT_UNKNOWN,
                                         [STORE_WRONG] = AUDIT_REFUSED};
    local_audit((struct audit){.action = "redact",
                               .object = text_slice(&object),
                               .result = results[answer],
                               .event = slice_of(record_kind_text(RECORD_REDACTION)),
                               .record = text_slice(&record)});
    text_done(&object);
    text_done(&record);
}

static int redact_in(const struct job *job, struct store *store)
{
    struct store_redacted redacted;
    const enum store_answer answer = store_redact(store, &job->order, &redacted);
    int code = answer == STORE_WRONG ? COMMAND_REFUSED : COMMAND_UNREACHABLE;
    audit_redaction(job, answer, redacted.id);
    if (answer == STORE_DONE) {
        print_done(job, &redacted);
        code = rewrite(job, store);
    } else {
        fprintf(stderr, "%s: %s\n", job->command, store_fault(store));
    }
    if (answer == STORE_UNREACHABLE)
        fprintf(stderr, "%s: whether it was done is told by asking again\n", job->command);
    memory_free(redacted.others);
    return code;
}

static int redact(const struct job *job)
{
    struct loaded loaded;
    char fault[STORE_FAULT_ROOM];
    int code = COMMAND_REFUSED;
    if (load_config(&loaded, job->config)) {
        struct store *store = store_open(&loaded, fault);
        code = store != NULL ? redact_in(job, store) : COMMAND_UNREACHABLE;
        if (store == NULL) fprintf(stderr, "%s: %s\n", job->command, fault);
        store_close(store);
    } else {
        load_print_faults(&loaded.faults);
    }
    load_done(&loaded);
    return code;
}

static bool is_reason(struct slice reason)
{
    return utf8_valid(reason) && slice_trim(reason).len > 0 && utf8_length(reason) <= REASON_MOST;
}

static int check(const struct command_line *line, struct job *job)
{
    size_t count;
    char **words = command_words(line, &count);
    if (count != 1) return command_misuse(line, "name one record by its kenmerk");
    if (!record_id_parse(slice_of(words[0]), &job->order.target))
        return command_misuse(line, "%s is no kenmerk, as 1732262400123-0", words[0]);
    if (job->order.monitor.len == 0) return command_misuse(line, "name a monitor with --monitor");
    if (!is_reason(job->order.reason))
        return command_misuse(line, "say why with --reason, in at most %d characters", REASON_MOST);
    return COMMAND_FINE;
}

int cli_redact(int argc, char **argv)
{
    struct command_line line = {.argc = argc, .argv = argv, .usage = &USAGE};
    struct job job = {.command = argv[0], .config = COMMAND_CONFIG};
    struct text actor = {0};
    for (int letter; (letter = command_next(&line)) != 0;) {
        if (letter == 'c') job.config = line.value;
        if (letter == 'm') job.order.monitor = slice_of(line.value);
        if (letter == 'r') job.order.reason = slice_of(line.value);
    }
    if (line.ended) return line.code;
    int code = check(&line, &job);
    if (code != COMMAND_FINE) return code;
    text_puts(&actor, "gimon redact door ");
    local_put_user(&actor);
    job.order.by = text_slice(&actor);
    code = redact(&job);
    text_done(&actor);
    return code;
}
