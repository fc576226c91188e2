/*
 * What is taken out and what stays, for each kind of record; that figures never go, whatever they
 * are called; that a record which cannot be taken apart loses everything; and the words that went.
 * Then what a `geredigeerd` record says, there and back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "codec/redaction_json.h"

static void expect_content(enum record_kind kind, const char *content, const char *expected)
{
    struct text text = {0};
    redaction_put_content(&text, kind, slice_of(content));
    if (!slice_is(text_slice(&text), expected))
        fail_msg("%s became %.*s", content, (int)text.len, text.ptr);
    text_done(&text);
}

static void expect_findings(const char *findings, const char *expected)
{
    struct text text = {0};
    text_puts(&text, "!");
    redaction_put_findings(&text, slice_of(findings));
    if (!slice_is(slice_from(text.ptr + 1, text.len - 1), expected))
        fail_msg("%s became %.*s", findings, (int)text.len, text.ptr);
    text_done(&text);
}

static void a_delivery_loses_its_toelichtingen(void **state)
{
    (void)state;
    expect_content(RECORD_SUBMISSION,
                   "{\"cijfers\":{\"a\":1.5,\"b\":[{\"aantal\":3,\"sinds\":\"2024-09-02\"}]},"
                   "\"opgegeven\":{\"w\":12.4},\"toelichtingen\":{\"sprong\":\"Jan \\\"}\\\\\"}}",
                   "{\"cijfers\":{\"a\":1.5,\"b\":[{\"aantal\":3,\"sinds\":\"2024-09-02\"}]},"
                   "\"opgegeven\":{\"w\":12.4}}");
    expect_content(RECORD_SUBMISSION, "{\"toelichtingen\":{\"algemeen\":\"x\"}}", "{}");
    expect_content(RECORD_SUBMISSION, "{\"cijfers\":{\"a\":null}}", "{\"cijfers\":{\"a\":null}}");
    expect_content(RECORD_SUBMISSION, "{}", "{}");
}

/* A monitor may call a measure what it likes. */
static void figures_stay_whatever_they_are_called(void **state)
{
    (void)state;
    static const char delivery[] =
        "{\"cijfers\":{\"reden\":1,\"toelichting\":2,\"toelichtingen\":{\"tekst\":3}}}";
    expect_content(RECORD_SUBMISSION, delivery, delivery);
}

static void an_event_keeps_its_members_and_loses_the_words(void **state)
{
    (void)state;
    expect_content(RECORD_SET_ASIDE, "{\"reden\":\"Jan\",\"revisie\":2}",
                   "{\"reden\":\"\",\"revisie\":2}");
    expect_content(RECORD_REOPENING, "{\"reden\":\"Jan\",\"tot\":\"2024-11-01\"}",
                   "{\"reden\":\"\",\"tot\":\"2024-11-01\"}");
    expect_content(RECORD_REMARK, "{\"tekst\":\"Jan\"}", "{\"tekst\":\"\"}");
    expect_content(RECORD_REDACTION, "{\"kenmerk\":\"1-0\",\"reden\":\"Jan\"}",
                   "{\"kenmerk\":\"1-0\",\"reden\":\"\"}");
}

static void what_cannot_be_taken_apart_goes_as_a_whole(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "",
        "Jan",
        "[1]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\" :1}",
        "{\"a\":\"x}",
        "{\"a\":1}x",
        "{\"a\":[1}",
        "{\"a\":1 2,}}",
        "{a:1}",
        "{\"a\":1}}",
        "{\"a\":}",
        "{\"a\":1 \"b\":2",
        "{\"a\\",
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        expect_content(RECORD_SUBMISSION, broken[i], "");
    expect_findings("[{\"code\":1}", "");
    expect_findings("{\"toelichting\":\"Jan\"}", "");
}

static void a_finding_keeps_its_place_and_loses_its_reason(void **state)
{
    (void)state;
    expect_findings("[]", "[]");
    expect_findings(
        "[{\"code\":\"sprong\",\"toelichting\":\"Jan, 12\",\"waarde\":1834},"
        "{\"code\":\"laat\"}]",
        "[{\"code\":\"sprong\",\"toelichting\":\"\",\"waarde\":1834},"
        "{\"code\":\"laat\"}]");
}

static void definitions_have_no_free_texts(void **state)
{
    (void)state;
    assert_false(redaction_is_possible(RECORD_DEFINITION));
    assert_false(redaction_is_possible(RECORD_KIND_COUNT));
    assert_true(redaction_is_possible(RECORD_SUBMISSION));
    assert_true(redaction_is_possible(RECORD_REMARK));
}

static void put_word(void *self, struct slice word)
{
    struct text *words = self;
    text_put(words, word);
}

static void the_words_that_went_are_told(void **state)
{
    (void)state;
    static const char content[] =
        "{\"cijfers\":{\"a\":1},\"toelichtingen\":{\"algemeen\":\"Jan\","
        "\"sprong\":\"Piet \\\" en Jan\",\"x\":\"\"}}";
    struct text words = {0};
    redaction_each_word(slice_of(content), slice_of("{\"cijfers\":{\"a\":1}}"), put_word, &words);
    assert_true(slice_is(text_slice(&words), "\"Jan\"\"Piet \\\" en Jan\""));
    text_clear(&words);
    redaction_each_word(slice_of("{\"a\":\"blijft\"}"), slice_of("{\"a\":\"blijft\"}"), put_word,
                        &words);
    redaction_each_word(slice_of(""), slice_of(""), put_word, &words);
    assert_int_equal(words.len, 0);
    text_done(&words);
}

static void what_a_redaction_says_goes_there_and_back(void **state)
{
    (void)state;
    const struct redaction redaction = {.target = {.ms = 1732262400123, .seq = 4},
                                        .was = digest_of(slice_of("was")),
                                        .rest = digest_of(slice_of("rest"))};
    struct text text = {0};
    redaction_json_write(&text, &redaction, slice_of("er stond een \"naam\""));
    assert_true(slice_starts(text_slice(&text),
                             "{\"kenmerk\":\"1732262400123-4\",\"reden\":\"er "
                             "stond een \\\"naam\\\"\",\"rest\":\""));
    struct redaction *again = redaction_json_read(text_slice(&text));
    assert_non_null(again);
    assert_memory_equal(again, &redaction, sizeof redaction);
    memory_free(again);
    text_done(&text);
}

static void anything_else_is_no_redaction(void **state)
{
    (void)state;
    static const char hex[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    static const char *const refused[] = {"",
                                          "Jan",
                                          "[]",
                                          "{}",
                                          "{\"kenmerk\":\"1-0\"}",
                                          "{\"kenmerk\":\"1-0\",\"rest\":\"x\",\"was\":\"x\"}",
                                          "{\"kenmerk\":5,\"rest\":\"x\",\"was\":\"x\"}"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_null(redaction_json_read(slice_of(refused[i])));
    struct text text = {0};
    text_printf(&text, "{\"kenmerk\":\"1-0\",\"later\":[1],\"rest\":\"%s\",\"was\":\"%s\"}", hex,
                hex);
    struct redaction *fine = redaction_json_read(text_slice(&text));
    assert_non_null(fine);
    memory_free(fine);
    text_puts(&text, "x");
    assert_null(redaction_json_read(text_slice(&text)));
    text_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_delivery_loses_its_toelichtingen),
        cmocka_unit_test(figures_stay_whatever_they_are_called),
        cmocka_unit_test(an_event_keeps_its_members_and_loses_the_words),
        cmocka_unit_test(what_cannot_be_taken_apart_goes_as_a_whole),
        cmocka_unit_test(a_finding_keeps_its_place_and_loses_its_reason),
        cmocka_unit_test(definitions_have_no_free_texts),
        cmocka_unit_test(the_words_that_went_are_told),
        cmocka_unit_test(what_a_redaction_says_goes_there_and_back),
        cmocka_unit_test(anything_else_is_no_redaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
