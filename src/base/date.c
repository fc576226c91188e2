/*
 * Days and moments without time zone database or clock: the proleptic Gregorian calendar by
 * arithmetic, Amsterdam's two offsets by the rule of the directive. Reading answers false for
 * anything that is not exactly in form and in range; the rest cannot fail.
 */
#include "base/date.h"

enum {
    MS_SECOND = 1000,
    MS_HOUR = 3600 * MS_SECOND,
    MS_DAY = 24 * MS_HOUR,
    DAYS_FOUR_CENTURIES = 146097,
    DAYS_TO_1970 = 719162, /**< from 0001-01-01 */
    DAYS_FROM_MARCH = 306, /**< 1 March to the end of the year */
    THURSDAY = 3,          /**< the weekday of 1970-01-01 */
    SUNDAY = 6,
};

/* Days before each month of a year that is not a leap year. */
static const int days_before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

static const char *const month_names[] = {
    "januari", "februari", "maart",     "april",   "mei",      "juni",
    "juli",    "augustus", "september", "oktober", "november", "december",
};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

/* Days from 0001-01-01 to the first day of a year. */
static int64_t days_to_year(int64_t year)
{
    const int64_t past = year - 1;
    return past * 365 + floor_divide(past, 4) - floor_divide(past, 100) + floor_divide(past, 400);
}

/* Days of the year before the first of `month`, 1 to 13. */
static int days_to_month(int year, int month)
{
    return days_before[month - 1] + (month > 2 && is_leap(year));
}

static struct date day_of(int year, int month, int day)
{
    const int64_t days = days_to_year(year) + days_to_month(year, month) + day - 1;
    return (struct date){.day = (int32_t)(days - DAYS_TO_1970)};
}

bool date_from_civil(struct civil civil, struct date *ret_date)
{
    if (civil.year < DATE_YEAR_LEAST || civil.year > DATE_YEAR_MOST) return false;
    if (civil.month < 1 || civil.month > 12 || civil.day < 1) return false;
    const int days =
        days_to_month(civil.year, civil.month + 1) - days_to_month(civil.year, civil.month);
    if (civil.day > days) return false;
    *ret_date = day_of(civil.year, civil.month, civil.day);
    return true;
}

/*
 * In years that begin on 1 March the leap day is the last, so days before a month (in groups of
 * five with 153 days) and days before a year of the four centuries follow without a table.
 */
struct civil date_to_civil(struct date date)
{
    const int64_t days = (int64_t)date.day + DAYS_TO_1970 + DAYS_FROM_MARCH;
    const int64_t centuries = floor_divide(days, DAYS_FOUR_CENTURIES);
    const int in_centuries = (int)(days - centuries * DAYS_FOUR_CENTURIES);
    const int years = (in_centuries - in_centuries / 1460 + in_centuries / 36524 -
                       in_centuries / (DAYS_FOUR_CENTURIES - 1)) /
                      365;
    const int in_year = in_centuries - (365 * years + years / 4 - years / 100);
    const int months = (5 * in_year + 2) / 153;
    const int day = in_year - (153 * months + 2) / 5 + 1;
    const int month = months < 10 ? months + 3 : months - 9;
    const int64_t year = centuries * 400 + years + (month <= 2);
    return (struct civil){.year = (int)year, .month = month, .day = day};
}

/* Reads `count` digits at `at`; -1 where there is anything else. */
static int read_digits(struct slice text, size_t at, size_t count)
{
    int value = 0;
    if (text.len < at + count) return -1;
    for (size_t i = at; i < at + count; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return -1;
        value = value * 10 + (text.ptr[i] - '0');
    }
    return value;
}

struct date date_months_before(struct date date, int months)
{
    const struct civil civil = date_to_civil(date);
    const int number = civil.year * 12 + civil.month - 1 - months;
    const int year = number / 12, month = number % 12 + 1;
    const int days = days_to_month(year, month + 1) - days_to_month(year, month);
    return day_of(year, month, civil.day < days ? civil.day : days);
}

bool date_parse(struct slice text, struct date *ret_date)
{
    if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-') return false;
    const struct civil civil = {
        .year = read_digits(text, 0, 4),
        .month = read_digits(text, 5, 2),
        .day = read_digits(text, 8, 2),
    };
    return date_from_civil(civil, ret_date);
}

/* Appends with zeros in front, as many digits as `width` at least. */
static void put_padded(struct text *text, int value, int width)
{
    int least = 1;
    for (int i = 1; i < width; i++)
        least *= 10;
    for (; least > value && least > 1; least /= 10)
        text_putc(text, '0');
    text_put_int(text, value);
}

void date_put(struct text *text, struct date date)
{
    const struct civil civil = date_to_civil(date);
    put_padded(text, civil.year, 4);
    text_putc(text, '-');
    put_padded(text, civil.month, 2);
    text_putc(text, '-');
    put_padded(text, civil.day, 2);
}

void date_put_dutch(struct text *text, struct date date)
{
    const struct civil civil = date_to_civil(date);
    text_put_int(text, civil.day);
    text_putc(text, ' ');
    text_puts(text, month_names[civil.month - 1]);
    text_putc(text, ' ');
    text_put_int(text, civil.year);
}

int date_compare(struct date a, struct date b)
{
    return (a.day > b.day) - (a.day < b.day);
}

int date_weekday(struct date date)
{
    const int64_t days = (int64_t)date.day + THURSDAY;
    return (int)(days - floor_divide(days, 7) * 7);
}

/*
 * Easter is the Sunday after the ecclesiastical full moon of 21 March or later. The epact, the
 * moon's age at the start of the year, follows the 19 years of Meton, corrected once a century for
 * the leap days that the Gregorian calendar drops and for the drift of the moon.
 */
struct date date_easter(int year)
{
    const int golden = year % 19;
    const int century = year / 100;
    const int dropped = century - century / 4;
    const int drift = (8 * century + 13) / 25;
    int moon = (19 * golden + dropped - drift + 15) % 30;
    /* The moon of 19 April is one day early, and that of the 18th in the second half of Meton. */
    if (moon == 29 || (moon == 28 && golden > 10)) moon--;
    const struct date full_moon = {.day = day_of(year, 3, 21).day + moon};
    return (struct date){.day = full_moon.day + 7 - (date_weekday(full_moon) + 1) % 7};
}

/* The days from 1970 of a moment, held within what a date can say. */
static struct date day_at(int64_t ms)
{
    const int64_t day = floor_divide(ms, MS_DAY);
    if (day < INT32_MIN) return (struct date){.day = INT32_MIN};
    if (day > INT32_MAX) return (struct date){.day = INT32_MAX};
    return (struct date){.day = (int32_t)day};
}

/* Reads `.5`, `.25` or `.250` and moves on; no fraction is fine, a finer one is not. */
static bool read_fraction(struct slice *text, int64_t *ms)
{
    if (text->len == 0 || text->ptr[0] != '.') return true;
    size_t count = 0;
    int fraction = 0;
    while (count < 3 && read_digits(*text, count + 1, 1) >= 0) {
        count++;
        fraction = read_digits(*text, 1, count);
    }
    if (count == 0) return false;
    *text = slice_from(text->ptr + 1 + count, text->len - 1 - count);
    for (; count < 3; count++)
        fraction *= 10;
    *ms += fraction;
    return true;
}

/* Reads `Z` or `+02:00`, the whole of what is left, and takes it off. */
static bool read_offset(struct slice text, int64_t *ms)
{
    if (slice_is_nocase(text, "Z")) return true;
    if (text.len != 6 || text.ptr[3] != ':') return false;
    if (text.ptr[0] != '+' && text.ptr[0] != '-') return false;
    const int hours = read_digits(text, 1, 2);
    const int minutes = read_digits(text, 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return false;
    const int64_t offset = (int64_t)(hours * 60 + minutes) * 60 * MS_SECOND;
    *ms -= text.ptr[0] == '+' ? offset : -offset;
    return true;
}

/* Reads `09:30:00`; a leap second is refused, since a moment cannot hold one. */
static bool read_time(struct slice text, int64_t *ms)
{
    const int hours = read_digits(text, 0, 2);
    const int minutes = read_digits(text, 3, 2);
    const int seconds = read_digits(text, 6, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return false;
    if (seconds < 0 || seconds > 59 || text.ptr[2] != ':' || text.ptr[5] != ':') return false;
    *ms += (int64_t)(hours * 3600 + minutes * 60 + seconds) * MS_SECOND;
    return true;
}

bool moment_parse(struct slice text, struct moment *ret_moment)
{
    struct date date;
    if (text.len < 20 || (text.ptr[10] != 'T' && text.ptr[10] != 't')) return false;
    if (!date_parse(slice_from(text.ptr, 10), &date)) return false;
    int64_t ms = (int64_t)date.day * MS_DAY;
    if (!read_time(slice_from(text.ptr + 11, 8), &ms)) return false;
    struct slice rest = slice_from(text.ptr + 19, text.len - 19);
    if (!read_fraction(&rest, &ms) || !read_offset(rest, &ms)) return false;
    const int year = date_to_civil(day_at(ms)).year;
    if (year < DATE_YEAR_LEAST || year > DATE_YEAR_MOST) return false;
    ret_moment->ms = ms;
    return true;
}

void moment_put(struct text *text, struct moment moment)
{
    const int in_day = (int)((moment.ms % MS_DAY + MS_DAY) % MS_DAY);
    date_put(text, day_at(moment.ms));
    text_putc(text, 'T');
    put_padded(text, in_day / MS_HOUR, 2);
    text_putc(text, ':');
    put_padded(text, in_day / (60 * MS_SECOND) % 60, 2);
    text_putc(text, ':');
    put_padded(text, in_day / MS_SECOND % 60, 2);
    text_putc(text, '.');
    put_padded(text, in_day % MS_SECOND, 3);
    text_putc(text, 'Z');
}

/* 01:00Z on the last Sunday of a month of 31 days. */
static int64_t last_sunday_ms(int year, int month)
{
    const struct date last = day_of(year, month, 31);
    const int64_t sunday = last.day - (date_weekday(last) + 7 - SUNDAY) % 7;
    return sunday * MS_DAY + MS_HOUR;
}

/* How far the clocks of Europe/Amsterdam are ahead of UTC. */
static int64_t amsterdam_offset(struct moment moment)
{
    const int year = date_to_civil(day_at(moment.ms)).year;
    const bool summer =
        moment.ms >= last_sunday_ms(year, 3) && moment.ms < last_sunday_ms(year, 10);
    return summer ? 2 * MS_HOUR : MS_HOUR;
}

struct date moment_to_date(struct moment moment)
{
    const int64_t offset = amsterdam_offset(moment);
    if (moment.ms > INT64_MAX - offset) return day_at(moment.ms);
    return day_at(moment.ms + offset);
}

void moment_put_dutch(struct text *text, struct moment moment)
{
    const int64_t offset = amsterdam_offset(moment);
    const int64_t local = moment.ms > INT64_MAX - offset ? moment.ms : moment.ms + offset;
    const int in_day = (int)((local % MS_DAY + MS_DAY) % MS_DAY);
    date_put_dutch(text, moment_to_date(moment));
    text_puts(text, " om ");
    put_padded(text, in_day / MS_HOUR, 2);
    text_putc(text, '.');
    put_padded(text, in_day / (60 * MS_SECOND) % 60, 2);
    text_puts(text, " uur");
}
