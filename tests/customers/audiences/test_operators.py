"""What operators mean, against plain calendars: the edges by name, the rest by counting days."""

import calendar
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.audiences.fields import GROUPS, ConditionField
from customers.audiences.operators import OPERATORS, TABLE, catalogue
from customers.audiences.schema import schema
from customers.models import AttributeType

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
NEAR_FEBRUARY = st.builds(
    lambda year, day: dt.date(year, 2, 26) + dt.timedelta(day),
    st.integers(1990, 2030),
    st.integers(0, 5),
)
DATES = DAYS | NEAR_FEBRUARY


def holds(type_: str, operator: str, value: Any, items: Any, today: dt.date) -> bool:
    return OPERATORS[type_][operator].meaning(value, today).holds(items)


def birthday(born: dt.date, year: int) -> dt.date:
    if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
        return dt.date(year, 3, 1)
    return born.replace(year=year)


def age(born: dt.date, today: dt.date) -> int:
    return today.year - born.year - (today < birthday(born, today.year))


@given(DATES, DATES, st.integers(0, 150), st.integers(0, 20))
def test_age_is_in_completed_years_and_the_future_has_none(born, today, years, more):
    is_born = born <= today
    lived = age(born, today)
    pair = (years, min(years + more, 150))
    assert holds("date", "age_at_least", years, [born], today) == (is_born and lived >= years)
    assert holds("date", "age_below", years, [born], today) == (is_born and lived < years)
    between = is_born and pair[0] <= lived <= pair[1]
    assert holds("date", "age_between", pair, [born], today) == between


@given(DATES, DATES, st.integers(0, 364))
def test_an_anniversary_is_counted_in_days_and_29_february_on_1_march(born, today, days):
    upcoming = min(
        day for year in (today.year, today.year + 1) if (day := birthday(born, year)) >= today
    )
    asked = holds("date", "anniversary_within_next_days", days, [born], today)
    assert asked == ((upcoming - today).days <= days)


@given(DATES, DATES, st.integers(0, 36_500))
def test_last_and_next_days_include_today_and_as_many_days_beside_it(day, today, days):
    distance = (day - today).days
    assert holds("date", "within_last_days", days, [day], today) == (-days <= distance <= 0)
    assert holds("date", "within_next_days", days, [day], today) == (0 <= distance <= days)


def test_a_child_of_29_february_is_under_1_until_1_march():
    born = [dt.date(2024, 2, 29)]
    assert holds("dates", "any_younger_than", 1, born, dt.date(2025, 2, 28))
    assert not holds("dates", "any_younger_than", 1, born, dt.date(2025, 3, 1))


def test_any_child_is_enough_and_the_unborn_are_not_under_1():
    today = dt.date(2025, 6, 1)
    children = [dt.date(2010, 1, 1), dt.date(2025, 1, 1)]
    assert holds("dates", "any_younger_than", 1, children, today)
    assert holds("dates", "any_older_than", 15, children, today)
    assert not holds("dates", "any_younger_than", 1, [dt.date(2025, 7, 1)], today)
    assert not holds("dates", "any_younger_than", 1, [], today)


@pytest.mark.parametrize("type_", OPERATORS)
def test_of_what_is_missing_only_is_empty_is_true(type_):
    field = ConditionField("x", "X", type_, {"red": "red"} if type_ != GROUPS else {1: "Friends"})
    values = {
        "text": "a", "texts": ["a"], "number": 1, "number_pair": [1, 2], "days": 1, "years": 1,
        "years_pair": [1, 2], "date_pair": ["2020-01-01", "2021-01-01"], "months": [2],
        "choices": ["red"], "groups": [1], "none": None,
    }  # fmt: skip
    today = dt.date(2025, 6, 1)
    found = {
        key
        for key, each in OPERATORS[type_].items()
        if each.meaning(each.value.clean(values[each.value.key], field), today).holds([])
    }
    assert found == {"is_empty"}


def test_every_type_has_operators_and_the_catalogue_lists_them():
    assert set(TABLE) == {*AttributeType.values, GROUPS}
    fields = {"tier": ConditionField("tier", "Tier", "choice", {"gold": "gold"})}
    listed = catalogue(fields)
    assert listed["fields"] == [
        {
            "key": "tier",
            "label": "Tier",
            "type": "choice",
            "options": [{"value": "gold", "label": "gold"}],
        }
    ]
    assert listed["operators"]["choice"] == [
        {"key": "equals_any", "label": "is one of", "value": "choices"},
        {"key": "is_empty", "label": "is empty", "value": "none"},
    ]


def test_the_schema_knows_every_operator():
    nodes = schema()["$defs"]["node"]["anyOf"]
    known = {each["properties"]["is"]["const"] for each in nodes if "is" in each["properties"]}
    assert known == {key for operators in OPERATORS.values() for key in operators}
