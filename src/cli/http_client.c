/*
 * HTTP for the tools, on libcurl. Happy path: one question, one answer, the connection kept for the
 * next. Nobody there, a lost connection, 429 and 503 are tried again after a pause that doubles and
 * is no shorter than Retry-After asks; who asks for more than a minute is not asked again. Whoever
 * calls promises that asking twice does no harm. The token goes nowhere but into its header.
 */
#include "cli/http_client.h"

#include "base/memory.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    CONNECT_MS = 5000,
    TOTAL_MS = 30000,
    PAUSE_LEAST_MS = 200,
    PAUSE_DOUBLINGS_MOST = 5,
    WAIT_MOST_SECONDS = 60,
    TOKEN_BYTES_MOST = 4096,
};

struct http_client {
    CURL *curl;
    struct text base;          /* what comes before the path */
    struct text authorization; /* the whole header, or empty */
    http_waiting waiting;
    void *watcher;
};

/** A body on its way out. */
struct upload {
    struct slice rest;
    struct slice whole;
};

struct http_client *http_client_new(const char *url, const char *token)
{
    struct http_client *client = memory_new(sizeof *client);
    struct slice base = slice_of(url);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    client->curl = curl_easy_init();
    while (base.len > 0 && base.ptr[base.len - 1] == '/')
        base.len--;
    if (slice_starts(base, "unix:")) {
        curl_easy_setopt(client->curl, CURLOPT_UNIX_SOCKET_PATH, base.ptr + strlen("unix:"));
        base = slice_of("http://localhost");
    }
    text_put(&client->base, base);
    if (token && token[0]) text_printf(&client->authorization, "Authorization: Bearer %s", token);
    return client;
}

void http_client_free(struct http_client *client)
{
    if (!client) return;
    curl_easy_cleanup(client->curl);
    curl_global_cleanup();
    text_done(&client->base);
    text_done(&client->authorization);
    memory_free(client);
}

static size_t on_body(char *bytes, size_t size, size_t count, void *self)
{
    struct http_answer *answer = self;
    text_put(&answer->body, slice_from(bytes, size * count));
    return size * count;
}

static size_t on_upload(char *room, size_t size, size_t count, void *self)
{
    struct upload *upload = self;
    size_t len = size * count < upload->rest.len ? size * count : upload->rest.len;
    if (len == 0) return 0;
    memcpy(room, upload->rest.ptr, len);
    upload->rest = slice_from(upload->rest.ptr + len, upload->rest.len - len);
    return len;
}

/** A kept connection that turns out to be closed makes curl send the body once more. */
static int on_rewind(void *self, curl_off_t offset, int origin)
{
    struct upload *upload = self;
    if (origin != SEEK_SET || offset < 0 || (size_t)offset > upload->whole.len)
        return CURL_SEEKFUNC_CANTSEEK;
    upload->rest = slice_from(upload->whole.ptr + offset, upload->whole.len - (size_t)offset);
    return CURL_SEEKFUNC_OK;
}

static struct curl_slist *add_header(struct curl_slist *headers, const char *name,
                                     const char *value)
{
    struct text line = {0};
    if (!value) return headers;
    text_printf(&line, "%s: %s", name, value);
    text_putc(&line, '\0');
    headers = curl_slist_append(headers, line.ptr);
    text_done(&line);
    return headers;
}

static struct curl_slist *make_headers(struct http_client *client,
                                       const struct http_question *question)
{
    struct curl_slist *headers = NULL;
    headers = add_header(headers, "Accept", question->accept);
    headers = add_header(headers, "Content-Type", question->content_type);
    headers = curl_slist_append(headers, "Expect:");
    if (client->authorization.len > 0) {
        text_putc(&client->authorization, '\0');
        client->authorization.len--;
        headers = curl_slist_append(headers, client->authorization.ptr);
    }
    return headers;
}

static void set_upload(CURL *curl, const struct http_question *question, struct upload *upload)
{
    bool has_body = question->content_type;
    /* An upload is a PUT to curl, whatever it is called. */
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, has_body ? question->method : NULL);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, has_body ? 1L : 0L);
    if (!has_body) {
        curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
        return;
    }
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_upload);
    curl_easy_setopt(curl, CURLOPT_READDATA, upload);
    curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, on_rewind);
    curl_easy_setopt(curl, CURLOPT_SEEKDATA, upload);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)question->body.len);
}

/** A mistake in the address or a certificate that is not believed does not pass by waiting. */
static bool is_hopeless(CURLcode code)
{
    return code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL ||
           code == CURLE_PEER_FAILED_VERIFICATION;
}

static void take_answer(CURL *curl, CURLcode code, struct http_answer *answer)
{
    const char *type = NULL;
    curl_off_t wait_seconds = 0;
    if (code != CURLE_OK) {
        answer->hopeless = is_hopeless(code);
        if (!answer->fault[0])
            snprintf(answer->fault, sizeof answer->fault, "%s", curl_easy_strerror(code));
        return;
    }
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->status);
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait_seconds);
    answer->wait_seconds = (long)wait_seconds;
    answer->is_problem = type && slice_starts(slice_of(type), "application/problem+json");
}

static struct http_answer ask_once(struct http_client *client, const struct http_question *question)
{
    struct http_answer answer = {0};
    struct upload upload = {.rest = question->body, .whole = question->body};
    struct curl_slist *headers = make_headers(client, question);
    struct text url = {0};
    text_put(&url, text_slice(&client->base));
    text_put(&url, question->path);
    text_putc(&url, '\0');
    CURL *curl = client->curl;
    curl_easy_setopt(curl, CURLOPT_URL, url.ptr);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, answer.fault);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)TOTAL_MS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    set_upload(curl, question, &upload);
    take_answer(curl, curl_easy_perform(curl), &answer);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
    curl_slist_free_all(headers);
    text_done(&url);
    return answer;
}

bool http_answer_is_absent(const struct http_answer *answer)
{
    return answer->status == 0 || answer->status == 429 || answer->status == 503;
}

void http_client_watch(struct http_client *client, http_waiting waiting, void *self)
{
    client->waiting = waiting;
    client->watcher = self;
}

/** Before the next attempt; false where that would be too long. */
static bool pause_after(struct http_client *client, const struct http_answer *answer,
                        unsigned attempt)
{
    if (answer->hopeless || answer->wait_seconds > WAIT_MOST_SECONDS) return false;
    unsigned doublings = attempt < PAUSE_DOUBLINGS_MOST ? attempt : PAUSE_DOUBLINGS_MOST;
    long pause_ms = (long)PAUSE_LEAST_MS << doublings;
    if (answer->wait_seconds * 1000 > pause_ms) pause_ms = answer->wait_seconds * 1000;
    const struct timespec pause = {.tv_sec = pause_ms / 1000, .tv_nsec = pause_ms % 1000 * 1000000};
    if (client->waiting) client->waiting(client->watcher, pause_ms);
    nanosleep(&pause, NULL);
    return true;
}

struct http_answer http_client_ask(struct http_client *client, const struct http_question *question,
                                   unsigned tries)
{
    struct http_answer answer = ask_once(client, question);
    for (unsigned attempt = 0; attempt + 1 < tries; attempt++) {
        if (!http_answer_is_absent(&answer) || !pause_after(client, &answer, attempt)) break;
        http_answer_done(&answer);
        answer = ask_once(client, question);
    }
    return answer;
}

void http_answer_done(struct http_answer *answer)
{
    text_done(&answer->body);
}

void http_put_part(struct text *path, struct slice part)
{
    static const char unreserved[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        "0123456789-._~";
    for (size_t at = 0; at < part.len; at++) {
        if (memchr(unreserved, part.ptr[at], sizeof unreserved - 1))
            text_putc(path, part.ptr[at]);
        else
            text_printf(path, "%%%02X", (unsigned)(unsigned char)part.ptr[at]);
    }
}

static bool read_first_line(const char *file, char *line, size_t room)
{
    FILE *stream = fopen(file, "re");
    if (!stream) return false;
    bool ok = fgets(line, (int)room, stream) || !ferror(stream);
    fclose(stream);
    return ok;
}

bool http_read_token(const char *command, const char *file, struct text *ret_token)
{
    char line[TOKEN_BYTES_MOST] = "";
    if (file && !read_first_line(file, line, sizeof line)) {
        fprintf(stderr, "%s: %s cannot be read: %s\n", command, file, strerror(errno));
        return false;
    }
    const char *text = file ? line : getenv("GIMON_TOKEN");
    text_put(ret_token, slice_trim(slice_of(text)));
    text_putc(ret_token, '\0');
    ret_token->len--;
    return true;
}
