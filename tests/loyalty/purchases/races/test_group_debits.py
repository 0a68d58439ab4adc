"""Tills beside the debit of a whole group (P8)."""

import random

import pytest

from imports import worker
from loyalty import group_cashback, purchase_points
from loyalty.ledger import balance_of
from loyalty.models import PersonalOffer, Programme, Purchase
from tests.factories import NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.ledgers import entries, group_of, saved
from tests.loyalty.purchases.factories import (
    cancelled,
    code_or,
    confirmed,
    give_points,
    make_order,
    make_purchase,
    returned,
)
from tests.loyalty.purchases.races.deeds import BROKEN_KEY, came_of
from tests.loyalty.purchases.verified import broken
from tests.loyalty.stops import ENTRIES_HELD
from tests.promotions.factories import make_discount
from tests.races import at_once, stopped_at

pytestmark = pytest.mark.django_db(transaction=True)


def debited_bought_and_returned(place):
    """A group's debit that has looked at the balances, and what begins behind it."""
    Programme.objects.create(delay_days=0)
    ann = make_customer()
    offer = make_personal_offer(preference="points", value=50)
    make_purchase(receipt="R1", customer=ann, place=place)
    PersonalOffer.objects.filter(pk=offer.pk).update(is_active=False)
    give_points(ann, 5)
    job = saved(group_of(ann), -12)
    order = make_order(customer=ann, place=place, points=9)
    came = stopped_at(
        ENTRIES_HELD,
        came_of(lambda: worker.apply(job.pk)),
        came_of(lambda: confirmed("R2", order).purchase.points_spent),
        came_of(lambda: returned("R1").returned.row.points_missing),
    )
    return ann, came


def test_debited_bought_and_returned_each_takes_what_those_before_left_P8(place):
    ann, came = debited_bought_and_returned(place)
    assert came == [None, "points_balance", 7]
    assert [amount for _, amount in entries(ann)] == [10, 5, -12, -3]
    assert broken() == {}


def test_without_accounts_held_they_take_the_same(monkeypatch, place):
    """The control: the database refuses one of them, or the ledger says more than there is."""
    for module in (purchase_points, group_cashback):
        monkeypatch.setattr(module, "hold_accounts", lambda members, **values: None)
    _, came = debited_bought_and_returned(place)
    assert BROKEN_KEY in came or broken()


def test_confirmed_returned_and_debited_as_a_group_nobody_waits_in_a_circle_P8(place):
    """Each takes receipts, uses and accounts in the one order."""
    Programme.objects.create(delay_days=0)
    people = [make_customer() for _ in range(3)]
    for each in people:
        give_points(each, 50)
    make_discount(everything=True, most_uses=40, budget=500, currency="EUR")
    make_discount(everything=True, most_a_day=7, stacking="combines", value=10)
    make_personal_offer(preference="points", value=10, most_a_day=9, budget=40, currency="EUR")
    group = group_of(*people)
    jobs = [saved(group, -3) for _ in range(6)]

    def buy(number):
        chance = random.Random(number)

        def some():
            for turn in range(6):
                name = f"R{number}-{turn}"
                spend = chance.choice([0, 2])
                order = make_order(customer=chance.choice(people), place=place, points=spend)
                code_or(lambda name=name, order=order: confirmed(name, order))
                earlier = f"R{chance.randrange(6)}-{chance.randrange(turn + 1)}"
                deed = chance.choice([cancelled, returned, lambda name: returned(name, line1=1)])
                code_or(lambda deed=deed, earlier=earlier: deed(earlier))

        return some

    def debit():
        for job in jobs:
            worker.apply(job.pk)

    at_once(*map(buy, range(6)), debit)
    assert Purchase.objects.count() > 20
    assert min(balance_of(each.pk, at=NOON) for each in people) >= 0
    assert broken() == {}
