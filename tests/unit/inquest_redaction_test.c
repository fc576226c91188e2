/*
 * The two sides of a redaction in an inquest: a record without its texts is as honest as the one
 * that vouches for it, and a record that was vouched for has no texts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/inquest_bench.h"

static void a_redacted_record_is_vouched_for(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    const struct digest before = bench_head(&bench, 10);
    bench_redact(&bench, 4);
    const struct digest after = bench_head(&bench, 10);
    assert_true(digest_equal(&before, &after));
    bench_append(&bench, "aanlevering", 11);
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 0);
    bench_done(&bench);
}

static void a_stand_in_without_a_voucher_is_found(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench_redact(&bench, 4);
    bench.count--;
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 1);
    bench_expect(&bench, 0, FLAW_STAND_IN, bench_ms(4));
    bench_done(&bench);
}

static void what_was_left_cannot_be_altered(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench_redact(&bench, 4);
    bench.records[4].fields[FIELD_CONTENT] = slice_of("{\"cijfers\":1}");
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 1);
    bench_expect(&bench, 0, FLAW_REST, bench_ms(4));
    bench_done(&bench);
}

static void texts_that_are_back_are_found(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    const struct record original = bench.records[4];
    bench_redact(&bench, 4);
    bench.records[4] = original;
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 1);
    bench_expect(&bench, 0, FLAW_RESTORED, bench_ms(4));
    bench_done(&bench);
}

static void a_voucher_for_nothing_is_found(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench_redact(&bench, 4);
    bench.redactions[10].target.seq = 3;
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 2);
    bench_expect(&bench, 0, FLAW_VOUCH, bench_ms(10));
    bench_expect(&bench, 1, FLAW_STAND_IN, bench_ms(4));
    bench_done(&bench);
}

/* Who forges a stand-in for a record nobody redacted, digest and all. */
static void another_digest_in_a_stand_in_breaks_the_chain(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench_redact(&bench, 4);
    bench.records[4].stand_in = bench_hex(&bench, slice_of("iets anders"));
    bench_run(&bench);
    bench_expect(&bench, 0, FLAW_ALTERED, bench_ms(4));
    assert_int_equal(bench.flaws[1].kind, FLAW_VOUCH);
    bench_done(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_redacted_record_is_vouched_for),
        cmocka_unit_test(a_stand_in_without_a_voucher_is_found),
        cmocka_unit_test(what_was_left_cannot_be_altered),
        cmocka_unit_test(texts_that_are_back_are_found),
        cmocka_unit_test(a_voucher_for_nothing_is_found),
        cmocka_unit_test(another_digest_in_a_stand_in_breaks_the_chain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
