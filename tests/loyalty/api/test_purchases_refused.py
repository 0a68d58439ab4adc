"""Prices that are not told: bad input, and keys that may not ask."""

import pytest

from customers.keys import Scope
from tests.api_keys import key_of
from tests.factories import make_customer, make_staff
from tests.loyalty.api.tills import ask, basket, line

pytestmark = pytest.mark.django_db

MANY = [line(id=str(number)) for number in range(501)]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (basket(line(), customer="id:999999999"), 404, "unknown_customer"),
        (basket(line(), customer="email:waiting@example.com"), 404, "unknown_customer"),
        (basket(line(), customer="ann@example.com"), 422, "customer_address"),
        (basket(line(), customer="phone:12"), 422, "customer_address"),
        (basket(line(), point_of_sale="P2"), 404, "unknown_point_of_sale"),
        (basket(line(), point_of_sale=None), 422, "malformed"),
        (basket(line(), at="2026-06-15T12:00:00"), 422, "malformed"),
        (basket(line(), at="1899-12-31T00:00:00Z"), 422, "moment_range"),
        (basket(line(), at="2201-01-01T00:00:00Z"), 422, "moment_range"),
        (basket(line(), at="20260615"), 422, "malformed"),
        (basket(line(), at=20260615), 422, "malformed"),
        (basket(line(), customer="external:\ud800"), 422, "customer_address"),
        (basket(), 422, "no_lines"),
        (basket(*MANY), 422, "too_many_lines"),
        (basket(line(), line()), 422, "repeated_line"),
        (basket(line(id="x" * 51)), 422, "line_id"),
        (basket(line("x" * 65)), 422, "product"),
        (basket(line("x\0")), 422, "product"),
        (basket(line("\ud800")), 422, "product"),
        (basket(line(id="\udfff")), 422, "line_id"),
        (basket(line(quantity="0")), 422, "quantity"),
        (basket(line(quantity="-1")), 422, "quantity"),
        (basket(line(quantity="1000000")), 422, "quantity"),
        (basket(line(quantity="1.2345")), 422, "quantity"),
        (basket(line(quantity="NaN")), 422, "malformed"),
        (basket(line(quantity="two")), 422, "malformed"),
        (basket(line(quantity=None)), 422, "malformed"),
        (basket(line(unit_price="-0.01")), 422, "unit_price"),
        (basket(line(unit_price="0.00001")), 422, "unit_price"),
        (basket(line(unit_price="Infinity")), 422, "malformed"),
        (basket(line(), points_to_spend="-1"), 422, "points_to_spend"),
        (basket(line() | {"colour": "red"}), 422, "malformed"),
        (basket(line(), receipt="R1"), 422, "malformed"),
        ([], 422, "malformed"),
    ],
)
def test_bad_input_is_refused_with_what_to_do(client, key, place, body, status, code):
    make_customer("waiting@example.com", is_prospect=True)
    answer = ask(client, key, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "detail"}


def test_what_can_not_be_read_is_named_with_its_line(client, key, place):
    answer = ask(client, key, basket(line(), line(id="2", quantity="two") | {"colour": "red"}))
    assert answer.json()["detail"] == (
        "lines 2, quantity: Input should be a valid decimal;"
        " lines 2, colour: Extra inputs are not permitted"
    )


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (
            basket(line(), line(unit_price="1000000001")),
            "Line 2: the price is 0 or more, up to 1000000000, with up to four decimals.",
        ),
        (
            basket(line(), points_to_spend="1000000001"),
            "Points are 0 or more, up to 1000000000, with at most two decimals.",
        ),
    ],
)
def test_what_is_too_much_is_told_how_much_may_be(client, key, place, body, detail):
    assert ask(client, key, body).json()["detail"] == detail


def test_it_needs_the_scope_and_the_right_of_the_keys_maker(client, place):
    may, may_not = make_staff("promotions.view_discount"), make_staff()
    body = basket(line())
    answers = [
        ask(client, headers, body)
        for headers in (
            {},
            key_of(may, Scope.GROUPS_READ),
            key_of(may_not, Scope.PURCHASES_CALCULATE),
        )
    ]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [
        (401, "no_key"),
        (403, "scope"),
        (403, "permission"),
    ]
    assert answers[2].json()["detail"] == (
        "Whoever made this key lacks the right promotions.view_discount:"
        " have it made by somebody who has it."
    )
