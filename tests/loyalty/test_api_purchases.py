"""POST /purchases/calculate: what a till sends, and all that it is told (P1, P6, P7)."""

import json
from decimal import Decimal

import pytest

from customers.keys import Scope
from loyalty.api_basket import QuoteOut
from loyalty.ledger import credit
from promotions.models import DiscountItem
from tests.api_keys import key_of
from tests.factories import DAY, NOON, make_audience, make_customer, make_group, make_staff
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_point_of_sale,
    make_product,
    make_product_set,
)

pytestmark = pytest.mark.django_db
PATH = "/api/v1/purchases/calculate"


@pytest.fixture
def key():
    return key_of(make_staff("promotions.view_discount"), Scope.PURCHASES_CALCULATE)


@pytest.fixture
def place():
    return make_point_of_sale(key="P1", time_zone="Europe/Warsaw")


def line(product="SKU", quantity="2", unit_price="10.00", id="1"):
    return {"id": id, "product": product, "quantity": quantity, "unit_price": unit_price}


def basket(*lines, **fields):
    at = NOON.isoformat()
    return {"customer": None, "point_of_sale": "P1", "at": at, "lines": list(lines)} | fields


def ask(client, key, body, query="", **headers):
    return client.post(
        f"{PATH}{query}", body, content_type="application/json", headers=key | headers
    )


def skipped(answer):
    assert answer.status_code == 200, answer.content
    return [(each["offer"]["name"], each["reason"]) for each in answer.json()["skipped"]]


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


def test_reasons_come_with_their_figures_and_in_the_callers_language(client, key, place):
    make_discount(name="Later", start=NOON + DAY / 2, everything=True)
    make_discount(name="Budget", budget="0.50", currency="EUR", everything=True)
    answer = ask(client, key, basket(line()), **{"accept-language": "en"})
    told = {each["offer"]["name"]: each for each in answer.json()["skipped"]}
    assert told["Later"]["figures"] == {"start": "2026-06-16T00:00:00+00:00"}
    assert told["Later"]["detail"] == "Starts on 2026-06-16 02:00 (Europe/Warsaw)."
    assert told["Budget"]["reason"] == "budget"
    assert told["Budget"]["figures"] == {"left": "0.500", "needed": "10.00"}


def test_whatever_the_reason_its_figures_can_be_sent(client, key, place):
    ann = make_customer()
    tea = make_product(external_id="TEA")
    for kind, fields in (
        ("order_amount", {"minimum": 1000}),
        ("products", {"quantity": 7, "everything": True}),
        ("times", {"days": [6], "begin": "08:00", "end": "09:00"}),
        ("points_of_sale", {}),
    ):
        discount = make_discount(name=kind, everything=True, currency="EUR")
        discount.conditions.create(kind=kind, **fields)
    zloty = make_discount(name="currency", everything=True, currency="PLN")
    two = make_discount(name="set")
    each = make_product_set(two, required=5, gets_discount=True)
    DiscountItem.objects.create(discount=two, product_set=each, product=tea)
    make_discount(name="limit", most_a_day=1, everything=True, value=1)
    answer = ask(client, key, basket(line("TEA")))
    assert dict(skipped(answer)) == {
        **dict.fromkeys(("order_amount", "products", "times", "points_of_sale"), "condition"),
        zloty.name: "currency",
        "set": "set_incomplete",
        "limit": "limit",
    }
    assert skipped(ask(client, key, basket(line("TEA"), customer=f"id:{ann.pk}")))


def test_offers_for_others_are_not_named_whatever_else_they_lack(client, key, place):
    """Out of the window, at another point of sale, or by a condition: still nobody's business."""
    ann, group, audience = make_customer(), make_group(), make_audience()
    elsewhere = make_point_of_sale()

    def secret(**fields):
        return make_discount(name="secret", everything=True, **fields)

    for number, fields in enumerate(({}, {"start": NOON + DAY / 2})):
        for kind, target in (("customer_group", group), ("audience", audience)):
            discount = secret() if not number else make_discount(everything=True, **fields)
            DiscountItem.objects.create(discount=discount, **{kind: target})
            discount.name = f"secret {kind} {number}"
            discount.save()
    there = make_discount(name="secret elsewhere", everything=True)
    DiscountItem.objects.create(discount=there, customer_group=group)
    DiscountItem.objects.create(discount=there, point_of_sale=elsewhere)
    all_of = make_discount(name="secret by condition", everything=True)
    one = all_of.conditions.create(kind="groups")
    DiscountItem.objects.create(discount=all_of, condition=one, customer_group=group)
    either = make_discount(name="open to who buys a lot", everything=True, match="one")
    either.conditions.create(kind="products", quantity=100, everything=True)
    two = either.conditions.create(kind="groups")
    DiscountItem.objects.create(discount=either, condition=two, customer_group=group)
    for customer in (None, f"id:{ann.pk}"):
        answer = ask(client, key, basket(line(), customer=customer))
        assert skipped(answer) == [("open to who buys a lot", "condition")]
        assert "secret" not in answer.content.decode()
    group.members.create(customer=ann)
    audience.members.create(customer=ann)
    answer = ask(client, key, basket(line(), customer=f"id:{ann.pk}"))
    assert "secret" in answer.content.decode()


def test_near_tells_of_offers_whose_goods_are_in_the_basket(client, key, place):
    food = make_category()
    cake = make_product(external_id="CAKE", category=food)
    for name, thing in (("cakes", {"product": cake}), ("food", {"category": food})):
        discount = make_discount(name=name)
        discount.conditions.create(kind="products", quantity=5, everything=True)
        DiscountItem.objects.create(discount=discount, **thing)
    sets = make_discount(name="sets")
    part = make_product_set(sets, required=5, gets_discount=True)
    DiscountItem.objects.create(discount=sets, product_set=part, product=cake)
    DiscountItem.objects.create(discount=make_discount(name="far"), product=make_product())
    answers = [
        skipped(ask(client, key, basket(line("CAKE")), f"?skipped={which}"))
        for which in ("all", "near", "none")
    ]
    assert answers == [
        [
            ("cakes", "condition"),
            ("food", "condition"),
            ("sets", "set_incomplete"),
            ("far", "no_products"),
        ],
        [("cakes", "condition"), ("food", "condition"), ("sets", "set_incomplete")],
        [],
    ]


def test_an_offer_that_is_over_is_no_offer(client, key, place):
    make_discount(name="over", everything=True, end=NOON)
    before = basket(line(), at=(NOON - DAY / 2).isoformat())
    assert skipped(ask(client, key, before)) == []
    assert ask(client, key, before).json()["discount"] == "10.00"
    assert skipped(ask(client, key, basket(line()))) == []


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


def test_quantities_and_prices_may_be_numbers_too_and_written_as_people_do(client, key, place):
    body = basket(line(quantity=2, unit_price=10.1), line(quantity="1e1", unit_price="0", id="2"))
    answer = ask(client, key, body).json()
    assert [each["total"] for each in answer["lines"]] == ["20.20", "0.00"]


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


def test_the_answer_is_of_the_form_that_is_documented(client, key, place):
    make_discount(name="Żółty “tea”", everything=True)
    make_discount(name="later", everything=True, start=NOON + DAY / 2)
    answer = ask(client, key, basket(line())).content
    read = QuoteOut.model_validate_json(answer, strict=True)
    assert read.model_dump(mode="json", exclude_unset=True) == json.loads(answer)
