"""Texts that a process keeps with its offers are those that would be written anew (P6, P7)."""

import datetime as dt
import random
from itertools import product

import pytest

from loyalty.personal.items import Item
from promotions.models import DiscountItem
from promotions.pricing.book import latest_book
from tests.factories import DAY, NOON, make_audience, make_customer, make_group
from tests.loyalty.api.tills import ask, basket, line
from tests.loyalty.factories import give_items, make_personal_offer
from tests.promotions.factories import (
    make_discount,
    make_list,
    make_personalized_promotion,
    make_point_of_sale,
    make_product,
    make_product_set,
)

# Of what is not committed nothing is kept.
pytestmark = pytest.mark.django_db(transaction=True)

REASONS = {
    *("not_yet", "currency", "no_choice", "no_products", "condition", "limit", "budget"),
    "outdone",
}
LANGUAGES = ({"accept-language": "en"}, {"accept-language": "pl"})


def answer(client, key, body, heard, *, forgotten=False):
    if forgotten:
        latest_book().drawn.clear()
    return ask(client, key, body, **heard).json()


def make_offers(tea, ann):
    """For each way in which a text may be of some alone: a time, place, person or basket."""
    make_discount(name="later", everything=True, start=NOON + DAY / 2)
    make_discount(name="cup", priority=1)
    DiscountItem.objects.create(discount=make_discount(name="pot"), product=make_product())
    for kind, fields in (
        ("order_amount", {"minimum": 1000}),
        ("products", {"quantity": 7, "everything": True}),
        ("times", {"days": [6], "begin": "08:00", "end": "09:00"}),
    ):
        discount = make_discount(everything=True, currency="EUR")
        discount.conditions.create(kind=kind, **fields)
    make_discount(name="budget", budget="0.50", currency="EUR", everything=True)
    make_discount(name="limit", most_a_day=1, everything=True, value=1)
    for name in ("best", "second"):
        make_discount(name=name, everything=True, value=20 if name == "best" else 10)
    group, audience = make_group(), make_audience()
    group.members.create(customer=ann)
    audience.members.create(customer=ann)
    for target in ({"customer_group": group}, {"audience": audience}):
        secret = make_discount(name=f"secret of {[*target]}", start=NOON + DAY / 2)
        DiscountItem.objects.create(discount=secret, product=tea)
        DiscountItem.objects.create(discount=secret, **target)
    promotion = make_personalized_promotion(name="secret five")
    make_list(promotion, ann, [tea])
    own = make_discount(name="secret own")
    make_product_set(own, gets_discount=True, required=9, personalized_promotion=promotion)


def test_whoever_asked_before_answers_are_as_if_nobody_had(client, key, place):
    make_point_of_sale(key="P2", time_zone="Europe/Kyiv")
    for number, currency in ((3, "PLN"), (4, "GBP")):
        make_point_of_sale(key=f"P{number}", currency=currency, time_zone="Europe/Warsaw")
    ann, tea = make_customer(), make_product(external_id="TEA")
    make_offers(tea, ann)
    people = (None, f"id:{ann.pk}", f"id:{make_customer().pk}")
    moments = (NOON, NOON + dt.timedelta(minutes=3), NOON + 3 * DAY / 4)
    questions = [
        (basket(line("TEA", number), customer=who, point_of_sale=where, at=at.isoformat()), heard)
        for heard, who, where, at, number in product(
            LANGUAGES, people, ("P1", "P2", "P3", "P4"), moments, ("1", "3")
        )
    ]
    random.Random(7).shuffle(questions)
    anew = [answer(client, key, *each, forgotten=True) for each in questions]
    assert [answer(client, key, *each) for each in questions] == anew
    for (body, _), told in zip(questions, anew, strict=True):
        names = {each["offer"]["name"] for each in [*told["skipped"], *told["effects"]]}
        assert any("secret" in name for name in names) == (body["customer"] == people[1])
    assert {each["reason"] for told in anew for each in told["skipped"]} == REASONS


def test_texts_of_personal_offers_are_told_to_members_and_to_whose_they_are(client, key, place):
    tea, cup = make_product(external_id="TEA"), make_product()
    ann, ben = make_customer(), make_customer()
    own = make_personal_offer("products", title="secret of Ann")
    give_items(own, ann, Item(cup.pk, value=20), Item(tea.pk, value=5, start=NOON + DAY / 2))
    make_personal_offer(title="members", start=NOON + DAY / 2)
    make_personal_offer(title="asked", value=1, needs_acceptance=True)
    make_discount(name="all", everything=True, start=NOON + DAY / 2)
    people = (None, f"id:{ann.pk}", f"id:{ben.pk}")
    questions = [
        (basket(line("TEA"), customer=who), heard) for who, heard in product(people * 2, LANGUAGES)
    ]
    random.Random(7).shuffle(questions)
    anew = [answer(client, key, *each, forgotten=True) for each in questions]
    assert [answer(client, key, *each) for each in questions] == anew
    told = {
        body["customer"]: [(each["offer"]["name"], each["reason"]) for each in found["skipped"]]
        for (body, _), found in zip(questions, anew, strict=True)
    }
    to_members = [("all", "not_yet"), ("members", "not_yet"), ("asked", "not_accepted")]
    assert {who: sorted(each) for who, each in told.items()} == {
        people[0]: [("all", "not_yet")],
        people[1]: sorted([*to_members, ("secret of Ann", "no_products")]),
        people[2]: sorted(to_members),
    }
