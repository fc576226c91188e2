/*
 * Working days: each rule of the law on days that are known, the decree days, the boundary of more
 * than 5 working days on the peildata of the monitor, and who waits since when against counting.
 */
#include "core/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* 2022-05-27 to 2028-05-26, as conf/kalender.yaml has them. */
static const char *const decree_days[] = {
    "2022-05-27", "2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30",
    "2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26",
};

enum { DECREE_DAYS = sizeof(decree_days) / sizeof(decree_days[0]), ALL = (1 << HOLIDAY_COUNT) - 1 };

static struct date date_of(const char *text)
{
    struct date date = {.day = 0};
    assert_true(date_parse(slice_of(text), &date));
    return date;
}

/* The general law's calendar; the single days go into the caller's room. */
static struct calendar law(struct date room[DECREE_DAYS])
{
    for (size_t i = 0; i < DECREE_DAYS; i++)
        room[i] = date_of(decree_days[i]);
    return (struct calendar){.holidays = ALL, .days = room, .day_count = DECREE_DAYS};
}

/* The collective agreement's: no Good Friday, no decree days. */
static struct calendar agreement(void)
{
    return (struct calendar){.holidays = ALL & ~(1U << HOLIDAY_GOOD_FRIDAY)};
}

/* Whether a day makes a wait longer: whoever waits since the day before is then on the list. */
static bool works(const struct calendar *calendar, struct date day)
{
    return calendar_waiting_since(calendar, day, 0).day == day.day - 1;
}

/* The working days d with `after` < d <= `until`, one by one. */
static unsigned count_working(const struct calendar *calendar, struct date after, struct date until)
{
    unsigned count = 0;
    for (struct date day = {.day = after.day + 1}; day.day <= until.day; day.day++)
        count += works(calendar, day);
    return count;
}

static void check_off(const struct calendar *calendar, const char *const *days, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (works(calendar, date_of(days[i]))) fail_msg("%s works", days[i]);
    }
}

static void check_working(const struct calendar *calendar, const char *const *days, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!works(calendar, date_of(days[i]))) fail_msg("%s is off", days[i]);
    }
}

static void every_rule_takes_its_days_off(void **state)
{
    (void)state;
    static const char *const off[] = {
        "2024-01-01", "2025-01-01",                                           /* New Year's Day */
        "2023-04-07", "2024-03-29",                                           /* Good Friday */
        "2023-04-10", "2024-04-01",                                           /* Easter Monday */
        "2022-04-27", "2023-04-27", "2014-04-26", "2025-04-26",               /* King's Day */
        "2022-05-05", "2023-05-05", "2024-05-05", "2025-05-05", "2026-05-05", /* Liberation Day */
        "2022-05-26", "2023-05-18", "2024-05-09",                             /* Ascension Day */
        "2022-06-06", "2023-05-29", "2024-05-20",                             /* Whit Monday */
        "2023-12-25", "2024-12-25", "2023-12-26", "2024-12-26",               /* Christmas */
        "2024-10-05", "2024-10-06",                                           /* a weekend */
    };
    const struct calendar calendar = {.holidays = ALL};
    check_off(&calendar, off, sizeof(off) / sizeof(off[0]));
}

static void days_beside_the_rules_are_working_days(void **state)
{
    (void)state;
    static const char *const working[] = {
        "2024-01-02", "2024-12-31", "2024-12-24", "2024-12-27", "2024-03-28", "2024-04-02",
        "2024-04-26", "2014-04-28", "2025-04-28", "2012-04-27", "2024-05-06", "2024-05-08",
        "2024-05-10", "2024-05-21", "2022-05-27", "2020-05-04", "2023-04-28",
    };
    const struct calendar calendar = {.holidays = ALL};
    check_working(&calendar, working, sizeof(working) / sizeof(working[0]));
}

/* The days it is kept on when the 27th is a Sunday are Saturdays: so they are seen one by one. */
static void kings_day_moves_to_the_saturday_and_began_in_2014(void **state)
{
    (void)state;
    const struct calendar none = {.holidays = 0};
    const struct calendar kings = {.holidays = 1U << HOLIDAY_KINGS_DAY};
    for (int year = 2000; year <= 2060; year++) {
        struct date first;
        struct date last;
        assert_true(date_from_civil((struct civil){.year = year, .month = 1, .day = 1}, &first));
        assert_true(date_from_civil((struct civil){.year = year, .month = 12, .day = 31}, &last));
        struct date day;
        assert_true(date_from_civil((struct civil){.year = year, .month = 4, .day = 27}, &day));
        const unsigned missing =
            count_working(&none, first, last) - count_working(&kings, first, last);
        assert_int_equal(missing, year >= 2014 && date_weekday(day) < 5);
        assert_int_equal(works(&kings, day), date_weekday(day) < 5 && year < 2014);
    }
}

static void each_holiday_is_kept_only_where_the_calendar_names_it(void **state)
{
    (void)state;
    static const char *const days[HOLIDAY_COUNT] = {
        [HOLIDAY_NEW_YEAR] = "2024-01-01",       [HOLIDAY_GOOD_FRIDAY] = "2024-03-29",
        [HOLIDAY_EASTER_MONDAY] = "2024-04-01",  [HOLIDAY_KINGS_DAY] = "2022-04-27",
        [HOLIDAY_LIBERATION_DAY] = "2022-05-05", [HOLIDAY_ASCENSION_DAY] = "2024-05-09",
        [HOLIDAY_WHIT_MONDAY] = "2024-05-20",    [HOLIDAY_CHRISTMAS_DAY] = "2024-12-25",
        [HOLIDAY_BOXING_DAY] = "2024-12-26",
    };
    for (unsigned kept = 0; kept < HOLIDAY_COUNT; kept++) {
        const struct calendar calendar = {.holidays = 1U << kept};
        for (unsigned other = 0; other < HOLIDAY_COUNT; other++)
            assert_int_equal(works(&calendar, date_of(days[other])), other != kept);
    }
}

static void decree_days_are_off_in_the_law_only(void **state)
{
    (void)state;
    struct date room[DECREE_DAYS];
    const struct calendar general = law(room);
    const struct calendar cao = agreement();
    check_off(&general, decree_days, DECREE_DAYS);
    check_working(&cao, decree_days, DECREE_DAYS);
    assert_true(works(&cao, date_of("2024-03-29")));
}

static void check_boundary(const struct calendar *calendar, const char *peildatum,
                           const char *latest)
{
    const struct date until = date_of(peildatum);
    const struct date since = calendar_waiting_since(calendar, until, 5);
    assert_int_equal(since.day, date_of(latest).day);
    assert_true(count_working(calendar, since, until) > 5);
    const struct date later = {.day = since.day + 1};
    assert_int_equal(count_working(calendar, later, until), 5);
}

static void the_boundary_stands_where_the_peildata_put_it(void **state)
{
    (void)state;
    struct date room[DECREE_DAYS];
    const struct calendar general = law(room);
    const struct calendar cao = agreement();
    check_boundary(&general, "2022-12-01", "2022-11-23");
    check_boundary(&general, "2023-05-01", "2023-04-19");
    check_boundary(&general, "2023-10-01", "2023-09-21");
    check_boundary(&general, "2024-04-01", "2024-03-20");
    check_boundary(&general, "2024-10-01", "2024-09-23");
    check_boundary(&cao, "2022-12-01", "2022-11-23");
    check_boundary(&cao, "2023-05-01", "2023-04-20");
    check_boundary(&cao, "2023-10-01", "2023-09-21");
    check_boundary(&cao, "2024-04-01", "2024-03-21");
    check_boundary(&cao, "2024-10-01", "2024-09-23");
}

/* Every day of twenty years as peildatum, every threshold to 12: the latest day, and no later. */
static void who_waits_since_when_agrees_with_the_count(void **state)
{
    (void)state;
    struct date room[DECREE_DAYS];
    const struct calendar calendars[] = {law(room), agreement()};
    const struct date last = date_of("2030-01-01");
    for (size_t i = 0; i < 2; i++) {
        for (struct date until = date_of("2010-01-01"); until.day < last.day; until.day++) {
            const unsigned threshold = (unsigned)until.day % 13;
            const struct date since = calendar_waiting_since(&calendars[i], until, threshold);
            const struct date later = {.day = since.day + 1};
            assert_true(count_working(&calendars[i], since, until) > threshold);
            assert_false(count_working(&calendars[i], later, until) > threshold);
        }
    }
}

static void days_that_are_off_twice_are_taken_once(void **state)
{
    (void)state;
    /* Ascension Day was on 5 May in 2016; the single days repeat it, a Saturday and themselves. */
    const struct date days[] = {date_of("2016-05-05"), date_of("2016-05-06"), date_of("2016-05-06"),
                                date_of("2016-05-07")};
    const struct calendar calendar = {.holidays = ALL, .days = days, .day_count = 4};
    const struct date sunday_before = date_of("2016-05-01");
    assert_int_equal(count_working(&calendar, sunday_before, date_of("2016-05-08")), 3);
    assert_int_equal(count_working(&calendar, date_of("2016-05-05"), date_of("2016-05-08")), 0);
}

static void the_largest_threshold_ends(void **state)
{
    (void)state;
    const struct calendar calendar = {.holidays = ALL};
    const struct date since = calendar_waiting_since(&calendar, date_of("2024-10-01"), UINT32_MAX);
    assert_true(since.day <= date_of("1900-01-01").day);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_takes_its_days_off),
        cmocka_unit_test(days_beside_the_rules_are_working_days),
        cmocka_unit_test(kings_day_moves_to_the_saturday_and_began_in_2014),
        cmocka_unit_test(each_holiday_is_kept_only_where_the_calendar_names_it),
        cmocka_unit_test(decree_days_are_off_in_the_law_only),
        cmocka_unit_test(the_boundary_stands_where_the_peildata_put_it),
        cmocka_unit_test(who_waits_since_when_agrees_with_the_count),
        cmocka_unit_test(days_that_are_off_twice_are_taken_once),
        cmocka_unit_test(the_largest_threshold_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
