#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk/headers.h"
#include "desk/route_table.h"
#include "unit/desk_fixture.h"

/*
 * Every route of the table is tried with every method, by nobody, with a slash too many and with
 * parts that do not exist. A route added to the table is in this sweep by itself.
 */

static const char *method_names[] = {
    [METHOD_GET] = "GET",       [METHOD_HEAD] = "HEAD",     [METHOD_PUT] = "PUT",
    [METHOD_POST] = "POST",     [METHOD_DELETE] = "DELETE", [METHOD_OPTIONS] = "OPTIONS",
    [METHOD_OTHER] = "another",
};

/* The path of a template with parts that exist, but for the one named, which gets `instead`. */
static const char *path_of(struct desk_fixture *fixture, const char *template, const char *part,
                           const char *instead)
{
    static const char *const parts[][2] = {
        {"{monitor}", "gi"}, {"{peildatum}", "2024-10-01"}, {"{organisatie}", "jb-noord"},
        {"{n}", "1"},        {"{tabel}", "ontwikkeling"},   {"{editie}", "brief"}};
    const char *path = template;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (strstr(path, parts[i][0]) == NULL) continue;
        const bool changed = part != NULL && strcmp(part, parts[i][0]) == 0;
        path = desk_fixture_replace(fixture, path, parts[i][0], changed ? instead : parts[i][1]);
    }
    return path;
}

static bool has_method(const char *template, enum method method)
{
    const struct routes routes = route_table();
    const enum method served = method == METHOD_HEAD ? METHOD_GET : method;
    for (size_t i = 0; i < routes.count; i++) {
        if (strcmp(routes.items[i].path, template) == 0 && routes.items[i].method == served)
            return true;
    }
    return false;
}

/* A method that the path does not have is 405 and says which it has; one it has is not. */
static void test_every_method_on_every_path(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct routes routes = route_table();
    for (size_t i = 0; i < routes.count; i++) {
        const char *path = path_of(fixture, routes.items[i].path, NULL, NULL);
        for (int method = METHOD_GET; method <= METHOD_OTHER; method++) {
            struct reply reply = desk_fixture_answer(
                fixture, &(struct attempt){.method = (enum method)method, .target = path});
            const bool known = has_method(routes.items[i].path, (enum method)method);
            const char *allow = desk_fixture_header(fixture, &reply, "Allow");
            if ((reply.status == 405) == known)
                fail_msg("%s %s: %u", method_names[method], path, reply.status);
            assert_int_equal(known, strlen(allow) == 0);
            text_done(&reply.body);
        }
    }
}

static void test_allow_names_the_methods(void **state)
{
    struct desk_fixture *fixture = *state;
    struct reply reply = desk_fixture_answer(
        fixture,
        &(struct attempt){.method = METHOD_POST,
                          .target = "/v1/monitors/gi/peildata/2024-10-01/aanleveringen/jb-noord"});
    assert_string_equal(desk_fixture_header(fixture, &reply, "Allow"), "GET, HEAD, PUT, DELETE");
    text_done(&reply.body);
}

/* A trailing slash is another path, and there is none (NL API Design Rules). */
static void test_a_trailing_slash_is_unknown(void **state)
{
    struct desk_fixture *fixture = *state;
    const struct routes routes = route_table();
    for (size_t i = 0; i < routes.count; i++) {
        const char *path = path_of(fixture, routes.items[i].path, NULL, NULL);
        const struct slice target = arena_print(&fixture->arena, "%s/", path);
        assert_int_equal(desk_fixture_status(fixture, &(struct attempt){.target = target.ptr}),
                         404);
    }
}

/* A part that does not exist is 404 on every route that has it, with any token and none. */
static void test_unknown_parts_are_unknown_paths(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const wrong[][2] = {
        {"{monitor}", "go"},          {"{monitor}", ""},           {"{peildatum}", "2024-10-02"},
        {"{peildatum}", "1-10-2024"}, {"{peildatum}", "2024-1-1"}, {"{organisatie}", "jb-nord"},
        {"{tabel}", "omwikkeling"},
    };
    const struct routes routes = route_table();
    for (size_t i = 0; i < routes.count; i++) {
        for (size_t j = 0; j < sizeof wrong / sizeof wrong[0]; j++) {
            if (strstr(routes.items[i].path, wrong[j][0]) == NULL) continue;
            const char *path = path_of(fixture, routes.items[i].path, wrong[j][0], wrong[j][1]);
            const struct attempt nobody = {.method = routes.items[i].method, .target = path};
            const struct attempt analyst = {
                .method = routes.items[i].method, .target = path, .token = "analist"};
            if (desk_fixture_status(fixture, &nobody) != 404) fail_msg("%s", path);
            if (desk_fixture_status(fixture, &analyst) != 404) fail_msg("%s", path);
        }
    }
}

static void test_paths_that_are_none(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const wrong[] = {
        "",
        "v1/monitors",
        "//",
        "/v1",
        "/v1/",
        "/v1//monitors",
        "/v1/monitors/gi/reeksen/x",
        "/v1/Monitors",
        "/healthz ",
        "/v1/monitors/gi/tabellen",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (desk_fixture_status(fixture, &(struct attempt){.target = wrong[i]}) != 404)
            fail_msg("%s", wrong[i]);
    }
}

/* Every answer under /v1 says its version, and every answer has the security headers. */
static void test_headers_on_every_route(void **state)
{
    struct desk_fixture *fixture = *state;
    static const char *const always[] = {"Cache-Control", "Content-Security-Policy",
                                         "X-Content-Type-Options", "X-Frame-Options"};
    const struct routes routes = route_table();
    for (size_t i = 0; i < routes.count; i++) {
        const char *path = path_of(fixture, routes.items[i].path, NULL, NULL);
        struct reply reply = desk_fixture_answer(fixture, &(struct attempt){.target = path});
        const char *version = desk_fixture_header(fixture, &reply, "API-Version");
        assert_string_equal(version, strncmp(path, "/v1/", 4) == 0 ? "1.0.0" : "");
        for (size_t j = 0; j < sizeof always / sizeof always[0]; j++)
            assert_string_not_equal(desk_fixture_header(fixture, &reply, always[j]), "");
        text_done(&reply.body);
    }
}

/* The meter's label is the template, also where the answer is no. */
static void test_the_route_is_named_by_its_template(void **state)
{
    struct desk_fixture *fixture = *state;
    struct verdict verdict = desk_fixture_receive(
        fixture, &(struct attempt){.method = METHOD_POST, .target = "/v1/organisaties/rbv"});
    assert_string_equal(verdict.route, "/v1/organisaties/{organisatie}");
    text_done(&verdict.reply.body);
    verdict = desk_fixture_receive(fixture, &(struct attempt){.target = "/wp-login.php"});
    assert_string_equal(verdict.route, "onbekend");
    text_done(&verdict.reply.body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_method_on_every_path),
        cmocka_unit_test(test_allow_names_the_methods),
        cmocka_unit_test(test_a_trailing_slash_is_unknown),
        cmocka_unit_test(test_unknown_parts_are_unknown_paths),
        cmocka_unit_test(test_paths_that_are_none),
        cmocka_unit_test(test_headers_on_every_route),
        cmocka_unit_test(test_the_route_is_named_by_its_template),
    };
    return cmocka_run_group_tests(tests, desk_fixture_setup, desk_fixture_teardown);
}
