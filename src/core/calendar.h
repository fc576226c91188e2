#ifndef GIMON_CORE_CALENDAR_H
#define GIMON_CORE_CALENDAR_H

#include "base/date.h"

/** Holidays that follow a rule; a calendar names the ones it keeps. X(constant, id in files). */
#define CALENDAR_HOLIDAYS(X)                                                                       \
    X(HOLIDAY_NEW_YEAR, "nieuwjaarsdag")                                                           \
    X(HOLIDAY_GOOD_FRIDAY, "goede-vrijdag")                                                        \
    X(HOLIDAY_EASTER_MONDAY, "tweede-paasdag")                                                     \
    X(HOLIDAY_KINGS_DAY, "koningsdag")                                                             \
    X(HOLIDAY_LIBERATION_DAY, "bevrijdingsdag")                                                    \
    X(HOLIDAY_ASCENSION_DAY, "hemelvaartsdag")                                                     \
    X(HOLIDAY_WHIT_MONDAY, "tweede-pinksterdag")                                                   \
    X(HOLIDAY_CHRISTMAS_DAY, "eerste-kerstdag")                                                    \
    X(HOLIDAY_BOXING_DAY, "tweede-kerstdag")

enum holiday {
#define CALENDAR_CONSTANT(constant, id) constant,
    CALENDAR_HOLIDAYS(CALENDAR_CONSTANT)
#undef CALENDAR_CONSTANT
        HOLIDAY_COUNT
};

/** Which days are no working days: weekends, the holidays of the set, and single days (decrees). */
struct calendar {
    struct slice id;
    struct slice name;
    struct slice source;
    unsigned holidays;       /**< bit (1u << enum holiday) for each holiday kept */
    const struct date *days; /**< ascending */
    size_t day_count;
};

/** The id of a holiday as files write it. */
const char *holiday_id(enum holiday holiday);

/**
 * The latest day S from which more than `threshold` working days have passed at `until`, that is
 * working days d with S < d <= `until`: who waits since S or earlier is on the waiting list, who
 * came later is not. A working day is Monday to Friday and neither a holiday that the calendar
 * keeps nor one of its single days (Algemene termijnenwet, article 3).
 */
struct date calendar_waiting_since(const struct calendar *calendar, struct date until,
                                   unsigned threshold);

#endif
