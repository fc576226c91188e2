"""Working days and waiting lists, counted day by day and without the program.

Monday to Friday, less the days that the Algemene termijnenwet (article 3) or the cao Jeugdzorg takes off. The days
of Easter come from Gauss, the days of royal decree are written out; nothing is read from the configuration.
"""

from datetime import date, timedelta

DAY = timedelta(days=1)
THRESHOLD = 5
CALENDARS = ("awt", "cao-jeugdzorg")
# Days that a royal decree made equal to a holiday, as far as the peildata of the letter can meet them.
DECREED = {date(2022, 5, 27), date(2023, 4, 28), date(2023, 5, 19), date(2024, 5, 10), date(2024, 12, 27)}


def easter(year):
    """Gauss's rule, with the numbers that hold from 1900 to 2199."""
    golden, d = year % 19, (19 * (year % 19) + 24) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7
    if d == 29 and e == 6 or d == 28 and e == 6 and golden > 10:
        e -= 7
    return date(year, 3, 22) + (d + e) * DAY


def kings_day(year):
    day = date(year, 4, 27)
    return day - DAY if day.isoweekday() == 7 else day


def holidays(year, calendar):
    """What is no working day in a year, apart from weekends."""
    sunday = easter(year)
    found = {date(year, 1, 1), sunday + DAY, kings_day(year), date(year, 5, 5), sunday + 39 * DAY,
             sunday + 50 * DAY, date(year, 12, 25), date(year, 12, 26)}
    if calendar == "awt":
        found |= {sunday - 2 * DAY} | {day for day in DECREED if day.year == year}
    return found


def is_working_day(day, calendar):
    return day.isoweekday() <= 5 and day not in holidays(day.year, calendar)


def working_days(since, peildatum, calendar):
    """The working days after `since`, up to and with `peildatum`."""
    days = (since + count * DAY for count in range(1, (peildatum - since).days + 1))
    return sum(is_working_day(day, calendar) for day in days)


def is_listed(since, peildatum, calendar):
    """Whether a child that waits since then is on the list."""
    return working_days(since, peildatum, calendar) > THRESHOLD


def youngest_listed(peildatum, calendar):
    """The last day since which a child is on the list."""
    since = peildatum
    while not is_listed(since, peildatum, calendar):
        since -= DAY
    return since
