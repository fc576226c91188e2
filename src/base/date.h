#ifndef GIMON_BASE_DATE_H
#define GIMON_BASE_DATE_H

#include "base/slice.h"
#include "base/text.h"

/** A calendar day, counted in days from 1970-01-01 in the proleptic Gregorian calendar. */
struct date {
    int32_t day;
};

/** A point in time: milliseconds from 1970-01-01T00:00:00Z. */
struct moment {
    int64_t ms;
};

/** A day as year, month (1-12) and day of the month (1-31). */
struct civil {
    int year;
    int month;
    int day;
};

/** Days outside this range are refused everywhere. */
enum { DATE_YEAR_LEAST = 1900, DATE_YEAR_MOST = 2999 };

/** The day of a civil date; false where there is no such day. */
bool date_from_civil(struct civil civil, struct date *ret_date) __attribute__((warn_unused_result));

/** The civil date of a day. */
struct civil date_to_civil(struct date date);

/** Reads exactly `2024-10-01`; false for anything else. */
bool date_parse(struct slice text, struct date *ret_date) __attribute__((warn_unused_result));

/** The same day of the month so many months earlier, or the last of that month if it is shorter. */
struct date date_months_before(struct date date, int months);

/** Appends `2024-10-01`. */
void date_put(struct text *text, struct date date);

/** Appends `1 oktober 2024`. */
void date_put_dutch(struct text *text, struct date date);

/** Below, equal, above zero. */
int date_compare(struct date a, struct date b);

/** 0 for Monday to 6 for Sunday. */
int date_weekday(struct date date);

/** Easter Sunday of a year (Gregorian computus). */
struct date date_easter(int year);

/**
 * Reads an RFC 3339 moment with any offset and up to millisecond fractions
 * (`2024-10-14T09:30:00Z`, `2024-10-14T11:30:00.250+02:00`).
 */
bool moment_parse(struct slice text, struct moment *ret_moment) __attribute__((warn_unused_result));

/** Appends `2024-11-22T08:00:00.123Z`, always with three decimals. */
void moment_put(struct text *text, struct moment moment);

/**
 * The day it is in Europe/Amsterdam: UTC+1, UTC+2 from the last Sunday of March 01:00Z to the last
 * Sunday of October 01:00Z (Directive 2000/84/EC).
 */
struct date moment_to_date(struct moment moment);

/** Appends `22 november 2024 om 09.00 uur`, by the clock of Europe/Amsterdam. */
void moment_put_dutch(struct text *text, struct moment moment);

#endif
