"""People who credit, debit, set and spend at the same moment (D13, D17, P8).

Each race has a control: the same with nobody holding the accounts, where the harm is done: the
database refuses the later one, or a balance comes out that nobody asked for, or one that the lots
don't add up to.
"""

import random
import uuid
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, OperationalError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from imports import registry, worker
from imports.models import Job, State
from imports.runs import Run
from loyalty import batches, expiry, ledger
from loyalty import imports as cashback
from loyalty.batches import adjust, begin
from loyalty.expiry import expire_due
from loyalty.ledger import NotEnough, balance_of, credit, debit
from loyalty.models import Account, Batch, Entry
from loyalty.posting import execute, hold_accounts
from loyalty.reversal import undo
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
from tests.races import at_once, held, stopped_at

pytestmark = pytest.mark.django_db(transaction=True)

# Who wants to post has looked at the balances, and stops here before the first entry.
ENTRIES_HELD = held("loyalty_entry")
GOT_NONE, GOT_REFUSED, GOT_DEADLOCK = "not enough", "refused by the database", "deadlock"


def spend(customer, amount) -> Callable[[], object]:
    def deed() -> object:
        try:
            return debit(customer_id=customer.pk, amount=Decimal(amount), at=NOON).amount
        except NotEnough:
            return GOT_NONE
        except IntegrityError:
            return GOT_REFUSED

    return deed


def group_batch(customers, amount, mode="relative") -> Callable[[], object]:
    job = saved(group_of(*customers), amount, mode)

    def deed() -> object:
        try:
            worker.apply(job.pk)
        except IntegrityError:
            return GOT_REFUSED
        except OperationalError:
            return GOT_DEADLOCK
        return Batch.objects.get(job=job).total

    return deed


def hold_nothing(monkeypatch) -> None:
    for module in (batches, cashback, expiry, ledger):
        monkeypatch.setattr(module, "hold_accounts", lambda members, **values: None)


def assert_harmed(got: list[object]) -> None:
    """The later one was refused or, if it came by its lots in time, took more than they had."""
    if GOT_REFUSED not in got:
        with pytest.raises(AssertionError):
            assert_adds_up()


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


def overlapping_groups() -> list[object]:
    """The first has the lowest id and waits for the middle one, as the second begins."""
    people = customers_with(5, 5, 5)
    for each in people:
        spend(each, 1)()  # so that all have accounts
    middle = f"SELECT FROM loyalty_account WHERE customer_id = {people[1].pk} FOR UPDATE"
    got = stopped_at(middle, group_batch(people, -1), group_batch(people[::-1], 9, "absolute"))
    assert_adds_up()
    return [*got, *(balance_of(each.pk, at=NOON) for each in people)]


def test_overlapping_groups_wait_for_each_other_in_one_order_D17():
    assert overlapping_groups() == [-3, 3 * 6, 9, 9, 9]


def test_held_in_any_order_they_would_wait_in_a_circle(monkeypatch):
    """The control: the second group's accounts are held from the other end."""
    held = []

    def in_turns(members, **values) -> None:
        held.append(members)
        if len(held) == 1:
            hold_accounts(members, **values)
        else:
            execute(
                "SELECT count(*) FROM (SELECT FROM loyalty_account AS account"
                f" JOIN {members} USING (customer_id) ORDER BY account.customer_id DESC"
                " FOR UPDATE OF account) AS held"
            )

    monkeypatch.setattr(cashback, "hold_accounts", in_turns)
    assert GOT_DEADLOCK in overlapping_groups()


def test_a_group_of_new_customers_is_held_as_well_D17():
    """Nobody has an account yet: all of them make it, and only one at a time goes on.

    Which of the two that wait comes next is anybody's guess.
    """
    people = customers_with(10, 10, 10)
    got = stopped_at(
        ENTRIES_HELD,
        group_batch(people, 4, "absolute"),
        group_batch(people[::-1], -7),
        spend(people[0], 3),
    )
    assert got in ([-18, -12, GOT_NONE], [-18, -9, -3])
    assert Account.objects.count() == 3
    assert_adds_up()


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


def fifty_saves(tokens: list[uuid.UUID]) -> set[int]:
    group = group_of(*customers_with(1, 2))
    request = {"group": group, "mode": "relative", "amount": Decimal(5), "comment": "Sorry"}
    made = at_once(
        *[lambda t=token: begin(**request, user=None, token=t, at=NOON).pk for token in tokens]
    )
    for job in Job.objects.all():
        at_once(*[lambda pk=job.pk: worker.apply(pk)] * 2)
    assert_adds_up()
    return set(made)


def test_the_same_batch_saved_fifty_times_at_once_is_one_D17():
    (job,) = fifty_saves([uuid.uuid4()] * 50)
    assert Job.objects.get().pk == job
    assert ProcrastinateJob.objects.filter(args={"job_id": job}).count() == 1
    assert figures(Batch.objects.get()) == (2, 2, 10, 0)
    assert Entry.objects.exclude(batch_id=None).count() == 2


def test_without_the_token_they_would_be_as_many():
    """The control: each form has a token of its own."""
    assert len(fifty_saves([uuid.uuid4() for _ in range(10)])) == 10
    assert Entry.objects.exclude(batch_id=None).count() == 20


def test_one_customer_s_form_sent_twenty_times_at_once_is_one_batch_D18():
    (ann,) = customers_with(10)
    request = {"customer": ann, "mode": "relative", "amount": Decimal(-3), "comment": "Sorry"}
    token = uuid.uuid4()
    made = at_once(*[lambda: adjust(**request, user=None, token=token, at=NOON).total] * 20)
    assert made == [-3] * 20
    assert entries(ann) == [("issued", 10), ("adjusted", -3)]


def test_undo_pressed_at_once_undoes_once_D17():
    (ann,) = customers_with(10)
    batch = adjusted(ann, 5)
    made = at_once(*[lambda: undo(batch=batch, user=None, at=NOON).pk] * 10)
    assert len(set(made)) == 1
    assert entries(ann) == [("issued", 10), ("issued", 5), ("adjusted", -5)]


def test_all_at_once_adds_up_P8():
    people = customers_with(*[20] * 8)
    dice = random.Random(3)
    deeds = [spend(dice.choice(people), dice.randrange(1, 9)) for _ in range(12)]
    for mode, amount in [("relative", -4), ("absolute", 6), ("relative", 3), ("absolute", 2)]:
        deeds.append(group_batch(dice.sample(people, 5), amount, mode))
    dice.shuffle(deeds)
    got = at_once(*deeds)
    assert GOT_REFUSED not in got
    assert GOT_DEADLOCK not in got
    changed = sum(amount for amount in got if amount != GOT_NONE)
    assert sum(balance_of(each.pk, at=NOON) for each in people) == 160 + changed
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}
    assert_adds_up()
