/*
 * gimon report: one table, as the daemon computes it now, or as it was in an edition or known then.
 * Happy path: GET, and the answer goes to standard output as it came. Refused is said in one line,
 * and so is nobody there.
 */
#include "cli/report.h"

#include "cli/answer_print.h"
#include "cli/command.h"

#include <string.h>

enum { TRIES = 3 };

static const struct command_option OPTIONS[] = {
    {"url", 'u', "URL", "the daemon (default: GIMON_URL, or " COMMAND_URL ")"},
    {"monitor", 'm', "MONITOR", "the monitor that has the table"},
    {"format", 'f', "FORMAT", "md (default), csv, json, html or xlsx"},
    {"edition", 'e', "NAME", "as published in that edition"},
    {"known", 'k', "WHEN", "as known at a moment (2024-10-14T09:30:00Z) or a kenmerk"},
    {"token-file", 't', "FILE", "a file with the token (default: GIMON_TOKEN, or none)"},
};

static const struct command_usage USAGE = {
    .synopsis = "gimon report TABLE --monitor MONITOR [OPTION]...",
    .about = "Prints a table that the monitor's definition names, such as `ontwikkeling`.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .after = "Exit code: 0 printed, 1 refused, 2 usage, 3 unreachable.",
};

/** What is asked for. */
struct report {
    const char *url, *monitor, *table, *format, *token_file;
    const char *edition, *known; /* NULL: not said */
};

static bool is_format(const char *format)
{
    static const char *const FORMATS[] = {"md", "csv", "json", "html", "xlsx"};
    for (size_t at = 0; at < sizeof FORMATS / sizeof FORMATS[0]; at++)
        if (strcmp(format, FORMATS[at]) == 0) return true;
    return false;
}

static void put_key(struct text *path, const char *key, const char *value)
{
    if (value == NULL) return;
    text_printf(path, "&%s=", key);
    http_put_part(path, slice_of(value));
}

static void put_path(struct text *path, const struct report *report)
{
    text_puts(path, "/v1/monitors/");
    http_put_part(path, slice_of(report->monitor));
    text_puts(path, "/tabellen/");
    http_put_part(path, slice_of(report->table));
    text_printf(path, "?formaat=%s", report->format);
    put_key(path, "editie", report->edition);
    put_key(path, "bekendOp", report->known);
}

static int print_answer(const struct http_answer *answer)
{
    if (answer->status == 200) {
        fwrite(answer->body.ptr, 1, answer->body.len, stdout);
        return fflush(stdout) == 0 ? COMMAND_FINE : COMMAND_REFUSED;
    }
    answer_print_refusal(stderr, "gimon report", answer);
    return http_answer_is_absent(answer) ? COMMAND_UNREACHABLE : COMMAND_REFUSED;
}

static int ask(const struct report *report, const char *token)
{
    struct text path = {0};
    put_path(&path, report);
    struct http_client *client = http_client_new(report->url, token);
    const struct http_question question = {
        .method = "GET", .path = text_slice(&path), .accept = "*/*"};
    struct http_answer answer = http_client_ask(client, &question, TRIES);
    int code = print_answer(&answer);
    http_answer_done(&answer);
    http_client_free(client);
    text_done(&path);
    return code;
}

static void take_option(struct report *report, int letter, const char *value)
{
    if (letter == 'u') report->url = value;
    if (letter == 'm') report->monitor = value;
    if (letter == 'f') report->format = value;
    if (letter == 'e') report->edition = value;
    if (letter == 'k') report->known = value;
    if (letter == 't') report->token_file = value;
}

int cli_report(int argc, char **argv)
{
    struct command_line line = {.argc = argc, .argv = argv, .usage = &USAGE};
    struct report report = {.url = command_default_url(), .format = "md"};
    struct text token = {0};
    size_t count;
    for (int letter; (letter = command_next(&line)) != 0;)
        take_option(&report, letter, line.value);
    if (line.ended) return line.code;
    char **words = command_words(&line, &count);
    if (count != 1) return command_misuse(&line, "name one table");
    if (!report.monitor) return command_misuse(&line, "name a monitor with --monitor");
    if (!is_format(report.format))
        return command_misuse(&line, "%s is no format: md, csv, json, html or xlsx", report.format);
    report.table = words[0];
    int code = COMMAND_REFUSED;
    if (http_read_token(argv[0], report.token_file, &token)) code = ask(&report, token.ptr);
    text_done(&token);
    return code;
}
