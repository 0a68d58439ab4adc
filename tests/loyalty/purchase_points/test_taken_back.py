"""What was earned is taken back, as far as it is there (P1)."""

from decimal import Decimal

import pytest

from loyalty.expiry import expire_due
from loyalty.ledger import debit, pending_of
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.ledgers import customers_with, entries, lots
from tests.loyalty.points import earned, given_back, not_taken, spent, taken_back
from tests.loyalty.purchase_points.deeds import FIRST, OPENS, SECOND, balance, gives

pytestmark = pytest.mark.django_db


def test_a_cancelled_purchase_takes_its_pending_points_and_no_others_P1():
    (ann,) = customers_with(3)
    earned(ann, FIRST, 10, opens_at=OPENS)
    earned(ann, SECOND, 4, opens_at=OPENS)
    assert taken_back(ann, FIRST, 10) == 0
    assert lots(ann) == [(3, 3), (10, 0), (4, 4)]
    assert entries(ann)[3:] == [("returned", -10)]


def test_parts_of_a_return_take_from_the_own_lot_then_what_ends_soonest_P1():
    ann = make_customer()
    gives(ann, 5)
    gives(ann, 5, NOON + DAY)
    earned(ann, FIRST, 10, opens_at=None)
    debit(customer_id=ann.pk, amount=Decimal(5), at=NOON)  # what ends soonest
    gives(ann, 5, NOON + DAY)
    assert taken_back(ann, FIRST, 6) == 0
    assert lots(ann) == [(5, 5), (5, 0), (10, 4), (5, 5)]
    debit(customer_id=ann.pk, amount=Decimal(6), at=NOON)  # 5 of the last, 1 of the first
    gives(ann, 1, NOON + DAY)
    assert taken_back(ann, FIRST, 4) == 0
    assert lots(ann) == [(5, 4), (5, 0), (10, 0), (5, 0), (1, 1)]


def test_what_is_missing_is_said_and_other_purchases_pending_stay_P1():
    (ann,) = customers_with(2)
    earned(ann, FIRST, 10, opens_at=NOON)
    earned(ann, SECOND, 7, opens_at=OPENS)
    debit(customer_id=ann.pk, amount=Decimal(9), at=NOON)
    assert balance(ann) == 3
    assert taken_back(ann, FIRST, 4) == 1
    assert taken_back(ann, FIRST, 6) == 6
    assert [amount for purpose, amount in entries(ann) if purpose == "returned"] == [-3]
    assert (balance(ann), pending_of(ann.pk, at=NOON).amount) == (0, 7)


def test_no_more_is_taken_back_than_was_earned_P1():
    (ann,) = customers_with(20)
    earned(ann, FIRST, 5, opens_at=None)
    taken_back(ann, FIRST, 3)
    with pytest.raises(ValueError, match=r"2\.01 to take back of 2\.00 earned"):
        taken_back(ann, FIRST, "2.01")
    with pytest.raises(ValueError, match="to take back"):
        taken_back(ann, SECOND, 1)


def test_a_return_that_first_gives_back_misses_nothing_of_that_P1():
    """Earned 5, paid with these and 10 others; what comes back makes up for the 5."""
    (ann,) = customers_with(10)
    earned(ann, FIRST, 5, opens_at=None)
    spent(ann, SECOND, 15)
    given_back(ann, SECOND, 15)
    assert taken_back(ann, FIRST, 5) == 0
    assert lots(ann) == [(10, 10), (5, 0)]


def test_a_purchase_paid_with_points_takes_back_and_gives_back_without_mixing_P1():
    """What its return took from a lot is no part of what was spent from it."""
    (ann,) = customers_with(10)
    spent(ann, FIRST, 4)
    earned(ann, FIRST, 3, opens_at=None)
    debit(customer_id=ann.pk, amount=Decimal(9), at=NOON)  # all
    gives(ann, 6)
    assert taken_back(ann, FIRST, 3) == 0
    given_back(ann, FIRST, 4)
    assert lots(ann) == [(10, 4), (3, 0), (6, 3)]
    with pytest.raises(ValueError, match="to give back"):
        given_back(ann, FIRST, 1)


@pytest.mark.parametrize("swept", [True, False])
def test_points_that_expired_are_not_taken_from_others_as_well_P1(swept):
    (ann,) = customers_with(20)
    earned(ann, FIRST, 10, opens_at=NOON, expires_at=NOON + DAY)
    spent(ann, SECOND, 4)
    later = NOON + DAY
    if swept:
        expire_due(later)
    assert balance(ann, later) == 20
    assert not_taken(ann, FIRST, 5, at=later) == (3, 0)
    assert not_taken(ann, FIRST, 5, at=later, left=Decimal(5), expired=3) == (3, 0)
    assert balance(ann, later) == 16
