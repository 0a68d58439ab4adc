"""What was spent comes back where it came from, and never more (P1)."""

import pytest

from loyalty.expiry import expire_due
from loyalty.ledger import next_expiry
from loyalty.reversal import undo
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.ledgers import adjusted, customers_with, entries, lots
from tests.loyalty.points import given_back, spent
from tests.loyalty.purchase_points.deeds import FIRST, OPENS, SECOND, gives

pytestmark = pytest.mark.django_db


def test_what_expires_soonest_is_spent_first_and_comes_back_last_P1():
    ann = make_customer()
    gives(ann, 5)
    gives(ann, 5, NOON + DAY)
    gives(ann, 5, NOON + 2 * DAY)
    spent(ann, FIRST, 12)
    assert lots(ann) == [(5, 3), (5, 0), (5, 0)]
    given_back(ann, FIRST, 4)
    assert lots(ann) == [(5, 5), (5, 0), (5, 2)]
    given_back(ann, FIRST, 8)
    assert lots(ann) == [(5, 5), (5, 5), (5, 5)]
    assert entries(ann)[3:] == [("redeemed", -12), ("returned", 4), ("returned", 8)]


def test_never_more_comes_back_than_was_spent_P1():
    (ann,) = customers_with(20)
    spent(ann, FIRST, 5)
    spent(ann, SECOND, 8)
    given_back(ann, FIRST, 3)
    with pytest.raises(ValueError, match=r"2\.01 to give back of 2\.00 spent"):
        given_back(ann, FIRST, "2.01")
    given_back(ann, FIRST, 2)
    with pytest.raises(ValueError, match="to give back"):
        given_back(ann, FIRST, "0.01")
    assert lots(ann) == [(20, 12)]


@pytest.mark.parametrize("swept", [True, False])
def test_what_would_have_expired_comes_back_in_a_new_lot_P1(swept):
    ann = make_customer()
    gives(ann, 5, NOON + DAY)
    gives(ann, 5)
    spent(ann, FIRST, 7)
    later = NOON + DAY
    if swept:
        expire_due(later)
    given_back(ann, FIRST, 6, at=later, expires_at=OPENS)
    assert lots(ann) == [(5, 0), (5, 5), (4, 4)]
    assert next_expiry(ann.pk, at=later) == (OPENS, 4)
    given_back(ann, FIRST, 1, at=later, expires_at=OPENS)
    assert lots(ann)[2:] == [(4, 4), (1, 1)]
    with pytest.raises(ValueError, match="to give back"):
        given_back(ann, FIRST, 1, at=later)


def test_a_credit_that_was_undone_stays_undone_and_what_was_paid_comes_back_P1_D17():
    ann = make_customer()
    mistake = adjusted(ann, 20)
    spent(ann, FIRST, 15)
    undo(batch=mistake, user=None, at=NOON)
    given_back(ann, FIRST, 15)
    assert lots(ann) == [(20, 0), (15, 15)]


def test_a_credit_undone_after_the_return_takes_what_came_back_P1_D17():
    ann = make_customer()
    mistake = adjusted(ann, 20)
    spent(ann, FIRST, 15)
    given_back(ann, FIRST, 15)
    undo(batch=mistake, user=None, at=NOON)
    assert lots(ann) == [(20, 0)]
