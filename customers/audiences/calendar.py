"""Years, anniversaries, and which moments can be asked about.

Who was born on 29 February has a birthday every year: otherwise on 1 March. Months and days are
written as one number: 214 is 14 February.
"""

import calendar
import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from customers.attributes.rules import EARLIEST, LATEST

MonthDays = tuple[tuple[int, int], ...]


def check_moment(at: dt.datetime) -> None:
    """Raises ValidationError unless `at`, whatever its zone, is in the years that dates may have.

    Around these there is room for any zone and for as many years as a condition can name.
    """
    # Compared as it is: at the ends of all time some moments can't be written in UTC.
    first = dt.datetime.combine(EARLIEST, dt.time.min, dt.UTC)
    last = dt.datetime.combine(LATEST, dt.time.max, dt.UTC)
    if not first <= at <= last:
        raise ValidationError(_("Give a moment from 1900 to 2199 (UTC)."), code="moment_range")


def years_before(day: dt.date, years: int) -> dt.date:
    """The last date that lies full `years` back on `day`."""
    year = day.year - years
    if month_day(day) == 229 and not calendar.isleap(year):
        # Who was born on 28 February is old enough, on 1 March is not yet.
        return day.replace(year=year, day=28)
    return day.replace(year=year)


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
