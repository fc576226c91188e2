/*
 * toegang.yaml: what was written is read back as it was, whatever is in a name, and no file and an
 * empty one let nobody in. (What is said about wrong files is held by definitions_golden_test.)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "codec/access_yaml.h"

/** Reads a text that must be good; faults would live in the arena. */
static struct access *read_good(struct arena *arena, struct slice text)
{
    struct faults faults;
    faults_init(&faults, arena);
    struct source_file file = {.name = slice_of("toegang.yaml"), .text = text};
    struct access *access = access_yaml_read(&file, &faults);
    assert_int_equal(faults.count, 0);
    assert_non_null(access);
    return access;
}

static void test_an_empty_file_lets_nobody_in(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "# nobody yet\n", "tokens: []\n"};
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct access *access = read_good(&arena, slice_of(texts[i]));
        assert_int_equal(access->token_count, 0);
        access_free(access);
    }
    arena_done(&arena);
}

static void assert_same_token(const struct token *a, const struct token *b)
{
    assert_true(slice_equal(a->name, b->name));
    assert_true(digest_equal(&a->digest, &b->digest));
    assert_int_equal(a->role, b->role);
    assert_int_equal(a->created.ms, b->created.ms);
    assert_int_equal(a->has_expiry, b->has_expiry);
    assert_int_equal(a->has_expiry ? a->expires.ms : 0, b->has_expiry ? b->expires.ms : 0);
    assert_int_equal(a->organisation_count, b->organisation_count);
    for (size_t i = 0; i < a->organisation_count; i++)
        assert_true(slice_equal(a->organisations[i], b->organisations[i]));
}

static void test_what_was_written_is_read_back(void **state)
{
    (void)state;
    const struct slice organisations[] = {SLICE_LITERAL("jb-noord"), SLICE_LITERAL("jb-west")};
    const struct token tokens[] = {
        {.name = slice_of("JB \"Noord\": één # {test}"),
         .digest = digest_of(slice_of("a")),
         .role = ROLE_GI,
         .organisations = organisations,
         .organisation_count = 2,
         .created = {1732262400123}},
        {.name = slice_of("~"),
         .digest = digest_of(slice_of("b")),
         .role = ROLE_ANALYST,
         .created = {1732262400000},
         .has_expiry = true,
         .expires = {1763798400000}},
        {.name = slice_of("beheer"), .digest = digest_of(slice_of("c")), .role = ROLE_ADMIN},
    };
    struct access *written = access_new();
    written->tokens = tokens;
    written->token_count = 3;
    struct text text;
    struct arena arena;
    text_init(&text);
    arena_init(&arena);
    access_yaml_write(&text, written);
    struct access *again = read_good(&arena, text_slice(&text));
    assert_int_equal(again->token_count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_same_token(&again->tokens[i], &tokens[i]);
    access_free(again);
    access_free(written);
    text_done(&text);
    arena_done(&arena);
}

static void test_no_tokens_are_written_as_none(void **state)
{
    (void)state;
    struct text text;
    struct arena arena;
    text_init(&text);
    arena_init(&arena);
    struct access *none = access_new();
    access_yaml_write(&text, none);
    struct access *again = read_good(&arena, text_slice(&text));
    assert_int_equal(again->token_count, 0);
    access_free(again);
    access_free(none);
    text_done(&text);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_empty_file_lets_nobody_in),
        cmocka_unit_test(test_what_was_written_is_read_back),
        cmocka_unit_test(test_no_tokens_are_written_as_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
