"""What is wrong with a request is named, and nothing of it is kept."""

import json

import pytest

from customers.models import Customer
from tests.customers.api.requests import send, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"email": "ann"}, "email: not an e-mail address"),
        ({"phone": "12"}, "phone: not a phone number: 8 to 15 digits with the country code"),
        ({"external_id": "x" * 65}, "external_id: Write at most 64 characters."),
        ({"first_name": "a\0b"}, "first_name: Write it in one line, without control characters."),
        ({"last_name": "\ud800"}, "last_name: Write it in one line, without control characters."),
        ({"birth_date": "14.02.1990"}, "birth_date: Write a date that exists, like 1990-02-14."),
        ({"birth_date": "2199-01-01"}, "birth_date: It is in the future."),
        ({"attributes": {"size": "1e400"}}, "attributes.size: Write a number like 12.5."),
        ({"attributes": {"size": True}}, "attributes.size: Write a number like 12.5."),
        ({"attributes": {"cars": "Audi"}}, "attributes.cars: Write a list."),
        ({"attributes": {"cars": ["Lada"]}}, "attributes.cars: Choose one of: Audi, Fiat."),
        (
            {"attributes": {"anns-secret": 1}},
            "attributes: 1 are not defined. Known are: accepts_marketing, cars, district, size.",
        ),
        ({"email": "x", "phone": "y"}, None),
    ],
)
def test_a_mistake_is_named_and_nothing_is_kept(client, key, body, detail):
    answer = send(client, key, "post", "", json.dumps({"external_id": "C-1", **body}))
    assert told(answer) == (422, "invalid")
    assert detail in (None, answer.json()["detail"])
    assert not Customer.objects.exists()


@pytest.mark.parametrize(
    "body",
    ['{"attributes": {"size": NaN}}', '{"attributes": {"size": 1e400}}'],
)
def test_numbers_that_are_none_are_refused(client, key, body):
    answer = send(client, key, "post", "", body[:-1] + ', "external_id": "C-1"}')
    assert told(answer) == (422, "invalid")


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        '{"email": 5}',
        '{"e_mail": "ann@example.com"}',
        '{"attributes": []}',
        '{"attributes": {"size": ' + "9" * 5000 + "}}",
        "[" * 100_000,
    ],
)
def test_what_is_not_of_the_form_is_refused(client, key, body):
    for path in ("", "/batch"):
        assert told(send(client, key, "post", path, body)) == (422, "malformed")
    assert not Customer.objects.exists()
