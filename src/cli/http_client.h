#ifndef GIMON_CLI_HTTP_CLIENT_H
#define GIMON_CLI_HTTP_CLIENT_H

#include "base/slice.h"
#include "base/text.h"

/** Asks one daemon, over kept connections; waits. */
struct http_client;

/** What is asked. Everything is borrowed. */
struct http_question {
    const char *method; /**< `GET`; with a body `PUT` or `POST` */
    struct slice path;  /**< with query, encoded */
    const char *accept;
    const char *content_type; /**< with a body, else NULL */
    struct slice body;
};

enum { HTTP_FAULT_ROOM = 256 }; /* what curl wants for its sentence */

/** What was answered; the caller frees with http_answer_done. */
struct http_answer {
    long status; /**< 0: nobody answered, `fault` says why */
    struct text body;
    bool is_problem;   /**< application/problem+json */
    bool hopeless;     /**< nobody answered, and asking again will not help */
    long wait_seconds; /**< Retry-After; 0 without */
    char fault[HTTP_FAULT_ROOM];
};

/** Called before a pause of so many milliseconds, for whoever watches. */
typedef void (*http_waiting)(void *self, long milliseconds);

/**
 * A client of `http://host:port`, `https://…` or `unix:/path`; `token` may be NULL. Copies both.
 */
struct http_client *http_client_new(const char *url, const char *token);

/** Frees it; NULL is fine. */
void http_client_free(struct http_client *client);

/** Says who is told of pauses. */
void http_client_watch(struct http_client *client, http_waiting waiting, void *self);

/**
 * Asks, and asks again with growing pauses where the answer is 429 or 503 or the connection is
 * lost: at most `tries` times, never sooner than Retry-After says, and no more where that is over a
 * minute. The last answer is the one given. Only for what may be repeated.
 */
struct http_answer http_client_ask(struct http_client *client, const struct http_question *question,
                                   unsigned tries);

/** Frees what is in it. */
void http_answer_done(struct http_answer *answer);

/** Whether the daemon could not be reached or could not do it now. */
bool http_answer_is_absent(const struct http_answer *answer);

/** Appends one part of a path, percent-encoded (RFC 3986, unreserved stays). */
void http_put_part(struct text *path, struct slice part);

/**
 * The token of GIMON_TOKEN or, where a name is given, of that file: the first line, trimmed, in
 * `ret_token` (which may stay empty). False if the file cannot be read: a sentence is on standard
 * error.
 */
bool http_read_token(const char *command, const char *file, struct text *ret_token)
    __attribute__((warn_unused_result));

#endif
