"""E-mail addresses and phone numbers in conditions find whom they mean, however they are typed."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from customers.audiences.fields import condition_fields
from customers.audiences.index import audiences_of
from customers.audiences.members import members
from customers.audiences.tree import errors_by_path, parse
from tests.factories import NOON, make_audience, make_customer

pytestmark = pytest.mark.django_db
ANNA = {
    "email": "anna.nowak@example.com",
    "phone": "48987654321",
    "external_id": "C-1",
    "first_name": "Anna",
}


def found(field: str, operator: str, value: Any) -> list[str]:
    """First names in SQL; the index, asked of one customer at a time, must say the same."""
    audience = make_audience({"field": field, "is": operator, "value": value})
    everybody = members(make_audience({"all": []}), NOON).order_by("pk")
    in_sql = set(members(audience, NOON).values_list("pk", flat=True))
    assert in_sql == {each.pk for each in everybody if audience.pk in audiences_of(each, NOON)}
    return [each.first_name for each in everybody if each.pk in in_sql]


@pytest.fixture(autouse=True)
def people():
    make_customer(**ANNA)
    make_customer("jan@xn--w-uga1v8h.pl", first_name="Jan", phone="12125550123")


@pytest.mark.parametrize(
    ("field", "operator", "value"),
    [
        ("email", "equals_any", ["Anna.Nowak@Example.com"]),
        ("email", "equals_any", [" ANNA.NOWAK@EXAMPLE.COM\u200b"]),
        ("phone", "equals_any", ["+48 987 654 321"]),
        ("phone", "equals_any", ["48987654321"]),
        ("phone", "equals_any", ["+48 (987) 654-321", "+44 20 7946 0958"]),
        ("phone", "starts_with", "+48"),
        ("phone", "starts_with", "48 987-6"),
        ("phone", "contains", "987 654"),
        ("email", "starts_with", "Anna.N"),
        ("external_id", "equals_any", ["C-1"]),
        ("first_name", "equals_any", ["Anna"]),
    ],
)
def test_what_is_typed_finds_whom_it_means(field, operator, value):
    assert found(field, operator, value) == ["Anna"]


def test_an_international_domain_is_found_by_its_letters():
    assert found("email", "equals_any", ["Jan@żółw.pl"]) == ["Jan"]


@pytest.mark.parametrize(
    ("field", "operator", "value"),
    [
        ("email", "equals_any", ["erased"]),
        ("phone", "equals_any", ["erased"]),
        ("phone", "starts_with", "erased"),
        ("first_name", "equals_any", ["anna"]),
    ],
)
def test_what_means_nobody_finds_nobody(field, operator, value):
    """Where an identity was erased a condition stays one; names are compared letter by letter."""
    assert found(field, operator, value) == []


@pytest.mark.parametrize(
    ("field", "operator", "value", "message"),
    [
        (
            "email",
            "equals_any",
            ["anna.nowak@example.com, jan@example.com"],
            "“anna.nowak@example.com, jan@example.com”: not an e-mail address.",
        ),
        (
            "phone",
            "equals_any",
            ["+48 987 654 321", "654 321"],
            "“654 321”: not a phone number: 8 to 15 digits with the country code.",
        ),
        ("email", "equals_any", [" "], "A value is needed."),
        ("phone", "starts_with", "+ ", "A value is needed."),
    ],
)
def test_what_can_be_nobodys_is_refused(field, operator, value, message):
    condition = {"field": field, "is": operator, "value": value}
    with pytest.raises(ValidationError) as caught:
        parse(condition, condition_fields())
    assert errors_by_path(caught.value) == {"value": message}


def test_a_comma_or_a_semicolon_is_a_part_of_a_value():
    make_customer(first_name="Smith, Ann; Bo")
    assert found("first_name", "equals_any", ["Smith, Ann; Bo"]) == ["Smith, Ann; Bo"]
