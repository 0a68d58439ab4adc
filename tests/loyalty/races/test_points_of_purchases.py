"""Returns, purchases, group debits and erasures at the same moment (P1, P8).

Each race has a control: the same with nobody holding what must be held.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import transaction

from customers.models import Customer
from imports import worker
from loyalty import group_cashback, purchase_points
from loyalty.ledger import balance_of, credit
from loyalty.models import Entry
from tests.factories import DAY, NOON
from tests.loyalty.ledgers import assert_adds_up, customers_with, entries, group_of, lots, saved
from tests.loyalty.points import earned, given_back, spent, taken_back
from tests.loyalty.races.deeds import (
    GOT_DEADLOCK,
    GOT_GONE,
    GOT_NONE,
    GOT_REFUSED,
    GOT_TOO_MUCH,
    assert_harmed,
    came_of,
)
from tests.loyalty.stops import BATCHES_HELD, ENTRIES_HELD, erasing
from tests.races import at_once, locked, on_own_connection, stopped_at, wait_for_waiting

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, SECOND = 1, 2  # purchases


def in_transaction(deed: Callable[..., object], *args: object) -> Callable[[], object]:
    """As a purchase or a return does it; what comes of it."""

    def do() -> object:
        with transaction.atomic():
            return deed(*args)

    return came_of(do)


def who_earned(points: int) -> Customer:
    (ann,) = customers_with(0)
    earned(ann, FIRST, points, opens_at=None)
    return ann


def group_debit(customer: Customer, amount: int) -> Callable[[], object]:
    job = saved(group_of(customer), -amount)
    return in_transaction(lambda: worker.apply(job.pk))


def hold_no_accounts(monkeypatch) -> None:
    for module in (purchase_points, group_cashback):
        monkeypatch.setattr(module, "hold_accounts", lambda members, **values: None)


def test_a_return_after_a_group_s_debit_takes_what_that_left_P1_D17():
    ann = who_earned(10)
    take = in_transaction(taken_back, ann, FIRST, 10)
    assert stopped_at(ENTRIES_HELD, group_debit(ann, 8), take)[1] == 8
    assert entries(ann) == [("issued", 10), ("adjusted", -8), ("returned", -2)]
    assert_adds_up()


def test_a_group_s_debit_after_a_return_takes_what_that_left_P1_D17():
    ann = who_earned(10)
    take = in_transaction(taken_back, ann, FIRST, 7)
    assert stopped_at(ENTRIES_HELD, take, group_debit(ann, 8))[0] == 0
    assert entries(ann) == [("issued", 10), ("returned", -7), ("adjusted", -3)]
    assert_adds_up()


def test_without_locks_a_return_and_a_group_s_debit_take_the_same(monkeypatch):
    """The control."""
    ann = who_earned(10)
    hold_no_accounts(monkeypatch)
    take = in_transaction(taken_back, ann, FIRST, 10)
    assert_harmed(stopped_at(ENTRIES_HELD, group_debit(ann, 8), take))


def spend_and_return(order: int) -> tuple[list[object], Customer]:
    ann = who_earned(10)
    deeds = [in_transaction(spent, ann, SECOND, 7), in_transaction(taken_back, ann, FIRST, 10)]
    return stopped_at(ENTRIES_HELD, *deeds[::order])[::order], ann


def test_a_return_after_a_purchase_misses_what_was_spent_P1():
    got, ann = spend_and_return(1)
    assert (got, lots(ann)) == ([None, 7], [(10, 0)])
    assert_adds_up()


def test_a_purchase_after_a_return_finds_nothing_to_spend_P1():
    got, ann = spend_and_return(-1)
    assert (got, lots(ann)) == ([GOT_NONE, 0], [(10, 0)])
    assert_adds_up()


@pytest.mark.parametrize("order", [1, -1])
def test_without_locks_both_take_the_same(monkeypatch, order):
    """The control."""
    hold_no_accounts(monkeypatch)
    assert_harmed(spend_and_return(order)[0])


def two_returns() -> tuple[list[object], Customer]:
    (ann,) = customers_with(10)
    spent(ann, FIRST, 6)
    give = in_transaction(given_back, ann, FIRST, 6)
    return stopped_at(ENTRIES_HELD, give, give), ann


def test_what_was_spent_comes_back_once_P1():
    got, ann = two_returns()
    assert (sorted(got, key=str), lots(ann)) == ([None, GOT_TOO_MUCH], [(10, 10)])


def test_without_locks_it_would_come_back_twice(monkeypatch):
    """The control: the database refuses a lot that has more than it was, or both come through."""
    hold_no_accounts(monkeypatch)
    got, ann = two_returns()
    assert GOT_TOO_MUCH not in got
    assert GOT_REFUSED in got or balance_of(ann.pk, at=NOON) > 10


def earning(customer: Customer) -> Callable[[], object]:
    return in_transaction(lambda: earned(customer, FIRST, 5, opens_at=NOON + DAY))


def test_nobody_earns_who_is_being_erased_P1():
    (ann,) = customers_with(0)
    assert stopped_at(BATCHES_HELD, erasing(ann), earning(ann))[1] == GOT_GONE
    assert not Entry.objects.exists()


def test_unheld_they_earn_and_are_gone(monkeypatch):
    """The control: it does not wait."""
    monkeypatch.setattr(purchase_points, "hold_customer", lambda customer_id: True)
    (ann,) = customers_with(0)
    erase = erasing(ann)
    with ThreadPoolExecutor(1) as pool:
        with locked(BATCHES_HELD):
            erased = pool.submit(on_own_connection, erase)
            wait_for_waiting()
            assert at_once(earning(ann)) == [None]
        erased.result()
    assert (Customer.objects.exists(), Entry.objects.count()) == (False, 1)


def test_a_till_goes_on_while_a_purchase_earns_P1():
    """Who only earns holds nobody's account."""
    (ann,) = customers_with(10)
    with transaction.atomic():
        earned(ann, FIRST, 5, opens_at=None)
        assert at_once(in_transaction(spent, ann, SECOND, 10)) == [None]
    assert balance_of(ann.pk, at=NOON) == 5
    assert_adds_up()


def test_purchases_and_returns_all_at_once_add_up_P1_P8():
    people = customers_with(*[30] * 4)
    for each in people:
        earned(each, FIRST, 10, opens_at=None)
        spent(each, SECOND, 15)
        credit(customer_id=each.pk, amount=Decimal(1), at=NOON, expires_at=NOON + DAY)
    deeds = []
    for each in people:
        deeds += [
            in_transaction(spent, each, 3, 9),
            in_transaction(taken_back, each, FIRST, 10),
            in_transaction(given_back, each, SECOND, 8),
            in_transaction(given_back, each, SECOND, 8),
        ]
    got = at_once(*deeds, in_transaction(group_debit(people[0], 4)))
    assert GOT_REFUSED not in got
    assert GOT_DEADLOCK not in got
    assert got.count(GOT_TOO_MUCH) == 4
    assert_adds_up()
