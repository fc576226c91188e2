#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/finding_code.h"

/* A code stands in the list once: who builds on it must find one meaning. */
static void test_a_code_is_listed_once(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FINDING_CODE_COUNT; i++) {
        for (unsigned j = 0; j < i; j++)
            assert_string_not_equal(finding_code_entry((enum finding_code)i)->id,
                                    finding_code_entry((enum finding_code)j)->id);
    }
}

/* `geen-json`: what a definition may call its own checks too. */
static bool is_kebab(const char *id)
{
    const size_t len = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return len > 0 && id[len] == '\0' && id[0] != '-' && id[len - 1] != '-' &&
           strstr(id, "--") == NULL;
}

/* `algemeen` is where remarks about a whole delivery stand, so it is no code. */
static void test_a_code_is_a_word_that_stands_under_toelichtingen(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FINDING_CODE_COUNT; i++) {
        const char *id = finding_code_entry((enum finding_code)i)->id;
        if (!is_kebab(id) || strcmp(id, "algemeen") == 0) fail_msg("%s", id);
    }
}

static bool is_sentence(const char *text)
{
    const size_t len = strlen(text);
    return len > 1 && text[len - 1] == '.' && strstr(text, "  ") == NULL;
}

static void test_a_code_says_what_it_means_and_what_to_do(void **state)
{
    (void)state;
    for (unsigned i = 0; i < FINDING_CODE_COUNT; i++) {
        const struct finding_code_entry *entry = finding_code_entry((enum finding_code)i);
        if (!is_sentence(entry->meaning) || !is_sentence(entry->todo)) fail_msg("%s", entry->id);
        assert_true(entry->severities > 0 && entry->severities < 1u << SEVERITY_COUNT);
        assert_true(entry->kind == FINDING_FORM || entry->kind == FINDING_CHECK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_code_is_listed_once),
        cmocka_unit_test(test_a_code_is_a_word_that_stands_under_toelichtingen),
        cmocka_unit_test(test_a_code_says_what_it_means_and_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
