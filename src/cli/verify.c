/*
 * gimon verify: is the log what it was? Without a receipt the whole log of every monitor is read
 * from Redis and held against itself. With a receipt one record is looked up, at a daemon over HTTP
 * or, where a configuration is named, in Redis itself.
 */
#include "cli/verify.h"

#include "cli/command.h"
#include "cli/verify_log.h"
#include "cli/verify_receipt.h"

static const struct command_option OPTIONS[] = {
    {"config", 'c', "FILE", "the configuration (default: " COMMAND_CONFIG ")"},
    {"monitor", 'm', "MONITOR", "this log only (default: those of all monitors)"},
    {"receipt", 'r', "FILE", "look up the record of this receipt"},
    {"url", 'u', "URL", "with --receipt: the daemon (default: GIMON_URL, or " COMMAND_URL ")"},
    {"token-file", 't', "FILE", "with --receipt: a file with the token (default: GIMON_TOKEN)"},
};

static const struct command_usage USAGE = {
    .synopsis = "gimon verify [OPTION]...",
    .about =
        "Reads every log from Redis, computes its hash chain and says of each record that was\n"
        "altered, removed, forged or put in between where it stands. With --receipt: whether\n"
        "the record of a receipt is on the log unaltered; asks a daemon, or Redis itself where\n"
        "--config is given. A private Redis is there as long as its `gimon serve` runs.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .after = "Exit code: 0 all is well, 1 something is wrong, 2 usage, 3 unreachable.",
};

/** What the command line says. */
struct job {
    const char *command, *config, *monitor, *receipt, *url, *token_file;
};

static int ask_daemon(const struct job *job, const struct receipt_file *receipt)
{
    const char *url = job->url ? job->url : command_default_url();
    struct text token = {0};
    int code = COMMAND_REFUSED;
    if (http_read_token(job->command, job->token_file, &token)) {
        struct http_client *client = http_client_new(url, token.ptr);
        code = verify_receipt_at_daemon(job->command, client, receipt);
        http_client_free(client);
    }
    text_done(&token);
    return code;
}

static int verify_receipt(const struct job *job)
{
    struct receipt_file receipt;
    if (!receipt_file_read(&receipt, job->command, job->receipt)) return COMMAND_REFUSED;
    const int code = job->config ? verify_receipt_in_log(job->command, job->config, &receipt)
                                 : ask_daemon(job, &receipt);
    receipt_file_done(&receipt);
    return code;
}

static void take_option(struct job *job, int letter, const char *value)
{
    if (letter == 'c') job->config = value;
    if (letter == 'm') job->monitor = value;
    if (letter == 'r') job->receipt = value;
    if (letter == 'u') job->url = value;
    if (letter == 't') job->token_file = value;
}

int cli_verify(int argc, char **argv)
{
    struct command_line line = {.argc = argc, .argv = argv, .usage = &USAGE};
    struct job job = {.command = argv[0]};
    size_t count;
    for (int letter; (letter = command_next(&line)) != 0;)
        take_option(&job, letter, line.value);
    if (line.ended) return line.code;
    char **words = command_words(&line, &count);
    if (count > 0) return command_misuse(&line, "unexpected word: %s", words[0]);
    if (!job.receipt && job.url) return command_misuse(&line, "--url is for --receipt");
    if (job.receipt && job.monitor)
        return command_misuse(&line, "--monitor is not for --receipt, which names its own");
    if (job.config && job.url)
        return command_misuse(&line, "--config asks Redis and --url a daemon: name one");
    if (job.receipt) return verify_receipt(&job);
    return verify_logs(argv[0], job.config ? job.config : COMMAND_CONFIG, job.monitor);
}
