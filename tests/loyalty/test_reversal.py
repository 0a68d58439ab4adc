"""What an undo takes and gives back, whatever else happened meanwhile (P8, D17)."""

from decimal import Decimal
from itertools import permutations

import pytest
from django.core.exceptions import ValidationError

from customers.verification import stated, verify
from loyalty.expiry import expire_due
from loyalty.ledger import balance_of, balances, credit, debit
from loyalty.models import Entry
from loyalty.reversal import undo
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.ledgers import (
    adjusted,
    assert_adds_up,
    customers_with,
    entries,
    figures,
    group_of,
    lots,
    posted,
    undone,
)

pytestmark = pytest.mark.django_db


def take_back(batch, at=NOON):
    return undo(batch=batch, user=None, at=at)


def broken(at) -> list[str]:
    return [each.invariant.name for each in verify(stated(), at=at) if not each.holds]


def test_a_debit_undone_goes_back_to_the_lots_it_came_from_P8():
    ann = make_customer()
    adjusted(ann, 5, expires_at=NOON + DAY)
    adjusted(ann, 7)
    take_back(adjusted(ann, -8))
    assert lots(ann) == [(5, 5), (7, 7)]
    assert entries(ann)[2:] == [("adjusted", -8), ("adjusted", 8)]
    assert balance_of(ann.pk, at=NOON + DAY) == 7  # and still expires when it would have
    assert_adds_up()


def test_a_credit_undone_takes_what_is_left_of_it_and_says_what_is_not_P8():
    (ann,) = customers_with(10)
    mistake = adjusted(ann, 20, expires_at=NOON + DAY)
    debit(customer_id=ann.pk, amount=Decimal(15), at=NOON)
    undoing = take_back(mistake)
    assert figures(undoing) == (1, 1, -5, 15)
    assert lots(ann) == [(10, 10), (20, 0)]
    assert balance_of(ann.pk, at=NOON) == 10
    assert_adds_up()


def test_undone_twice_is_undone_once_and_an_undo_stays_P8():
    (ann,) = customers_with(10)
    batch = adjusted(ann, 20)
    first, second = (take_back(batch) for _ in range(2))
    assert first == second
    assert balance_of(ann.pk, at=NOON) == 10
    with pytest.raises(ValidationError):
        take_back(first)


def test_undoing_a_credit_takes_what_is_left_of_it_and_reports_the_rest_D17():
    ann, bob, eve = customers_with(0, 10, 0)
    batch = posted(group_of(ann, bob, eve), 20)
    debit(customer_id=ann.pk, amount=Decimal(15), at=NOON)
    debit(customer_id=bob.pk, amount=Decimal(12), at=NOON)  # 10 of it from the older lot
    undoing = undone(batch)
    assert set(balances([ann.pk, bob.pk, eve.pk], at=NOON).values()) == {0}
    assert figures(undoing) == (3, 3, -43, 17)
    batch.job.refresh_from_db()
    assert batch.job.notes[-1] == (
        "17.00 could not be undone: it was spent, has expired, or its credit was undone before."
    )
    assert Entry.objects.filter(batch_id=batch.pk).count() == 3  # nothing is deleted
    assert_adds_up()


@pytest.mark.parametrize(("mode", "amount"), [("relative", -10), ("absolute", 10)])
def test_undoing_a_debit_gives_back_lot_by_lot_D17(mode, amount):
    people = customers_with(0, "0.40", 10, 25)
    posted(group_of(people[3]), 5, expires_at=NOON + 36_500 * DAY)
    before = [lots(customer) for customer in people]
    batch = posted(group_of(*people), amount, mode)
    assert [lots(customer) for customer in people] != before
    undoing = undone(batch)
    assert (undoing.members, undoing.total) == (batch.changed, -batch.total)
    # Of what was credited in between, an empty lot stays.
    assert [[lot for lot in lots(c) if lot[1]] for c in people] == [
        [lot for lot in each if lot[1]] for each in before
    ]
    assert_adds_up()


def test_who_left_the_group_is_undone_as_well_and_who_joined_is_not_D17():
    ann, bob = customers_with(0, 0)
    group = group_of(ann)
    batch = posted(group, 20)
    group.members.all().delete()
    group.members.create(customer=bob)
    undone(batch)
    assert entries(ann) == [("issued", 20), ("adjusted", -20)]
    assert entries(bob) == []


@pytest.mark.parametrize("swept", [True, False])
def test_what_would_have_expired_by_now_is_not_given_back_P8_D17(swept):
    (ann,) = customers_with(3)
    adjusted(ann, 5, expires_at=NOON + DAY)
    taken = adjusted(ann, -6)
    later = NOON + 9 * DAY
    if swept:
        expire_due(later)
    undoing = take_back(taken, later)
    assert figures(undoing) == (1, 1, 1, 5)
    assert lots(ann) == [(3, 3), (5, 0)]
    assert entries(ann)[2:] == [("adjusted", -6), ("adjusted", 1)]
    assert balance_of(ann.pk, at=later) == 3
    assert broken(later) == []
    assert_adds_up()


def test_a_group_s_debit_gives_nothing_back_to_credits_that_were_undone_D17():
    ann, bob = customers_with(0, 10)
    group = group_of(ann, bob)
    mistake, taken = posted(group, 20), posted(group, -25)
    assert figures(undone(mistake)) == (2, 1, -5, 35)
    assert figures(undone(taken)) == (2, 1, 10, 35)
    assert (lots(ann), lots(bob)) == ([(20, 0)], [(10, 10), (20, 0)])
    taken.job.refresh_from_db()
    assert taken.job.notes[-1] == (
        "35.00 could not be undone: it was spent, has expired, or its credit was undone before."
    )
    assert_adds_up()


def test_what_a_debit_took_of_a_credit_that_was_undone_is_not_given_back_D17():
    (ann,) = customers_with(10)
    mistake = adjusted(ann, 20, expires_at=NOON + DAY)
    taken = adjusted(ann, -25)
    assert figures(take_back(mistake)) == (1, 0, 0, 20)
    assert figures(take_back(taken)) == (1, 1, 5, 20)
    assert lots(ann) == [(10, 10), (20, 0)]
    assert_adds_up()


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_all_batches_undone_in_whatever_order_leave_what_there_was_D17(order):
    ann = make_customer()
    credit(customer_id=ann.pk, amount=Decimal(10), at=NOON)
    credit(customer_id=ann.pk, amount=Decimal(2), at=NOON, expires_at=NOON + 2 * DAY)
    before = lots(ann)
    batches = [
        adjusted(ann, 20, expires_at=NOON + DAY),
        adjusted(ann, -25),
        adjusted(ann, 9, "absolute"),
        adjusted(ann, -100),
    ]
    for number in order:
        take_back(batches[number])
    assert lots(ann)[:2] == before
    assert [remaining for _, remaining in lots(ann)[2:]] == [0, 0]
    assert_adds_up()


def test_what_was_spent_in_between_stays_spent_D17():
    (ann,) = customers_with(10)
    mistake = adjusted(ann, 20, expires_at=NOON + DAY)
    taken = adjusted(ann, -25)
    debit(customer_id=ann.pk, amount=Decimal(5), at=NOON)
    take_back(mistake)
    take_back(taken)
    assert balance_of(ann.pk, at=NOON) == 5  # 10, of which 5 were spent
    assert_adds_up()
