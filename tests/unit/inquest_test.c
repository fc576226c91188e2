/*
 * An honest log, and what somebody does to it: each alteration is found at its place, once, and
 * nothing else is accused. And what honest writers may do to each other without being accused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/inquest_bench.h"

static void remove_record(struct bench *bench, size_t at)
{
    memmove(&bench->records[at], &bench->records[at + 1],
            (bench->count - at - 1) * sizeof *bench->records);
    bench->count--;
}

/* ---- honest logs ---- */

static void nothing_is_wrong_with_an_honest_log(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 0);
    bench.count = 0;
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 0);
    bench_done(&bench);
}

/* Several instances write at once: none has folded what the others are writing. */
static void writers_that_did_not_know_each_other_are_fine(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench_append(&bench, "aanlevering", 10);
    bench_append(&bench, "aanlevering", 10);
    bench_append(&bench, "aanlevering", 9);
    bench_append(&bench, "aanlevering", 13);
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 0);
    bench_done(&bench);
}

static void the_first_writers_know_an_empty_log(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench.count = 1;
    bench_append(&bench, "definitie", 0);
    bench_append(&bench, "aanlevering", 2);
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 0);
    bench_done(&bench);
}

/* ---- altered ---- */

/* Any field but `inhoud`, which has a digest of its own, and `vorige`, which accuses others. */
static void an_altered_field_is_found_at_its_record(void **state)
{
    (void)state;
    for (unsigned field = FIELD_KIND; field < FIELD_COUNT; field++) {
        if (field == FIELD_PREVIOUS || field == FIELD_CONTENT || field == FIELD_DIGEST) continue;
        struct bench bench;
        bench_init(&bench);
        bench.records[4].fields[field] = slice_of("x");
        bench_run(&bench);
        assert_int_equal(bench.flaw_count, 1);
        bench_expect(&bench, 0, FLAW_ALTERED, bench_ms(4));
        assert_int_equal(bench.flaws[0].after.ms, bench_ms(3));
        assert_int_equal(bench.flaws[0].witness.ms, bench_ms(5));
        assert_int_equal(bench.flaws[0].suspects, 1);
        assert_false(bench.flaws[0].doubtful);
        bench_done(&bench);
    }
}

static void altered_content_is_found_by_its_digest_too(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench.records[9].fields[FIELD_CONTENT] = slice_of("inhoud 8");
    bench.records[2].fields[FIELD_CONTENT] = slice_of("inhoud x");
    bench_run(&bench);
    bench_expect(&bench, 0, FLAW_CONTENT, bench_ms(2));
    bench_expect(&bench, 1, FLAW_ALTERED, bench_ms(2));
    bench_expect(&bench, 2, FLAW_CONTENT, bench_ms(9));
    assert_int_equal(bench.flaw_count, 3);
    bench_done(&bench);
}

static void two_altered_places_are_two_flaws(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench.records[2].fields[FIELD_BY] = slice_of("iemand");
    bench.records[7].fields[FIELD_BY] = slice_of("iemand");
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 2);
    bench_expect(&bench, 0, FLAW_ALTERED, bench_ms(2));
    bench_expect(&bench, 1, FLAW_ALTERED, bench_ms(7));
    assert_int_equal(bench.flaws[1].after.ms, bench_ms(6));
    bench_done(&bench);
}

/* Who altered `vorige` makes a witness lie: the record itself is found, the other is in doubt. */
static void an_altered_witness_is_found_and_not_believed(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench.records[5].fields[FIELD_PREVIOUS] =
        arena_print(&bench.arena, "%llu-0 %064d", (unsigned long long)bench.records[4].id.ms, 7);
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 2);
    bench_expect(&bench, 0, FLAW_ALTERED, bench_ms(4));
    assert_true(bench.flaws[0].doubtful);
    bench_expect(&bench, 1, FLAW_ALTERED, bench_ms(5));
    assert_false(bench.flaws[1].doubtful);
    bench_done(&bench);
}

/* Nobody vouches for each of several records written at once: any of them may be the one. */
static void several_records_may_be_the_altered_one(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench_append(&bench, "aanlevering", 10);
    bench_append(&bench, "aanlevering", 10);
    bench_append(&bench, "aanlevering", 12);
    bench.records[10].fields[FIELD_BY] = slice_of("iemand");
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 1);
    bench_expect(&bench, 0, FLAW_ALTERED, bench_ms(11));
    assert_int_equal(bench.flaws[0].after.ms, bench_ms(9));
    assert_int_equal(bench.flaws[0].suspects, 2);
    bench_done(&bench);
}

/* A daemon that started after the alteration goes on from what it read: not accused again. */
static void writers_who_read_the_altered_log_are_fine(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench.records[4].fields[FIELD_BY] = slice_of("iemand");
    bench_append(&bench, "aanlevering", 10);
    bench_append(&bench, "aanlevering", 11);
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 1);
    bench_expect(&bench, 0, FLAW_ALTERED, bench_ms(4));
    bench_done(&bench);
}

static void fields_that_are_not_those_of_the_format_are_found(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench.ill_formed[3] = true;
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 1);
    bench_expect(&bench, 0, FLAW_FORM, bench_ms(3));
    bench_done(&bench);
}

/* ---- removed, renumbered, put in ---- */

/* The record before the gap had the removed one as its only witness. */
static void a_removed_record_is_a_gap_between_two_heads(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    remove_record(&bench, 4);
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 1);
    bench_expect(&bench, 0, FLAW_MISSING, bench_ms(4));
    assert_int_equal(bench.flaws[0].after.ms, bench_ms(2));
    assert_int_equal(bench.flaws[0].witness.ms, bench_ms(5));
    assert_false(bench.flaws[0].doubtful);
    bench_done(&bench);
}

static void a_removed_first_record_is_found(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    remove_record(&bench, 0);
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 1);
    bench_expect(&bench, 0, FLAW_MISSING, bench_ms(0));
    assert_int_equal(bench.flaws[0].after.ms, 0);
    bench_done(&bench);
}

static void an_altered_id_is_a_missing_record(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench.records[4].id.ms -= 3;
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 1);
    bench_expect(&bench, 0, FLAW_MISSING, bench_ms(4));
    bench_done(&bench);
    bench_init(&bench);
    bench.records[4].id.seq = 1;
    bench_run(&bench);
    bench_expect(&bench, 0, FLAW_MISSING, bench_ms(4));
    assert_int_equal(bench.flaws[0].after.ms, bench_ms(3));
    bench_done(&bench);
}

static void a_record_put_in_between_is_found(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    memmove(&bench.records[6], &bench.records[5], 5 * sizeof *bench.records);
    bench.count++;
    bench.records[5].id = (struct record_id){.ms = bench_ms(4), .seq = 1};
    bench.records[5].fields[FIELD_ATTEMPT] = slice_of("anders");
    bench.records[5].fields[FIELD_PREVIOUS] = bench_previous(&bench, 5);
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 1);
    bench_expect(&bench, 0, FLAW_ALTERED, bench_ms(5));
    assert_int_equal(bench.flaws[0].after.ms, bench_ms(4));
    assert_int_equal(bench.flaws[0].suspects, 2);
    bench_done(&bench);
}

/* ---- forged at the end ---- */

static void a_forged_record_fits_no_place(void **state)
{
    (void)state;
    static const char *const forged[] = {
        "",
        "iets",
        "1040-0 0000000000000000000000000000000000000000000000000000000000000000",
        "9999-0 0000000000000000000000000000000000000000000000000000000000000000",
        "1001-0 0000000000000000000000000000000000000000000000000000000000000000",
    };
    for (size_t i = 0; i < sizeof forged / sizeof *forged; i++) {
        struct bench bench;
        bench_init(&bench);
        bench_append(&bench, "aanlevering", 10)->fields[FIELD_PREVIOUS] = slice_of(forged[i]);
        bench_run(&bench);
        assert_int_equal(bench.flaw_count, 1);
        bench_expect(&bench, 0, FLAW_PREVIOUS, bench_ms(10));
        bench_done(&bench);
    }
}

static void a_copied_record_is_known_by_its_attempt(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench.records[10] = bench.records[9];
    bench.records[10].id.ms = bench_ms(10);
    bench.count++;
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 1);
    bench_expect(&bench, 0, FLAW_REPEATED, bench_ms(10));
    assert_int_equal(bench.flaws[0].witness.ms, bench_ms(9));
    bench_done(&bench);
}

static void a_writer_who_missed_an_hour_is_none_of_ours(void **state)
{
    (void)state;
    struct bench bench;
    bench_init(&bench);
    bench_append(&bench, "aanlevering", 9)->id.ms = bench_ms(9) + 3600000;
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 0);
    bench.records[10].id.ms++;
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 1);
    bench_expect(&bench, 0, FLAW_PREVIOUS, bench.records[10].id.ms);
    /* after a quiet year the newest record is still the newest */
    bench.records[10].fields[FIELD_PREVIOUS] = bench_previous(&bench, 10);
    bench_run(&bench);
    assert_int_equal(bench.flaw_count, 0);
    bench_done(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_wrong_with_an_honest_log),
        cmocka_unit_test(writers_that_did_not_know_each_other_are_fine),
        cmocka_unit_test(the_first_writers_know_an_empty_log),
        cmocka_unit_test(an_altered_field_is_found_at_its_record),
        cmocka_unit_test(altered_content_is_found_by_its_digest_too),
        cmocka_unit_test(two_altered_places_are_two_flaws),
        cmocka_unit_test(an_altered_witness_is_found_and_not_believed),
        cmocka_unit_test(several_records_may_be_the_altered_one),
        cmocka_unit_test(writers_who_read_the_altered_log_are_fine),
        cmocka_unit_test(fields_that_are_not_those_of_the_format_are_found),
        cmocka_unit_test(a_removed_record_is_a_gap_between_two_heads),
        cmocka_unit_test(a_removed_first_record_is_found),
        cmocka_unit_test(an_altered_id_is_a_missing_record),
        cmocka_unit_test(a_record_put_in_between_is_found),
        cmocka_unit_test(a_forged_record_fits_no_place),
        cmocka_unit_test(a_copied_record_is_known_by_its_attempt),
        cmocka_unit_test(a_writer_who_missed_an_hour_is_none_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
