#include "unit/desk_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "codec/payload.h"
#include "desk/headers.h"
#include "desk/route_refusals.h"
#include "desk/route_table.h"

static const struct slice jb_noord[] = {SLICE_LITERAL("jb-noord")};
static const struct slice rbv[] = {SLICE_LITERAL("rbv")};

enum { EXPIRED_MS = 1000 };

static void make_tokens(struct desk_fixture *fixture)
{
    static const struct {
        const char *secret, *name;
        enum role role;
        const struct slice *organisations;
        bool expired;
    } known[FIXTURE_TOKENS] = {
        {.secret = "gi", .name = "JB Noord productie", .role = ROLE_GI, .organisations = jb_noord},
        {.secret = "gi-rbv", .name = "RBV", .role = ROLE_GI, .organisations = rbv},
        {.secret = "analist", .name = "Analist", .role = ROLE_ANALYST},
        {.secret = "beheer", .name = "Beheer", .role = ROLE_ADMIN},
        {.secret = "verlopen", .name = "Oud", .role = ROLE_ANALYST, .expired = true},
    };
    for (size_t i = 0; i < FIXTURE_TOKENS; i++) {
        fixture->tokens[i] = (struct token){
            .name = slice_of(known[i].name),
            .digest = digest_of(slice_of(known[i].secret)),
            .role = known[i].role,
            .organisations = known[i].organisations,
            .organisation_count = known[i].organisations == NULL ? 0 : 1,
            .has_expiry = known[i].expired,
            .expires = {.ms = EXPIRED_MS},
        };
    }
    fixture->access = (struct access){.tokens = fixture->tokens, .token_count = FIXTURE_TOKENS};
}

void desk_fixture_init(struct desk_fixture *fixture)
{
    *fixture = (struct desk_fixture){.circumstance = {.writable = true}};
    log_fixture_init(&fixture->log);
    log_fixture_define_shipped(&fixture->log, "gi");
    arena_init(&fixture->arena);
    make_tokens(fixture);
    meter_init(&fixture->meter);
    fixture->ledger = (struct ledger){
        .monitor = slice_of("gi"), .state = fixture->log.state, .showings = showings_new()};
    fixture->desk = (struct desk){
        .ledgers = &fixture->ledger,
        .ledger_count = 1,
        .access = &fixture->access,
        .meter = &fixture->meter,
        .open = OPEN_NATIONAL,
        .body_bytes = 1 << 20,
        .history = 8,
    };
    desk_fixture_set_clock(fixture, "2024-11-22T08:00:00.123Z");
}

void desk_fixture_set_clock(struct desk_fixture *fixture, const char *moment)
{
    assert_true(moment_parse(slice_of(moment), &fixture->circumstance.now));
    fixture->log.ms = (uint64_t)fixture->circumstance.now.ms;
}

void desk_fixture_define_window(struct desk_fixture *fixture)
{
    struct arena *arena = &fixture->arena;
    const char *monitor = arena_copy(arena, log_fixture_read(arena, "conf/monitors/gi.yaml")).ptr;
    const char *register_yaml =
        arena_copy(arena, log_fixture_read(arena, "conf/organisaties.yaml")).ptr;
    monitor = desk_fixture_replace(fixture, monitor, "{datum: 2024-10-01, opening: 2024-10-01}",
                                   "{datum: 2024-10-01, opening: 2024-10-01, "
                                   "uiterlijk: 2024-12-01, sluiting: 2024-12-31}");
    log_fixture_define(&fixture->log, "gi", monitor, register_yaml);
}

void desk_fixture_done(struct desk_fixture *fixture)
{
    meter_done(&fixture->meter);
    showings_free(fixture->ledger.showings);
    arena_done(&fixture->arena);
    log_fixture_done(&fixture->log);
}

int desk_fixture_setup(void **state)
{
    struct desk_fixture *fixture = memory_new(sizeof *fixture);
    desk_fixture_init(fixture);
    *state = fixture;
    return 0;
}

int desk_fixture_teardown(void **state)
{
    desk_fixture_done(*state);
    memory_free(*state);
    return 0;
}

/* ---- asking ---- */

static struct query *read_queries(struct arena *arena, struct slice text, size_t *ret_count)
{
    struct query *queries = NULL;
    *ret_count = 0;
    while (text.len > 0) {
        struct slice pair;
        slice_cut(text, '&', &pair, &text);
        queries = arena_room(arena, queries, *ret_count, sizeof *queries);
        struct query *query = &queries[(*ret_count)++];
        slice_cut(pair, '=', &query->key, &query->value);
    }
    return queries;
}

const struct request *desk_fixture_request(struct desk_fixture *fixture,
                                           const struct attempt *attempt)
{
    struct request *request = arena_new(&fixture->arena, sizeof *request);
    struct slice query;
    *request = (struct request){
        .method = attempt->method,
        .authorization = slice_of(attempt->authorization),
        .accept = slice_of(attempt->accept),
        .content_type = slice_of(attempt->content_type),
        .if_match = slice_of(attempt->if_match),
        .if_none_match = slice_of(attempt->if_none_match),
        .body = attempt->bytes.len > 0 ? attempt->bytes : slice_of(attempt->body),
        .origin = slice_of(attempt->origin),
        .forwarded = slice_of(attempt->forwarded),
        .forwarded_for = slice_of(attempt->forwarded_for),
        .body_too_large = attempt->body_too_large,
        .arena = &fixture->arena,
    };
    if (attempt->token != NULL)
        request->authorization = arena_print(&fixture->arena, "Bearer %s", attempt->token);
    slice_cut(slice_of(attempt->target), '?', &request->path, &query);
    request->queries = read_queries(&fixture->arena, query, &request->query_count);
    return request;
}

struct attempt desk_fixture_put(const char *body)
{
    return (struct attempt){
        .method = METHOD_PUT,
        .target = "/v1/monitors/gi/peildata/2024-10-01/aanleveringen/jb-noord",
        .token = "gi",
        .content_type = "application/json",
        .body = body,
    };
}

void desk_fixture_deliver(struct desk_fixture *fixture, const char *body, unsigned status)
{
    const struct attempt attempt = desk_fixture_put(body);
    assert_int_equal(desk_fixture_status(fixture, &attempt), status);
}

struct verdict desk_fixture_receive(struct desk_fixture *fixture, const struct attempt *attempt)
{
    return desk_receive(&fixture->desk, desk_fixture_request(fixture, attempt),
                        &fixture->circumstance);
}

struct settlement desk_fixture_commit(struct desk_fixture *fixture, const struct draft *draft)
{
    struct log_fixture *log = &fixture->log;
    struct record record = {.id = {.ms = log->ms++}};
    const struct digest head = state_head(log->state);
    struct text previous = {0};
    record_previous_put(&previous, state_last(log->state), &head);
    memcpy(record.fields, draft->fields, sizeof record.fields);
    record.fields[FIELD_FORMAT] = slice_of("1");
    record.fields[FIELD_ATTEMPT] = slice_of("0123456789abcdef");
    record.fields[FIELD_PREVIOUS] = text_slice(&previous);
    const struct fate fate = state_fold(log->state, &record, payload_read(&record));
    text_done(&previous);
    assert_false(fate.chain_broken);
    return (struct settlement){.kind = SETTLED_FOLDED, .id = record.id, .fate = fate};
}

/* Whatever a test asks under /v1: what is refused is a refusal that the route is said to have. */
static void assert_foreseen(const struct request *request, unsigned status)
{
    const struct routes routes = route_table();
    const struct route *route = routes_match(&routes, request->method, request->path).route;
    if (status < 400 || route == NULL || route->operation == NULL) return;
    const unsigned refusals = route_refusals(route);
    for (unsigned i = 0; i < PROBLEM_COUNT; i++) {
        if ((refusals & ROUTE_BIT(i)) && problem_status((enum problem)i) == status) return;
    }
    fail_msg("%s is not said to answer %u", route->path, status);
}

static struct reply answer(struct desk_fixture *fixture, const struct request *request)
{
    struct circumstance circumstance = fixture->circumstance;
    struct verdict verdict = desk_receive(&fixture->desk, request, &circumstance);
    if (verdict.kind == VERDICT_SYNC) { /* asked for once */
        circumstance.synced = true;
        verdict = desk_receive(&fixture->desk, request, &circumstance);
    }
    if (verdict.kind == VERDICT_SHOW) {
        log_fixture_decide(&fixture->log, fixture->ledger.showings, verdict.edition);
        verdict = desk_receive(&fixture->desk, request, &circumstance);
    }
    if (verdict.kind == VERDICT_REPLY) return verdict.reply;
    assert_int_equal(verdict.kind, VERDICT_APPEND);
    const struct settlement settlement = desk_fixture_commit(fixture, &verdict.draft);
    return desk_settle(&fixture->desk, request, &verdict.draft, &settlement, circumstance.now);
}

/* As who receives it sees it: one run of bytes. */
static void join_shared(struct reply *reply)
{
    struct text whole = {0};
    for (size_t i = 0; i < reply->shared_count; i++) {
        text_put(&whole, shared_slice(reply->shared[i]));
        shared_drop(reply->shared[i]);
    }
    text_put(&whole, text_slice(&reply->body));
    text_done(&reply->body);
    reply->body = whole;
    reply->shared_count = 0;
}

struct reply desk_fixture_answer(struct desk_fixture *fixture, const struct attempt *attempt)
{
    const struct request *request = desk_fixture_request(fixture, attempt);
    struct reply reply = answer(fixture, request);
    assert_foreseen(request, reply.status);
    join_shared(&reply);
    return reply;
}

unsigned desk_fixture_status(struct desk_fixture *fixture, const struct attempt *attempt)
{
    struct reply reply = desk_fixture_answer(fixture, attempt);
    text_done(&reply.body);
    return reply.status;
}

struct slice desk_fixture_body(struct desk_fixture *fixture, const struct attempt *attempt)
{
    struct reply reply = desk_fixture_answer(fixture, attempt);
    const struct slice body = arena_copy(&fixture->arena, text_slice(&reply.body));
    text_done(&reply.body);
    return body;
}

/* ---- looking ---- */

bool slice_holds(struct slice bytes, const char *string)
{
    return bytes.len > 0 && memmem(bytes.ptr, bytes.len, string, strlen(string)) != NULL;
}

const char *desk_fixture_header(struct desk_fixture *fixture, const struct reply *reply,
                                const char *name)
{
    for (size_t i = 0; i < reply->header_count; i++) {
        if (slice_is_nocase(slice_of(reply->headers[i].name), name))
            return arena_copy(&fixture->arena, reply->headers[i].value).ptr;
    }
    return "";
}

const char *desk_fixture_example(struct desk_fixture *fixture, const char *peildatum)
{
    const struct slice path =
        arena_print(&fixture->arena, "conf/voorbeeld/gi/%s/jb-noord.json", peildatum);
    return arena_copy(&fixture->arena, log_fixture_read(&fixture->arena, path.ptr)).ptr;
}

const char *desk_fixture_replace(struct desk_fixture *fixture, const char *text, const char *old,
                                 const char *new)
{
    const char *found = strstr(text, old);
    assert_non_null(found);
    return arena_print(&fixture->arena, "%.*s%s%s", (int)(found - text), text, new,
                       found + strlen(old))
        .ptr;
}
