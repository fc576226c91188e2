/* Tokens: found by secret and by nothing else, until they expire; roles and whom a token acts for.
 */
#include "core/access.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { TOKENS = 4 };

static const struct slice own[] = {SLICE_LITERAL("jb-noord"), SLICE_LITERAL("jb-west")};

/* Three secrets, of which b stands there twice: until 1000, and until 500. */
static struct access *access_with_tokens(void)
{
    static const char *const secrets[TOKENS] = {"a", "b", "c", "b"};
    struct access *access = access_new();
    struct token *tokens = arena_array(&access->arena, TOKENS, sizeof(*tokens));
    for (size_t i = 0; i < TOKENS; i++) {
        tokens[i].digest = digest_of(slice_of(secrets[i]));
        tokens[i].role = ROLE_ANALYST;
    }
    tokens[0].role = ROLE_GI;
    tokens[0].organisations = own;
    tokens[0].organisation_count = 2;
    tokens[1].has_expiry = true;
    tokens[1].expires.ms = 1000;
    tokens[3].has_expiry = true;
    tokens[3].expires.ms = 500;
    access->tokens = tokens;
    access->token_count = TOKENS;
    return access;
}

static const struct token *find(const struct access *access, const char *secret, int64_t now)
{
    return access_find(access, slice_of(secret), (struct moment){.ms = now});
}

static void a_secret_finds_its_own_token(void **state)
{
    (void)state;
    struct access *access = access_with_tokens();
    assert_ptr_equal(find(access, "a", 0), &access->tokens[0]);
    assert_ptr_equal(find(access, "c", 0), &access->tokens[2]);
    assert_null(find(access, "", 0));
    assert_null(find(access, "A", 0));
    assert_null(
        find(access, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb", 0));
    access_free(access);
}

static void a_token_ends_at_the_moment_it_expires(void **state)
{
    (void)state;
    struct access *access = access_with_tokens();
    assert_ptr_equal(find(access, "b", 999), &access->tokens[1]);
    assert_null(find(access, "b", 1000));
    assert_ptr_equal(find(access, "a", INT64_MAX), &access->tokens[0]);
    access_free(access);
}

static void nobody_is_found_where_there_are_no_tokens(void **state)
{
    (void)state;
    struct access *access = access_new();
    assert_int_equal(access->token_count, 0);
    assert_null(find(access, "a", 0));
    access_free(access);
    access_free(NULL);
}

static void a_token_acts_for_its_own_organisations_only(void **state)
{
    (void)state;
    struct access *access = access_with_tokens();
    assert_true(token_acts_for(&access->tokens[0], slice_of("jb-noord")));
    assert_true(token_acts_for(&access->tokens[0], slice_of("jb-west")));
    assert_false(token_acts_for(&access->tokens[0], slice_of("jb-brabant")));
    assert_false(token_acts_for(&access->tokens[0], slice_of("jb-noor")));
    assert_false(token_acts_for(&access->tokens[2], slice_of("jb-noord")));
    access_free(access);
}

static void roles_have_their_ids(void **state)
{
    (void)state;
    static const char *const ids[] = {"openbaar", "gi", "analist", "beheer"};
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        enum role role = ROLE_COUNT;
        assert_string_equal(role_id((enum role)i), ids[i]);
        assert_true(role_parse(slice_of(ids[i]), &role));
        assert_int_equal(role, i);
    }
    enum role role = ROLE_COUNT;
    assert_false(role_parse(slice_of("admin"), &role));
    assert_int_equal(role, ROLE_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_secret_finds_its_own_token),
        cmocka_unit_test(a_token_ends_at_the_moment_it_expires),
        cmocka_unit_test(nobody_is_found_where_there_are_no_tokens),
        cmocka_unit_test(a_token_acts_for_its_own_organisations_only),
        cmocka_unit_test(roles_have_their_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
