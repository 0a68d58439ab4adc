"""Tills beside the erasure of their customer (P1, P8, P14)."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from loyalty.models import HeldQuote, OfferUseCounter, Purchase
from loyalty.purchases import holding, points, records
from promotions.models import Use, UseCounter
from tests.factories import NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.purchases.factories import (
    cancelled,
    confirmed,
    make_order,
    make_purchase,
    returned,
)
from tests.loyalty.purchases.races.deeds import CIRCLE, came_of
from tests.loyalty.purchases.verified import broken
from tests.loyalty.stops import BATCHES_HELD, CHOICES_HELD, erasing
from tests.promotions.factories import make_discount
from tests.races import at_once, locked, on_own_connection, stopped_at, wait_for_waiting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bought(place):
    """Two pieces with a limited discount and with points, of somebody about to be erased."""
    ann = make_customer()
    make_discount(everything=True, most_a_customer=5)
    make_personal_offer(preference="points", value=10, most_uses=5)
    make_purchase(receipt="R1", customer=ann, place=place)
    return ann


TAKEN_BACK = [
    lambda: cancelled("R1").points_missing,
    lambda: returned("R1").returned.row.points_missing,
    lambda: returned("R1", line1=1).returned.row.points_missing,
]


@pytest.mark.parametrize(
    ("deed", "missing"), list(zip(TAKEN_BACK, ["1.00", "1.00", "0.50"], strict=True))
)
def test_what_comes_back_while_its_customer_is_erased_waits_and_has_no_points(
    bought, deed, missing
):
    came = stopped_at(CHOICES_HELD, came_of(erasing(bought)), came_of(deed))
    assert came == [None, Decimal(missing)]
    assert broken() == {}


def test_without_holding_the_customer_first_they_wait_in_a_circle(monkeypatch, bought):
    """The control: uses are held already when the customer is waited for."""
    monkeypatch.setattr(points, "hold_whose", lambda purchase: True)
    cancel, *_ = TAKEN_BACK
    assert CIRCLE in stopped_at(CHOICES_HELD, came_of(erasing(bought)), came_of(cancel))


def test_what_is_held_for_who_is_erased_is_given_back_once_they_are_gone(place):
    """Several quotes at once would lock counters in any order, and wait in a circle with tills."""
    ann = make_customer(pk=987_654_321)  # a number that nothing else has
    make_discount(everything=True, most_uses=5)
    make_personal_offer(preference="points", value=10, most_uses=5)
    for _ in range(2):
        holding.hold(order=make_order(customer=ann, place=place), at=NOON)
    erase = erasing(ann)
    with ThreadPoolExecutor(1) as pool:
        counters = "SELECT FROM promotions_usecounter WHERE customer_id = 0 FOR UPDATE"
        with locked(counters):
            erased = pool.submit(on_own_connection, erase)
            for _ in range(1000):  # an erasure may wait a moment for something else
                wait_for_waiting()
                if not type(ann).objects.filter(pk=ann.pk).exists():
                    break
            assert {quote.customer_id for quote in HeldQuote.objects.all()} == {0}
            assert str(ann.pk) not in str([quote.quote for quote in HeldQuote.objects.all()])
        erased.result()
    assert not HeldQuote.objects.exists()
    assert UseCounter.objects.get().used == OfferUseCounter.objects.get().used == 0
    assert broken() == {}


def test_nothing_is_confirmed_for_somebody_who_is_being_erased(place):
    """The erasure holds the person, and is stopped before it looks for what was written."""
    ann = make_customer()
    make_discount(everything=True, most_a_customer=1)
    order = make_order(customer=ann, place=place)
    buy = came_of(lambda: confirmed("R1", order))
    assert stopped_at(BATCHES_HELD, erasing(ann), buy)[1] == "unknown_customer"
    assert (Purchase.objects.count(), Use.objects.count()) == (0, 0)


def test_unheld_somebody_who_is_being_erased_buys(monkeypatch, place):
    """The control of test_nothing_is_confirmed_for_somebody_who_is_being_erased."""
    monkeypatch.setattr(records, "hold_customer", lambda customer: True)
    ann = make_customer()
    erase = erasing(ann)
    order = make_order(customer=ann, place=place)
    with ThreadPoolExecutor(1) as pool:
        with locked(BATCHES_HELD):
            erased = pool.submit(on_own_connection, erase)
            wait_for_waiting()
            at_once(lambda: confirmed("R1", order))
        erased.result()
    assert Purchase.objects.get().customer_id == ann.pk
