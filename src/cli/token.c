/*
 * gimon token: makes, lists and revokes tokens. Happy path: the digest of a new random token is
 * added to toegang.yaml and the token itself is printed, once and nowhere else. Works whether a
 * daemon runs or not. What makes no sense (an unknown role or organisation, a name that is taken)
 * is refused before anything is written.
 */
#include "cli/token.h"

#include "cli/command.h"
#include "cli/local_audit.h"
#include "cli/token_file.h"
#include "edge/clock.h"
#include "edge/load.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

enum { SECRET_BYTES = 32, SECRET_ROOM = 64, NAME_WIDTH = 28 };

static const struct command_option NEW_OPTIONS[] = {
    {"config", 'c', "FILE", "the configuration (default: " COMMAND_CONFIG ")"},
    {"name", 'n', "NAME", "whose it is, as receipts and the log say it"},
    {"role", 'r', "ROLE", "gi, analist or beheer"},
    {"organisatie", 'o', "ID", "role gi: an organisation it delivers for; repeat for more"},
    {"expires", 'e', "DATE", "the last day it works, as 2025-12-31 (default: for ever)"},
};

static const struct command_usage NEW_USAGE = {
    .synopsis = "gimon token new --name NAME --role ROLE [OPTION]...",
    .about =
        "Makes a token and prints it on standard output. It cannot be shown again: only its\n"
        "SHA-256 digest is kept.",
    .options = NEW_OPTIONS,
    .option_count = sizeof NEW_OPTIONS / sizeof NEW_OPTIONS[0],
};

static const struct command_option CONFIG_OPTIONS[] = {
    {"config", 'c', "FILE", "the configuration (default: " COMMAND_CONFIG ")"},
};

static const struct command_usage LIST_USAGE = {
    .synopsis = "gimon token list [OPTION]...",
    .about = "Prints every token by name: its role, organisations and dates.",
    .options = CONFIG_OPTIONS,
    .option_count = sizeof CONFIG_OPTIONS / sizeof CONFIG_OPTIONS[0],
};

static const struct command_usage REVOKE_USAGE = {
    .synopsis = "gimon token revoke NAME [OPTION]...",
    .about = "Takes a token away; it stops working at once.",
    .options = CONFIG_OPTIONS,
    .option_count = sizeof CONFIG_OPTIONS / sizeof CONFIG_OPTIONS[0],
};

/** Whose token was made or taken away, or was to be; never the token. */
static void audit_token(const char *action, struct slice name, bool done)
{
    struct text object = {0};
    text_puts(&object, name.len > 0 ? "token " : "token");
    text_put(&object, name);
    local_audit((struct audit){.action = action,
                               .object = text_slice(&object),
                               .result = done ? AUDIT_ACCEPTED : AUDIT_REFUSED});
    text_done(&object);
}

/** What a new token is to be. */
struct wish {
    const char *config_file;
    struct slice name;
    const char *role_name;
    enum role role;
    struct slice *organisations;
    size_t organisation_count;
    bool has_expiry;
    struct moment expires;
    struct arena arena;
};

/** The end of a day in Europe/Amsterdam: the first moment that is the next day there. */
static struct moment end_of_day(struct date date)
{
    const int64_t hour = 3600000;
    struct moment moment = {.ms = ((int64_t)date.day + 1) * 24 * hour - 2 * hour};
    if (date_compare(moment_to_date(moment), date) <= 0) moment.ms += hour;
    return moment;
}

static bool put_random(char *ret_secret)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        "0123456789-_";
    uint8_t bytes[SECRET_BYTES + 1] = {0};
    ssize_t got;
    do
        got = getrandom(bytes, SECRET_BYTES, 0);
    while (got < 0 && errno == EINTR);
    if (got != SECRET_BYTES) return false;
    char *out = stpcpy(ret_secret, "gimon_");
    for (size_t bit = 0; bit < 8 * SECRET_BYTES; bit += 6) {
        unsigned pair = (unsigned)bytes[bit / 8] << 8 | bytes[bit / 8 + 1];
        *out++ = digits[pair >> (10 - bit % 8) & 63];
    }
    *out = '\0';
    return true;
}

static bool has_name(const struct access *access, struct slice name)
{
    for (size_t at = 0; at < access->token_count; at++)
        if (slice_equal(access->tokens[at].name, name)) return true;
    return false;
}

/** The tokens of `access` but those of that name, and `added` behind them if there is one. */
static struct access changed(const struct access *access, struct slice without,
                             const struct token *added, struct arena *arena)
{
    struct token *tokens = arena_array(arena, access->token_count + 1, sizeof *tokens);
    size_t count = 0;
    for (size_t at = 0; at < access->token_count; at++)
        if (without.len == 0 || !slice_equal(access->tokens[at].name, without))
            tokens[count++] = access->tokens[at];
    if (added) tokens[count++] = *added;
    return (struct access){.tokens = tokens, .token_count = count};
}

static bool knows(const struct loaded *loaded, struct slice organisation)
{
    for (size_t at = 0; at < loaded->rulebook_count; at++)
        if (directory_find_organisation(&loaded->rulebooks[at]->directory, organisation))
            return true;
    return false;
}

static bool know_all(const struct loaded *loaded, const struct wish *wish)
{
    for (size_t at = 0; at < wish->organisation_count; at++) {
        struct slice id = wish->organisations[at];
        if (knows(loaded, id)) continue;
        fprintf(stderr, "gimon token: %.*s is not in the register\n", (int)id.len, id.ptr);
        return false;
    }
    return true;
}

static int add(const struct wish *wish, const char *path)
{
    struct token_file file;
    char secret[SECRET_ROOM];
    struct arena arena;
    if (!token_file_open(&file, path)) return COMMAND_REFUSED;
    arena_init(&arena);
    int code = COMMAND_REFUSED;
    if (has_name(file.access, wish->name)) {
        fprintf(stderr,
                "gimon token: there is a token of that name; revoke it or choose another\n");
    } else if (!put_random(secret)) {
        fprintf(stderr, "gimon token: the kernel gives no random bytes: %s\n", strerror(errno));
    } else {
        const struct token token = {.name = wish->name,
                                    .digest = digest_of(slice_of(secret)),
                                    .role = wish->role,
                                    .organisations = wish->organisations,
                                    .organisation_count = wish->organisation_count,
                                    .created = clock_now(),
                                    .has_expiry = wish->has_expiry,
                                    .expires = wish->expires};
        struct access next = changed(file.access, slice_of(NULL), &token, &arena);
        if (token_file_replace(&file, &next)) code = COMMAND_FINE;
    }
    if (code == COMMAND_FINE) puts(secret);
    arena_done(&arena);
    token_file_close(&file);
    return code;
}

/** Organisations are looked up in the register; other tokens need the configuration only. */
static int make(const struct wish *wish)
{
    struct loaded loaded;
    bool ok = wish->organisation_count > 0 ? load_all(&loaded, wish->config_file)
                                           : load_config(&loaded, wish->config_file);
    int code = COMMAND_REFUSED;
    if (!ok)
        load_print_faults(&loaded.faults);
    else if (know_all(&loaded, wish))
        code = add(wish, loaded.config.access.ptr);
    audit_token("token-new", wish->name, code == COMMAND_FINE);
    load_done(&loaded);
    return code;
}

static void take_organisation(struct wish *wish, const char *value)
{
    wish->organisations = arena_room(&wish->arena, wish->organisations, wish->organisation_count,
                                     sizeof *wish->organisations);
    wish->organisations[wish->organisation_count++] = slice_of(value);
}

/** False where the value of an option is not one. */
static bool take_option(struct wish *wish, int letter, const char *value)
{
    struct date date;
    if (letter == 'c') wish->config_file = value;
    if (letter == 'n') wish->name = slice_trim(slice_of(value));
    if (letter == 'r') wish->role_name = value;
    if (letter == 'o') take_organisation(wish, value);
    if (letter != 'e') return true;
    if (!date_parse(slice_of(value), &date)) return false;
    wish->has_expiry = true;
    wish->expires = end_of_day(date);
    return true;
}

static int check_wish(const struct command_line *line, struct wish *wish)
{
    if (wish->name.len == 0) return command_misuse(line, "name the token with --name");
    if (!wish->role_name) return command_misuse(line, "give it a role with --role");
    if (!role_parse(slice_of(wish->role_name), &wish->role) || wish->role == ROLE_PUBLIC)
        return command_misuse(line, "%s is no role: gi, analist or beheer", wish->role_name);
    if (wish->role == ROLE_GI && wish->organisation_count == 0)
        return command_misuse(line, "role gi needs --organisatie");
    if (wish->role != ROLE_GI && wish->organisation_count > 0)
        return command_misuse(line, "--organisatie is for role gi");
    if (wish->has_expiry && wish->expires.ms <= clock_now().ms)
        return command_misuse(line, "that day has passed");
    return COMMAND_FINE;
}

static int read_wish(struct command_line *line, struct wish *wish)
{
    size_t count;
    for (int letter; (letter = command_next(line)) != 0;)
        if (!take_option(wish, letter, line->value))
            return command_misuse(line, "%s is no date, as 2025-12-31", line->value);
    if (line->ended) return line->code;
    char **words = command_words(line, &count);
    if (count > 0) return command_misuse(line, "unexpected word: %s", words[0]);
    int code = check_wish(line, wish);
    return code == COMMAND_FINE ? make(wish) : code;
}

static int run_new(int argc, char **argv)
{
    struct command_line line = {.argc = argc, .argv = argv, .usage = &NEW_USAGE};
    struct wish wish = {.config_file = COMMAND_CONFIG};
    arena_init(&wish.arena);
    int code = read_wish(&line, &wish);
    arena_done(&wish.arena);
    return code;
}

static void print_token(const struct token *token)
{
    struct text text = {0};
    text_printf(&text, "%-*.*s  %-8s ", NAME_WIDTH, (int)token->name.len, token->name.ptr,
                role_id(token->role));
    moment_put(&text, token->created);
    text_puts(&text, "  ");
    if (token->has_expiry)
        moment_put(&text, token->expires);
    else
        text_printf(&text, "%-24s", "-");
    for (size_t at = 0; at < token->organisation_count; at++) {
        text_puts(&text, at > 0 ? "," : "  ");
        text_put(&text, token->organisations[at]);
    }
    printf("%.*s\n", (int)text.len, text.ptr);
    text_done(&text);
}

static int list(const char *path)
{
    struct token_file file;
    if (!token_file_open(&file, path)) return COMMAND_REFUSED;
    printf("%-*s  %-8s %-24s  %-24s  %s\n", NAME_WIDTH, "NAME", "ROLE", "CREATED", "EXPIRES",
           "ORGANISATIES");
    for (size_t at = 0; at < file.access->token_count; at++)
        print_token(&file.access->tokens[at]);
    token_file_close(&file);
    return COMMAND_FINE;
}

static int revoke(const char *path, struct slice name)
{
    struct token_file file;
    struct arena arena;
    int code = COMMAND_REFUSED;
    if (!token_file_open(&file, path)) return code;
    arena_init(&arena);
    if (has_name(file.access, name)) {
        struct access next = changed(file.access, name, NULL, &arena);
        if (token_file_replace(&file, &next)) code = COMMAND_FINE;
    } else {
        fprintf(stderr, "gimon token: there is no token of that name; see gimon token list\n");
    }
    arena_done(&arena);
    token_file_close(&file);
    return code;
}

/** A name that nobody has is not written down: it may be a token, pasted by mistake. */
static int revoke_on_record(const char *path, struct slice name)
{
    int code = revoke(path, name);
    audit_token("token-revoke", code == COMMAND_FINE ? name : slice_of(NULL), code == COMMAND_FINE);
    return code;
}

/** `list` without a name, `revoke` with one. */
static int run_on_file(const char *config_file, const char *name)
{
    struct loaded loaded;
    int code = COMMAND_REFUSED;
    if (!load_config(&loaded, config_file))
        load_print_faults(&loaded.faults);
    else if (name)
        code = revoke_on_record(loaded.config.access.ptr, slice_trim(slice_of(name)));
    else
        code = list(loaded.config.access.ptr);
    load_done(&loaded);
    return code;
}

static int run_with_words(struct command_line *line, size_t wanted)
{
    const char *config_file = COMMAND_CONFIG;
    size_t count;
    for (int letter; (letter = command_next(line)) != 0;)
        if (letter == 'c') config_file = line->value;
    if (line->ended) return line->code;
    char **words = command_words(line, &count);
    if (count < wanted) return command_misuse(line, "name the token");
    if (count > wanted) return command_misuse(line, "unexpected word: %s", words[wanted]);
    return run_on_file(config_file, wanted > 0 ? words[0] : NULL);
}

static int run_list(int argc, char **argv)
{
    struct command_line line = {.argc = argc, .argv = argv, .usage = &LIST_USAGE};
    return run_with_words(&line, 0);
}

static int run_revoke(int argc, char **argv)
{
    struct command_line line = {.argc = argc, .argv = argv, .usage = &REVOKE_USAGE};
    return run_with_words(&line, 1);
}

int cli_token(int argc, char **argv)
{
    static const struct command COMMANDS[] = {
        {"new", "make a token and print it", run_new},
        {"list", "print the tokens there are", run_list},
        {"revoke", "take a token away", run_revoke},
    };
    static const struct command_set SET = {
        .name = "gimon token",
        .about =
            "Tokens say who may deliver and who may read. They stand, by digest, in the file\n"
            "that `toegang:` of the configuration names.",
        .commands = COMMANDS,
        .count = sizeof COMMANDS / sizeof COMMANDS[0],
    };
    return command_dispatch(&SET, argc, argv);
}
