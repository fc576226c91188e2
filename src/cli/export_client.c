/*
 * What all exports have in common. Happy path: options, questions over one connection, and the
 * whole result on standard output at the end: an export that broke off leaves nothing that could be
 * taken for one. Refused and nobody there are said in one line, with their exit code.
 */
#include "cli/export_client.h"

#include "cli/answer_print.h"

#include <stdlib.h>

enum { TRIES = 3 };

static const struct command_option OPTIONS[] = {
    {"url", 'u', "URL", "the daemon (default: GIMON_URL, or " COMMAND_URL ")"},
    {"monitor", 'm', "MONITOR", "whose figures"},
    {"token-file", 't', "FILE", "a file with the token (default: GIMON_TOKEN, or none)"},
};

struct http_answer export_ask(struct export *export, struct slice below, const char *accept)
{
    struct text path = {0};
    text_puts(&path, "/v1/monitors/");
    http_put_part(&path, slice_of(export->monitor));
    text_put(&path, below);
    const struct http_question question = {
        .method = "GET", .path = text_slice(&path), .accept = accept};
    struct http_answer answer = http_client_ask(export->client, &question, TRIES);
    text_done(&path);
    return answer;
}

bool export_accepts(struct export *export, const struct http_answer *answer)
{
    if (answer->status == 200) return true;
    answer_print_refusal(stderr, export->command, answer);
    export->code = http_answer_is_absent(answer) ? COMMAND_UNREACHABLE : COMMAND_REFUSED;
    return false;
}

bool export_read(struct export *export, struct slice below, const char *accept,
                 struct slice *ret_body)
{
    struct http_answer answer = export_ask(export, below, accept);
    const bool accepted = export_accepts(export, &answer);
    if (accepted) *ret_body = arena_copy(&export->arena, text_slice(&answer.body));
    http_answer_done(&answer);
    return accepted;
}

bool export_misunderstands(struct export *export, struct slice below)
{
    fprintf(stderr, "%s: the answer to %.*s is not what a gimon gives\n", export->command,
            (int)below.len, below.ptr);
    export->code = COMMAND_REFUSED;
    return false;
}

static void print_result(struct export *export)
{
    const size_t length = export->out.len;
    const bool written =
        fwrite(export->out.ptr, 1, length, stdout) == length && fflush(stdout) == 0;
    if (!written) export->code = COMMAND_REFUSED;
}

static int run(struct export *export, const struct export_kind *kind, const char *url,
               const char *token)
{
    export->client = http_client_new(url, token);
    arena_init(&export->arena);
    if (kind->run(export)) print_result(export);
    text_done(&export->out);
    arena_done(&export->arena);
    http_client_free(export->client);
    return export->code;
}

int export_command(int argc, char **argv, const struct export_kind *kind)
{
    const struct command_usage usage = {
        .synopsis = kind->synopsis,
        .about = kind->about,
        .options = OPTIONS,
        .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
        .after = "Exit code: 0 printed, 1 refused, 2 usage, 3 unreachable.",
    };
    struct command_line line = {.argc = argc, .argv = argv, .usage = &usage};
    struct export export = {.command = argv[0]};
    const char *url = getenv("GIMON_URL"), *token_file = NULL;
    struct text token = {0};
    size_t words;
    for (int letter; (letter = command_next(&line)) != 0;) {
        if (letter == 'u') url = line.value;
        if (letter == 'm') export.monitor = line.value;
        if (letter == 't') token_file = line.value;
    }
    if (line.ended) return line.code;
    char **rest = command_words(&line, &words);
    if (words > 0) return command_misuse(&line, "unexpected word: %s", rest[0]);
    if (!export.monitor) return command_misuse(&line, "name a monitor with --monitor");
    int code = COMMAND_REFUSED;
    if (http_read_token(argv[0], token_file, &token))
        code = run(&export, kind, url ? url : COMMAND_URL, token.ptr);
    text_done(&token);
    return code;
}
