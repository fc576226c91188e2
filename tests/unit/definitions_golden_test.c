/*
 * Every way in which a file can be wrong has its example in tests/golden/definitions: a file that
 * is wrong on purpose and, beside it, exactly what is said about it. The beginning of its name says
 * what it is read as; the other files of a rulebook are the good ones below.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec/access_yaml.h"
#include "codec/config_yaml.h"
#include "unit/golden.h"

static const char FOLDER[] = GIMON_SOURCE_DIR "/tests/golden/definitions";

static const struct rulebook_sources GOOD = {
    .monitor = {.name = SLICE_LITERAL("monitors/proef.yaml"),
                .text = SLICE_LITERAL(
                    "monitor: proef\n"
                    "naam: Proef\n"
                    "cijfers: {plaatsen: {naam: Plaatsen, soort: aantal, eenheid: plaatsen}}\n"
                    "peildata: []\n")},
    .organisations = {.name = SLICE_LITERAL("organisaties.yaml"),
                      .text = SLICE_LITERAL("organisaties: {}\n")},
    .regions = {.name = SLICE_LITERAL("regios.yaml"),
                .text = SLICE_LITERAL("bron: Zelf bedacht\nregios: {JZ01: {naam: Noord}}\n")},
    .calendars = {.name = SLICE_LITERAL("kalender.yaml"),
                  .text = SLICE_LITERAL("kalenders:\n"
                                        "  awt: {naam: A, bron: B, feestdagen: []}\n"
                                        "  werk: {naam: W, bron: B, feestdagen: []}\n")},
};

static struct slice read_case(struct arena *arena, const char *name)
{
    char *bytes = arena_new(arena, 1 << 16);
    struct slice path = arena_print(arena, "%s/%s", FOLDER, name);
    FILE *file = fopen(path.ptr, "rb");
    assert_non_null(file);
    size_t len = fread(bytes, 1, 1 << 16, file);
    assert_int_equal(fclose(file), 0);
    return slice_from(bytes, len);
}

/** Reads the text as one of the four files of a rulebook; it must be wrong. */
static void read_rulebook(struct source_file *place, struct slice text,
                          const struct rulebook_sources *sources, struct faults *faults)
{
    place->text = text;
    assert_null(rulebook_yaml_read(sources, faults));
}

/** Reads the text as a document published about a monitor with two indicators. */
static void read_published(struct slice text, struct faults *faults)
{
    const struct source_file document = {.name = slice_of("gepubliceerd/proef/brief.yaml"),
                                         .text = text};
    struct rulebook_sources sources = GOOD;
    sources.monitor.text = slice_of(
        "monitor: proef\n"
        "naam: Proef\n"
        "bronnen: {brief: {titel: Brief}}\n"
        "cijfers: {plaatsen: {naam: Plaatsen, soort: aantal, eenheid: plaatsen}}\n"
        "indicatoren:\n"
        "  bezet: {naam: B, eenheid: p, versies: [{soort: som, teller: [plaatsen]}]}\n"
        "  deel: {naam: D, eenheid: p, decimalen: 1, versies: [{soort: som, teller: [plaatsen]}]}\n"
        "peildata: [{datum: 2024-10-01}]\n");
    sources.published = &document;
    sources.published_count = 1;
    assert_null(rulebook_yaml_read(&sources, faults));
}

static void read_wrong(struct slice name, struct slice text, struct faults *faults)
{
    struct config config;
    struct rulebook_sources sources = GOOD;
    struct source_file file = {.name = slice_of("gimon.yaml"), .text = text};
    if (slice_starts(name, "monitor-")) {
        read_rulebook(&sources.monitor, text, &sources, faults);
    } else if (slice_starts(name, "organisaties-")) {
        read_rulebook(&sources.organisations, text, &sources, faults);
    } else if (slice_starts(name, "regios-")) {
        read_rulebook(&sources.regions, text, &sources, faults);
    } else if (slice_starts(name, "kalender-")) {
        read_rulebook(&sources.calendars, text, &sources, faults);
    } else if (slice_starts(name, "gepubliceerd-")) {
        read_published(text, faults);
    } else if (slice_starts(name, "gimon-")) {
        assert_false(config_yaml_read(&file, faults->arena, faults, &config));
    } else {
        assert_true(slice_starts(name, "toegang-"));
        file.name = slice_of("toegang.yaml");
        assert_null(access_yaml_read(&file, faults));
    }
}

static void check_case(const char *name)
{
    struct arena arena;
    struct faults faults;
    struct text said;
    arena_init(&arena);
    text_init(&said);
    faults_init(&faults, &arena);
    read_wrong(slice_of(name), read_case(&arena, name), &faults);
    for (size_t i = 0; i < faults.count; i++)
        text_printf(&said, "%.*s:%u:%u: %.*s\n", (int)faults.items[i].file.len,
                    faults.items[i].file.ptr, faults.items[i].line, faults.items[i].column,
                    (int)faults.items[i].message.len, faults.items[i].message.ptr);
    int stem = (int)(slice_of(name).len - slice_of(".yaml").len);
    golden_check(arena_print(&arena, "definitions/%.*s.expected", stem, name).ptr,
                 text_slice(&said));
    text_done(&said);
    arena_done(&arena);
}

static int is_case(const struct dirent *entry)
{
    struct slice name = slice_of(entry->d_name);
    return name.len > 5 && slice_is(slice_from(name.ptr + name.len - 5, 5), ".yaml");
}

static void test_every_wrong_file_is_told_exactly(void **unused)
{
    (void)unused;
    struct dirent **entries;
    int count = scandir(FOLDER, &entries, is_case, alphasort);
    assert_true(count >= 25);
    for (int i = 0; i < count; i++) {
        check_case(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

/** The good files are good: else the cases above would prove nothing. */
static void test_the_other_files_are_good(void **unused)
{
    (void)unused;
    struct arena arena;
    struct faults faults;
    arena_init(&arena);
    faults_init(&faults, &arena);
    struct rulebook *rulebook = rulebook_yaml_read(&GOOD, &faults);
    assert_int_equal(faults.count, 0);
    assert_non_null(rulebook);
    rulebook_free(rulebook);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_other_files_are_good),
        cmocka_unit_test(test_every_wrong_file_is_told_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
