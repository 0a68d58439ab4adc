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
        ({"all": [FEBRUARY, CAR]}, "Birth date is in February and Cars is not empty"),
        (
            {"any": [FEBRUARY, {"all": [CAR, {"not": FEBRUARY}]}]},
            "Birth date is in February or (Cars is not empty and not (Birth date is in February))",
        ),
        ({"all": []}, "Everybody"),
        ({"any": []}, "Nobody"),
        ({"not": {"all": []}}, "Nobody"),
        (
            {"field": "children", "is": "any_younger_than", "value": 1},
            "Any of Children's birth dates makes an age below 1 year",
        ),
        (
            {"field": "birth_date", "is": "age_between", "value": [18, 30]},
            "Birth date makes an age between 18 years and 30 years",
        ),
        (
            {"field": "cars", "is": "contains_all", "value": ["Fiat", "Audi"]},
            "Cars contains Audi and Fiat",
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
