"""What a till is told of offers that did not apply, and of which it is told (P6, P7)."""

import json
from decimal import Decimal

import pytest

from loyalty.api_basket import Which
from loyalty.personal.items import Item
from loyalty.quote_json import answer
from promotions.models import DiscountItem
from promotions.pricing.asked import AskedBasket, AskedLine
from promotions.pricing.quoting import price_basket
from promotions.pricing.shoppers import look_up
from tests.factories import DAY, NOON, make_audience, make_customer, make_group, make_member
from tests.loyalty.api.tills import ask, basket, line, skipped
from tests.loyalty.factories import give_items, make_personal_offer
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_point_of_sale,
    make_product,
    make_product_set,
)

pytestmark = pytest.mark.django_db


def test_reasons_come_with_their_figures(client, key, place):
    make_discount(name="Later", start=NOON + DAY / 2, everything=True)
    make_discount(name="Budget", budget="0.50", currency="EUR", everything=True)
    answer = ask(client, key, basket(line()))
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


def test_offers_on_everything_are_near_whatever_is_in_the_basket(client, key, place):
    """They apply to what the catalogue does not know, too."""
    discount = make_discount(name="big baskets", everything=True, currency="EUR")
    discount.conditions.create(kind="order_amount", minimum=1000)
    answer = ask(client, key, basket(line("NOT-IN-THE-CATALOGUE")), "?skipped=near")
    assert skipped(answer) == [("big baskets", "condition")]


def told_by_an_earlier_book(customer, at):
    """What is told of offers of which the process has kept the book since half a day before."""
    asked = AskedBasket("P1", (AskedLine("1", "TEA", Decimal(1), Decimal(10)),))
    book, known = look_up("id", customer.pk, at - DAY / 2, asked.codes)
    priced = price_basket(asked, book, known, at)
    told = [json.loads(answer(priced, which))["skipped"] for which in (Which.ALL, Which.NEAR)]
    return [[(each["offer"]["name"], each["reason"]) for each in here] for here in told]


def test_whether_an_offer_that_is_over_is_in_the_book_yet_makes_no_difference(place):
    """P7: of an offer that goes on an item that is over says so."""
    ann, tea = make_customer(), make_product(external_id="TEA")
    make_discount(name="over", everything=True, end=NOON)
    make_personal_offer(title="over for an audience", end=NOON)
    over = make_personal_offer("products", title="over", end=NOON)
    lasting = make_personal_offer("products", title="lasting")
    give_items(over, ann, Item(tea.pk, value=20))
    give_items(lasting, ann, Item(tea.pk, value=10, end=NOON))
    assert told_by_an_earlier_book(ann, NOON) == [[("lasting", "over")]] * 2


def test_items_of_an_offer_for_an_audience_are_told_to_its_members_alone(client, key, place):
    """P6: that there is such an offer is nobody else's business, whatever else it lacks."""
    ann, ben, audience = make_customer(), make_customer(), make_audience()
    make_member(audience, ann)
    tea = make_product(external_id="TEA")
    for fields in ({"title": "dear", "quantity": 9}, {"title": "later", "start": NOON + DAY / 2}):
        offer = make_personal_offer("products", **fields)
        offer.targets.create(audience=audience)
        for customer in (ann, ben):
            give_items(offer, customer, Item(tea.pk, value=20))
    for which in ("all", "near"):
        answers = [
            skipped(ask(client, key, basket(line("TEA"), customer=f"id:{pk}"), f"?skipped={which}"))
            for pk in (ann.pk, ben.pk)
        ]
        assert answers == [[("dear", "condition"), ("later", "not_yet")], []]
