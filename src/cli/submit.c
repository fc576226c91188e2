/*
 * gimon submit: delivers files. Happy path: each file is PUT to its place and one line says what
 * became of it. What is refused is said with its findings and the next file goes on; when nobody
 * takes deliveries, not even after some patience, the rest is left and the exit code says so.
 * Delivering again is always safe: the daemon knows a delivery that it already has.
 */
#include "cli/submit.h"

#include "cli/answer_print.h"
#include "cli/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 6, FILE_BYTES_MOST = 64 << 20, OPTION_JSON = 256, CHUNK = 65536 };

static const struct command_option OPTIONS[] = {
    {"url", 'u', "URL", "the daemon (default: GIMON_URL, or " COMMAND_URL ")"},
    {"monitor", 'm', "MONITOR", "the monitor, as gi"},
    {"peildatum", 'p', "DATE", "the reference date, as 2024-10-01"},
    {"organisatie", 'o', "ID", "the organisation, as jb-noord"},
    {"token-file", 't', "FILE", "a file with the token (default: GIMON_TOKEN)"},
    {"json", OPTION_JSON, NULL, "print the answers as they come"},
};

static const struct command_usage USAGE = {
    .synopsis = "gimon submit FILE... [OPTION]...",
    .about =
        "Delivers files (- is standard input). What no option says of a file is taken from its\n"
        "path: MONITOR/PEILDATUM/ORGANISATIE.json. Retries while the daemon is away or busy.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .after = "Exit code: 0 all are stored, 1 some were refused, 2 usage, 3 unreachable.",
};

/** What the command line says. */
struct job {
    const char *url, *token_file;
    struct slice monitor, peildatum, organisation;
    bool json;
    struct http_client *client;
};

/** One file and where it goes. */
struct delivery {
    const char *file;
    struct slice monitor, peildatum, organisation;
};

static bool is_standard_input(const char *file)
{
    return strcmp(file, "-") == 0;
}

/** Cuts the last part off a path: `a/b/c` gives `c` and leaves `a/b`. */
static struct slice cut_last(struct slice *path)
{
    size_t at = path->len;
    while (at > 0 && path->ptr[at - 1] != '/')
        at--;
    struct slice last = slice_from(path->ptr + at, path->len - at);
    path->len = at > 0 ? at - 1 : 0;
    return last;
}

static struct slice without_suffix(struct slice name)
{
    for (size_t at = name.len; at > 1; at--)
        if (name.ptr[at - 1] == '.') return slice_from(name.ptr, at - 1);
    return name;
}

/** Where a file goes: what the line says, else what its path says. */
static struct delivery locate(const struct job *job, const char *file)
{
    struct delivery delivery = {.file = file};
    struct slice path = is_standard_input(file) ? slice_of(NULL) : slice_of(file);
    struct slice organisation = without_suffix(cut_last(&path));
    struct slice peildatum = cut_last(&path), monitor = cut_last(&path);
    delivery.organisation = job->organisation.len > 0 ? job->organisation : organisation;
    delivery.peildatum = job->peildatum.len > 0 ? job->peildatum : peildatum;
    delivery.monitor = job->monitor.len > 0 ? job->monitor : monitor;
    return delivery;
}

static bool is_located(const struct delivery *delivery)
{
    return delivery->monitor.len > 0 && delivery->peildatum.len > 0 &&
           delivery->organisation.len > 0;
}

static bool read_stream(FILE *stream, struct text *ret_body)
{
    char chunk[CHUNK];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, stream)) > 0 && ret_body->len < FILE_BYTES_MOST)
        text_put(ret_body, slice_from(chunk, got));
    return !ferror(stream);
}

static bool read_file(const char *file, struct text *ret_body)
{
    if (is_standard_input(file)) return read_stream(stdin, ret_body);
    FILE *stream = fopen(file, "re");
    if (!stream) return false;
    bool ok = read_stream(stream, ret_body);
    fclose(stream);
    return ok;
}

static void put_path(struct text *path, const struct delivery *delivery)
{
    text_puts(path, "/v1/monitors/");
    http_put_part(path, delivery->monitor);
    text_puts(path, "/peildata/");
    http_put_part(path, delivery->peildatum);
    text_puts(path, "/aanleveringen/");
    http_put_part(path, delivery->organisation);
}

static const char *content_type_of(const char *file)
{
    size_t len = strlen(file);
    bool csv = len > 4 && strcmp(file + len - 4, ".csv") == 0;
    return csv ? "text/csv; charset=utf-8" : "application/json";
}

static int print_answer(const struct job *job, const struct delivery *delivery,
                        const struct http_answer *answer)
{
    bool stored = answer->status == 200 || answer->status == 201;
    struct text what = {0};
    text_printf(&what, "%.*s/%.*s/%.*s", (int)delivery->monitor.len, delivery->monitor.ptr,
                (int)delivery->peildatum.len, delivery->peildatum.ptr,
                (int)delivery->organisation.len, delivery->organisation.ptr);
    text_putc(&what, '\0');
    if (job->json && answer->status != 0)
        printf("%.*s\n", (int)answer->body.len, answer->body.ptr);
    else if (stored)
        answer_print_receipt(stdout, what.ptr, answer);
    else
        answer_print_refusal(stderr, what.ptr, answer);
    fflush(stdout);
    text_done(&what);
    if (stored) return COMMAND_FINE;
    return http_answer_is_absent(answer) ? COMMAND_UNREACHABLE : COMMAND_REFUSED;
}

static int deliver(const struct job *job, const struct delivery *delivery)
{
    struct text path = {0}, body = {0};
    int code = COMMAND_REFUSED;
    if (read_file(delivery->file, &body)) {
        put_path(&path, delivery);
        const struct http_question question = {.method = "PUT",
                                               .path = text_slice(&path),
                                               .accept = "application/json",
                                               .content_type = content_type_of(delivery->file),
                                               .body = text_slice(&body)};
        struct http_answer answer = http_client_ask(job->client, &question, TRIES);
        code = print_answer(job, delivery, &answer);
        http_answer_done(&answer);
    } else {
        fprintf(stderr, "gimon submit: %s cannot be read: %s\n", delivery->file, strerror(errno));
    }
    text_done(&path);
    text_done(&body);
    return code;
}

static int deliver_all(const struct job *job, char **files, size_t count)
{
    int worst = COMMAND_FINE;
    for (size_t at = 0; at < count; at++) {
        struct delivery delivery = locate(job, files[at]);
        int code = deliver(job, &delivery);
        if (code > worst) worst = code;
        if (code == COMMAND_UNREACHABLE && at + 1 < count)
            fprintf(stderr, "gimon submit: %zu files were not sent, the first is %s\n",
                    count - at - 1, files[at + 1]);
        if (code == COMMAND_UNREACHABLE) break;
    }
    return worst;
}

static void take_option(struct job *job, int letter, const char *value)
{
    if (letter == 'u') job->url = value;
    if (letter == 'm') job->monitor = slice_of(value);
    if (letter == 'p') job->peildatum = slice_of(value);
    if (letter == 'o') job->organisation = slice_of(value);
    if (letter == 't') job->token_file = value;
    if (letter == OPTION_JSON) job->json = true;
}

/** Nothing is sent before every file has a place of its own. */
static int check_files(const struct command_line *line, const struct job *job, char **files,
                       size_t count)
{
    if (count == 0) return command_misuse(line, "name a file, or - for standard input");
    if (count > 1 && job->organisation.len > 0)
        return command_misuse(line, "--organisatie is for one file");
    for (size_t at = 0; at < count; at++) {
        struct delivery delivery = locate(job, files[at]);
        if (!is_located(&delivery))
            return command_misuse(
                line,
                "%s: say --monitor, --peildatum and --organisatie, or give a path "
                "MONITOR/PEILDATUM/ORGANISATIE.json",
                files[at]);
    }
    return COMMAND_FINE;
}

int cli_submit(int argc, char **argv)
{
    struct command_line line = {.argc = argc, .argv = argv, .usage = &USAGE};
    const char *url = getenv("GIMON_URL");
    struct job job = {.url = url ? url : COMMAND_URL};
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
    code = deliver_all(&job, files, count);
    http_client_free(job.client);
    text_done(&token);
    return code;
}
