"""Groups that share members, held in one order (D17, P8)."""

import random

import pytest

from imports.models import Job, State
from loyalty import group_cashback
from loyalty.ledger import balance_of
from loyalty.models import Account
from loyalty.posting import execute, hold_accounts
from tests.factories import NOON
from tests.loyalty.ledgers import assert_adds_up, customers_with
from tests.loyalty.races.deeds import GOT_DEADLOCK, GOT_NONE, GOT_REFUSED, group_batch, spend
from tests.loyalty.stops import ENTRIES_HELD
from tests.races import at_once, stopped_at

pytestmark = pytest.mark.django_db(transaction=True)


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

    monkeypatch.setattr(group_cashback, "hold_accounts", in_turns)
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
