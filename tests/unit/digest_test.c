/* Digests: the vectors of FIPS 180-4, hexadecimal there and back, and what is refused. */
#include "core/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check_digest(const char *content, const char *hex)
{
    const struct digest digest = digest_of(slice_of(content));
    struct text text;
    text_init(&text);
    digest_put(&text, &digest);
    assert_true(slice_is(text_slice(&text), hex));
    text_done(&text);
}

static void digests_are_those_of_the_standard(void **state)
{
    (void)state;
    check_digest(NULL, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_digest("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

/* As `openssl dgst -sha256 -binary | base64` has it. */
static void base64_is_that_of_the_standard(void **state)
{
    (void)state;
    const struct digest digest = digest_of(slice_of("abc"));
    struct text text = {0};
    digest_put_base64(&text, &digest);
    assert_true(slice_is(text_slice(&text), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="));
    text_done(&text);
}

static void hexadecimal_is_read_in_either_case(void **state)
{
    (void)state;
    const struct digest digest = digest_of(slice_of("abc"));
    struct digest lower;
    struct digest upper;
    assert_true(digest_parse(
        slice_of("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), &lower));
    assert_true(digest_parse(
        slice_of("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"), &upper));
    assert_true(digest_equal(&digest, &lower));
    assert_true(digest_equal(&digest, &upper));
}

static void anything_but_64_digits_is_refused(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
        "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a ",
    };
    struct digest digest = {.bytes = {7}};
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        assert_false(digest_parse(slice_of(refused[i]), &digest));
    assert_int_equal(digest.bytes[0], 7);
}

static void one_bit_makes_another_digest(void **state)
{
    (void)state;
    const struct digest digest = digest_of(slice_of("abc"));
    for (size_t bit = 0; bit < 256; bit++) {
        struct digest other = digest;
        other.bytes[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_false(digest_equal(&digest, &other));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_are_those_of_the_standard),
        cmocka_unit_test(base64_is_that_of_the_standard),
        cmocka_unit_test(hexadecimal_is_read_in_either_case),
        cmocka_unit_test(anything_but_64_digits_is_refused),
        cmocka_unit_test(one_bit_makes_another_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
