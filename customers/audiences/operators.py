"""The operators of conditions, each stated once.

An operator brings its value, as of a day, down to one of the primitives; from these come the SQL,
the predicate and the index alike. To add one, add it to its table here.

A date in the future has no age; 29 February counts as 1 March in other years (calendar.py).
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from customers.audiences import values
from customers.audiences.calendar import anniversaries, years_before
from customers.audiences.fields import GROUPS, ConditionField
from customers.audiences.primitives import (
    Containing,
    Having,
    Missing,
    OneOf,
    Primitive,
    Within,
    lowered,
)
from customers.models import AttributeType

MOST_DAYS = 36_500
MOST_YEARS = 150
DAYS = values.Whole("days", MOST_DAYS)
ALMOST_A_YEAR = values.Whole("days", 364)
YEARS = values.Whole("years", MOST_YEARS)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Operator:
    """`label` follows the field's in the builder, `words` is the whole condition in a sentence."""

    key: str
    label: StrOrPromise
    words: StrOrPromise
    value: values.Kind
    meaning: Callable[[Any, dt.date], Primitive]


# What is said of a date, and of any entry in a list of dates.


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


TEXT = [
    Operator(
        "equals_any",
        _("is one of"),
        _("%(field)s is %(value)s"),
        values.Texts(),
        lambda texts, today: OneOf(texts),
    ),
    Operator(
        "contains",
        _("contains"),
        _("%(field)s contains %(value)s"),
        values.Text(),
        lambda text, today: Containing(lowered(text)),
    ),
    Operator(
        "starts_with",
        _("starts with"),
        _("%(field)s starts with %(value)s"),
        values.Text(),
        lambda text, today: Containing(lowered(text), at_start=True),
    ),
]
NUMBER = [
    Operator(
        "equals",
        _("is"),
        _("%(field)s is %(value)s"),
        values.Number(),
        lambda number, today: OneOf(frozenset([number])),
    ),
    Operator(
        "at_least",
        _("is at least"),
        _("%(field)s is at least %(value)s"),
        values.Number(),
        lambda number, today: Within(((number, None),)),
    ),
    Operator(
        "at_most",
        _("is at most"),
        _("%(field)s is at most %(value)s"),
        values.Number(),
        lambda number, today: Within(((None, number),)),
    ),
    Operator(
        "between",
        _("is between"),
        _("%(field)s is between %(value)s"),
        values.Pair(values.Number()),
        lambda pair, today: Within((pair,)),
    ),
]
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
        _("has any in the month"),
        _("any of %(field)s is in %(value)s"),
        values.Months(),
        in_months,
    ),
    Operator(
        "any_younger_than",
        _("has any younger than"),
        _("any of %(field)s makes an age below %(value)s"),
        YEARS,
        younger_than,
    ),
    Operator(
        "any_older_than",
        _("has any of an age of at least"),
        _("any of %(field)s makes an age of at least %(value)s"),
        YEARS,
        of_age,
    ),
    Operator(
        "any_within_last_days",
        _("has any within the last"),
        _("any of %(field)s is within the last %(value)s"),
        DAYS,
        within_last_days,
    ),
    Operator(
        "any_within_next_days",
        _("has any within the next"),
        _("any of %(field)s is within the next %(value)s"),
        DAYS,
        within_next_days,
    ),
    Operator(
        "any_anniversary_within_next_days",
        _("has any with its anniversary within the next"),
        _("any of %(field)s has its anniversary within the next %(value)s"),
        ALMOST_A_YEAR,
        anniversary_within_next_days,
    ),
    Operator(
        "any_between",
        _("has any between"),
        _("any of %(field)s is between %(value)s"),
        values.Pair(values.Date()),
        between,
    ),
]
YES_NO = [
    Operator(
        "is_yes",
        _("is “yes”"),
        _("%(field)s is “yes”"),
        values.Kind(),
        lambda _, today: OneOf(frozenset([True])),
    ),
    Operator(
        "is_no",
        _("is “no”"),
        _("%(field)s is “no”"),
        values.Kind(),
        lambda _, today: OneOf(frozenset([False])),
    ),
]
CHOICE = [
    Operator(
        "equals_any",
        _("is one of"),
        _("%(field)s is %(value)s"),
        values.Options(),
        lambda chosen, today: OneOf(chosen),
    ),
]
CHOICES = [
    Operator(
        "contains_any",
        _("contains any of"),
        _("%(field)s contains %(value)s"),
        values.Options(),
        lambda chosen, today: OneOf(chosen),
    ),
    Operator(
        "contains_all",
        _("contains all of"),
        _("%(field)s contains %(value)s"),
        values.Options(joined_by_and=True),
        lambda chosen, today: Having(chosen),
    ),
]
IN_GROUPS = [
    Operator(
        "in_any",
        _("has any of"),
        _("is in the group %(value)s"),
        values.Options("groups", item=int),
        lambda ids, today: OneOf(ids),
    ),
]
EVERY_TYPE = [
    Operator(
        "is_empty",
        _("is empty"),
        _("%(field)s is empty"),
        values.Kind(),
        lambda _, today: Missing(),
    ),
]
TABLE: dict[str, list[Operator]] = {
    AttributeType.TEXT: TEXT,
    AttributeType.NUMBER: NUMBER,
    AttributeType.DATE: DATE,
    AttributeType.YES_NO: YES_NO,
    AttributeType.CHOICE: CHOICE,
    AttributeType.DATES: DATES,
    AttributeType.CHOICES: CHOICES,
    GROUPS: IN_GROUPS,
}
OPERATORS: dict[str, dict[str, Operator]] = {
    str(type_): {each.key: each for each in operators + EVERY_TYPE}
    for type_, operators in TABLE.items()
}
"""All operators of a type of field, by key."""


def catalogue(fields: Mapping[str, ConditionField]) -> dict[str, Any]:
    """What a page needs to build conditions, as JSON: fields, and operators by type of field."""
    return {
        "fields": [
            {
                "key": field.key,
                "label": str(field.label),
                "type": field.type,
                "options": [{"value": v, "label": label} for v, label in field.options.items()],
            }
            for field in fields.values()
        ],
        "operators": {
            type_: [
                {"key": each.key, "label": str(each.label), "value": each.value.key}
                for each in operators.values()
            ]
            for type_, operators in OPERATORS.items()
        },
    }
