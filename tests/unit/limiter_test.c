/*
 * Token buckets: the time is what the test says it is. What is granted is held against a sum in
 * whole numbers; memory is bounded because only so many keys have a place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "desk/limiter.h"

enum { KEYS = 4, BEGIN_MS = 1000000 };

static struct recent_key key_of(unsigned number)
{
    return (struct recent_key){.bytes = {(uint8_t)number, (uint8_t)(number >> 8)}};
}

static struct allowance take(struct limiter *limiter, unsigned key, int64_t ms)
{
    const struct recent_key who = key_of(key);
    return limiter_take(limiter, &who, (struct moment){.ms = BEGIN_MS + ms});
}

static struct limiter *make(uint32_t requests, uint32_t seconds)
{
    struct limiter *limiter = limiter_new(KEYS);
    limiter_set(limiter, (struct quota){.requests = requests, .seconds = seconds});
    return limiter;
}

/* Three an hour: three at once, then one each twenty minutes. */
static void test_a_burst_and_then_the_pace(void **unused)
{
    const int64_t pace = 20 * 60 * 1000;
    struct limiter *limiter = make(3, 3600);
    (void)unused;
    for (unsigned left = 3; left-- > 0;) {
        const struct allowance allowance = take(limiter, 1, 0);
        assert_true(allowance.granted);
        assert_int_equal(allowance.remaining, left);
        assert_int_equal(allowance.wait_seconds, 1200);
    }
    assert_false(take(limiter, 1, 0).granted);
    assert_int_equal(take(limiter, 1, 1).wait_seconds, 1200);
    assert_int_equal(take(limiter, 1, 1000).wait_seconds, 1199);
    assert_false(take(limiter, 1, pace - 1).granted);
    assert_true(take(limiter, 1, pace).granted);
    assert_false(take(limiter, 1, pace).granted);
    assert_true(take(limiter, 1, 2 * pace).granted);
    limiter_free(limiter);
}

/* Who waits long has no more than a full bucket. */
static void test_idleness_is_not_saved_up(void **unused)
{
    struct limiter *limiter = make(2, 60);
    (void)unused;
    take(limiter, 1, 0);
    assert_true(take(limiter, 1, INT64_C(100) * 365 * 86400 * 1000).granted);
    assert_true(take(limiter, 1, INT64_C(100) * 365 * 86400 * 1000).granted);
    assert_false(take(limiter, 1, INT64_C(100) * 365 * 86400 * 1000).granted);
    limiter_free(limiter);
}

/* However the time is cut, no more is granted than the bucket held and what has flowed in. */
static void test_no_rounding_grants_more_or_less(void **unused)
{
    static const struct quota quotas[] = {{7, 3}, {1, 1}, {1000000, 86400}, {3, 7}, {999983, 11}};
    (void)unused;
    srand(20241001);
    for (size_t i = 0; i < sizeof quotas / sizeof quotas[0]; i++) {
        struct limiter *limiter = make(quotas[i].requests, quotas[i].seconds);
        const int64_t window = (int64_t)quotas[i].seconds * 1000;
        int64_t ms = 0, granted = 0;
        while (take(limiter, 1, 0).granted)
            granted++;
        assert_int_equal(granted, quotas[i].requests);
        granted = 0;
        for (unsigned steps = 0; steps < 2000; steps++) {
            ms += rand() % 3;
            while (take(limiter, 1, ms).granted)
                granted++;
            assert_int_equal(granted, ms * quotas[i].requests / window);
        }
        limiter_free(limiter);
    }
}

static void test_one_key_does_not_take_from_another(void **unused)
{
    struct limiter *limiter = make(1, 60);
    (void)unused;
    assert_true(take(limiter, 1, 0).granted);
    assert_true(take(limiter, 2, 0).granted);
    assert_false(take(limiter, 1, 0).granted);
    limiter_free(limiter);
}

/* With all places taken, the one that has been idle longest is forgotten, and no other. */
static void test_the_longest_idle_makes_room(void **unused)
{
    struct limiter *limiter = make(1, 3600);
    (void)unused;
    for (unsigned key = 0; key < KEYS; key++)
        assert_true(take(limiter, key, key).granted);
    assert_false(take(limiter, 0, 10).granted); /* 1 is now the longest idle */
    assert_true(take(limiter, 99, 11).granted);
    assert_false(take(limiter, 0, 12).granted);
    assert_false(take(limiter, 2, 12).granted);
    assert_false(take(limiter, 3, 12).granted);
    assert_false(take(limiter, 99, 12).granted);
    assert_true(take(limiter, 1, 13).granted);
    limiter_free(limiter);
}

/* Held against the plainest list there is: the last KEYS keys, newest first. */
static void test_places_are_those_of_the_last_keys(void **unused)
{
    struct recent *recent = recent_new(KEYS);
    unsigned last[KEYS];
    size_t count = 0;
    (void)unused;
    srand(7);
    for (unsigned steps = 0; steps < 5000; steps++) {
        const unsigned number = (unsigned)rand() % 9;
        const struct recent_key key = key_of(number);
        size_t at = 0, place, found;
        bool fresh;
        while (at < count && last[at] != number)
            at++;
        assert_int_equal(recent_find(recent, &key, &found), at < count);
        place = recent_touch(recent, &key, &fresh);
        assert_int_equal(fresh, at == count);
        assert_true(place < KEYS);
        if (!fresh) assert_int_equal(place, found);
        if (at == count && count < KEYS) count++;
        for (size_t i = at < KEYS ? at : KEYS - 1; i > 0; i--)
            last[i] = last[i - 1];
        last[0] = number;
    }
    recent_free(recent);
}

static void test_a_clock_that_goes_back_grants_nothing_and_takes_nothing(void **unused)
{
    struct limiter *limiter = make(1, 60);
    (void)unused;
    assert_true(take(limiter, 1, 100000).granted);
    assert_false(take(limiter, 1, 0).granted);
    assert_false(take(limiter, 1, 59999).granted);
    assert_true(take(limiter, 1, 60000).granted);
    limiter_free(limiter);
}

static void test_another_quota_begins_anew(void **unused)
{
    struct limiter *limiter = make(1, 60);
    (void)unused;
    assert_true(take(limiter, 1, 0).granted);
    limiter_set(limiter, (struct quota){.requests = 1, .seconds = 60});
    assert_false(take(limiter, 1, 0).granted);
    limiter_set(limiter, (struct quota){.requests = 2, .seconds = 60});
    assert_true(take(limiter, 1, 0).granted);
    limiter_free(limiter);
}

static void test_holding_off_doubles_up_to_the_most(void **unused)
{
    static const uint32_t expected[] = {1, 2, 4, 8, 10, 10};
    struct limiter *limiter = make(60, 60);
    const struct recent_key key = key_of(1);
    struct moment now = {.ms = BEGIN_MS};
    (void)unused;
    while (limiter_take(limiter, &key, now).granted)
        continue;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_int_equal(limiter_held(limiter, &key, now), 0);
        assert_int_equal(limiter_hold(limiter, &key, now, 10), expected[i]);
        assert_int_equal(limiter_held(limiter, &key, now), expected[i]);
        now.ms += expected[i] * INT64_C(1000) - 1;
        assert_int_equal(limiter_held(limiter, &key, now), 1);
        now.ms++;
        while (limiter_take(limiter, &key, now).granted) /* wrong again, as often as may be */
            continue;
    }
    now.ms += 60000; /* a full bucket: all is forgiven */
    assert_true(limiter_take(limiter, &key, now).granted);
    assert_int_equal(limiter_hold(limiter, &key, now, 10), 1);
    limiter_free(limiter);
}

static void test_holding_off_lasts_until_there_is_one_more(void **unused)
{
    struct limiter *limiter = make(1, 3600);
    const struct recent_key key = key_of(1), other = key_of(2);
    const struct moment now = {.ms = BEGIN_MS}, before = {.ms = 0};
    (void)unused;
    assert_true(limiter_take(limiter, &key, now).granted);
    assert_int_equal(limiter_hold(limiter, &key, now, 10), 3600);
    assert_int_equal(limiter_held(limiter, &other, now), 0);
    assert_int_equal(limiter_held(limiter, &key, before), 0); /* the clock went back */
    limiter_free(limiter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_burst_and_then_the_pace),
        cmocka_unit_test(test_idleness_is_not_saved_up),
        cmocka_unit_test(test_no_rounding_grants_more_or_less),
        cmocka_unit_test(test_one_key_does_not_take_from_another),
        cmocka_unit_test(test_the_longest_idle_makes_room),
        cmocka_unit_test(test_places_are_those_of_the_last_keys),
        cmocka_unit_test(test_a_clock_that_goes_back_grants_nothing_and_takes_nothing),
        cmocka_unit_test(test_another_quota_begins_anew),
        cmocka_unit_test(test_holding_off_doubles_up_to_the_most),
        cmocka_unit_test(test_holding_off_lasts_until_there_is_one_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
