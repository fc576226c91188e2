/*
 * Reading from disk: paths are seen from the configuration's folder, every monitor in the folder is
 * read, what is wrong in a shared file is told once, and what only all files together can show is
 * shown. Each test has its own folder and leaves nothing behind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "edge/load.h"

struct fixture {
    char folder[32];
    struct arena arena;
    struct loaded loaded;
};

static const char *path_of(struct fixture *fixture, const char *name)
{
    return arena_print(&fixture->arena, "%s/%s", fixture->folder, name).ptr;
}

static void put(struct fixture *fixture, const char *name, const char *text)
{
    FILE *file = fopen(path_of(fixture, name), "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void put_monitor(struct fixture *fixture, const char *id)
{
    struct slice name = arena_print(&fixture->arena, "conf/monitors/%s.yaml", id);
    struct slice text =
        arena_print(&fixture->arena,
                    "monitor: %s\nnaam: N\ncijfers: {a: {naam: A, soort: aantal, eenheid: e}}\n"
                    "peildata: []\n",
                    id);
    put(fixture, name.ptr, text.ptr);
}

/** A whole configuration with the monitors `ot` and `ot-x`. */
static int setup(void **state)
{
    struct fixture *fixture = memory_new(sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/gimon-load-XXXXXX");
    arena_init(&fixture->arena);
    *state = fixture;
    if (mkdtemp(fixture->folder) == NULL || mkdir(path_of(fixture, "conf"), 0700) != 0 ||
        mkdir(path_of(fixture, "conf/monitors"), 0700) != 0)
        return -1;
    put(fixture, "gimon.yaml",
        "luister: unix:./http.sock\nredis: {lokaal: data}\ndefinities: ./conf\n"
        "toegang: ./toegang.yaml\n");
    put(fixture, "conf/organisaties.yaml",
        "organisaties:\n  een: {naam: E, monitors: [ot, ot-x], vanaf: 2024-01-01}\n");
    put(fixture, "conf/regios.yaml", "bron: B\nregios: {}\n");
    put(fixture, "conf/kalender.yaml", "kalenders: {}\n");
    put_monitor(fixture, "ot-x");
    put_monitor(fixture, "ot");
    return 0;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about;
    (void)kind;
    (void)where;
    return remove(path);
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    load_done(&fixture->loaded);
    int failed = nftw(fixture->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_done(&fixture->arena);
    memory_free(fixture);
    return failed;
}

static bool load(struct fixture *fixture)
{
    return load_all(&fixture->loaded, path_of(fixture, "gimon.yaml"));
}

static void assert_fault(struct fixture *fixture, size_t index, const char *file,
                         const char *message)
{
    const struct faults *faults = &fixture->loaded.faults;
    assert_true(faults->count > index);
    assert_true(slice_is(faults->items[index].file, path_of(fixture, file)));
    assert_string_equal(faults->items[index].message.ptr, message);
}

static void test_everything_is_read(void **state)
{
    struct fixture *fixture = *state;
    assert_true(load(fixture));
    assert_int_equal(fixture->loaded.rulebook_count, 2);
    assert_true(slice_is(fixture->loaded.rulebooks[0]->monitor.id, "ot"));
    assert_true(slice_is(fixture->loaded.rulebooks[1]->monitor.id, "ot-x"));
}

/** What was published stands in a folder of the monitor's own; without one there is nothing. */
static void test_what_was_published_is_read(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(mkdir(path_of(fixture, "conf/gepubliceerd"), 0700), 0);
    assert_int_equal(mkdir(path_of(fixture, "conf/gepubliceerd/ot"), 0700), 0);
    put(fixture, "conf/monitors/ot.yaml",
        "monitor: ot\nnaam: N\nbronnen: {b: {titel: B}}\n"
        "cijfers: {a: {naam: A, soort: aantal, eenheid: e}}\n"
        "indicatoren: {som: {naam: S, eenheid: e, versies: [{soort: som, teller: [a]}]}}\n"
        "peildata: [{datum: 2024-10-01}]\n");
    put(fixture, "conf/gepubliceerd/ot/tweede.yaml",
        "bron: b\ncijfers: {som: {waarden: {2024-10-01: 12}}}\n");
    put(fixture, "conf/gepubliceerd/ot/eerste.yaml", "bron: b\ncijfers: {}\n");
    assert_true(load(fixture));
    const struct rulebook *ot = fixture->loaded.rulebooks[0];
    assert_int_equal(ot->publication_count, 2);
    assert_true(slice_is(ot->publications[0].id, "eerste"));
    assert_true(slice_is(ot->publications[1].id, "tweede"));
    assert_int_equal(ot->publications[1].lines[0].figures[0].value.units, 12);
    assert_int_equal(fixture->loaded.rulebooks[1]->publication_count, 0);

    struct rulebook *again = rulebook_canonical_read(ot->canonical, &fixture->loaded.faults);
    assert_non_null(again);
    assert_true(slice_equal(again->canonical, ot->canonical));
    assert_true(slice_is(again->publications[1].id, "tweede"));
    rulebook_free(again);
}

static void test_a_published_fault_has_its_file(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(mkdir(path_of(fixture, "conf/gepubliceerd"), 0700), 0);
    assert_int_equal(mkdir(path_of(fixture, "conf/gepubliceerd/ot"), 0700), 0);
    put(fixture, "conf/gepubliceerd/ot/brief.yaml", "bron: b\ncijfers: {}\n");
    assert_false(load(fixture));
    assert_int_equal(fixture->loaded.faults.count, 1);
    assert_fault(fixture, 0, "conf/gepubliceerd/ot/brief.yaml",
                 "unknown source \"b\". There is none here");
}

static void test_paths_are_seen_from_the_folder_of_the_file(void **state)
{
    struct fixture *fixture = *state;
    const struct config *config = &fixture->loaded.config;
    assert_true(load_config(&fixture->loaded, path_of(fixture, "gimon.yaml")));
    assert_string_equal(config->redis.local.ptr, path_of(fixture, "data"));
    assert_string_equal(config->definitions.ptr, path_of(fixture, "conf"));
    assert_string_equal(config->access.ptr, path_of(fixture, "toegang.yaml"));
    assert_true(slice_starts(config->listen, "unix:/tmp/"));
}

static void test_the_folder_itself_is_a_dot(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "conf/gimon.yaml",
        "redis: {lokaal: /var/x}\ndefinities: .\ntoegang: ../toegang.yaml\n");
    assert_true(load_all(&fixture->loaded, path_of(fixture, "conf/gimon.yaml")));
    assert_string_equal(fixture->loaded.config.definitions.ptr, path_of(fixture, "conf"));
    assert_string_equal(fixture->loaded.config.redis.local.ptr, "/var/x");
}

static void test_a_missing_file_is_one_fault(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(unlink(path_of(fixture, "conf/regios.yaml")), 0);
    assert_false(load(fixture));
    assert_int_equal(fixture->loaded.faults.count, 1);
    assert_fault(fixture, 0, "conf/regios.yaml", "cannot be read: No such file or directory");
}

static void test_no_monitors_is_a_fault(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(unlink(path_of(fixture, "conf/monitors/ot.yaml")), 0);
    assert_int_equal(unlink(path_of(fixture, "conf/monitors/ot-x.yaml")), 0);
    assert_false(load(fixture));
    assert_fault(fixture, 0, "conf/monitors", "holds no *.yaml: there is no monitor");
}

static void test_a_fault_of_a_shared_file_is_told_once(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "conf/regios.yaml", "bron: B\nregios: {x: {naam: N}}\n");
    put(fixture, "gimon.yaml", "nergens: 1\nredis: {lokaal: d}\ndefinities: ./conf\ntoegang: t\n");
    assert_false(load(fixture));
    assert_int_equal(fixture->loaded.faults.count, 2);
    assert_int_equal(fixture->loaded.faults.items[0].line, 2);
    assert_true(slice_starts(fixture->loaded.faults.items[1].message, "unknown key \"nergens\""));
}

static void test_an_organisation_names_monitors_that_exist(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "conf/organisaties.yaml",
        "organisaties:\n  een: {naam: E, monitors: [ot, ot-y], vanaf: 2024-01-01}\n");
    assert_false(load(fixture));
    assert_int_equal(fixture->loaded.faults.count, 1);
    assert_fault(fixture, 0, "conf/organisaties.yaml",
                 "unknown monitor \"ot-y\"; did you mean \"ot-x\"? Allowed: ot, ot-x");
}

static void test_tokens_are_read_too(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "toegang.yaml", "token: []\n");
    assert_false(load(fixture));
    assert_int_equal(fixture->loaded.faults.count, 2);
    assert_fault(fixture, 0, "toegang.yaml", "key \"tokens\" is missing");
}

static void test_no_file_of_tokens_is_nobody(void **state)
{
    struct fixture *fixture = *state;
    struct faults faults;
    faults_init(&faults, &fixture->arena);
    struct access *access = load_access(path_of(fixture, "toegang.yaml"), &faults);
    assert_non_null(access);
    assert_int_equal(access->token_count, 0);
    access_free(access);
    assert_null(load_access(path_of(fixture, "conf"), &faults));
    assert_string_equal(faults.items[0].message.ptr, "cannot be read: Is a directory");
}

static void test_a_file_beyond_the_limit_is_not_read(void **state)
{
    struct fixture *fixture = *state;
    struct faults faults;
    struct slice text;
    faults_init(&faults, &fixture->arena);
    put(fixture, "twelve", "twelve bytes");
    assert_true(load_file(path_of(fixture, "twelve"), 12, &fixture->arena, &faults, &text));
    assert_true(slice_is(text, "twelve bytes"));
    assert_false(load_file(path_of(fixture, "twelve"), 11, &fixture->arena, &faults, &text));
    assert_string_equal(faults.items[0].message.ptr, "cannot be read: File too large");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_everything_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_was_published_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_published_fault_has_its_file, setup, teardown),
        cmocka_unit_test_setup_teardown(test_paths_are_seen_from_the_folder_of_the_file, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_the_folder_itself_is_a_dot, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_missing_file_is_one_fault, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_monitors_is_a_fault, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_fault_of_a_shared_file_is_told_once, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_an_organisation_names_monitors_that_exist, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_tokens_are_read_too, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_file_of_tokens_is_nobody, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_file_beyond_the_limit_is_not_read, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
