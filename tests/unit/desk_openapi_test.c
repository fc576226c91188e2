#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk/headers.h"
#include "desk/openapi_words.h"
#include "desk/route_table.h"
#include "unit/desk_fixture.h"

/*
 * The OpenAPI document against the route table, both ways: every route under /v1 is described, and
 * nothing is described that is no route.
 */

static struct slice document(struct desk_fixture *fixture)
{
    return desk_fixture_body(fixture, &(struct attempt){.target = "/v1/openapi.json"});
}

static size_t count_of(struct slice text, const char *string)
{
    const char *at = text.ptr;
    const char *const end = text.ptr + text.len;
    size_t count = 0;
    while ((at = memmem(at, (size_t)(end - at), string, strlen(string))) != NULL) {
        at += strlen(string);
        count++;
    }
    return count;
}

static bool is_api(const struct route *route)
{
    return strncmp(route->path, "/v1/", 4) == 0;
}

static void test_every_route_is_described_once(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct slice text = document(fixture);
    const struct routes routes = route_table();
    size_t expected = 0;
    for (size_t i = 0; i < routes.count; i++) {
        const struct route *route = &routes.items[i];
        assert_int_equal(is_api(route), route->operation != NULL);
        if (!is_api(route)) continue;
        const struct slice id =
            arena_print(&fixture->arena, "\"operationId\":\"%s\"", route->operation);
        const struct slice path = arena_print(&fixture->arena, "\"%s\":{", route->path + 3);
        if (count_of(text, id.ptr) != 1 || count_of(text, path.ptr) != 1)
            fail_msg("%s", route->path);
        expected++;
    }
    assert_int_equal(count_of(text, "\"operationId\":"), expected);
}

static const struct route *find_operation(struct slice id)
{
    const struct routes routes = route_table();
    for (size_t i = 0; i < routes.count; i++) {
        if (routes.items[i].operation != NULL && slice_is(id, routes.items[i].operation))
            return &routes.items[i];
    }
    return NULL;
}

/* Words that nobody would read any more are a route that was taken away. */
static void test_every_description_is_of_a_route(void **state)
{
    struct desk_fixture *fixture = *state;
    struct openapi_walk walk;
    struct slice id, words;
    openapi_walk_begin(&walk, openapi_words(OPENAPI_OPERATIONS), &fixture->arena);
    while (openapi_walk_next(&walk, &id, &words)) {
        const struct route *route = find_operation(id);
        if (route == NULL) fail_msg("%.*s", (int)id.len, id.ptr);
        const struct slice request = openapi_member(words, "request", &fixture->arena);
        assert_int_equal(request.len > 0, route->takes != 0);
        assert_true(openapi_text(words, "summary", &fixture->arena).len > 0);
        assert_true(openapi_text(words, "description", &fixture->arena).len > 0);
    }
}

/* Every form that is described is one that the route gives. */
static void test_every_described_form_is_served(void **state)
{
    struct desk_fixture *fixture = *state;
    struct arena *arena = &fixture->arena;
    struct openapi_walk operations, answers, forms;
    struct slice id, words, status, answer, media, ignored;
    openapi_walk_begin(&operations, openapi_words(OPENAPI_OPERATIONS), arena);
    while (openapi_walk_next(&operations, &id, &words)) {
        openapi_walk_begin(&answers, openapi_member(words, "responses", arena), arena);
        while (openapi_walk_next(&answers, &status, &answer)) {
            openapi_walk_begin(&forms, openapi_member(answer, "content", arena), arena);
            while (openapi_walk_next(&forms, &media, &ignored)) {
                enum format format;
                assert_true(negotiate_accept(media, find_operation(id)->formats, &format));
            }
        }
    }
}

/* The files are part of the program, so they must be sound: read to the end without a fault. */
static void test_the_files_are_sound(void **state)
{
    struct desk_fixture *fixture = *state;
    for (unsigned i = 0; i < OPENAPI_FILE_COUNT; i++) {
        struct openapi_walk walk;
        struct slice key, value;
        size_t count = 0;
        openapi_walk_begin(&walk, openapi_words((enum openapi_file)i), &fixture->arena);
        while (openapi_walk_next(&walk, &key, &value))
            count++;
        assert_true(count > 0);
        assert_false(walk.scan.broken);
        assert_int_equal(walk.faults.count, 0);
    }
}

static void test_the_version_is_that_of_the_header(void **state)
{
    struct desk_fixture *fixture = *state;
    const char *info = "\"info\":{\"version\":\"" HEADERS_API_VERSION "\"";
    assert_true(slice_holds(document(fixture), info));
}

static void test_it_can_be_read_from_any_site_and_kept(void **state)
{
    struct desk_fixture *fixture = *state;
    struct attempt attempt = {.target = "/v1/openapi.json"};
    struct reply reply = desk_fixture_answer(fixture, &attempt);
    assert_string_equal(desk_fixture_header(fixture, &reply, "Access-Control-Allow-Origin"), "*");
    attempt.if_none_match = desk_fixture_header(fixture, &reply, "ETag");
    text_done(&reply.body);
    assert_int_equal(desk_fixture_status(fixture, &attempt), 304);
}

/* A copy that is kept is what would be made anew. */
static void test_a_kept_copy_is_the_same(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct slice made = document(fixture);
    struct openapi_copy copy = {0};
    fixture->desk.openapi = &copy;
    assert_true(slice_equal(document(fixture), made));
    const char *kept = copy.document.ptr;
    assert_true(slice_equal(document(fixture), made));
    assert_ptr_equal(copy.document.ptr, kept);
    openapi_copy_done(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_route_is_described_once, desk_fixture_setup,
                                        desk_fixture_teardown),
        cmocka_unit_test_setup_teardown(test_every_description_is_of_a_route, desk_fixture_setup,
                                        desk_fixture_teardown),
        cmocka_unit_test_setup_teardown(test_every_described_form_is_served, desk_fixture_setup,
                                        desk_fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_files_are_sound, desk_fixture_setup,
                                        desk_fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_version_is_that_of_the_header, desk_fixture_setup,
                                        desk_fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_kept_copy_is_the_same, desk_fixture_setup,
                                        desk_fixture_teardown),
        cmocka_unit_test_setup_teardown(test_it_can_be_read_from_any_site_and_kept,
                                        desk_fixture_setup, desk_fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
