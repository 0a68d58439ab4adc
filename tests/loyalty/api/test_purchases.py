"""POST /purchases/calculate: what a till sends, and all that it is told (P1, P6, P7)."""

import json
from decimal import Decimal

import pytest

from loyalty.api_basket import QuoteOut
from loyalty.ledger import credit
from promotions.models import DiscountItem
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.api.tills import ask, basket, line
from tests.promotions.factories import make_discount, make_product

pytestmark = pytest.mark.django_db


def test_the_answer_says_it_all_P7(client, key, place):
    tea = make_product(external_id="TEA")
    half = make_discount(name="Half-price tea", units=1)
    DiscountItem.objects.create(discount=half, product=tea)
    cup = make_discount(name="A cup", priority=200)
    DiscountItem.objects.create(discount=cup, product=make_product())
    lines = [line("TEA"), line("?", "0.345", "9.99", id="2")]
    answer = ask(client, key, basket(*lines))
    offer = {"kind": "discount", "id": half.pk, "name": "Half-price tea"}
    nothing = {"points_earned": "0.00", "points_spent": "0.00"}
    assert answer.json() == {
        "total": "23.45",
        "discount": "5.00",
        "payable": "18.45",
        **nothing,
        "currency": "EUR",
        "lines": [
            {
                "id": "1",
                "product": "TEA",
                "total": "20.00",
                "discount": "5.00",
                "payable": "15.00",
                **nothing,
            },
            {
                "id": "2",
                "product": "?",
                "total": "3.45",
                "discount": "0.00",
                "payable": "3.45",
                **nothing,
            },
        ],
        "effects": [{"offer": offer, "line": "1", "units": "1", "amount": "5.00"}],
        "unknown_products": ["?"],
        "skipped": [
            {
                "offer": {"kind": "discount", "id": cup.pk, "name": "A cup"},
                "reason": "no_products",
                "detail": "None of its products is in the basket.",
                "figures": {},
            }
        ],
    }
    assert answer["Content-Type"] == "application/json"


def test_the_answer_is_of_the_form_that_is_documented(client, key, place):
    make_discount(name="Żółty “tea”", everything=True)
    make_discount(name="later", everything=True, start=NOON + DAY / 2)
    answer = ask(client, key, basket(line())).content
    read = QuoteOut.model_validate_json(answer, strict=True)
    assert read.model_dump(mode="json", exclude_unset=True) == json.loads(answer)


@pytest.mark.parametrize("address", ["id", "email", "phone", "external"])
def test_customers_are_addressed_as_everywhere(client, key, place, address):
    ann = make_customer("ann@example.com", phone="48600100200", external_id="C-1")
    make_discount(everything=True, most_a_day=1)
    named = {
        "id": f"id:{ann.pk}",
        "email": "email: ANN@example.com",
        "phone": "phone:+48 600 100 200",
        "external": "external:C-1",
    }[address]
    answers = [
        ask(client, key, basket(line(), customer=who)).json()["discount"] for who in (named, None)
    ]
    assert answers == ["10.00", "0.00"]


def test_without_a_moment_it_is_now(client, key, place):
    make_discount(everything=True)
    body = basket(line())
    del body["at"]
    assert ask(client, key, body).json()["discount"] == "0.00"


@pytest.mark.parametrize("zone", ["+23:59", "-23:59", "+05:45"])
def test_the_moment_may_be_in_any_zone_that_can_be_written(client, key, place, zone):
    make_discount(everything=True)
    at = NOON.replace(tzinfo=None).isoformat() + zone
    assert ask(client, key, basket(line(), at=at)).json()["discount"] == "10.00"


def test_quantities_and_prices_may_be_numbers_too_and_written_as_people_do(client, key, place):
    body = basket(line(quantity=2, unit_price=10.1), line(quantity="1e1", unit_price="0", id="2"))
    answer = ask(client, key, body).json()
    assert [each["total"] for each in answer["lines"]] == ["20.20", "0.00"]


def test_points_can_be_spent_up_to_the_balance(client, key, place):
    ann = make_customer()
    credit(customer_id=ann.pk, amount=Decimal("5.00"), at=NOON)
    who = f"id:{ann.pk}"
    answer = ask(client, key, basket(line(), customer=who, points_to_spend="5")).json()
    assert (answer["points_spent"], answer["payable"]) == ("5.00", "15.00")
    for fields, code in (
        ({"customer": who, "points_to_spend": "5.01"}, "points_balance"),
        ({"points_to_spend": "1"}, "points_of_nobody"),
    ):
        answer = ask(client, key, basket(line(), **fields))
        assert (answer.status_code, answer.json()["code"]) == (422, code)
