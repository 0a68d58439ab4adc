"""Operators of dates, and of lists of dates, where any entry is enough.

A date in the future has no age; 29 February counts as 1 March in other years (calendar.py).
"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from customers.audiences import values
from customers.audiences.calendar import anniversaries, years_before
from customers.audiences.operators.operator import Operator
from customers.audiences.primitives import Within

MOST_DAYS = 36_500
MOST_YEARS = 150
DAYS = values.Whole("days", MOST_DAYS)
ALMOST_A_YEAR = values.Whole("days", 364)
YEARS = values.Whole("years", MOST_YEARS)
DAY = dt.timedelta(days=1)


def in_months(months: frozenset[int], today: dt.date) -> Within:
    return Within(tuple((month, month) for month in sorted(months)), of="month")


def between(pair: tuple[dt.date, dt.date], today: dt.date) -> Within:
    return Within((pair,))


def within_last_days(days: int, today: dt.date) -> Within:
    """Today and as many days before."""
    return Within(((today - days * DAY, today),))


def within_next_days(days: int, today: dt.date) -> Within:
    """Today and as many days after."""
    return Within(((today, today + days * DAY),))


def anniversary_within_next_days(days: int, today: dt.date) -> Within:
    return Within(anniversaries(today, days), of="month_day")


def of_age(years: int, today: dt.date) -> Within:
    """As many years or more; nought years is whatever is not in the future."""
    return Within(((None, years_before(today, years)),))


def younger_than(years: int, today: dt.date) -> Within:
    return Within(((years_before(today, years) + DAY, today),))


DATE = [
    Operator(
        "month_in",
        _("is in the month"),
        _("%(field)s is in %(value)s"),
        values.Months(),
        in_months,
    ),
    Operator(
        "between",
        _("is between"),
        _("%(field)s is between %(value)s"),
        values.Pair(values.Date()),
        between,
    ),
    Operator(
        "within_last_days",
        _("is within the last"),
        _("%(field)s is within the last %(value)s"),
        DAYS,
        within_last_days,
    ),
    Operator(
        "within_next_days",
        _("is within the next"),
        _("%(field)s is within the next %(value)s"),
        DAYS,
        within_next_days,
    ),
    Operator(
        "anniversary_within_next_days",
        _("has its anniversary within the next"),
        _("%(field)s has its anniversary within the next %(value)s"),
        ALMOST_A_YEAR,
        anniversary_within_next_days,
    ),
    Operator(
        "age_at_least",
        _("makes an age of at least"),
        _("%(field)s makes an age of at least %(value)s"),
        YEARS,
        of_age,
    ),
    Operator(
        "age_below",
        _("makes an age below"),
        _("%(field)s makes an age below %(value)s"),
        YEARS,
        younger_than,
    ),
    Operator(
        "age_between",
        _("makes an age between"),
        _("%(field)s makes an age between %(value)s"),
        values.Pair(YEARS),
        lambda pair, today: Within(
            ((years_before(today, pair[1] + 1) + DAY, years_before(today, pair[0])),)
        ),
    ),
]
DATES = [
    Operator(
        "any_month_in",
        _("at least one in the month"),
        _("%(field)s: at least one in %(value)s"),
        values.Months(),
        in_months,
    ),
    Operator(
        "any_younger_than",
        _("at least one younger than"),
        _("%(field)s: at least one younger than %(value)s"),
        YEARS,
        younger_than,
    ),
    Operator(
        "any_older_than",
        _("at least one of this age or older"),
        _("%(field)s: at least one %(value)s old or older"),
        YEARS,
        of_age,
    ),
    Operator(
        "any_within_last_days",
        _("at least one within the last"),
        _("%(field)s: at least one within the last %(value)s"),
        DAYS,
        within_last_days,
    ),
    Operator(
        "any_within_next_days",
        _("at least one within the next"),
        _("%(field)s: at least one within the next %(value)s"),
        DAYS,
        within_next_days,
    ),
    Operator(
        "any_anniversary_within_next_days",
        _("at least one with its anniversary within the next"),
        _("%(field)s: at least one with its anniversary within the next %(value)s"),
        ALMOST_A_YEAR,
        anniversary_within_next_days,
    ),
    Operator(
        "any_between",
        _("at least one between"),
        _("%(field)s: at least one between %(value)s"),
        values.Pair(values.Date()),
        between,
    ),
]
