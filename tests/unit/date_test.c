/*
 * Dates and moments: every day of eleven centuries against a calendar that only counts, Easter
 * against a second method, Amsterdam at the hours where its clocks change, and what is refused.
 */
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct date date_of(const char *text)
{
    struct date date = {.day = 0};
    assert_true(date_parse(slice_of(text), &date));
    return date;
}

static struct moment moment_of(const char *text)
{
    struct moment moment = {.ms = 0};
    assert_true(moment_parse(slice_of(text), &moment));
    return moment;
}

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    return lengths[month - 1] + (month == 2 && leap);
}

/* The day after, by turning pages. */
static struct civil day_after(struct civil civil)
{
    if (++civil.day <= month_length(civil.year, civil.month)) return civil;
    civil.day = 1;
    if (++civil.month <= 12) return civil;
    civil.month = 1;
    civil.year++;
    return civil;
}

static void check_day(struct civil civil, int32_t number, struct text *text)
{
    struct date date = {.day = 0};
    struct date again = {.day = 0};
    assert_true(date_from_civil(civil, &date));
    assert_int_equal(date.day, number);
    const struct civil back = date_to_civil(date);
    assert_true(back.year == civil.year && back.month == civil.month && back.day == civil.day);
    text_clear(text);
    date_put(text, date);
    assert_true(date_parse(text_slice(text), &again));
    assert_int_equal(again.day, number);
}

static void every_day_from_1900_to_2999_goes_there_and_back(void **state)
{
    (void)state;
    struct civil civil = {.year = 1900, .month = 1, .day = 1};
    struct text text;
    text_init(&text);
    int32_t number = -25567;
    for (; civil.year < 3000; civil = day_after(civil), number++) {
        check_day(civil, number, &text);
        /* 1 January 1900 was a Monday. */
        assert_int_equal(date_weekday((struct date){.day = number}), (number + 25567) % 7);
    }
    assert_int_equal(number + 25567, 401767);
    text_done(&text);
}

static void days_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "2023-02-29", "2100-02-29", "1900-02-29", "2024-02-30", "2024-04-31", "2024-13-01",
        "2024-00-10", "2024-10-00", "2024-10-32", "1899-12-31", "3000-01-01", "0000-00-00",
    };
    struct date date = {.day = 42};
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        assert_false(date_parse(slice_of(refused[i]), &date));
    assert_int_equal(date.day, 42);
    assert_int_equal(date_of("2000-02-29").day, date_of("2000-03-01").day - 1);
    assert_int_equal(date_of("2024-02-29").day, date_of("2024-03-01").day - 1);
    assert_false(date_from_civil((struct civil){.year = 2024, .month = -1, .day = 1}, &date));
}

static void months_earlier_keep_the_day_where_there_is_one(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *to;
    } cases[] = {
        {"2024-05-01", 3, "2024-02-01"},  {"2024-03-31", 1, "2024-02-29"},
        {"2023-03-30", 1, "2023-02-28"},  {"2024-01-15", 1, "2023-12-15"},
        {"2024-02-29", 12, "2023-02-28"}, {"2024-10-01", 0, "2024-10-01"},
        {"2024-12-31", 25, "2022-11-30"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(date_months_before(date_of(cases[i].from), cases[i].months).day,
                         date_of(cases[i].to).day);
}

static void only_the_one_spelling_of_a_day_is_read(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "",           "2024-10-1",   "2024-10-01 ", " 2024-10-01", "2024/10/01",
        "01-10-2024", "20241001",    "2024-1-001",  "+024-10-01",  "2024-10-0a",
        "2024-10--1", "2024-10-01T", "2024-10- 1",  "-2024-10-01",
    };
    struct date date;
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        assert_false(date_parse(slice_of(refused[i]), &date));
}

static void days_are_printed_in_both_ways(void **state)
{
    (void)state;
    struct text text;
    text_init(&text);
    date_put_dutch(&text, date_of("2024-10-01"));
    text_putc(&text, '|');
    date_put_dutch(&text, date_of("2022-12-31"));
    text_putc(&text, '|');
    date_put(&text, date_of("2022-03-05"));
    assert_true(slice_is(text_slice(&text), "1 oktober 2024|31 december 2022|2022-03-05"));
    assert_true(date_compare(date_of("2022-03-05"), date_of("2022-03-06")) < 0);
    assert_true(date_compare(date_of("2022-03-05"), date_of("1999-12-31")) > 0);
    assert_int_equal(date_compare(date_of("2022-03-05"), date_of("2022-03-05")), 0);
    text_done(&text);
}

/* Easter by Oudin's method, written out apart from the one that is tested. */
static struct date easter_by_oudin(int year)
{
    const int c = year / 100;
    const int g = year % 19;
    const int k = (c - 17) / 25;
    int i = (c - c / 4 - (c - k) / 3 + 19 * g + 15) % 30;
    i -= (i / 28) * (1 - (i / 28) * (29 / (i + 1)) * ((21 - g) / 11));
    const int j = (year + year / 4 + i + 2 - c + c / 4) % 7;
    const int l = i - j;
    const int month = 3 + (l + 40) / 44;
    struct date date = {.day = 0};
    const struct civil civil = {.year = year, .month = month, .day = l + 28 - 31 * (month / 4)};
    assert_true(date_from_civil(civil, &date));
    return date;
}

static void easter_is_where_tables_and_a_second_method_have_it(void **state)
{
    (void)state;
    static const char *const known[] = {
        "1900-04-15", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23",
        "2011-04-24", "2016-03-27", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20",
        "2026-04-05", "2027-03-28", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22",
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        const struct date easter = date_of(known[i]);
        assert_int_equal(date_easter(date_to_civil(easter).year).day, easter.day);
    }
    for (int year = DATE_YEAR_LEAST; year <= DATE_YEAR_MOST; year++)
        assert_int_equal(date_easter(year).day, easter_by_oudin(year).day);
}

static void moments_are_read_with_any_offset(void **state)
{
    (void)state;
    const int64_t ms = 1728898200000; /* date -ud @1728898200: 2024-10-14 09:30:00 */
    assert_true(moment_of("2024-10-14T09:30:00Z").ms == ms);
    assert_true(moment_of("2024-10-14t09:30:00z").ms == ms);
    assert_true(moment_of("2024-10-14T11:30:00+02:00").ms == ms);
    assert_true(moment_of("2024-10-14T04:00:00-05:30").ms == ms);
    assert_true(moment_of("2024-10-15T09:29:00+23:59").ms == ms);
    assert_true(moment_of("2024-10-14T09:30:00.25Z").ms == ms + 250);
    assert_true(moment_of("2024-10-14T11:30:00.007+02:00").ms == ms + 7);
    assert_true(moment_of("1969-12-31T23:59:59.999Z").ms == -1);
}

static void what_is_no_moment_is_refused(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "",
        "2024-10-14",
        "2024-10-14T09:30:00",
        "2024-10-14T09:30Z",
        "2024-10-14 09:30:00Z",
        "2024-10-14T24:00:00Z",
        "2024-10-14T09:60:00Z",
        "2024-10-14T09:30:60Z",
        "2024-10-14T09:30:00.Z",
        "2024-10-14T09:30:00.1234Z",
        "2024-10-14T09:30:00,5Z",
        "2024-10-14T09:30:00+0200",
        "2024-10-14T09:30:00+24:00",
        "2024-10-14T09:30:00+02:60",
        "2024-10-14T09:30:00 02:00",
        "2024-10-14T09:30:00Zx",
        "2024-02-30T09:30:00Z",
        "1900-01-01T00:00:00+00:01",
        "2999-12-31T23:59:00-00:01",
    };
    struct moment moment = {.ms = 42};
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        assert_false(moment_parse(slice_of(refused[i]), &moment));
    assert_int_equal(moment.ms, 42);
}

static void moments_are_printed_with_three_decimals(void **state)
{
    (void)state;
    struct text text;
    text_init(&text);
    moment_put(&text, (struct moment){.ms = 1732262400123});
    assert_true(slice_is(text_slice(&text), "2024-11-22T08:00:00.123Z"));
    text_clear(&text);
    moment_put(&text, (struct moment){.ms = -1});
    assert_true(slice_is(text_slice(&text), "1969-12-31T23:59:59.999Z"));
    text_clear(&text);
    moment_put(&text, moment_of("2024-01-02T03:04:05Z"));
    assert_true(slice_is(text_slice(&text), "2024-01-02T03:04:05.000Z"));
    /* Ids hold any number: the outermost moments are strange, and no overflow. */
    moment_put(&text, (struct moment){.ms = INT64_MAX});
    moment_put(&text, (struct moment){.ms = INT64_MIN});
    assert_true(moment_to_date((struct moment){.ms = INT64_MAX}).day == INT32_MAX);
    assert_true(moment_to_date((struct moment){.ms = INT64_MIN}).day == INT32_MIN);
    text_done(&text);
}

static void days_begin_at_midnight_in_amsterdam(void **state)
{
    (void)state;
    static const struct {
        const char *moment;
        const char *day;
    } rows[] = {
        {.moment = "2024-01-14T22:59:59.999Z", .day = "2024-01-14"},
        {.moment = "2024-01-14T23:00:00Z", .day = "2024-01-15"},
        {.moment = "2024-07-14T21:59:59.999Z", .day = "2024-07-14"},
        {.moment = "2024-07-14T22:00:00Z", .day = "2024-07-15"},
        /* Summer time begins on 31 March 2024: the evening before is still winter. */
        {.moment = "2024-03-30T22:30:00Z", .day = "2024-03-30"},
        {.moment = "2024-03-30T23:00:00Z", .day = "2024-03-31"},
        {.moment = "2024-03-31T21:59:59Z", .day = "2024-03-31"},
        {.moment = "2024-03-31T22:00:00Z", .day = "2024-04-01"},
        /* And ends on 27 October 2024. */
        {.moment = "2024-10-26T21:59:59Z", .day = "2024-10-26"},
        {.moment = "2024-10-26T22:00:00Z", .day = "2024-10-27"},
        {.moment = "2024-10-27T22:59:59Z", .day = "2024-10-27"},
        {.moment = "2024-10-27T23:00:00Z", .day = "2024-10-28"},
        /* The last Sunday may be the 25th or the 31st. */
        {.moment = "2018-03-24T22:30:00Z", .day = "2018-03-24"},
        {.moment = "2018-03-25T22:30:00Z", .day = "2018-03-26"},
        {.moment = "2021-10-31T22:30:00Z", .day = "2021-10-31"},
        {.moment = "2021-10-30T22:30:00Z", .day = "2021-10-31"},
        {.moment = "2024-12-31T23:00:00Z", .day = "2025-01-01"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct date day = moment_to_date(moment_of(rows[i].moment));
        assert_int_equal(day.day, date_of(rows[i].day).day);
    }
}

static void moments_are_said_by_the_clock_of_amsterdam(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"2024-11-22T08:05:59.999Z", "22 november 2024 om 09.05 uur"},
        {"2024-10-26T22:00:00Z", "27 oktober 2024 om 00.00 uur"},
        {"2024-10-27T00:59:00Z", "27 oktober 2024 om 02.59 uur"},
        {"2024-10-27T01:00:00Z", "27 oktober 2024 om 02.00 uur"},
    };
    struct text text = {0};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        text_clear(&text);
        moment_put_dutch(&text, moment_of(rows[i][0]));
        assert_true(slice_is(text_slice(&text), rows[i][1]));
    }
    moment_put_dutch(&text, (struct moment){.ms = INT64_MAX});
    moment_put_dutch(&text, (struct moment){.ms = INT64_MIN});
    text_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_from_1900_to_2999_goes_there_and_back),
        cmocka_unit_test(days_that_do_not_exist_are_refused),
        cmocka_unit_test(months_earlier_keep_the_day_where_there_is_one),
        cmocka_unit_test(only_the_one_spelling_of_a_day_is_read),
        cmocka_unit_test(days_are_printed_in_both_ways),
        cmocka_unit_test(easter_is_where_tables_and_a_second_method_have_it),
        cmocka_unit_test(moments_are_read_with_any_offset),
        cmocka_unit_test(what_is_no_moment_is_refused),
        cmocka_unit_test(moments_are_printed_with_three_decimals),
        cmocka_unit_test(days_begin_at_midnight_in_amsterdam),
        cmocka_unit_test(moments_are_said_by_the_clock_of_amsterdam),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
