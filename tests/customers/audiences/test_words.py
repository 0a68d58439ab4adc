"""Conditions read as a sentence."""

from typing import Any

import pytest

from customers.audiences.fields import ConditionField
from customers.audiences.tree import parse
from customers.audiences.words import in_words

FIELDS = {
    "birth_date": ConditionField("birth_date", "Birth date", "date"),
    "children": ConditionField("children", "Children's birth dates", "dates"),
    "city": ConditionField("city", "City", "text"),
    "cars": ConditionField("cars", "Cars", "choices", {"Audi": "Audi", "Fiat": "Fiat"}),
    "visits": ConditionField("visits", "Visits", "number"),
    "groups": ConditionField("groups", "Groups", "groups", {1: "Friends", 2: "100% tea"}),
}
FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}
CAR = {"not": {"field": "cars", "is": "is_empty"}}


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        (FEBRUARY, "Birth date is in February"),
        ({"all": [FEBRUARY, CAR]}, "Birth date is in February and Cars: at least one"),
        (
            {"any": [FEBRUARY, {"all": [CAR, {"not": FEBRUARY}]}]},
            "Birth date is in February or (Cars: at least one and not (Birth date is in February))",
        ),
        ({"all": []}, "Everybody"),
        ({"any": []}, "Nobody"),
        ({"not": {"all": []}}, "Nobody"),
        (
            {"field": "children", "is": "any_younger_than", "value": 1},
            "Children's birth dates: at least one younger than 1 year",
        ),
        (
            {"field": "birth_date", "is": "age_between", "value": [18, 30]},
            "Birth date makes an age between 18 years and 30 years",
        ),
        (
            {"field": "cars", "is": "contains_any", "value": ["Fiat", "Audi"]},
            "Cars: Audi or Fiat",
        ),
        (
            {"field": "cars", "is": "contains_all", "value": ["Fiat", "Audi"]},
            "Cars: Audi and Fiat",
        ),
        ({"field": "city", "is": "equals_any", "value": ["A%", "B"]}, "City is “A%” or “B”"),
        ({"field": "visits", "is": "at_least", "value": 12.50}, "Visits is at least 12.5"),
        (
            {"field": "groups", "is": "in_any", "value": [1, 2]},
            "Is in the group Friends or 100% tea",
        ),
        (
            {"field": "city", "is": "equals_any", "value": [f"{n:02}" for n in range(13)]},
            "City is “00”, “01”, “02”, “03”, “04”, “05”, “06”, “07”, “08”, “09” or 3 more",
        ),
    ],
)
def test_conditions_in_words(conditions: Any, words: str):
    assert in_words(parse(conditions, FIELDS)) == words


@pytest.mark.parametrize(
    ("operator", "value", "words"),
    [
        ("any_month_in", [5, 6], "at least one in May or June"),
        ("any_younger_than", 3, "at least one younger than 3 years"),
        ("any_older_than", 1, "at least one 1 year old or older"),
        ("any_within_last_days", 30, "at least one within the last 30 days"),
        ("any_within_next_days", 1, "at least one within the next 1 day"),
        (
            "any_anniversary_within_next_days",
            7,
            "at least one with its anniversary within the next 7 days",
        ),
        (
            "any_between",
            ["2020-01-01", "2020-12-31"],
            "at least one between 2020-01-01 and 2020-12-31",
        ),
        ("is_empty", None, "none"),
    ],
)
def test_a_list_of_dates_is_named_first_whatever_its_label(operator: str, value: Any, words: str):
    written = {"field": "children", "is": operator}
    condition = written if value is None else {**written, "value": value}
    assert in_words(parse(condition, FIELDS)) == f"Children's birth dates: {words}"


def test_what_is_empty_is_said_by_its_type_and_so_is_its_opposite():
    said = {
        key: [in_words(parse(each, FIELDS)) for each in (empty, {"not": empty})]
        for key in ("city", "cars", "groups")
        if (empty := {"field": key, "is": "is_empty"})
    }
    assert said == {
        "city": ["City is empty", "City is not empty"],
        "cars": ["Cars: none", "Cars: at least one"],
        "groups": ["Is in no group", "Is in a group"],
    }
