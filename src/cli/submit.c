/*
 * gimon submit: delivers files. Happy path: each file is PUT to its place, over one connection, and
 * one line says what became of it. What is refused is said with its findings and the next file goes
 * on; when nobody takes deliveries, not even after some patience, or nobody knows the token, the
 * rest is left and the exit code says so. Delivering again is always safe: the daemon knows a
 * delivery that it already has.
 */
#include "cli/submit.h"

#include "cli/answer_print.h"
#include "cli/command.h"
#include "cli/delivery_file.h"
#include "cli/progress.h"

#include <errno.h>
#include <string.h>

enum { TRIES = 6, OPTION_JSON = 256, OPTION_FORMAT };

static const struct command_option OPTIONS[] = {
    {"url", 'u', "URL", "the daemon (default: GIMON_URL, or " COMMAND_URL ")"},
    {"monitor", 'm', "MONITOR", "the monitor, as gi"},
    {"peildatum", 'p', "DATE", "the reference date, as 2024-10-01"},
    {"organisatie", 'o', "ID", "the organisation, as jb-noord"},
    {"format", OPTION_FORMAT, "FORMAT", "json or csv (default: csv for *.csv, else json)"},
    {"dry-run", 'n', NULL, "only say what would become of it; nothing is stored"},
    {"token-file", 't', "FILE", "a file with the token (default: GIMON_TOKEN)"},
    {"json", OPTION_JSON, NULL, "print the answers as they come, a line a file"},
};

static const struct command_usage USAGE = {
    .synopsis = "gimon submit FILE... [OPTION]...",
    .about =
        "Delivers files (- is standard input). What no option says of a file is taken from its\n"
        "path: MONITOR/PEILDATUM/ORGANISATIE.json. Tries again while the daemon is away or busy,\n"
        "never sooner than it asks; gives up where that is more than a minute.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .after = "Exit code: 0 all are accepted, 1 some were refused, 2 usage, 3 unreachable.",
};

/** What the command line says, and how far it has been done. */
struct job {
    const char *url, *token_file, *format;
    struct slice monitor, peildatum, organisation;
    bool json, dry_run;
    struct http_client *client;
    struct progress progress;
    size_t at, accepted, refused; /* files */
    struct text what;             /* the one that is under way, as people are told */
};

static struct delivery_file file_of(const struct job *job, const char *name)
{
    return (struct delivery_file){.name = name,
                                  .monitor = job->monitor,
                                  .peildatum = job->peildatum,
                                  .organisation = job->organisation,
                                  .format = job->format};
}

static void name_file(struct job *job, const struct delivery_file *file)
{
    text_clear(&job->what);
    text_printf(&job->what, "%.*s/%.*s/%.*s", (int)file->monitor.len, file->monitor.ptr,
                (int)file->peildatum.len, file->peildatum.ptr, (int)file->organisation.len,
                file->organisation.ptr);
    text_putc(&job->what, '\0');
}

static void on_waiting(void *self, long milliseconds)
{
    struct job *job = self;
    char note[64];
    snprintf(note, sizeof note, "the daemon is away or busy; again in %ld.%ld s",
             milliseconds / 1000, milliseconds % 1000 / 100);
    progress_show(&job->progress, job->at + 1, job->what.ptr, note);
}

static int judge(const struct job *job, const struct http_answer *answer)
{
    if (http_answer_is_absent(answer)) return COMMAND_UNREACHABLE;
    if (job->dry_run)
        return answer->status == 200 && answer_is_acceptable(answer) ? COMMAND_FINE
                                                                     : COMMAND_REFUSED;
    return answer->status == 200 || answer->status == 201 ? COMMAND_FINE : COMMAND_REFUSED;
}

static void print_answer(struct job *job, const struct http_answer *answer, int code)
{
    progress_clear(&job->progress);
    if (job->json)
        answer_print_json(stdout, answer);
    else if (job->dry_run && answer->status == 200)
        answer_print_trial(stdout, job->what.ptr, answer);
    else if (code == COMMAND_FINE)
        answer_print_receipt(stdout, job->what.ptr, answer);
    else
        answer_print_refusal(stderr, job->what.ptr, answer);
    fflush(stdout);
}

/** How a file ended, and whether the next one has a chance. */
struct ending {
    int code;
    bool hopeless;
};

static struct ending send_file(struct job *job, const struct delivery_file *file, struct slice body)
{
    struct text path = {0};
    delivery_file_put_path(&path, file, job->dry_run ? "_controleer" : NULL);
    const struct http_question question = {.method = job->dry_run ? "POST" : "PUT",
                                           .path = text_slice(&path),
                                           .accept = "application/json",
                                           .content_type = delivery_file_type(file),
                                           .body = body};
    struct http_answer answer = http_client_ask(job->client, &question, TRIES);
    const struct ending ending = {
        .code = judge(job, &answer),
        .hopeless = http_answer_is_absent(&answer) || answer.status == 401,
    };
    print_answer(job, &answer, ending.code);
    http_answer_done(&answer);
    text_done(&path);
    return ending;
}

static struct ending deliver(struct job *job, const char *name)
{
    struct ending ending = {.code = COMMAND_REFUSED};
    struct delivery_file file = file_of(job, name);
    struct text body = {0};
    if (!delivery_file_locate(&file)) return ending;
    name_file(job, &file);
    progress_show(&job->progress, job->at + 1, job->what.ptr, NULL);
    if (delivery_file_read(&file, &body)) {
        ending = send_file(job, &file, text_slice(&body));
    } else {
        struct http_answer none = {0};
        snprintf(none.fault, sizeof none.fault, "%s cannot be read: %s", name, strerror(errno));
        progress_clear(&job->progress);
        fprintf(stderr, "gimon submit: %s\n", none.fault);
        if (job->json) answer_print_json(stdout, &none);
    }
    text_done(&body);
    return ending;
}

/** What became of all, where there were several. */
static void print_sum(const struct job *job, char **files, size_t count)
{
    const size_t left = count - job->accepted - job->refused;
    if (count < 2) return;
    fprintf(stderr, "%zu files: %zu accepted, %zu refused, %zu not delivered%s%s\n", count,
            job->accepted, job->refused, left, left > 0 ? "; the first of these is " : "",
            left > 0 ? files[count - left] : "");
}

static int deliver_all(struct job *job, char **files, size_t count)
{
    int worst = COMMAND_FINE;
    job->progress = progress_of(count);
    for (job->at = 0; job->at < count; job->at++) {
        const struct ending ending = deliver(job, files[job->at]);
        if (ending.code == COMMAND_FINE) job->accepted++;
        if (ending.code == COMMAND_REFUSED) job->refused++;
        if (ending.code > worst) worst = ending.code;
        if (ending.hopeless) break;
    }
    print_sum(job, files, count);
    return worst;
}

static void take_option(struct job *job, int letter, const char *value)
{
    if (letter == 'u') job->url = value;
    if (letter == 'm') job->monitor = slice_of(value);
    if (letter == 'p') job->peildatum = slice_of(value);
    if (letter == 'o') job->organisation = slice_of(value);
    if (letter == 't') job->token_file = value;
    if (letter == 'n') job->dry_run = true;
    if (letter == OPTION_JSON) job->json = true;
    if (letter == OPTION_FORMAT) job->format = value;
}

/** Nothing is sent before every file has a place of its own. */
static int check_files(const struct command_line *line, const struct job *job, char **files,
                       size_t count)
{
    if (count == 0) return command_misuse(line, "name a file, or - for standard input");
    if (count > 1 && job->organisation.len > 0)
        return command_misuse(line, "--organisatie is for one file");
    if (job->format && strcmp(job->format, "json") != 0 && strcmp(job->format, "csv") != 0)
        return command_misuse(line, "%s is no format: json or csv", job->format);
    for (size_t at = 0; at < count; at++) {
        struct delivery_file file = file_of(job, files[at]);
        if (!delivery_file_locate(&file))
            return command_misuse(
                line,
                "%s: say --monitor, --peildatum (as 2024-10-01) and --organisatie, or give a path "
                "MONITOR/PEILDATUM/ORGANISATIE.json",
                files[at]);
    }
    return COMMAND_FINE;
}

int cli_submit(int argc, char **argv)
{
    struct command_line line = {.argc = argc, .argv = argv, .usage = &USAGE};
    struct job job = {.url = command_default_url()};
    struct text token = {0};
    size_t count;
    for (int letter; (letter = command_next(&line)) != 0;)
        take_option(&job, letter, line.value);
    if (line.ended) return line.code;
    char **files = command_words(&line, &count);
    int code = check_files(&line, &job, files, count);
    if (code != COMMAND_FINE) return code;
    if (!http_read_token(argv[0], job.token_file, &token)) return COMMAND_REFUSED;
    job.client = http_client_new(job.url, token.ptr);
    http_client_watch(job.client, on_waiting, &job);
    code = deliver_all(&job, files, count);
    http_client_free(job.client);
    text_done(&job.what);
    text_done(&token);
    return code;
}
