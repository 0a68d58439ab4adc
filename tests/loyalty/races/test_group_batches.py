"""People who credit, debit, set and spend at the same moment (D13, D17, P8).

Each race has a control: the same with nobody holding the accounts, where the harm is done: the
database refuses the later one, or a balance comes out that nobody asked for, or one that the lots
don't add up to.
"""

from decimal import Decimal

import pytest
from django.db import transaction

from imports import registry
from imports.runs import Run
from loyalty import batches, expiry, group_cashback, ledger
from loyalty.expiry import expire_due
from loyalty.ledger import balance_of, credit
from loyalty.models import Batch
from tests.factories import DAY, NOON
from tests.loyalty.ledgers import (
    adjusted,
    assert_adds_up,
    customers_with,
    entries,
    figures,
    group_of,
    saved,
)
from tests.loyalty.races.deeds import GOT_NONE, assert_harmed, group_batch, spend
from tests.loyalty.stops import ENTRIES_HELD
from tests.races import at_once, stopped_at

pytestmark = pytest.mark.django_db(transaction=True)


def hold_nothing(monkeypatch) -> None:
    for module in (batches, expiry, group_cashback, ledger):
        monkeypatch.setattr(module, "hold_accounts", lambda members, **values: None)


def test_a_group_s_debit_and_a_spend_at_once_take_what_is_there_and_no_more_D17():
    ann, bob = customers_with(10, 10)
    assert stopped_at(ENTRIES_HELD, group_batch([ann, bob], -8), spend(ann, 5)) == [-16, GOT_NONE]
    assert [balance_of(c.pk, at=NOON) for c in (ann, bob)] == [2, 2]
    assert_adds_up()


def test_a_spend_first_leaves_the_group_s_debit_the_rest_D17():
    ann, bob = customers_with(10, 10)
    assert stopped_at(ENTRIES_HELD, spend(ann, 5), group_batch([ann, bob], -8)) == [-5, -13]
    assert figures(Batch.objects.get()) == (2, 2, -13, 3)
    assert [balance_of(c.pk, at=NOON) for c in (ann, bob)] == [0, 2]
    assert_adds_up()


def test_without_locks_the_later_of_them_fails(monkeypatch):
    """The control: both take what only one can have."""
    ann, bob = customers_with(10, 10)
    hold_nothing(monkeypatch)
    got = stopped_at(ENTRIES_HELD, group_batch([ann, bob], -8), spend(ann, 5))
    assert_harmed(got)


def set_twice_at_once() -> Decimal:
    (ann,) = customers_with(10)
    stopped_at(
        ENTRIES_HELD,
        group_batch([ann], 50, "absolute"),
        lambda: adjusted(ann, 50, "absolute"),
    )
    assert_adds_up()
    return balance_of(ann.pk, at=NOON)


def test_a_group_and_a_customer_set_at_once_have_the_balance_that_was_set_D13():
    assert set_twice_at_once() == 50


def test_without_locks_both_would_add_what_was_lacking(monkeypatch):
    """The control: nobody asked for this balance."""
    hold_nothing(monkeypatch)
    assert set_twice_at_once() == 90


def test_a_group_set_while_one_spends_loses_neither_D13():
    ann, bob = customers_with(10, 10)
    got = stopped_at(ENTRIES_HELD, spend(ann, 7), group_batch([ann, bob], 4, "absolute"))
    assert got == [-7, 1 - 6]
    assert entries(ann) == [("issued", 10), ("redeemed", -7), ("adjusted", 1)]
    assert [balance_of(c.pk, at=NOON) for c in (ann, bob)] == [4, 4]


def test_without_locks_the_group_would_be_set_by_an_old_balance(monkeypatch):
    """The control: what was spent in between is taken again."""
    ann, bob = customers_with(10, 10)
    hold_nothing(monkeypatch)
    got = stopped_at(ENTRIES_HELD, spend(ann, 7), group_batch([ann, bob], 4, "absolute"))
    assert_harmed(got)


def test_a_till_goes_on_while_a_group_is_credited_D12():
    """Who only credits holds nobody's account."""
    (ann,) = customers_with(10)
    job = saved(group_of(ann), 5)
    with transaction.atomic():
        registry.get(job.type).apply(run := Run(job, dry=False, tell=lambda step, share: None))
        run.close()
        assert at_once(spend(ann, 10)) == [-10]
    assert balance_of(ann.pk, at=NOON) == 5
    assert_adds_up()


def test_what_is_spent_while_it_expires_is_taken_once_P8():
    (ann,) = customers_with(3)
    credit(customer_id=ann.pk, amount=Decimal(10), at=NOON, expires_at=NOON + DAY)
    got = stopped_at(ENTRIES_HELD, spend(ann, 8), *[lambda: expire_due(NOON + DAY)] * 2)
    assert (got[0], sorted(got[1:])) == (-8, [0, 1])  # either of the two may come first
    assert entries(ann) == [
        ("issued", 3),
        ("issued", 10),
        ("redeemed", -8),
        ("expired", -2),
    ]
    assert_adds_up()
