"""The demo's personalized promotions: in use, with lists for consumers and for employees."""

import datetime as dt

import pytest

from customers.models import Customer
from promotions.demo.loading import load_catalogue
from promotions.demo.personalized import ENTRIES, give_lists, load_personalized
from promotions.engine import faults
from promotions.models import Choice, Discount, ListedProduct, PersonalizedPromotion
from promotions.personal.cards import cards_of
from promotions.pricing.rules import rules_of

AT = dt.datetime(2026, 11, 22, 15, 30, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo():
    load_catalogue()
    load_personalized(at=AT)
    Customer.objects.bulk_create(
        Customer(external_id=f"DEMO-{n:08}", email=f"c{n}@example.com", employee=n % 10 == 0)
        for n in range(1, 101)
    )
    give_lists(range(1, 101), at=AT)


def test_anna_finds_two_and_has_chosen_nothing_yet():
    anna = Customer.objects.get(external_id="DEMO-00000001")
    cards = cards_of(anna, AT)
    assert [(card.promotion.name, len(card.options), card.most) for card in cards] == [
        ("Your birthday cake", 3, 1),
        ("Your picks of the week", 5, 2),
    ]
    assert [card.chosen for card in cards] == [frozenset(), frozenset()]
    assert all(option.saving for card in cards for option in card.options)


def test_e4_e6_lists_are_for_the_right_side_and_choices_within_the_maximum():
    for entry in ENTRIES:
        promotion = PersonalizedPromotion.objects.get(backend_id=entry.promotion["backend_id"])
        listed = ListedProduct.objects.filter(promotion=promotion)
        per_customer: dict[int, list[bool]] = {}
        for customer, is_chosen in listed.values_list("customer_id", "is_chosen"):
            per_customer.setdefault(customer, []).append(is_chosen)
        assert {len(each) for each in per_customer.values()} == {entry.listed}
        assert {sum(each) for each in per_customer.values()} <= {0, promotion.max_products}
        employees = Customer.objects.filter(pk__in=per_customer, employee=True).count()
        assert employees == (len(per_customer) if promotion.users == "employees" else 0)
        chose = sum(any(each) for each in per_customer.values())
        assert promotion.count.customers == len(per_customer) > 0
        assert promotion.count.customers_who_chose == chose
        assert Choice.objects.filter(promotion=promotion).count() == chose


def test_the_discounts_can_be_computed_and_are_live():
    rules = rules_of(Discount.objects.live(AT))
    assert len(rules) == len(ENTRIES)
    assert [faults(rule) for rule in rules] == [()] * len(ENTRIES)
