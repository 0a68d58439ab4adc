"""Receipts, limits, returns and holds at the same moment: one effect each (P1, P14)."""

import random
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from loyalty.models import Event, HeldQuote, Purchase, PurchaseLine, Return
from loyalty.purchases import answers, confirming, holding, records
from promotions.models import Use, UseCounter
from tests.factories import NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.ledgers import entries
from tests.loyalty.purchases.factories import (
    cancelled,
    code_or,
    confirmed,
    give_points,
    make_order,
    make_purchase,
    returned,
)
from tests.loyalty.purchases.verified import broken
from tests.promotions.factories import make_discount
from tests.races import at_once, held, on_own_connection, stopped_at, wait_for_waiting

pytestmark = pytest.mark.django_db(transaction=True)


def test_fifty_confirmations_of_one_receipt_are_one_purchase_P1(place):
    ann = make_customer()
    give_points(ann, 5)
    make_discount(everything=True, most_uses=1)
    make_personal_offer(preference="points", value=10)
    order = make_order(customer=ann, place=place, points=3)
    told = at_once(*[lambda: answers.of_purchase(confirmed("R1", order))] * 50)
    assert all(each == told[0] for each in told)
    counts = [model.objects.count() for model in (Purchase, PurchaseLine, Use, Event)]
    assert counts == [1, 1, 1, 1]
    assert entries(ann) == [("issued", 5), ("redeemed", -3), ("issued", Decimal("0.70"))]
    assert broken() == {}


@pytest.mark.parametrize(
    ("lock", "came"),
    [(records.LOCK, [True, False]), ("SELECT %(receipt)s", [True, "written twice"])],
)
def test_who_comes_second_waits_for_the_receipt_beside_a_control_without_the_lock(
    place, monkeypatch, lock, came
):
    """The first is stopped when it is about to write."""
    monkeypatch.setattr(records, "LOCK", lock)
    order = make_order(place=place)

    def attempt():
        one = confirming._Attempt("R1", order, None, NOON)
        try:
            return one.unless_known(one.priced()).is_new
        except IntegrityError:
            return "written twice"

    results = stopped_at(held("loyalty_purchase"), attempt, attempt)
    assert sorted(results, key=came.index) == came
    assert Purchase.objects.count() == 1


def test_a_receipt_that_an_import_brings_at_the_same_moment_is_its(place):
    order = make_order(place=place)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO loyalty_purchase (customer_id, public_id, receipt, source, body_hash,"
                " point_of_sale_id, currency, at, confirmed_at, total, discount, payable,"
                " points_earned, points_spent, effects)"
                " VALUES (0, gen_random_uuid(), 'R1', 'import', '', %s, 'EUR', %s, %s,"
                " 0, 0, 0, 0, 0, '[]')",
                [place.pk, NOON, NOON],
            )
            confirming_it = pool.submit(
                on_own_connection, lambda: code_or(lambda: confirmed("R1", order))
            )
            wait_for_waiting()
        assert confirming_it.result() == "receipt_used"


def test_of_many_who_want_the_last_use_one_gets_it_and_the_others_pay_in_full_P14(place):
    make_discount(everything=True, most_uses=1)
    order = make_order(place=place)

    def buy(number):
        return lambda: confirmed(f"R{number}", order).purchase.discount

    assert sorted(at_once(*map(buy, range(20)))) == [0] * 19 + [10]
    assert UseCounter.objects.get().used == 1
    assert broken() == {}


def test_limits_that_are_always_reached_by_others_are_an_answer_P14(place, monkeypatch):
    """With no attempt but the first, who comes second is refused, and nothing is half-done."""
    monkeypatch.setattr("loyalty.purchases.uses.ATTEMPTS", 1)
    make_discount(everything=True, most_uses=1)
    order = make_order(place=place)

    def buy(name):
        return lambda: code_or(lambda: confirmed(name, order).purchase.discount)

    came = stopped_at(held("promotions_usecounter"), buy("R1"), buy("R2"))
    assert sorted(map(str, came)) == ["10.00", "limit_reached"]
    assert (Purchase.objects.count(), Use.objects.count(), Event.objects.count()) == (1, 1, 1)


def test_of_many_returns_at_once_no_more_comes_back_than_was_bought(place):
    make_discount(everything=True, budget=100, currency="EUR")
    make_purchase(receipt="R1", place=place)
    came = at_once(*[lambda: code_or(lambda: returned("R1", line1=1).is_new)] * 12)
    assert sorted(map(str, came)) == ["True"] * 2 + ["quantity"] * 10
    assert broken() == {}


def test_the_same_return_at_once_is_one_return(place):
    make_purchase(receipt="R1", place=place)
    came = at_once(*[lambda: returned("R1", "RT1", line1=1).is_new] * 12)
    assert sorted(came) == [False] * 11 + [True]
    assert (Return.objects.count(), Event.objects.count()) == (1, 2)


def test_cancelled_and_returned_at_once_is_one_of_them(place):
    make_discount(everything=True, most_uses=9)
    for number in range(6):
        name = make_purchase(place=place).receipt
        deeds = [lambda name=name: cancelled(name), lambda name=name: returned(name)]
        random.Random(number).shuffle(deeds)
        came = at_once(*[lambda deed=deed: code_or(deed) for deed in deeds])
        assert len({each for each in came if isinstance(each, str)} & {"cancelled", "has_returns"})
    assert UseCounter.objects.get().used == 0
    assert broken() == {}


def test_a_hold_that_ends_while_it_is_confirmed_is_either(place):
    make_discount(everything=True, most_uses=10)
    order = make_order(place=place)
    late = NOON + holding.HELD
    for number in range(8):
        token = holding.hold(order=order, at=NOON).token

        def confirm(token=token, number=number):
            return code_or(lambda: confirmed(f"R{number}", order, quote=token).purchase.discount)

        came, _ = at_once(confirm, lambda: holding.give_back_expired(late))
        assert came in (10, "quote_expired")
    assert not HeldQuote.objects.exists()
    assert UseCounter.objects.get().used == Purchase.objects.count()
    assert broken() == {}
