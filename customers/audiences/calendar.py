"""Years and anniversaries. Who was born on 29 February has a birthday every year: otherwise on
1 March. Months and days are written as one number: 214 is 14 February.
"""

import calendar
import datetime as dt

MonthDays = tuple[tuple[int, int], ...]


def years_before(day: dt.date, years: int) -> dt.date:
    """The last date that lies full `years` back on `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # who was born on 28 February is old enough, on 1 March is not yet
        return day.replace(year=day.year - years, day=28)


def month_day(day: dt.date) -> int:
    return day.month * 100 + day.day


def anniversaries(first: dt.date, days: int) -> MonthDays:
    """The ranges of month and day whose anniversary lies from `first` to `days` later.

    At most 364 days, so that no anniversary comes twice.
    """
    last = first + dt.timedelta(days)
    low, high = month_day(first), month_day(last)
    if low == 301 and not calendar.isleap(first.year):
        low = 229
    return ((low, high),) if first.year == last.year else ((low, 1231), (101, high))
