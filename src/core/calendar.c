/*
 * Working days by rule (Algemene termijnenwet, article 3) and by decree (days in a file). The
 * holidays of a year follow from its number and its Easter. Who waits since when is found by
 * walking back from the peildatum, some days and mostly one year.
 */
#include "core/calendar.h"

enum {
    SATURDAY = 5,
    SUNDAY = 6,
    DAY_LEAST = -25567, /**< 1900-01-01 */
    KINGS_DAY_SINCE = 2014,
};

/* When a holiday is: a day of the year, or (month 0) so many days after Easter. */
struct rule {
    int month;
    int day;
    int after_easter;
};

static const struct rule rules[HOLIDAY_COUNT] = {
    [HOLIDAY_NEW_YEAR] = {.month = 1, .day = 1},
    [HOLIDAY_GOOD_FRIDAY] = {.after_easter = -2},
    [HOLIDAY_EASTER_MONDAY] = {.after_easter = 1},
    [HOLIDAY_KINGS_DAY] = {.month = 4, .day = 27},
    [HOLIDAY_LIBERATION_DAY] = {.month = 5, .day = 5},
    [HOLIDAY_ASCENSION_DAY] = {.after_easter = 39},
    [HOLIDAY_WHIT_MONDAY] = {.after_easter = 50},
    [HOLIDAY_CHRISTMAS_DAY] = {.month = 12, .day = 25},
    [HOLIDAY_BOXING_DAY] = {.month = 12, .day = 26},
};

/* The weekdays that the holidays of one year take off, each once and in no order. */
struct year {
    int number;
    int32_t first_day; /* 1 January, as in struct date; of no use in years that no date has */
    struct date easter;
    size_t count;
    struct date days[HOLIDAY_COUNT];
};

const char *holiday_id(enum holiday holiday)
{
    static const char *const ids[] = {
#define CALENDAR_ID(constant, id) [constant] = (id),
        CALENDAR_HOLIDAYS(CALENDAR_ID)
#undef CALENDAR_ID
    };
    return holiday < HOLIDAY_COUNT ? ids[holiday] : "";
}

static bool is_weekday(struct date date)
{
    return date_weekday(date) < SATURDAY;
}

/* The day of a holiday; false in a year that did not have it. */
static bool holiday_day(const struct year *year, unsigned holiday, struct date *ret_day)
{
    const struct rule *rule = &rules[holiday];
    if (rule->month == 0) {
        ret_day->day = year->easter.day + rule->after_easter;
        return true;
    }
    if (holiday == HOLIDAY_KINGS_DAY && year->number < KINGS_DAY_SINCE) return false;
    const struct civil civil = {.year = year->number, .month = rule->month, .day = rule->day};
    if (!date_from_civil(civil, ret_day)) return false;
    /* The King's birthday is kept on the 26th when the 27th is a Sunday. */
    if (holiday == HOLIDAY_KINGS_DAY && date_weekday(*ret_day) == SUNDAY) ret_day->day--;
    return true;
}

static bool is_holiday(const struct year *year, struct date date)
{
    for (size_t i = 0; i < year->count; i++) {
        if (date_compare(year->days[i], date) == 0) return true;
    }
    return false;
}

static int32_t first_day_of(int number)
{
    const struct civil civil = {.year = number, .month = 1, .day = 1};
    struct date first;
    return date_from_civil(civil, &first) ? first.day : INT32_MIN;
}

static void year_init(struct year *year, const struct calendar *calendar, int number)
{
    year->number = number;
    year->first_day = first_day_of(number);
    year->easter = date_easter(number);
    year->count = 0;
    for (unsigned holiday = 0; holiday < HOLIDAY_COUNT; holiday++) {
        struct date day;
        if ((calendar->holidays & (1U << holiday)) == 0) continue;
        if (!holiday_day(year, holiday, &day)) continue;
        if (is_weekday(day) && !is_holiday(year, day)) year->days[year->count++] = day;
    }
}

/* The place of the first single day that is not before `date`. */
static size_t single_day_from(const struct calendar *calendar, struct date date)
{
    size_t low = 0;
    size_t high = calendar->day_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (date_compare(calendar->days[middle], date) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_single_day(const struct calendar *calendar, struct date date)
{
    const size_t at = single_day_from(calendar, date);
    return at < calendar->day_count && date_compare(calendar->days[at], date) == 0;
}

struct date calendar_waiting_since(const struct calendar *calendar, struct date until,
                                   unsigned threshold)
{
    /* The day before the working day that makes it more than the threshold. */
    uint64_t left = (uint64_t)threshold + 1;
    struct date since = until;
    struct year year;
    year_init(&year, calendar, date_to_civil(until).year);
    for (; left > 0 && since.day > DAY_LEAST; since.day--) {
        if (!is_weekday(since)) continue;
        if (since.day < year.first_day) year_init(&year, calendar, year.number - 1);
        left -= !is_holiday(&year, since) && !is_single_day(calendar, since);
    }
    return since;
}
