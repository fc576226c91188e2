/*
 * Every way in which a delivery can be wrong has its example in tests/golden/deliveries: a body
 * that is wrong on purpose and, beside it, all that its deliverer is told. Each is put to a desk
 * with the shipped definition, for the peildatum 2024-10-01, by jb-noord, whose example delivery
 * stands on 2024-04-01. What else a case needs is said by the beginning of its name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "codec/findings_json.h"
#include "unit/desk_fixture.h"
#include "unit/finding_text.h"
#include "unit/golden.h"

#define FOLDER "tests/golden/deliveries"

enum { CASES_LEAST = 40 };

/* ---- circumstances ---- */

static void set_day(struct desk_fixture *fixture, const char *moment)
{
    assert_true(moment_parse(slice_of(moment), &fixture->circumstance.now));
}

/* Before the shipped opening date. */
static void be_early(struct desk_fixture *fixture)
{
    set_day(fixture, "2024-09-16T08:00:00Z");
}

/* After the due date of a definition that has one. */
static void be_late(struct desk_fixture *fixture)
{
    desk_fixture_define_window(fixture);
    set_day(fixture, "2024-12-10T08:00:00Z");
}

/* After its closing date. */
static void be_closed(struct desk_fixture *fixture)
{
    desk_fixture_define_window(fixture);
    set_day(fixture, "2025-01-13T08:00:00Z");
}

/* A register in which the organisation has stopped. */
static void be_unexpected(struct desk_fixture *fixture)
{
    struct arena *arena = &fixture->arena;
    const char *monitor = arena_copy(arena, log_fixture_read(arena, "conf/monitors/gi.yaml")).ptr;
    const char *names = arena_copy(arena, log_fixture_read(arena, "conf/organisaties.yaml")).ptr;
    names = desk_fixture_replace(fixture, names, "vanaf: 2022-12-01, regios: [JZ01, JZ04]",
                                 "vanaf: 2022-12-01, tot: 2024-06-30, regios: [JZ01, JZ04]");
    log_fixture_define(&fixture->log, "gi", monitor, names);
}

static const struct circumstances {
    const char *prefix;
    void (*arrange)(struct desk_fixture *fixture);
    const char *token;
} CIRCUMSTANCES[] = {
    {.prefix = "vroeg-", .arrange = be_early},
    {.prefix = "laat-", .arrange = be_late},
    {.prefix = "gesloten-", .arrange = be_closed},
    {.prefix = "onverwacht-", .arrange = be_unexpected},
    {.prefix = "namens-", .token = "analist"},
};

static const struct circumstances *circumstances_of(struct slice name)
{
    static const struct circumstances USUAL = {.prefix = ""};
    for (size_t i = 0; i < sizeof CIRCUMSTANCES / sizeof CIRCUMSTANCES[0]; i++) {
        if (slice_starts(name, CIRCUMSTANCES[i].prefix)) return &CIRCUMSTANCES[i];
    }
    return &USUAL;
}

/* ---- a case ---- */

static struct reply put(struct desk_fixture *fixture, const char *peildatum, const char *token,
                        struct slice body)
{
    const struct attempt attempt = {
        .method = METHOD_PUT,
        .target = arena_print(&fixture->arena, "/v1/monitors/gi/peildata/%s/aanleveringen/jb-noord",
                              peildatum)
                      .ptr,
        .token = token,
        .content_type = "application/json",
        .bytes = body,
    };
    return desk_fixture_answer(fixture, &attempt);
}

/* An earlier delivery to compare with. */
static void deliver_earlier(struct desk_fixture *fixture)
{
    const char *example = desk_fixture_example(fixture, "2024-04-01");
    struct reply reply = put(fixture, "2024-04-01", "gi", slice_of(example));
    assert_int_equal(reply.status, 201);
    text_done(&reply.body);
}

/* What the client reads in the answer. */
static void put_answer(struct desk_fixture *fixture, const struct reply *reply, struct text *text)
{
    static const char MEMBER[] = "\"bevindingen\":";
    struct findings findings;
    findings_init(&findings, &fixture->arena);
    const struct slice body = arena_copy(&fixture->arena, text_slice(&reply->body));
    const char *found = strstr(body.ptr, MEMBER);
    assert_non_null(found);
    findings_json_read(slice_of(found + strlen(MEMBER)), &findings);
    text_printf(text, "HTTP %u\n", reply->status);
    finding_text_put(text, &findings);
}

static void check_case(const char *name)
{
    struct desk_fixture fixture;
    struct text said = {0};
    desk_fixture_init(&fixture);
    const struct circumstances *circumstances = circumstances_of(slice_of(name));
    const char *path = arena_print(&fixture.arena, FOLDER "/%s", name).ptr;
    deliver_earlier(&fixture);
    if (circumstances->arrange != NULL) circumstances->arrange(&fixture);
    struct reply reply =
        put(&fixture, "2024-10-01", circumstances->token != NULL ? circumstances->token : "gi",
            log_fixture_read(&fixture.arena, path));
    put_answer(&fixture, &reply, &said);
    golden_check(arena_print(&fixture.arena, "deliveries/%.*s.expected",
                             (int)(strlen(name) - strlen(".json")), name)
                     .ptr,
                 text_slice(&said));
    text_done(&said);
    text_done(&reply.body);
    desk_fixture_done(&fixture);
}

static int is_case(const struct dirent *entry)
{
    const size_t len = strlen(entry->d_name);
    return len > 5 && strcmp(entry->d_name + len - 5, ".json") == 0;
}

static void test_every_wrong_delivery_is_told_exactly(void **state)
{
    (void)state;
    struct dirent **entries;
    const int count = scandir(GIMON_SOURCE_DIR "/" FOLDER, &entries, is_case, alphasort);
    assert_true(count >= CASES_LEAST);
    for (int i = 0; i < count; i++) {
        check_case(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_wrong_delivery_is_told_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
