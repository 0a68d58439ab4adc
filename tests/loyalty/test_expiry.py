"""Lots whose time is over are taken by the periodic task (P8)."""

from decimal import Decimal

import pytest

from loyalty import expiry
from loyalty.expiry import expire_due
from loyalty.ledger import balance_of, credit, debit
from loyalty.models import Entry
from loyalty.tasks import expire_cashback
from tests.factories import DAY, NOON
from tests.loyalty.ledgers import assert_adds_up

pytestmark = pytest.mark.django_db


def give(customer_id, amount, days=None):
    expires_at = None if days is None else NOON + days * DAY
    credit(customer_id=customer_id, amount=Decimal(amount), at=NOON, expires_at=expires_at)


def expired():
    made = Entry.objects.filter(purpose="expired").order_by("customer_id", "id")
    return list(made.values_list("customer_id", "amount"))


def test_an_entry_a_customer_for_what_is_left_of_all_that_is_due_P8():
    give(1, 10, days=1)
    give(1, 5, days=2)
    give(1, 3, days=3)
    give(1, 1)
    give(2, 7, days=2)
    give(3, 7, days=4)
    debit(customer_id=1, amount=Decimal(4), at=NOON)
    assert expire_due(NOON + 2 * DAY) == 2
    assert expired() == [(1, -11), (2, -7)]
    assert [balance_of(n, at=NOON + 2 * DAY) for n in (1, 2, 3)] == [4, 0, 7]
    assert_adds_up()


def test_running_it_again_changes_nothing_P8():
    give(1, 10, days=1)
    assert [expire_due(NOON + DAY) for _ in range(3)] == [1, 0, 0]
    assert expired() == [(1, -10)]


def test_nothing_expires_before_its_moment_P8():
    give(1, 10, days=1)
    give(2, 10)
    assert expire_due(NOON + DAY - DAY / 86_400) == 0
    assert expire_due(NOON + 36_500 * DAY) == 1


def test_more_than_one_set_P8(monkeypatch):
    monkeypatch.setattr(expiry, "LOTS_AT_ONCE", 2)
    for customer in range(1, 8):
        give(customer, customer, days=1)
        give(customer, 1, days=1)
    assert expire_due(NOON + DAY) == 7
    assert expired() == [(n, -n - 1) for n in range(1, 8)]
    assert_adds_up()


def test_the_worker_s_task_expires_as_of_its_own_moment_P8():
    give(1, 10, days=1)
    expire_cashback(timestamp=int(NOON.timestamp()))
    assert expired() == []
    expire_cashback(timestamp=int((NOON + DAY).timestamp()))
    assert expired() == [(1, -10)]


def test_however_much_one_customer_has_all_expires_P8():
    """Each is the most that a lot holds: together they are more than one."""
    most = "99999999999999.99"
    for _ in range(3):
        give(1, most, days=1)
    give(2, 7, days=1)
    assert expire_due(NOON + DAY) == 2
    assert expired() == [(1, -3 * Decimal(most)), (2, -7)]
    assert_adds_up()
