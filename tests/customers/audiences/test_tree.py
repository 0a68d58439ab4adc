"""Conditions from outside: every wrong one is refused with what is wrong and where."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from customers.audiences.fields import ConditionField, condition_fields
from customers.audiences.tree import (
    EVERYBODY,
    AnyOf,
    conditions_of,
    errors_by_path,
    parse,
)
from tests.factories import make_attribute, make_audience, make_group

FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}
FIELDS = {
    "birth_date": ConditionField("birth_date", "Birth date", "date"),
    "city": ConditionField("city", "City", "text"),
    "signed_in": ConditionField("signed_in", "Has signed in", "yes_no"),
    "tier": ConditionField("tier", "Tier", "choice", {"gold": "gold"}, is_custom=True),
    "visits": ConditionField("visits", "Visits", "number", is_custom=True),
    "groups": ConditionField("groups", "Groups", "groups", {1: "Friends"}),
}


def refused(data: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        parse(data, FIELDS)
    return errors_by_path(caught.value)


def asked(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "is": operator, "value": value}


def test_everybody_and_nobody_are_empty_groups():
    assert parse({"all": []}, FIELDS) == EVERYBODY
    assert parse({"any": []}, FIELDS) == AnyOf(())


def test_conditions_are_found_in_the_order_of_the_tree():
    node = parse({"all": [FEBRUARY, {"not": asked("city", "contains", "a")}]}, FIELDS)
    assert [each.field.key for each in conditions_of(node)] == ["birth_date", "city"]


@pytest.mark.parametrize("levels", [21, 1000])
def test_a_tree_too_deep_is_refused(levels):
    data: Any = FEBRUARY
    for _ in range(levels):
        data = {"not": data}
    (message,) = refused(data).values()
    assert message == "Conditions are nested at most 20 deep."


def test_nineteen_groups_around_a_condition_are_not_too_deep():
    data: Any = FEBRUARY
    for _ in range(19):
        data = {"all": [data]}
    assert parse(data, FIELDS)


@pytest.mark.parametrize(
    ("many", "message"),
    [
        ([FEBRUARY] * 201, "There are more than 200 conditions."),
        ([{"all": []}] * 200, "There are more than 200 groups of conditions."),
    ],
)
def test_a_tree_too_wide_is_refused(many, message):
    assert list(refused({"all": many}).values()) == [message]


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "all",
        1,
        {},
        {"all": [], "any": []},
        {"all": [], "more": 1},
        {"or": []},
        float("nan"),
    ],
)
def test_what_is_no_condition_is_refused_at_its_root(data):
    assert refused(data) == {"": "This is no condition, nor a group of them."}


def test_every_error_is_told_with_its_place():
    data = {
        "all": [
            FEBRUARY,
            asked("birth_date", "month_in", [13]),
            {"any": [{"not": asked("shoe_size", "equals", 43)}, asked("city", "is_yes", None)]},
            {"any": {}},
            {**FEBRUARY, "note": "x"},
        ]
    }
    assert refused(data) == {
        "all.1.value": "Write a whole number from 1 to 12.",
        "all.2.any.0.not.field": "There is no attribute “shoe_size” (any more).",
        "all.2.any.1.is": "“City” cannot be asked this.",
        "all.3.any": "Give a list of conditions.",
        "all.4": "This does not belong here: note.",
    }


NUMBER = "Write a number like 12.5."
DIGITS = "Write at most 15 digits, at most 6 behind the point."


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (asked("visits", "equals", float("nan")), NUMBER),
        (asked("visits", "equals", float("inf")), NUMBER),
        (asked("visits", "equals", json.loads("1e400")), NUMBER),
        (asked("visits", "equals", "1e400"), NUMBER),
        (asked("visits", "equals", True), NUMBER),
        (asked("visits", "equals", [1]), NUMBER),
        (asked("visits", "equals", None), "A value is needed."),
        (asked("visits", "equals", 10**15), DIGITS),
        (asked("visits", "equals", 10**5000), DIGITS),
        (asked("visits", "equals", 0.1234567), DIGITS),
        (asked("visits", "between", [2, 1]), "The first value must not be above the second."),
        (asked("visits", "between", [1]), "Give two values: from and to."),
        (asked("city", "contains", "a\0b"), "Write it in one line, without control characters."),
        (asked("city", "contains", "\ud800"), "Write it in one line, without control characters."),
        (asked("city", "contains", "  "), "A value is needed."),
        (asked("city", "contains", "a" * 101), "Write at most 100 characters."),
        (asked("city", "equals_any", []), "Choose at least one."),
        (asked("city", "equals_any", "Łódź"), "Choose at least one."),
        (asked("city", "equals_any", ["a"] * 1001), "Give at most 1000 values."),
        (asked("city", "equals_any", [{}]), "Write a text."),
        (asked("birth_date", "age_below", -1), "Write a whole number from 0 to 150."),
        (asked("birth_date", "age_below", 1.5), "Write a whole number from 0 to 150."),
        (asked("birth_date", "age_below", True), "Write a whole number from 0 to 150."),
        (asked("birth_date", "age_below", 10**5000), "Write a whole number from 0 to 150."),
        (asked("birth_date", "age_below", float("nan")), "Write a whole number from 0 to 150."),
        (
            asked("birth_date", "between", ["2023-02-29", "2024-01-01"]),
            "Write a date that exists, like 1990-02-14.",
        ),
        (
            asked("birth_date", "between", ["0001-01-01", "2024-01-01"]),
            "Write a date from 1900 to 2199.",
        ),
        (asked("tier", "equals_any", ["lead"]), "There is no such choice (any more)."),
        (asked("tier", "equals_any", [["gold"]]), "There is no such choice (any more)."),
        (asked("groups", "in_any", [2]), "There is no such choice (any more)."),
        (asked("groups", "in_any", [True]), "There is no such choice (any more)."),
        (asked("groups", "in_any", ["1"]), "There is no such choice (any more)."),
    ],
)
def test_wrong_values_are_refused(condition, message):
    assert refused({"not": condition}) == {"not.value": message}


def test_a_value_where_none_belongs_is_refused():
    assert refused(asked("signed_in", "is_yes", True)) == {"": "This does not belong here: value."}


@pytest.mark.parametrize("key", [None, [], {}, 5, "is"])
def test_a_key_or_an_operator_of_another_kind_is_refused(key):
    assert list(refused({"field": key, "is": "equals", "value": 1})) == ["field"]
    assert list(refused({"field": "visits", "is": key, "value": 1})) == ["is"]


@pytest.mark.django_db
def test_fields_are_what_everybody_has_then_attributes_then_groups_by_phone_numbers():
    make_attribute("tier", "choice", choices=["gold"])
    make_attribute("cars", "choices", choices=["Audi"])
    friends = make_group(title="Friends")
    make_group(type="audience", audience=make_audience({"all": []}))
    fields = condition_fields()
    assert list(fields)[8:] == ["cars", "tier", "groups"]
    assert fields["groups"].options == {friends.pk: "Friends"}
    assert [fields[key].is_custom for key in ("birth_date", "cars", "tier")] == [False, False, True]
