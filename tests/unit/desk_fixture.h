#ifndef GIMON_TESTS_DESK_FIXTURE_H
#define GIMON_TESTS_DESK_FIXTURE_H

#include "desk/desk.h"
#include "unit/log_fixture.h"

enum { FIXTURE_TOKENS = 5 };

/*
 * A desk with the shipped definition of `gi` in force and one moment that it always is: 2024-11-22,
 * 08:00 UTC. Tokens are spelled `gi` (jb-noord), `gi-rbv`, `analist`, `beheer` and `verlopen` (an
 * analist's that has expired).
 */
struct desk_fixture {
    struct log_fixture log;
    struct ledger ledger;
    struct access access;
    struct token tokens[FIXTURE_TOKENS];
    struct meter meter;
    struct desk desk;
    struct circumstance circumstance;
    struct arena arena; /* of all requests */
};

/* What a test asks; zero means: not given. */
struct attempt {
    enum method method;
    const char *target; /* path, with the query as it stands after `?`; nothing is decoded */
    const char *token;
    const char *authorization; /* the whole header, instead of a token */
    const char *accept;
    const char *content_type;
    const char *if_match;
    const char *if_none_match;
    const char *body;
    const char *origin;
    const char *forwarded;
    const char *forwarded_for;
    struct slice bytes; /* the body, instead of `body`: any bytes, NUL too */
    bool body_too_large;
};

void desk_fixture_init(struct desk_fixture *fixture);

/* Ends it; the leak sanitizer proves that nothing is left. */
void desk_fixture_done(struct desk_fixture *fixture);

/* The request of an attempt; lives until the fixture ends. */
const struct request *desk_fixture_request(struct desk_fixture *fixture,
                                           const struct attempt *attempt);

/* A right PUT of jb-noord's delivery for 2024-10-01, by jb-noord itself. */
struct attempt desk_fixture_put(const char *body);

/* Makes that PUT and proves what is answered. */
void desk_fixture_deliver(struct desk_fixture *fixture, const char *body, unsigned status);

/* The desk's verdict, in the fixture's circumstance. */
struct verdict desk_fixture_receive(struct desk_fixture *fixture, const struct attempt *attempt);

/* Puts a draft on the log as the journal would, and folds it. */
struct settlement desk_fixture_commit(struct desk_fixture *fixture, const struct draft *draft);

/* Does all that verdicts ask for, as the edge would, until there is an answer. */
struct reply desk_fixture_answer(struct desk_fixture *fixture, const struct attempt *attempt);

/* The status of that answer; its body is freed. */
unsigned desk_fixture_status(struct desk_fixture *fixture, const struct attempt *attempt);

/* The body of that answer; copied into the fixture's arena. */
struct slice desk_fixture_body(struct desk_fixture *fixture, const struct attempt *attempt);

/* Whether the bytes hold the string. */
bool slice_holds(struct slice bytes, const char *string);

/* The value of a reply's header as a string; "" without it. */
const char *desk_fixture_header(struct desk_fixture *fixture, const struct reply *reply,
                                const char *name);

/* An example delivery of conf/voorbeeld for that peildatum by jb-noord. */
const char *desk_fixture_example(struct desk_fixture *fixture, const char *peildatum);

/* `text` with the first `old` replaced; fails the test if it is not there. */
const char *desk_fixture_replace(struct desk_fixture *fixture, const char *text, const char *old,
                                 const char *new);

/*
 * Puts a definition on the log that gives the peildatum 2024-10-01 a window: open from that day,
 * due on 2024-12-01, closing on 2024-12-31.
 */
void desk_fixture_define_window(struct desk_fixture *fixture);

/* From here on it is that moment. */
void desk_fixture_set_clock(struct desk_fixture *fixture, const char *moment);

/* cmocka set-up and tear-down: a fixture in *state. */
int desk_fixture_setup(void **state);
int desk_fixture_teardown(void **state);

#endif
